import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { HitlabError } from "../errors";
import { checkLevel } from "./calibration";
import type { Numbers } from "./scored";

/** A mean of a few values with its interval; with a model and a metric beside it, a row of `show.intervals`. */
export interface MeanInterval {
  /** The mean. */
  readonly estimate: number;
  /** Ends of the t interval; null for a single value. */
  readonly low: number | null;
  readonly high: number | null;
  /** Standard deviation of the values (n - 1); null for a single value. */
  readonly sd: number | null;
  /** Number of values. */
  readonly n: number;
}

/** The mean of the differences a - b, with the two means themselves. */
export interface MeanDifference extends MeanInterval {
  readonly a: number;
  readonly b: number;
}

/**
 * Mean, standard deviation and t interval of a few values, such as the scores of ten training runs with other seeds.
 *
 * The interval is right for independent values. Runs on one split are so only with regard to the seed; scores of the
 * folds of a cross-validation are not, see `crossValidate`.
 *
 * Source: Student, "The probable error of a mean", Biometrika 6 (1908).
 *
 * @param values at least one
 * @param level 0.95 by default
 * @throws HitlabError for no values, one that is not finite, or a level out of range
 * @example
 * ```ts
 * meanInterval([0.76, 0.77, 0.78]); // { estimate: 0.77, low: 0.7452, high: 0.7948, sd: 0.01, n: 3 }
 * show.intervals([{ model: "MLP", metric: "accuracy", ...meanInterval(accuracies) }], { title: "..." });
 * ```
 */
export function meanInterval(values: Numbers, level = 0.95): MeanInterval {
  checkLevel(level);
  const n = values.length;
  if (n === 0) throw new HitlabError({ what: "there are no values to take the mean of", remedy: "pass at least one" });
  const estimate = sum(n, (i) => checkNumber(values[i], i)) / n;
  if (n === 1) return { estimate, low: null, high: null, sd: null, n };
  const sd = Math.sqrt(sum(n, (i) => (values[i] - estimate) * (values[i] - estimate)) / (n - 1));
  const half = (tQuantile(0.5 + level / 2, n - 1) * sd) / Math.sqrt(n);
  return { estimate, low: estimate - half, high: estimate + half, sd, n };
}

/**
 * Is A better than B on the same folds or seeds? Mean and t interval of the differences a - b, pair by pair: what makes
 * a fold hard for both cancels out.
 *
 * @param a values of A; value i of A and B come from the same fold, seed or split
 * @throws HitlabError as `meanInterval`, or for different lengths
 * @example
 * ```ts
 * const { estimate, low, high } = pairedMeanInterval(forestByFold, networkByFold);
 * ```
 */
export function pairedMeanInterval(a: Numbers, b: Numbers, level = 0.95): MeanDifference {
  if (a.length !== b.length) {
    throw new HitlabError({
      what: `there are ${a.length} values of A but ${b.length} of B`,
      remedy: "pass one of each for every fold, seed or split, in the same order",
    });
  }
  const means = { a: meanInterval(a, level).estimate, b: meanInterval(b, level).estimate };
  return {
    ...means,
    ...meanInterval(
      Float64Array.from(a, (value, i) => value - b[i]),
      level,
    ),
  };
}

function sum(n: number, term: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += term(i);
  return total;
}

function checkNumber(value: number, i: number): number {
  if (Number.isFinite(value)) return value;
  throw new HitlabError({
    what: `value ${i} (counted from 0) is not a finite number`,
    value,
    remedy: "look at the run or fold that it comes from, and leave out those without a value",
  });
}
