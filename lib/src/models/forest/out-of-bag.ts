import { HitlabError } from "../../errors";
import type { Matrix } from "../../samples";
import { type DecisionTree, leafOf } from "../decision-tree";
import { fillBag } from "./bag";

/**
 * What the trees that did not see a row say of it, on average: rows x outputs. NaN for a row that every tree saw, which
 * happens to few rows of forests of fewer than about 20 trees.
 *
 * @throws HitlabError if that is so for all rows
 * Source: Breiman, "Out-of-bag estimation", 1996.
 */
export function outOfBag(trees: readonly DecisionTree[], x: Matrix, outputs: number, seed: number): Float64Array {
  const sums = new Float64Array(x.rows * outputs);
  const counts = new Int32Array(x.rows);
  const bag = new Uint8Array(x.rows);
  for (const [t, tree] of trees.entries()) {
    fillBag(bag, seed, t);
    addUnseen(tree, x, outputs, bag, sums, counts);
  }
  if (!counts.some((count) => count > 0)) {
    throw new HitlabError({
      what: `every one of the ${trees.length} trees saw every row: there is no out-of-bag score`,
      remedy: "grow more trees",
    });
  }
  for (let i = 0; i < sums.length; i++) sums[i] /= counts[Math.floor(i / outputs)];
  return sums;
}

function addUnseen(
  tree: DecisionTree,
  x: Matrix,
  outputs: number,
  bag: Uint8Array,
  sums: Float64Array,
  counts: Int32Array,
): void {
  for (let row = 0; row < x.rows; row++) {
    if (bag[row] > 0) continue;
    counts[row]++;
    const leaf = leafOf(tree, x.data, row * x.columns);
    for (let k = 0; k < outputs; k++) sums[row * outputs + k] += tree.value[leaf * outputs + k];
  }
}
