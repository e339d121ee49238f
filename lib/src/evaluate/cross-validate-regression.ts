import type { Parts } from "../prepare/split";
import type { Samples } from "../samples";
import { checkLevel } from "./calibration";
import { checkRegressionMetrics, type RegressionMetric, type RegressionScores, regression } from "./regression";
import { type FoldMean, type FoldsOptions, foldMeans, runFolds } from "./run-folds";
import type { Numbers } from "./scored";

export interface CrossValidateRegressionOptions extends FoldsOptions {
  /** The metrics to take the mean of. Default mean squared error, mean absolute error and R2. */
  readonly metrics?: readonly RegressionMetric[];
}

export interface RegressionCrossValidation {
  /** Scores of each fold's test rows. */
  readonly folds: readonly RegressionScores[];
  /** One row per metric: mean and t interval over the folds. */
  readonly means: readonly FoldMean<RegressionMetric>[];
  /** Scores of all tested rows together, each by the model that did not see it. */
  readonly pooled: RegressionScores;
  /** Out-of-fold prediction for each row of the samples that were split, in their order; NaN where no fold tests it. */
  readonly predictions: Float64Array;
  /** Numbers of the tested rows, ascending: pass them as `rows` when some are not. */
  readonly rows: Int32Array;
}

/**
 * `crossValidate` for predicted numbers: trains and tests fold after fold.
 *
 * All that is learnt from rows must be learnt inside `fitPredict`, from `train` alone: scalers and encodings, and the
 * mean that a target is centred by too. Return predictions in the target's own unit. The mean of the folds' R2 is not
 * the pooled R2: each fold has its own mean to beat, and on small folds it varies a lot. The t intervals over folds are
 * rough (see `crossValidate`); for an interval over rows or groups, bootstrap the pooled predictions.
 *
 * @param folds of `prepare.kFold` or `prepare.leaveOneGroupOut`; no row may be tested twice
 * @param fitPredict trains on the train part and returns the prediction for each test row
 * @throws HitlabError for no folds, a row tested twice, an unknown metric, a level out of range, a wrong number of
 *   predictions, and as `regression`
 * @example
 * ```ts
 * const folds = prepare.kFold(samples, { folds: 10 });
 * const forest = await evaluate.crossValidateRegression(folds, async (train, test) =>
 *   (await trees.fitRandomForestRegressor(train)).predict(test.x));
 * forest.pooled.r2;
 * show.intervals(forest.means.map((row) => ({ model: "forest", ...row })), { title: "..." });
 * evaluate.bootstrapRegression(samples.y, forest.predictions, { groups: samples.info.artist });
 * ```
 */
export async function crossValidateRegression<S extends Samples>(
  folds: readonly Parts<S>[],
  fitPredict: (train: S, test: S, fold: number) => Promise<Numbers> | Numbers,
  options: CrossValidateRegressionOptions = {},
): Promise<RegressionCrossValidation> {
  // Before the folds, whose training may take hours.
  const metrics = checkRegressionMetrics(options.metrics ?? ["mse", "mae", "r2"]);
  const level = checkLevel(options.level ?? 0.95);
  const found = await runFolds(folds, fitPredict, {
    score: (y, predicted) => regression(y, predicted),
    gives: { one: "a prediction", remedy: "return what model.predict(test.x) gives" },
    progress: options.progress,
  });
  const { folds: scored, y, predictions, rows } = found;
  const means = foldMeans(scored, metrics, level);
  return { folds: scored, means, pooled: regression(y, predictions, { rows }), predictions, rows };
}
