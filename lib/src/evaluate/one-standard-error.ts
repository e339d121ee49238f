import { HitlabError } from "../errors";
import { type Better, checkBetter } from "./better";
import { meanInterval } from "./mean-interval";
import type { Numbers } from "./scored";

export interface OneStandardErrorOptions {
  /** "less" of losses and errors, "more" of accuracy and the like. */
  readonly better: Better;
  /** Which end of the values makes the simplest model: "largest" (the default) of penalties. */
  readonly simplest?: "largest" | "smallest";
}

/** The scores of one value of a hyperparameter, one per fold or seed. */
export interface PathPoint {
  readonly value: number;
  readonly scores: Numbers;
}

/** Their mean, with a band of one standard error to either side. */
export interface PathMean {
  readonly value: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Of the mean: the scores' standard deviation over the root of their number. */
  readonly standardError: number;
  /** Number of scores. */
  readonly n: number;
}

export interface OneStandardError {
  /** The value of the best mean; of equal ones the simplest. */
  readonly best: PathMean;
  /** The simplest value whose mean is no worse than the threshold. */
  readonly chosen: PathMean;
  /** The best mean, made worse by its standard error. */
  readonly threshold: number;
  /** All values, ascending: a line with its band. */
  readonly path: readonly PathMean[];
}

/**
 * The one-standard-error rule: the simplest model whose score is within one standard error of the best.
 *
 * The best of many means is in part the luckiest, and beside a flat optimum the simpler model is as good as any. As
 * `lambda.1se` of R's glmnet. It is a rule of thumb, not a test: the standard error takes the scores as independent,
 * which those of folds are not, and scores of seeds on one split know nothing of other rows. The score of the chosen
 * value was chosen too: test it on rows that took no part.
 *
 * Source: Breiman, Friedman, Olshen & Stone, "Classification and Regression Trees" (1984), section 3.4.3; Hastie,
 * Tibshirani & Friedman, "The Elements of Statistical Learning", 2nd edition (2009), section 7.10.
 *
 * @param path the values in any order, each with at least two scores
 * @throws HitlabError for no values, a value that is there twice, fewer than two scores or one that is not finite
 * @example
 * ```ts
 * const path = lambdas.map((value, i) => ({ value, scores: lossesBySeed[i] }));
 * const { best, chosen } = evaluate.oneStandardError(path, { better: "less" });
 * `lambda ${chosen.value}: loss ${chosen.estimate}, at best ${best.estimate}`;
 * ```
 */
export function oneStandardError(path: readonly PathPoint[], options: OneStandardErrorOptions): OneStandardError {
  const sign = checkBetter(options.better) === "more" ? 1 : -1;
  const means = path.map(meanOf).sort((a, b) => a.value - b.value);
  checkValues(means);
  const simplestFirst = checkSimplest(options.simplest ?? "largest") === "largest" ? [...means].reverse() : means;
  const best = simplestFirst.reduce((found, each) => (sign * each.estimate > sign * found.estimate ? each : found));
  const threshold = best.estimate - sign * best.standardError;
  const chosen = simplestFirst.find((each) => sign * each.estimate >= sign * threshold) ?? best;
  return { best, chosen, threshold, path: means };
}

function meanOf({ value, scores }: PathPoint): PathMean {
  const { estimate, sd, n } = meanInterval(scores);
  if (sd === null) {
    const what = `value ${value} has one score only, so its standard error is unknown`;
    throw new HitlabError({ what, remedy: "pass the scores of at least two folds or seeds" });
  }
  const standardError = sd / Math.sqrt(n);
  return { value, estimate, low: estimate - standardError, high: estimate + standardError, standardError, n };
}

function checkValues(ascending: readonly PathMean[]): void {
  if (ascending.length === 0) throw new HitlabError({ what: "the path has no values", remedy: "pass at least one" });
  const odd = ascending.find(({ value }, i) => !Number.isFinite(value) || value === ascending[i + 1]?.value);
  if (odd === undefined) return;
  throw new HitlabError({
    what: "the values of a path must be finite numbers, each there once",
    value: odd.value,
    remedy: "put all scores of a value into one list",
  });
}

function checkSimplest(simplest: "largest" | "smallest"): "largest" | "smallest" {
  if (simplest === "largest" || simplest === "smallest") return simplest;
  const remedy = 'pass "largest" or "smallest"';
  throw new HitlabError({ what: "the simplest model has the largest or the smallest value", value: simplest, remedy });
}
