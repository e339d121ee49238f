import type { DecisionTree } from "../decision-tree";
import { powerFrom } from "../powers";

/**
 * Impurity importance of each column, summing to 1: how much the splits by it lower the impurity (Gini for classes,
 * variance for regression), as a share of each tree's total, averaged over the trees that split. All 0 if none does.
 *
 * It favours columns of many different values, even of noise: show permutation importance beside it.
 * Source: Breiman et al., "Classification and Regression Trees", 1984; scikit-learn's feature_importances_.
 */
export function impurityImportances(trees: readonly DecisionTree[], columns: number): Float64Array {
  const importances = new Float64Array(columns);
  for (const tree of trees) {
    const gains = gainsOf(tree, columns);
    const total = sum(gains);
    if (total > 0) for (let column = 0; column < columns; column++) importances[column] += gains[column] / total;
  }
  const total = sum(importances);
  return total > 0 ? importances.map((importance) => importance / total) : importances;
}

function gainsOf(tree: DecisionTree, columns: number): Float64Array {
  const { feature } = tree;
  const gains = new Float64Array(columns);
  const unit = unitOf(tree);
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) gains[feature[node]] += fall(tree, node, unit);
  }
  return gains;
}

/** About the greatest distance between values: squares in units of it neither overflow nor vanish. */
function unitOf({ feature, value }: DecisionTree): number {
  const outputs = value.length / feature.length;
  const widest = value.reduce((most, v, i) => Math.max(most, Math.abs(v - value[i % outputs])), 0);
  return widest > 0 ? powerFrom(widest) : 1;
}

/**
 * How far a split lowers the impurity, times the node's weight: the children's distances from the node's values,
 * squared. That is the fall of the variance, and summed over the classes' shares that of the Gini impurity.
 */
function fall(tree: DecisionTree, node: number, unit: number): number {
  const { feature, cover, value } = tree;
  const [left, right] = [tree.left[node], tree.right[node]];
  const outputs = value.length / feature.length;
  let squares = 0;
  for (let k = 0; k < outputs; k++) {
    const own = value[node * outputs + k];
    const a = (value[left * outputs + k] - own) / unit;
    const b = (value[right * outputs + k] - own) / unit;
    squares += cover[left] * a * a + cover[right] * b * b;
  }
  return squares;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
