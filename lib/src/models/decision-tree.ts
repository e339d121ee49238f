/**
 * A fitted decision tree as arrays: entry `i` of each belongs to node `i`, node 0 is the root, and a node comes before
 * its children. A row goes left at node `i` if its value of column `feature[i]` is <= `threshold[i]`.
 */
export interface DecisionTree {
  /** Column that the node splits by; -1 at a leaf. */
  readonly feature: Int16Array;
  /** Greatest value that goes left, half-way between two train values; 0 at a leaf. */
  readonly threshold: Float64Array;
  /** The child for values <= threshold; -1 at a leaf. */
  readonly left: Int32Array;
  /** The child for greater values; -1 at a leaf. */
  readonly right: Int32Array;
  /** Training weight that reached the node: a row that the bootstrap drew twice counts twice. */
  readonly cover: Float64Array;
  /** nodes x outputs, row-major: shares of the classes (outputs = classes), or the mean target (outputs = 1). */
  readonly value: Float64Array;
}

/** The node, a leaf, where the row that begins at `x[from]` ends. */
export function leafOf(tree: DecisionTree, x: Float64Array, from = 0): number {
  const { feature, threshold, left, right } = tree;
  let node = 0;
  while (feature[node] >= 0) node = x[from + feature[node]] <= threshold[node] ? left[node] : right[node];
  return node;
}

/** Number of splits on the longest way from the root to a leaf: 0 if the root is one. */
export function depthOf({ feature, left, right }: DecisionTree): number {
  const depth = new Int32Array(feature.length);
  let deepest = 0;
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] < 0) continue;
    depth[left[node]] = depth[right[node]] = depth[node] + 1;
    deepest = Math.max(deepest, depth[node] + 1);
  }
  return deepest;
}
