import { HitlabError } from "../../errors";
import { random } from "../../random";
import type { Samples } from "../../samples";
import { softplus } from "../../special";
import type { DecisionTree } from "../decision-tree";
import type { Settings } from "./options";
import type { BoostingParts } from "./parts";
import { addTree } from "./scores";

/** Rows with their weights. */
export interface Weighted {
  readonly samples: Samples;
  readonly weights: Float64Array;
}

/** What growing gives. */
export type Grown = Pick<BoostingParts, "trees" | "history">;

/** Row numbers, ascending. */
export interface SetApart {
  readonly train: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Sets a share of each class apart, at random.
 *
 * @throws HitlabError if a class has a single row, which cannot be in both
 */
export function setApart({ y }: Samples, share: number, seed: number): SetApart {
  const apart = new Uint8Array(y.length);
  for (const label of [0, 1]) {
    const rows = Int32Array.from(y.keys()).filter((row) => y[row] === label);
    if (rows.length < 2) {
      throw new HitlabError({
        what: `class ${label} has a single row, which cannot be both in training and in validation`,
        remedy: "fit without earlyStopping, or on more rows of that class",
      });
    }
    const count = Math.min(rows.length - 1, Math.max(1, Math.round(share * rows.length)));
    const order = random(seed, "boosting", "validation", label).permutation(rows.length);
    for (let k = 0; k < count; k++) apart[rows[order[k]]] = 1;
  }
  const all = Int32Array.from(y.keys());
  return { train: all.filter((row) => !apart[row]), validation: all.filter((row) => apart[row]) };
}

/** Mean log loss of scores (log-odds), each row by its weight; NaN if no row has any. */
export function meanLogLoss(scores: Float64Array, y: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    sum += weights[i] * softplus(y[i] > 0 ? -scores[i] : scores[i]);
    total += weights[i];
  }
  return sum / total;
}

/** Whether none of the last `patience` losses is below the one before them by more than the tolerance. */
export function standsStill(losses: readonly number[], patience: number, tolerance: number): boolean {
  const before = losses.length - 1 - patience;
  if (before < 0) return false;
  return !losses.slice(before + 1).some((loss) => loss < losses[before] - tolerance);
}

/**
 * Grows trees until the rows set apart no longer gain.
 *
 * @param grow grows the next tree
 * @param scores the train rows' log-odds by the trees so far
 * @throws HitlabError if the rows set apart have no weight
 */
export function growWatched(
  grow: () => DecisionTree,
  scores: () => Float64Array,
  train: Weighted,
  validation: Weighted,
  baseline: number,
  { maxIterations, nIterNoChange, tolerance }: Settings,
): Grown {
  const { x, y } = validation.samples;
  const held = new Float64Array(x.rows).fill(baseline);
  const trees: DecisionTree[] = [];
  const losses: { train: number[]; validation: number[] } = { train: [], validation: [] };
  const note = () => {
    losses.train.push(meanLogLoss(scores(), train.samples.y, train.weights));
    losses.validation.push(meanLogLoss(held, y, validation.weights));
  };
  note();
  if (Number.isNaN(losses.validation[0])) {
    throw new HitlabError({
      what: "the rows that early stopping set apart have no weight",
      remedy: "give more rows a weight above 0, or choose another seed",
    });
  }
  while (trees.length < maxIterations && !standsStill(losses.validation, nIterNoChange, tolerance)) {
    const tree = grow();
    addTree(held, tree, x);
    trees.push(tree);
    note();
  }
  const history = { train: Float64Array.from(losses.train), validation: Float64Array.from(losses.validation) };
  return { trees, history };
}
