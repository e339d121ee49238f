import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { buildNative } from "./native.mjs";
import { addon } from "./native-addon.mjs";
import { root, venvPython } from "./paths.mjs";
import { installRequirements, makeVenv, requirementsReady } from "./python.mjs";
import { setUp, step } from "./setup.mjs";
import { run } from "./spawn.mjs";

const environment = join(root, ".venv-bench");
/** The Pythons that the pinned TensorFlow has wheels for. */
const pythons = { oldest: [3, 11], newest: [3, 13] };

/** `npm run bench [-- --quick --only WORK,... --json FILE --keep --no-peer]`: set-up of both sides, then bench/main.ts. */
export async function main(args) {
  await setUp({ python: false });
  // A slip in the command line is told before two gigabytes are installed.
  const wrong = await bench(["--check", ...args]);
  if (wrong) return wrong;
  const peer = args.includes("--no-peer") ? { python: undefined } : await peerSide();
  if (peer.python) await nativeTfjs();
  const code = await bench([...(peer.python ? ["--python", peer.python] : []), ...args]);
  return code || (peer.failed ? 1 : 0);
}

async function bench(args) {
  const program = [join(root, "node_modules", "vite-node", "vite-node.mjs"), join(root, "bench", "main.ts"), "--"];
  return (await run(process.execPath, [...program, ...args], { cwd: root, show: true })).code;
}

/** What tfjs needs to run on native TensorFlow; without it those rows have no peer. */
async function nativeTfjs() {
  try {
    if (!existsSync(addon)) await buildNative(false);
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode === 130) throw error;
    console.error(`note: tfjs on native TensorFlow is left out: ${error.message}`);
  }
}

/** Python of the peer's environment, made where it is missing; without it the bench goes on with our side alone. */
async function peerSide() {
  try {
    const wanted = readRequirements(readFileSync(join(root, "bench", "requirements.txt"), "utf8"));
    await step("Keras and scikit-learn", await requirementsReady(environment, "bench", wanted), async () => {
      await makeVenv(environment, pythons);
      await installRequirements(environment, "bench", wanted);
    });
    return { python: venvPython(environment) };
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode === 130) throw error;
    console.error(`error: Keras' side cannot be set up: ${error.message} Our side is measured alone.`);
    return { failed: true };
  }
}

/** The lines of a requirements file without its comments. */
export function readRequirements(text) {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter(Boolean);
}
