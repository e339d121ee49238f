import { loadArrays, saveArrays } from "../array-files";
import type { DecisionTree } from "../decision-tree";
import { damagedTrees, joinTrees, readNames, readTrees } from "../tree-files";

/** What a forest's folder holds. */
export interface StoredForest {
  readonly names: readonly string[];
  /** Values per node. */
  readonly outputs: number;
  readonly trees: readonly DecisionTree[];
  /** Per train row so many values, of the trees that did not see it. */
  readonly oob?: Float64Array | undefined;
  readonly oobScore?: number | undefined;
}

/** Writes a forest. */
export function saveForest(
  folder: string,
  format: string,
  { names, outputs, trees, oob, oobScore }: StoredForest,
): void {
  const about = { names, outputs, ...(oobScore === undefined ? {} : { oobScore }) };
  saveArrays(folder, format, about, { ...joinTrees(trees, outputs), ...(oob ? { oob } : {}) });
}

/**
 * Reads what `saveForest` wrote.
 *
 * @param least fewest values per node, and `most`
 * @throws HitlabError if a file is missing, of another format, or damaged
 */
export function loadForest(folder: string, format: string, least: number, most: number): StoredForest {
  const { about, arrays } = loadArrays(folder, format);
  const { outputs, oobScore } = about;
  const names = readNames(about.names);
  if (typeof outputs !== "number" || !Number.isInteger(outputs) || outputs < least || outputs > most) {
    throw damagedTrees("its number of classes is wrong");
  }
  const trees = readTrees(arrays, names.length, outputs);
  if (oobScore === undefined) return { names, outputs, trees };
  const { oob } = arrays;
  if (typeof oobScore !== "number" || !(oob instanceof Float64Array) || oob.length % outputs !== 0) {
    throw damagedTrees("its out-of-bag predictions are not whole");
  }
  return { names, outputs, trees, oob, oobScore };
}
