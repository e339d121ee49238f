import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Of what a broken program tells: its fault stands first. */
const mostLines = 12;

/**
 * Writes the data scripts of the pages under `site/data` by site/build/main.ts, a program of its own.
 *
 * @param {{ root: string, site: string, env?: Record<string, string>, told?: (line: string) => void }} options `env` is
 *   laid over ours
 * @returns {Promise<{ manifest: object, files: string[] }>}
 */
export async function writeData({ root, site, env, told = () => {} }) {
  const folder = join(site, "data");
  const program = join(root, "node_modules", "vite-node", "vite-node.mjs");
  const { code, signal, errors } = await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, join(root, "site", "build", "main.ts"), "--", "--out", folder], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let errors = "";
    let line = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      const lines = (line + text).split("\n");
      line = lines.pop() ?? "";
      for (const whole of lines) told(whole);
    });
    child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, errors }));
  });
  if (code !== 0) {
    const why = errors.trim().split("\n").slice(0, mostLines).join("\n") || `its program ended by ${signal ?? code}`;
    throw new Error(`the data of the pages could not be written: ${why}`);
  }
  const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  return { manifest, files: (await readdir(folder)).map((name) => join(folder, name)) };
}
