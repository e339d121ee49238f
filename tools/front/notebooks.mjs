import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, isAbsolute, join } from "node:path";
import { Failure } from "./failure.mjs";
import { root, venvPython } from "./paths.mjs";
import { run } from "./spawn.mjs";

export const notebooksFolder = join(root, "notebooks");

/** The notebooks of the project, "00_index" first: names without ".ipynb". */
export function listNotebooks(folder = notebooksFolder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const found = names.filter((name) => /^\d\d_.*\.ipynb$/.test(name));
  return found.sort().map((name) => name.replace(/\.ipynb$/, ""));
}

/** Whether a notebook is the index, which shows what the studies found. */
export const isIndex = (name) => name.startsWith("00");

/**
 * The notebooks that a command line names, by number ("01"), name or path; all when it names none.
 *
 * @param {string[]} args
 * @param {string[]} [known]
 */
export function namedNotebooks(args, known = listNotebooks()) {
  const names = args.map((arg) => {
    const wanted = basename(arg.replaceAll("\\", "/")).replace(/\.ipynb$/, "");
    const found = known.find((name) => name === wanted || name.slice(0, 2) === wanted.padStart(2, "0"));
    if (found) return found;
    throw new Failure(`there is no notebook "${arg}"`, `name one of: ${known.join(", ") || "(none yet)"}`);
  });
  return args.length ? [...new Set(names)].sort() : known;
}

/**
 * Runs notebooks headless by tools/run_notebooks.py, whose lines go to our terminal.
 *
 * @param {string[]} names
 * @param {{ out: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number, results: { name: string, ok: boolean, seconds: number, failure: object | null }[] }>}
 */
export async function runNotebooks(names, { out, env = notebookEnvironment() }) {
  const summary = join(out, "work", "run.json");
  const files = names.map((name) => join(notebooksFolder, `${name}.ipynb`));
  const runner = join(root, "tools", "run_notebooks.py");
  // A cell of a full run that is still at it after half an hour has got stuck; long runs may take hours.
  const limit = env.HITLAB_EFFORT === "long" ? [] : ["--timeout", "1800"];
  const args = [runner, ...files, "--out", out, "--summary", summary, ...limit];
  // A runner that dies writes none: that of an earlier run would be taken for its own.
  rmSync(summary, { force: true });
  const { code } = await run(venvPython(), args, { cwd: root, env, show: true });
  if (code === 127)
    throw new Failure("the Python of .venv does not start", "remove the folder .venv and run the command again");
  if (code > 1) throw new Failure(code === 130 ? "interrupted" : "the notebook runner failed", "run it again", code);
  if (!existsSync(summary)) throw new Failure("the notebook runner failed", "read its message above");
  return { code, results: JSON.parse(readFileSync(summary, "utf8")) };
}

/** The environment of kernels: a relative HITLAB_DATA is meant from the repository's root, kernels run in notebooks/. */
export function notebookEnvironment(env = process.env) {
  const data = env.HITLAB_DATA;
  return data && !isAbsolute(data) ? { ...env, HITLAB_DATA: join(root, data) } : { ...env };
}

/** What a failed notebook is remembered by in the summary of a run: notebook, cell, first lines of its stderr. */
export function failureLines({ name, failure }) {
  const place = failure.cell ? `, cell [${failure.cell}]` : "";
  const words = failure.message.split("\n").filter((line) => line.trim() && !/^\s+at /.test(line));
  return [`${name}${place} (${failure.kind}):`, ...words.slice(0, 6).map((line) => `    ${line.trimEnd()}`)];
}
