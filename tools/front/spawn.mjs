import { spawn } from "node:child_process";

/**
 * Runs a program without a shell and waits for it.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean }} [options] `show`: its output goes to our terminal
 * @returns {Promise<{ code: number, output: string }>} output: stdout and stderr as they came (empty with `show`);
 *   code 127 when the program does not exist
 */
export function run(command, args, options = {}) {
  const { cwd, env, show } = options;
  return new Promise((resolve) => {
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
      release();
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") });
    };
    child.on("error", () => finish(127));
    child.on("close", (code, signal) => finish(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

/**
 * While a child runs, Ctrl-C is the child's business (the terminal sends it to both): we wait for its tidy end.
 * A SIGTERM comes to us alone and is passed on.
 */
function holdSignals(child) {
  const wait = () => {};
  const pass = () => child.kill("SIGTERM");
  process.on("SIGINT", wait);
  process.on("SIGTERM", pass);
  return () => {
    process.off("SIGINT", wait);
    process.off("SIGTERM", pass);
  };
}
