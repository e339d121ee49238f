import { HitlabError } from "../errors";
import { checkPredicted } from "./predicted";
import type { RegressionOptions } from "./regression";
import type { Numbers } from "./scored";

/**
 * Share of the squared error that lies in the rows that are predicted worst: how far a mean squared error is the work
 * of few large errors. Were all errors of one size, the worst 5 % would hold .05 of it; normal errors give about .28.
 *
 * Where the worst rows are no whole number, the last one counts in part.
 *
 * @param share of the rows that count as the worst, from 0 to 1; 0.05 by default
 * @returns null when there is no error at all
 * @throws HitlabError as `regression`, or for a share out of range
 * @example
 * ```ts
 * evaluate.mseShare([0, 0, 0, 0], [3, 1, 1, 1], 0.25); // 9 / 12 = 0.75
 * const interval = evaluate.bootstrapStatistic(y.length, (rows) => evaluate.mseShare(y, predicted, 0.05, { rows }));
 * ```
 */
export function mseShare(y: Numbers, predicted: Numbers, share = 0.05, options: RegressionOptions = {}): number | null {
  if (!(share >= 0 && share <= 1)) {
    const remedy = "pass such a number, for example 0.05";
    throw new HitlabError({ what: "the share of the rows must be a number from 0 to 1", value: share, remedy });
  }
  const { y: targets, predictions } = checkPredicted(y, predicted, options.rows);
  const errors = targets.map((target, i) => Math.abs(predictions[i] - target)).sort();
  const most = errors[errors.length - 1];
  if (most === 0) return null;
  // Of the largest error 1 each, so that no square vanishes; ascending, so that the small ones are not lost in the sum.
  const squares = errors.map((error) => (error / most) * (error / most));
  const better = squares.length - share * squares.length;
  const whole = Math.floor(better);
  const rest = squares.subarray(0, whole).reduce((sum, square) => sum + square, 0);
  const all = squares.subarray(whole).reduce((sum, square) => sum + square, rest);
  return 1 - (rest + (better - whole) * (squares[whole] ?? 0)) / all;
}
