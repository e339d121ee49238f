import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "./failure.mjs";
import { run } from "./spawn.mjs";
import { writeLog } from "./stamp.mjs";

const remedies = {
  tensorflow: 'run "npm run native" again, which compiles anew; if that is no help, delete .venv-native first',
  wasm: 'find out with "npm test" what is wrong',
};
const check = fileURLToPath(new URL("native-check.mjs", import.meta.url));

/** As `apart`: the engines round in different orders, at most 1e-6 as measured; a wrong gradient would be near 1. */
const agreement = 1e-4;

/**
 * One thing that was checked: how far two ways of working it out differ, and how far they may.
 *
 * @typedef {{ readonly what: string, readonly found: number, readonly allowed: number, readonly holds: boolean }} Row
 */

/**
 * Checks that the addon works, in processes of their own: a matrix product, a gradient, a model saved and loaded, and
 * that the studies' networks train on it as on wasm and by the kernels.
 *
 * @returns {Promise<{ version: string, tfjs: string, device: string, rows: Row[] }>} the versions of TensorFlow and tfjs,
 *   "CPU" or "GPU"
 * @throws {Failure} if the addon does not load or a process ends early
 */
export async function verifyNative() {
  const native = await side("tensorflow", "tfjs", ["basics"]);
  const wasm = await side("wasm", "tfjs");
  const kernels = await side("wasm", "kernels");
  const rows = [
    // What goes to stderr in a cell of a notebook counts as its failure.
    row("lines that TensorFlow prints by itself", native.printed, 0),
    row("matrix product beside plain JavaScript", native.product, 1e-4),
    row("gradient beside central differences", native.gradient, 1e-3),
    row("predictions of a model saved and loaded", native.saved, 0),
    ...Object.keys(native.trained).flatMap((study) => [
      row(`study ${study}: weights beside wasm`, apart(native, wasm, study), agreement),
      row(`study ${study}: weights beside the kernels`, apart(native, kernels, study), agreement),
    ]),
  ];
  const { version, tfjs, device } = native;
  return { version, tfjs, device, rows };
}

async function side(backend, engine, more = []) {
  const folder = mkdtempSync(join(tmpdir(), "hitlab-native-"));
  try {
    const file = join(folder, "found.json");
    // Without the override newer GPUs round what goes into a matrix product to 10 bits.
    const exact = { NVIDIA_TF32_OVERRIDE: "0", TF_CPP_MIN_LOG_LEVEL: undefined };
    const env = { ...process.env, ...exact, HITLAB_BACKEND: backend };
    const { code, output } = await run(process.execPath, [check, engine, file, ...more], { cwd: folder, env });
    const log = writeLog(`native-${backend}`, output);
    const printed = output.split("\n").filter((line) => line.trim()).length;
    if (code === 0) return { printed, ...JSON.parse(readFileSync(file, "utf8")) };
    const said = output.split("\n").find((line) => /error|does not/i.test(line)) ?? "it ended without a word";
    const cause = said.split(/[.\s]*To mend it:/)[0].trim();
    throw new Failure(`the check on ${backend} fails: ${cause}`, `${remedies[backend]} (all it said: ${log})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** JSON has no NaN: what a child could not work out comes back as null. */
function row(what, found, allowed) {
  return { what, found: found ?? Number.NaN, allowed, holds: found !== null && found <= allowed };
}

/** How far two trainings of a network ended from each other, as a share of how far the first one went. */
function apart(one, other, study) {
  const [a, b] = [one.trained[study], other.trained[study]];
  const moved = norm(a.after.map((weight, at) => weight - a.before[at]));
  return norm(a.after.map((weight, at) => weight - b.after[at])) / moved;
}

function norm(values) {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
