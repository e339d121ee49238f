import { readFileSync } from "node:fs";
import { join } from "node:path";
import { notebooksFolder } from "./notebooks.mjs";
import { root } from "./paths.mjs";
import { hashOf, readStamp } from "./stamp.mjs";

export const refreshFile = join(notebooksFolder, "results", "refresh.json");

/**
 * What the outputs of a notebook depend on, as hashes: its code, and its study's entry in data/claims.json.
 * (Changes in lib are caught by running again.)
 *
 * @param {string} name name of a notebook without ".ipynb"
 * @returns {{ code: string, claims: string }}
 */
export function notebookHashes(name) {
  const notebook = JSON.parse(readFileSync(join(notebooksFolder, `${name}.ipynb`), "utf8"));
  const code = notebook.cells.filter((cell) => cell.cell_type === "code").map((cell) => [cell.source].flat().join(""));
  const plans = JSON.parse(readStamp(join(root, "data", "claims.json")) || "{}");
  return { code: hashOf(...code), claims: hashOf(JSON.stringify(plans[name.slice(0, 2)] ?? null)) };
}

/** Hashes of the last refresh by notebook; {} before the first one. */
export function refreshed() {
  return JSON.parse(readStamp(refreshFile) || "{}");
}

/**
 * How the notebooks have drifted from their committed outputs, one sentence for each that has.
 *
 * @param {string[]} names
 */
export function drift(names) {
  const before = refreshed();
  return names.flatMap((name) => {
    const now = notebookHashes(name);
    if (!before[name]) return [`${name} was never refreshed: run "npm run refresh -- ${name.slice(0, 2)}"`];
    const changed = [
      ...(before[name].code === now.code ? [] : ["its code cells"]),
      ...(before[name].claims === now.claims ? [] : ["its claims in data/claims.json"]),
    ];
    if (!changed.length) return [];
    return [
      `${name}: ${changed.join(" and ")} changed since its outputs were made: run "npm run refresh -- ${name.slice(0, 2)}"`,
    ];
  });
}
