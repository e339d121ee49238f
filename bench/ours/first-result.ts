import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Answer } from "../protocol";
import type { FirstResultWork } from "../settings";
import { fileOf, studyFiles } from "./files";

const program = fileURLToPath(new URL("first-program.mjs", import.meta.url));

/** Runs a program of its own, as a reader would start it, from its start to its end. */
export async function firstResultWork(_: FirstResultWork, folder: string): Promise<() => Promise<Omit<Answer, "by">>> {
  const { path, note } = fileOf(await studyFiles(folder), "hits-90s");
  const env = { ...process.env, HITLAB_DATA: dirname(path) };
  return async () => {
    const start = performance.now();
    const printed = await run(env);
    const seconds = (performance.now() - start) / 1000;
    // The memory of this process tells nothing of that one.
    return { seconds, quality: Number(printed), peakMb: 0, note: `Node ${process.versions.node}; ${note}` };
  };
}

/** What the program prints; its errors go where ours go. */
function run(env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program], { env, windowsHide: true, stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    child.stdout.on("data", (chunk) => {
      printed += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`first-program.mjs ended with exit status ${code}`));
    });
  });
}
