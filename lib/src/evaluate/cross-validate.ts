import type { Parts } from "../prepare/split";
import type { Samples } from "../samples";
import { checkLevel } from "./calibration";
import type { ThresholdOptions } from "./confusion";
import { checkMetrics, type Metric } from "./counted";
import { type FoldMean, type FoldsOptions, foldMeans, runFolds } from "./run-folds";
import { checkThreshold, type Numbers } from "./scored";
import { type ClassifierScores, scores } from "./scores";

export interface CrossValidateOptions extends ThresholdOptions, FoldsOptions {
  /** The metrics to take the mean of. Default accuracy, ROC AUC and Brier score. */
  readonly metrics?: readonly Metric[];
}

export interface CrossValidation {
  /** Scores of each fold's test rows. */
  readonly folds: readonly ClassifierScores[];
  /** One row per metric: mean and t interval over the folds. */
  readonly means: readonly FoldMean<Metric>[];
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
  // Before the folds, whose training may take hours.
  const metrics = checkMetrics(options.metrics ?? ["accuracy", "rocAuc", "brier"]);
  const level = checkLevel(options.level ?? 0.95);
  const threshold = checkThreshold(options.threshold);
  const {
    folds: scored,
    y,
    predictions: probabilities,
    rows,
  } = await runFolds(folds, fitPredict, {
    score: (labels, found) => scores(labels, found, { threshold }),
    gives: { one: "a probability", remedy: "return what model.predictProbability(test.x) gives" },
    progress: options.progress,
  });
  const means = foldMeans(scored, metrics, level);
  return { folds: scored, means, pooled: scores(y, probabilities, { rows, threshold }), probabilities, rows };
}
