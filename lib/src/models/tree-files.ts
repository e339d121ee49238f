import { HitlabError } from "../errors";
import type { StoredArray } from "./array-files";
import type { DecisionTree } from "./decision-tree";

/** Trees as arrays to save: the nodes of all of them one after another. Left children are the next nodes. */
export interface StoredTrees {
  /** Nodes of each tree. */
  readonly sizes: Int32Array;
  readonly feature: Int16Array;
  readonly threshold: Float64Array;
  readonly right: Int32Array;
  readonly cover: Float64Array;
  readonly value: Float64Array;
}

/** @param outputs values per node */
export function joinTrees(trees: readonly DecisionTree[], outputs: number): StoredTrees {
  const sizes = Int32Array.from(trees, ({ feature }) => feature.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const all = {
    threshold: new Float64Array(total),
    cover: new Float64Array(total),
    value: new Float64Array(total * outputs),
    right: new Int32Array(total),
    sizes,
    feature: new Int16Array(total),
  };
  let at = 0;
  for (const tree of trees) {
    all.threshold.set(tree.threshold, at);
    all.cover.set(tree.cover, at);
    all.value.set(tree.value, at * outputs);
    all.right.set(tree.right, at);
    all.feature.set(tree.feature, at);
    at += tree.feature.length;
  }
  return all;
}

/**
 * The trees that `joinTrees` joined.
 *
 * @param outputs values per node
 * @throws HitlabError for arrays that do not fit together, or trees in which a row would not come to a leaf
 */
export function readTrees(
  arrays: Readonly<Record<string, StoredArray>>,
  columns: number,
  outputs: number,
): DecisionTree[] {
  const stored = checkedArrays(arrays, outputs);
  let at = 0;
  return Array.from(stored.sizes, (size) => {
    const tree = treeOf(stored, at, at + size, outputs);
    if (!isTree(tree, columns)) throw damagedTrees("a node of a tree leads nowhere, or holds no number");
    at += size;
    return tree;
  });
}

function checkedArrays(arrays: Readonly<Record<string, StoredArray>>, outputs: number): StoredTrees {
  const { sizes, feature, threshold, right, cover, value } = arrays;
  if (!(sizes instanceof Int32Array) || !sizes.length || sizes.some((size) => size < 1)) throw damagedTrees("no trees");
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const isOf = (array: StoredArray | undefined, kind: new (n: number) => StoredArray, length: number) =>
    array instanceof kind && array.length === length;
  const whole =
    isOf(feature, Int16Array, total) &&
    isOf(right, Int32Array, total) &&
    [threshold, cover].every((array) => isOf(array, Float64Array, total)) &&
    isOf(value, Float64Array, total * outputs);
  if (!whole) throw damagedTrees(`its trees do not have ${total} nodes`);
  return { sizes, feature, threshold, right, cover, value } as StoredTrees;
}

function treeOf(stored: StoredTrees, from: number, to: number, outputs: number): DecisionTree {
  const feature = stored.feature.slice(from, to);
  return {
    feature,
    threshold: stored.threshold.slice(from, to),
    left: Int32Array.from(feature, (column, node) => (column < 0 ? -1 : node + 1)),
    right: stored.right.slice(from, to),
    cover: stored.cover.slice(from, to),
    value: stored.value.slice(from * outputs, to * outputs),
  };
}

/** Whether every split is by a column there is and leads on to later nodes: each way through the tree ends in a leaf. */
function isTree({ feature, threshold, right, value }: DecisionTree, columns: number): boolean {
  const leads = feature.every((column, node) => {
    if (column === -1) return right[node] === -1;
    return column >= 0 && column < columns && right[node] > node + 1 && right[node] < feature.length;
  });
  return leads && threshold.every(Number.isFinite) && value.every(Number.isFinite);
}

/** @param why what is wrong with the saved model */
export function damagedTrees(why: string): HitlabError {
  return new HitlabError({
    what: `the saved model of trees cannot be used: ${why}`,
    file: "model.json",
    remedy: "fit the model again and save it",
  });
}

/** The names of the columns. @throws HitlabError unless each is a text */
export function readNames(names: unknown): string[] {
  if (Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === "string")) return names;
  throw damagedTrees("no names");
}
