import type { DecisionTree } from "../../src/models/decision-tree";

/** What a tree says on average when only the columns of `known` (a bit each) are known. */
export function expectation(tree: DecisionTree, row: Float64Array, known: number, output: number, node = 0): number {
  const column = tree.feature[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  if (column < 0) return tree.value[(node * tree.value.length) / tree.feature.length + output];
  const below = (child: number) => expectation(tree, row, known, output, child);
  if (known & (1 << column)) return below(row[column] <= tree.threshold[node] ? left : right);
  const cover = tree.cover[left] + tree.cover[right];
  return (tree.cover[left] / cover) * below(left) + (tree.cover[right] / cover) * below(right);
}

/** Shapley values by their definition: over all subsets of the columns. */
export function bruteForce(tree: DecisionTree, row: Float64Array, output: number): number[] {
  const columns = row.length;
  const worth = Array.from({ length: 1 << columns }, (_, known) => expectation(tree, row, known, output));
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const size = (known: number) => known.toString(2).replaceAll("0", "").length;
  return Array.from({ length: columns }, (_, column) =>
    worth.reduce((sum, without, known) => {
      if (known & (1 << column)) return sum;
      const weight = (factorial(size(known)) * factorial(columns - size(known) - 1)) / factorial(columns);
      return sum + weight * (worth[known | (1 << column)] - without);
    }, 0),
  );
}
