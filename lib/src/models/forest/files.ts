import { HitlabError } from "../../errors";
import { loadArrays, type StoredArray, saveArrays } from "../array-files";
import type { DecisionTree } from "../decision-tree";

/** What a forest's folder holds. */
export interface StoredForest {
  readonly names: readonly string[];
  /** Values per node. */
  readonly outputs: number;
  readonly trees: readonly DecisionTree[];
  readonly oob?: Float64Array | undefined;
  readonly oobScore?: number | undefined;
}

/** Writes a forest: the nodes of all trees one after another. */
export function saveForest(
  folder: string,
  format: string,
  { names, outputs, trees, oob, oobScore }: StoredForest,
): void {
  const sizes = Int32Array.from(trees, ({ feature }) => feature.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const arrays = {
    threshold: new Float64Array(total),
    cover: new Float64Array(total),
    value: new Float64Array(total * outputs),
    right: new Int32Array(total),
    sizes,
    feature: new Int16Array(total),
  };
  let at = 0;
  for (const tree of trees) {
    arrays.threshold.set(tree.threshold, at);
    arrays.cover.set(tree.cover, at);
    arrays.value.set(tree.value, at * outputs);
    arrays.right.set(tree.right, at);
    arrays.feature.set(tree.feature, at);
    at += tree.feature.length;
  }
  const about = { names, outputs, ...(oobScore === undefined ? {} : { oobScore }) };
  saveArrays(folder, format, about, oob ? { ...arrays, oob } : arrays);
}

/** Reads what `saveForest` wrote. @throws HitlabError if a file is missing, of another format, or damaged */
export function loadForest(folder: string, format: string): StoredForest {
  const { about, arrays } = loadArrays(folder, format);
  const { names, outputs, oobScore } = about;
  const { threshold, cover, value, right, sizes, feature, oob } = arrays;
  if (!Array.isArray(names) || typeof outputs !== "number" || !(sizes instanceof Int32Array)) throw damaged("names");
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const parts = [threshold, cover, right, feature];
  if (!parts.every((part) => part?.length === total) || value?.length !== total * outputs) throw damaged("arrays");
  let at = 0;
  const trees = Array.from(sizes, (size) => {
    const tree = treeOf(arrays, at, at + size, outputs);
    if (!isTree(tree, names.length)) throw damaged("trees");
    at += size;
    return tree;
  });
  const extra = typeof oobScore === "number" && oob instanceof Float64Array ? { oob, oobScore } : {};
  return { names, outputs, trees, ...extra };
}

function treeOf(
  arrays: Readonly<Record<string, StoredArray>>,
  from: number,
  to: number,
  outputs: number,
): DecisionTree {
  const feature = Int16Array.from(arrays.feature.subarray(from, to));
  return {
    feature,
    threshold: Float64Array.from(arrays.threshold.subarray(from, to)),
    left: Int32Array.from(feature, (column, node) => (column < 0 ? -1 : node + 1)),
    right: Int32Array.from(arrays.right.subarray(from, to)),
    cover: Float64Array.from(arrays.cover.subarray(from, to)),
    value: Float64Array.from(arrays.value.subarray(from * outputs, to * outputs)),
  };
}

/** Whether every split is by a column there is and leads on to later nodes: walks through the tree end in leaves. */
function isTree({ feature, right }: DecisionTree, columns: number): boolean {
  return feature.every((column, node) => {
    if (column < 0) return true;
    return column < columns && right[node] > node + 1 && right[node] < feature.length;
  });
}

function damaged(what: string): HitlabError {
  const remedy = "fit the forest again and save it";
  return new HitlabError({ what: `the saved forest cannot be used: its ${what} are not whole`, remedy });
}
