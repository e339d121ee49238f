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

/** Stamp of a group of pip requirements in .venv; a new pin makes it differ. */
function groupStamp(group) {
  return { file: join(venv, `.hitlab-${group}`), text: hashOf(...wanted()[group]) };
}

/** Whether .venv runs and holds this group ("minimum" or "lab"). */
export async function groupReady(group) {
  const stamp = groupStamp(group);
  return readStamp(stamp.file) === stamp.text && (await venvRuns());
}

let runs;
/** Whether the Python of .venv starts at all: it does not when the Python it was made from has gone. */
function venvRuns() {
  runs ??= run(venvPython(), ["-c", "import sys; sys.exit(sys.prefix == sys.base_prefix)"]).then(
    ({ code }) => code === 0,
  );
  return runs;
}

/** Makes .venv where it is missing or broken. */
export async function makeVenv() {
  if ((await venvRuns()) && (await run(venvPython(), ["-m", "pip", "--version"])).code === 0) return;
  const python = await findPython(wanted().python);
  rmSync(venv, { recursive: true, force: true, maxRetries: 3 });
  runs = undefined;
  const { code, output } = await run(python.command, [...python.first, "-m", "venv", venv], { cwd: root });
  if (code === 0) return;
  rmSync(venv, { recursive: true, force: true, maxRetries: 3 });
  if (/ensurepip|No module named venv|python3-venv/i.test(output))
    throw new Failure(`Python ${python.version} lacks its venv module`, debianRemedy);
  throw installerFailure("python -m venv", output, writeLog("venv", output));
}

/** Installs a group of requirements into .venv. */
export async function installGroup(group) {
  const requirements = wanted()[group];
  const args = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--retries", "2", ...requirements];
  const { code, output } = await run(venvPython(), args, { cwd: root });
  if (code !== 0) throw installerFailure("pip", output, writeLog("pip", output));
  const stamp = groupStamp(group);
  writeWhole(stamp.file, stamp.text);
}

/**
 * Looks for a Python that is new enough under the names that systems give it.
 *
 * @param {[number, number]} oldest
 * @returns {Promise<{ command: string, first: string[], version: string }>}
 */
export async function findPython(oldest) {
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
    const [major, minor] = [Number(version[1]), Number(version[2])];
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1]))
      return { command, first, version: output.trim() };
    seen.push(output.trim());
  }
  const need = `${oldest.join(".")} or newer`;
  const what = seen.length
    ? `Python ${[...new Set(seen)].join(", ")} is too old, ${need} is needed`
    : `no Python was found, ${need} is needed`;
  throw new Failure(
    what,
    "install it from python.org or with your package manager, so that python3 (Windows: py) starts it",
  );
}
