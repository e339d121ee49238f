import type { Matrix } from "../../samples";
import type { DecisionTree } from "../decision-tree";

/** scores += the value of the leaf where each row of `x` ends. */
export function addTree(scores: Float64Array, tree: DecisionTree, x: Matrix): void {
  const { feature, threshold, left, right, value } = tree;
  addLeaves(scores, feature, threshold, left, right, value, x.data, x.columns);
}

function addLeaves(
  scores: Float64Array,
  feature: Int16Array,
  threshold: Float64Array,
  left: Int32Array,
  right: Int32Array,
  value: Float64Array,
  data: Float64Array,
  columns: number,
): void {
  for (let i = 0, from = 0; i < scores.length; i++, from += columns) {
    let node = 0;
    for (let f = feature[0]; f >= 0; f = feature[node]) {
      node = data[from + f] <= threshold[node] ? left[node] : right[node];
    }
    scores[i] += value[node];
  }
}
