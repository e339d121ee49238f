import { HitlabError } from "../../errors";
import { random } from "../../random";
import type { Samples } from "../../samples";
import { softplus } from "../../special";

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

/** Mean log loss of scores (log-odds), each row by its weight. */
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
