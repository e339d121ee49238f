import { resolve } from "node:path";
import { buildLib, libReady } from "./build.mjs";
import { Failure } from "./failure.mjs";
import { kernelReady, writeKernel } from "./kernel.mjs";
import { installPackages, packagesMatch } from "./packages.mjs";
import { groupReady, installGroup, makeVenv } from "./python.mjs";

/**
 * Sets up what is missing, and only that: npm packages, .venv with the pinned Python packages, the kernelspec, the
 * build of lib. Prints a line for each step that has to be done.
 *
 * @param {{ lab?: boolean, python?: boolean }} [options] `lab`: JupyterLab, too; `python: false`: Node's side only
 */
export async function setUp({ lab = false, python = true } = {}) {
  await step("npm packages", packagesMatch(), installPackages);
  if (python) {
    await step("Python packages that run notebooks", await groupReady("minimum"), () => installed("minimum"));
    if (lab) await step("JupyterLab", await groupReady("lab"), () => installed("lab"));
    await step("TypeScript kernel", kernelReady(), writeKernel);
  }
  await step("build of lib", libReady(), buildLib);
}

async function installed(group) {
  await makeVenv();
  await installGroup(group);
}

/** Does one step unless it is done already, and says how long it took. */
export async function step(name, done, work) {
  if (done) return;
  const begun = Date.now();
  process.stdout.write(`set-up: ${name} ... `);
  try {
    await work();
  } catch (error) {
    process.stdout.write("failed\n");
    throw error;
  }
  process.stdout.write(`${((Date.now() - begun) / 1000).toFixed(1)} s\n`);
}

/**
 * `node tools/setup.mjs [--lab]`, and for an image with a Python of its own (Binder)
 * `node tools/setup.mjs --kernel-into PREFIX`: no .venv, the kernelspec goes to that Python.
 */
export async function main(args) {
  const at = args.indexOf("--kernel-into");
  const rest = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  const unknown = rest.find((arg) => arg !== "--lab");
  if (unknown || (at >= 0 && !args[at + 1]))
    throw new Failure(
      `set-up does not know ${unknown ?? "where the kernel shall go"}`,
      "use --lab or --kernel-into PREFIX",
    );
  if (at >= 0) {
    await setUp({ python: false });
    writeKernel(resolve(args[at + 1]));
  } else await setUp({ lab: rest.includes("--lab") });
  console.log("set-up: everything is there");
}
