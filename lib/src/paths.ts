import { isAbsolute, join, resolve } from "node:path";

/** The repository's root: this file runs from lib/dist (notebooks) or lib/src (tests), both two floors below it. */
export const root = resolve(__dirname, "..", "..");

/** The notebook runner names another place for a run's files by this global (tools/run_notebooks.py); see `outFolder`. */
const outKey = Symbol.for("hitlab.out");

/** Folder that a run writes its files to: `out/`, or where the headless runner was told to put them. */
export function outFolder(): string {
  const told = (globalThis as { [outKey]?: string })[outKey];
  return told ?? join(root, "out");
}

/** A path from an environment variable or option: a relative one is taken from the repository's root. */
export function fromRoot(path: string): string {
  return isAbsolute(path) ? path : join(root, path);
}
