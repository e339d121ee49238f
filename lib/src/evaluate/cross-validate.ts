import { HitlabError } from "../errors";
import type { Parts } from "../prepare/split";
import type { Samples } from "../samples";
import { checkLevel } from "./calibration";
import type { ThresholdOptions } from "./confusion";
import { checkMetrics, type Metric } from "./counted";
import { type MeanInterval, meanInterval } from "./mean-interval";
import { checkThreshold, type Numbers } from "./scored";
import { type ClassifierScores, scores } from "./scores";

export interface CrossValidateOptions extends ThresholdOptions {
  /** The metrics to take the mean of. Default accuracy, ROC AUC and Brier score. */
  readonly metrics?: readonly Metric[];
  /** Level of the intervals. Default 0.95. */
  readonly level?: number;
  /** Told how many folds are done, as by `show.progress`. */
  readonly progress?: (done: number, total: number, text: string) => void;
}

/** A metric over the folds; with a model beside it, a row of `show.intervals`. */
export interface FoldMean extends Omit<MeanInterval, "estimate"> {
  readonly metric: Metric;
  /** Mean over the folds in which the metric is defined (`n` of them); null if there is none. */
  readonly estimate: number | null;
}

export interface CrossValidation {
  /** Scores of each fold's test rows. */
  readonly folds: readonly ClassifierScores[];
  /** One row per metric: mean and t interval over the folds. */
  readonly means: readonly FoldMean[];
  /** Scores of all tested rows together, each by the model that did not see it. */
  readonly pooled: ClassifierScores;
  /** Out-of-fold probability of each row of the samples that were split, in their order; NaN where no fold tests it. */
  readonly probabilities: Float64Array;
  /** Numbers of the tested rows, ascending: pass them as `rows` when some are not. */
  readonly rows: Int32Array;
}

/**
 * Trains and tests fold after fold: scores per fold, their means, and for each row a probability by a model that did
 * not see it.
 *
 * The t intervals over folds are rough: the training parts share most of their rows, so the folds' scores are not
 * independent, and no unbiased estimate of their variance exists (Bengio & Grandvalet, "No Unbiased Estimator of the
 * Variance of K-Fold Cross-Validation", JMLR 5, 2004). For an interval over rows or groups, bootstrap the pooled
 * probabilities. An AUC of pooled probabilities also compares rows scored by different models.
 *
 * All that is learnt from rows (scalers, encodings) must be learnt inside `fitPredict`, from `train` alone.
 *
 * @param folds of `prepare.kFold` or `prepare.leaveOneGroupOut`; no row may be tested twice
 * @param fitPredict trains on the train part and returns the probability of label 1 of each test row
 * @throws HitlabError for no folds, a row tested twice, an unknown metric, a level out of range, a wrong number of
 *   probabilities, and as `scores`
 * @example
 * ```ts
 * const folds = prepare.kFold(samples, { folds: 5, group: "artist" });
 * const forest = await evaluate.crossValidate(folds, async (train, test) =>
 *   (await trees.fitRandomForest(train)).predictProbability(test.x));
 * show.intervals(forest.means.map((row) => ({ model: "forest", ...row })), { title: "..." });
 * evaluate.bootstrap(samples.y, forest.probabilities, { groups: samples.info.artist });
 * ```
 */
export async function crossValidate<S extends Samples>(
  folds: readonly Parts<S>[],
  fitPredict: (train: S, test: S, fold: number) => Promise<Numbers> | Numbers,
  options: CrossValidateOptions = {},
): Promise<CrossValidation> {
  const { progress } = options;
  // Before the folds, whose training may take hours.
  const metrics = checkMetrics(options.metrics ?? ["accuracy", "rocAuc", "brier"]);
  const level = checkLevel(options.level ?? 0.95);
  const threshold = checkThreshold(options.threshold);
  const { labels, rows } = testedRows(folds);
  const probabilities = new Float64Array(labels.length).fill(Number.NaN);
  const scored: ClassifierScores[] = [];
  for (const [k, { train, test, index }] of folds.entries()) {
    progress?.(k, folds.length, `fold ${k + 1} of ${folds.length}`);
    const found = await fitPredict(train, test, k);
    checkCount(found, test, k);
    scored.push(scores(test.y, found, { threshold }));
    index.test.forEach((row, i) => {
      probabilities[row] = found[i];
    });
  }
  progress?.(folds.length, folds.length, "done");
  const means = metrics.map((metric) => foldMean(scored, metric, level));
  return { folds: scored, means, pooled: scores(labels, probabilities, { rows, threshold }), probabilities, rows };
}

/** Labels in the order of the samples that were split, and the rows that have one. */
function testedRows(folds: readonly Parts[]): { labels: Float64Array; rows: Int32Array } {
  if (folds.length === 0) throw new HitlabError({ what: "there are no folds", remedy: "pass those of prepare.kFold" });
  const { train, validation, test, dropped } = folds[0].index;
  const length = train.length + (validation?.length ?? 0) + test.length + dropped.length;
  const labels = new Float64Array(length).fill(Number.NaN);
  for (const [k, fold] of folds.entries()) {
    fold.index.test.forEach((row, i) => {
      if (row >= length || !Number.isNaN(labels[row])) throw badRow(row, k, length);
      labels[row] = fold.test.y[i];
    });
  }
  return { labels, rows: Int32Array.from(labels.keys()).filter((row) => !Number.isNaN(labels[row])) };
}

function badRow(row: number, fold: number, length: number): HitlabError {
  return new HitlabError({
    what:
      row < length
        ? `fold ${fold} (counted from 0) tests row ${row}, which an earlier fold tests too`
        : `fold ${fold} (counted from 0) tests row ${row}, but the samples of fold 0 have only ${length} rows`,
    remedy: "pass the folds of one call of prepare.kFold or prepare.leaveOneGroupOut",
  });
}

function checkCount(found: Numbers, test: Samples, fold: number): void {
  if (found?.length === test.y.length) return;
  throw new HitlabError({
    what: `fitPredict must return a probability for each of the ${test.y.length} test rows of fold ${fold}`,
    value: found?.length,
    remedy: "return what model.predictProbability(test.x) gives",
  });
}

function foldMean(folds: readonly ClassifierScores[], metric: Metric, level: number): FoldMean {
  const values = folds.map((fold) => fold[metric]).filter((value) => value !== null);
  if (values.length === 0) return { metric, estimate: null, low: null, high: null, sd: null, n: 0 };
  return { metric, ...meanInterval(values, level) };
}
