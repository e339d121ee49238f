import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readEnvironment } from "./environment.mjs";
import { Failure, installerFailure } from "./failure.mjs";
import { root, venv, venvPython } from "./paths.mjs";
import { run } from "./spawn.mjs";
import { hashOf, readStamp, writeLog, writeWhole } from "./stamp.mjs";

const debianRemedy =
  'on Debian or Ubuntu "sudo apt install python3-venv" (elsewhere reinstall Python from python.org), then run the command again';

/** What environment.yml asks for. */
export function wanted() {
  return readEnvironment(readFileSync(join(root, "environment.yml"), "utf8"));
}

/** Whether .venv runs and holds this group of environment.yml ("minimum" or "lab"). */
export function groupReady(group) {
  return requirementsReady(venv, group, wanted()[group]);
}

/** Installs a group of environment.yml into .venv. */
export function installGroup(group) {
  return installRequirements(venv, group, wanted()[group]);
}

/** Stamp of a list of pip requirements in a virtual environment; a new pin makes it differ. */
function requirementsStamp(folder, name, requirements) {
  return { file: join(folder, `.hitlab-${name}`), text: hashOf(...requirements) };
}

/**
 * Whether a virtual environment runs and holds these requirements.
 *
 * @param {string} folder
 * @param {string} name what this list is called in the environment's stamps
 * @param {string[]} requirements pip requirements with pins
 */
export async function requirementsReady(folder, name, requirements) {
  const stamp = requirementsStamp(folder, name, requirements);
  return readStamp(stamp.file) === stamp.text && (await venvRuns(folder));
}

const running = new Map();
/** Whether the Python of an environment starts at all: it does not when the Python it was made from has gone. */
function venvRuns(folder) {
  if (!running.has(folder)) {
    const check = run(venvPython(folder), ["-c", "import sys; sys.exit(sys.prefix == sys.base_prefix)"]);
    running.set(
      folder,
      check.then(({ code }) => code === 0),
    );
  }
  return running.get(folder);
}

/**
 * Makes a virtual environment where it is missing or broken.
 *
 * @param {string} [folder] default .venv
 * @param {{ oldest?: [number, number], newest?: [number, number] }} [versions] of Python; default what environment.yml says
 */
export async function makeVenv(folder = venv, { oldest = wanted().python, newest } = {}) {
  if ((await venvRuns(folder)) && (await run(venvPython(folder), ["-m", "pip", "--version"])).code === 0) return;
  const python = await findPython(oldest, newest);
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  running.delete(folder);
  const { code, output } = await run(python.command, [...python.first, "-m", "venv", folder], { cwd: root });
  if (code === 0) return;
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  if (/ensurepip|No module named venv|python3-venv/i.test(output))
    throw new Failure(`Python ${python.version} lacks its venv module`, debianRemedy);
  throw installerFailure("python -m venv", output, writeLog("venv", output));
}

/**
 * Installs pip requirements into a virtual environment, and leaves the stamp that `requirementsReady` looks for.
 *
 * @param {string} folder
 * @param {string} name
 * @param {string[]} requirements
 * @param {{ flags?: string[], env?: NodeJS.ProcessEnv }} [options] more flags for pip; its environment
 */
export async function installRequirements(folder, name, requirements, { flags = [], env } = {}) {
  const quiet = ["--disable-pip-version-check", "--no-input", "--retries", "2"];
  const args = ["-m", "pip", "install", ...quiet, ...flags, ...requirements];
  const { code, output } = await run(venvPython(folder), args, { cwd: root, env });
  if (code !== 0) throw installerFailure("pip", output, writeLog("pip", output));
  const stamp = requirementsStamp(folder, name, requirements);
  writeWhole(stamp.file, stamp.text);
}

/**
 * Looks for a Python that is new enough (and, with `newest`, not too new) under the names that systems give it.
 *
 * @param {[number, number]} oldest
 * @param {[number, number]} [newest]
 * @returns {Promise<{ command: string, first: string[], version: string }>}
 */
export async function findPython(oldest, newest) {
  const newer = [14, 13, 12, 11, 10].map((minor) => [`python3.${minor}`]);
  const names = [["python3"], ["python"], ...(process.platform === "win32" ? [["py", "-3"]] : newer)];
  const seen = [];
  for (const [command, ...first] of names) {
    const { code, output } = await run(command, [
      ...first,
      "-c",
      "import sys; print('%d.%d.%d' % sys.version_info[:3])",
    ]);
    const version = /^(\d+)\.(\d+)\.\d+\s*$/.exec(output);
    if (code !== 0 || !version) continue;
    const found = [Number(version[1]), Number(version[2])];
    if (!isBefore(found, oldest) && !(newest && isBefore(newest, found)))
      return { command, first, version: output.trim() };
    seen.push(output.trim());
  }
  const need = `${oldest.join(".")} ${newest ? `to ${newest.join(".")}` : "or newer"}`;
  const what = seen.length
    ? `Python ${[...new Set(seen)].join(", ")} is too ${newest ? "old or too new" : "old"}, ${need} is needed`
    : `no Python was found, ${need} is needed`;
  throw new Failure(
    what,
    "install it from python.org or with your package manager, so that python3 (Windows: py) starts it",
  );
}

/** Whether one version, [major, minor], comes before another. */
function isBefore(a, b) {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);
}
