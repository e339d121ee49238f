import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { buildLib } from "./build.mjs";
import { Failure, installerFailure } from "./failure.mjs";
import { wasmFile } from "./kernels.mjs";
import { npm } from "./packages.mjs";
import { root } from "./paths.mjs";
import { run } from "./spawn.mjs";
import { writeLog } from "./stamp.mjs";

const golden = join(root, "lib", "test", "kernels", "golden");
const classic = join(root, "lib", "test", "models", "golden", "classic-digits");
const versions = [20, 22, 24];

/** An epoch of every study's network (lib/test/kernels/golden/studies.ts) as one script: a global `studies`. */
export async function studiesScript() {
  const options = { bundle: true, write: false, format: "iife", globalName: "studies", logLevel: "silent" };
  const { outputFiles } = await build({ entryPoints: [join(golden, "studies.ts")], ...options });
  return outputFiles[0].text;
}

/**
 * SHA-256 of each study's bytes.
 *
 * @param {Record<string, ArrayLike<number>>} trained
 * @returns {Record<string, string>}
 */
export function hashesOf(trained) {
  const hash = (bytes) => createHash("sha256").update(Uint8Array.from(bytes)).digest("hex");
  return Object.fromEntries(Object.entries(trained).map(([study, bytes]) => [study, hash(bytes)]));
}

/**
 * `node tools/same-digits.mjs [--write]`: trains every study's network for an epoch, and fits each classic model, on
 * several versions of Node, each fetched from npm into a temporary folder, and compares the hashes of the results. `--write` makes them the golden ones that
 * the tests compare with, for a change of the kernels that is meant to change digits. The tests need no download: they
 * compare the Node at hand and a browser.
 */
export async function main(args) {
  await buildLib();
  const folder = mkdtempSync(join(tmpdir(), "hitlab-nodes-"));
  try {
    await installNodes(folder);
    copyFileSync(wasmFile, join(folder, "kernels.wasm"));
    writeFileSync(join(folder, "run.cjs"), `${await studiesScript()}\n${printHashes}`);
    const write = args.includes("--write");
    const networks = [];
    const models = [];
    for (const version of versions) {
      networks.push(await hashesIn(folder, version, "run.cjs"));
      models.push(await hashesIn(folder, version, `${classic}.cjs`));
    }
    conclude(networks, join(golden, "studies.json"), write);
    return conclude(models, `${classic}.json`, write);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const printHashes = `
const trained = studies.trainStudies(new Uint8Array(require("node:fs").readFileSync("kernels.wasm")));
const hash = (bytes) => require("node:crypto").createHash("sha256").update(bytes).digest("hex");
const hashes = Object.fromEntries(Object.entries(trained).map(([study, bytes]) => [study, hash(bytes)]));
console.log(JSON.stringify({ node: process.version, hashes }));
`;

/** The packages n20, n22, n24: their install scripts fetch the program for this system. */
async function installNodes(folder) {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const { command, first } = npm();
  const packages = versions.map((version) => `n${version}@npm:node@${version}`);
  const install = ["install", "--ignore-scripts=false", "--no-audit", "--no-fund", ...packages];
  const { code, output } = await run(command, [...first, ...install], { cwd: folder });
  if (code !== 0) throw installerFailure("npm", output, writeLog("nodes", output));
}

async function hashesIn(folder, version, script) {
  const program = process.platform === "win32" ? "node.exe" : "node";
  const node = join(folder, "node_modules", `n${version}`, "bin", program);
  const { code, output } = await run(node, [script], { cwd: folder });
  if (code !== 0) throw new Failure(`Node ${version} could not do it: ${output.trim()}`, "read its message above");
  const { node: told, hashes } = JSON.parse(output);
  for (const [what, hash] of Object.entries(hashes)) console.log(`${told}  ${what}: ${hash}`);
  return hashes;
}

/** Exit status 0 when all are equal (and, unless they are being written, the golden ones). */
function conclude(found, file, write) {
  const texts = found.map((hashes) => `${JSON.stringify(hashes, null, 2)}\n`);
  if (new Set(texts).size !== 1)
    throw new Failure("the digits depend on the version of Node", "compare the lines above");
  if (write) writeFileSync(file, texts[0]);
  else if (readFileSync(file, "utf8") !== texts[0])
    throw new Failure(
      "the digits are not the golden ones",
      "find out why, or pass --write if they are meant to change",
    );
  console.log(write ? `written to ${relative(root, file)}` : "all equal, and as golden");
  return 0;
}
