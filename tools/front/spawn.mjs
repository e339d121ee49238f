import { spawn } from "node:child_process";
import { Failure } from "./failure.mjs";

/**
 * Runs a program without a shell and waits for it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] `show`: its output goes to our terminal
 * @returns {Promise<{ code: number, output: string }>} output: stdout and stderr as they came (empty with `show`);
 *   code 127 when the program does not exist
 * @throws {Failure} when Ctrl-C ended a program whose output is not shown
 */
export function run(command, args, options = {}) {
  const { cwd, env, show } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      windowsHide: true,
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const release = holdSignals(child);
    const finish = (code) => {
      const stopped = release();
      if (stopped && code !== 0 && !show) reject(new Failure("interrupted", "run the command again", 130));
      else resolve({ code, output: Buffer.concat(chunks).toString("utf8") });
    };
    child.on("error", () => finish(127));
    child.on("close", (code, signal) => finish(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

/**
 * While a child runs, Ctrl-C is the child's business (the terminal sends it to both): we wait for its tidy end.
 * A SIGTERM comes to us alone and is passed on. The result lets go, and tells whether there was a Ctrl-C.
 */
function holdSignals(child) {
  let stopped = false;
  const wait = () => {
    stopped = true;
  };
  const pass = () => child.kill("SIGTERM");
  process.on("SIGINT", wait);
  process.on("SIGTERM", pass);
  return () => {
    process.off("SIGINT", wait);
    process.off("SIGTERM", pass);
    return stopped;
  };
}
