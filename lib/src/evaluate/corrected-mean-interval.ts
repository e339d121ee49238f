import { HitlabError } from "../errors";
import { type MeanInterval, meanInterval } from "./mean-interval";
import type { Numbers } from "./scored";

/**
 * Mean of the scores of several splits of the same rows, with a t interval that allows for their overlap.
 *
 * Scores of folds or of repeated random splits are not independent: the training parts share rows. The plain interval
 * takes them as independent, and gets as narrow as you like when the rows are split again and again, without one row
 * more. Here the variance of the mean is (1 / n + tested / trained) s^2 instead of s^2 / n, which is right where any two
 * splits correlate by tested / (trained + tested). That is a rule of thumb: how much they do depends on model and data,
 * and cannot be estimated without bias from one cross-validation.
 *
 * Source: Nadeau & Bengio, "Inference for the generalization error", Machine Learning 52 (2003); for repeated folds
 * Bouckaert & Frank, "Evaluating the replicability of significance tests for comparing learning algorithms", PAKDD
 * (2004); Bengio & Grandvalet, "No Unbiased Estimator of the Variance of K-Fold Cross-Validation", JMLR 5 (2004).
 *
 * @param values one per split, or the differences of two models, one per split
 * @param testedToTrained rows tested / rows trained in each split: 1 / (k - 1) for k folds; 0 gives `meanInterval`
 * @param level 0.95 by default
 * @throws HitlabError as `meanInterval`, or for a ratio below 0
 * @example
 * ```ts
 * // five folds: 4 / 5 of the rows trained, 1 / 5 tested
 * evaluate.correctedMeanInterval([0.76, 0.77, 0.78, 0.75, 0.79], 1 / 4); // estimate 0.77, from 0.7406 to 0.7994
 * ```
 */
export function correctedMeanInterval(values: Numbers, testedToTrained: number, level = 0.95): MeanInterval {
  checkRatio(testedToTrained);
  const plain = meanInterval(values, level);
  if (plain.low === null || plain.high === null) return plain;
  const wider = Math.sqrt(1 + plain.n * testedToTrained);
  const { estimate, low, high } = plain;
  return { ...plain, low: estimate - (estimate - low) * wider, high: estimate + (high - estimate) * wider };
}

/** @throws HitlabError for a ratio that rows tested and rows trained cannot have */
export function checkRatio(testedToTrained: number): number {
  if (testedToTrained >= 0 && Number.isFinite(testedToTrained)) return testedToTrained;
  throw new HitlabError({
    what: "rows tested / rows trained must be a number from 0",
    value: testedToTrained,
    remedy: "pass for example 1 / 4 for five folds, or 0.2 / 0.8 for a random fifth",
  });
}
