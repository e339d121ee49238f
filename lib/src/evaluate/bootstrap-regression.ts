import { countedRegression } from "./counted-regression";
import { checkPredicted } from "./predicted";
import { checkRegressionMetrics, type RegressionMetric, type RegressionScores, regression } from "./regression";
import { type Difference, differencesOf, type Interval, intervalsOf, type ResampleOptions, unitsOf } from "./resample";
import type { Numbers } from "./scored";

export interface BootstrapRegressionOptions<M extends RegressionMetric = RegressionMetric> extends ResampleOptions {
  /** Mean squared error, mean absolute error and R2 by default. */
  readonly metrics?: readonly M[];
}

type DefaultMetric = "mse" | "mae" | "r2";

/** One interval per metric; only `r2` may be null. */
export type RegressionIntervals<M extends RegressionMetric> = { readonly [K in M]: Interval<RegressionScores[K]> };

/** One difference per metric; only `r2` may be null. */
export type RegressionDifferences<M extends RegressionMetric> = { readonly [K in M]: Difference<RegressionScores[K]> };

/**
 * How far the scores of predicted numbers would move with other rows of the same kind: percentile bootstrap intervals.
 * All is as in `bootstrap`: give `groups` whenever rows belong together (the songs of one artist).
 *
 * The interval of a mean squared error or an R2 that hangs on a few large errors is too narrow: a resample holds none
 * larger than those that were seen (`mseShare` tells).
 *
 * @throws HitlabError for bad rows (see `regression`), fewer than two groups, or an option out of range
 * @example
 * ```ts
 * const { r2 } = evaluate.bootstrapRegression(test.y, predicted, { metrics: ["r2"], groups: test.info.artist });
 * `${r2.estimate} (${r2.low} to ${r2.high})`;
 * ```
 */
export function bootstrapRegression<M extends RegressionMetric = DefaultMetric>(
  y: Numbers,
  predicted: Numbers,
  options: BootstrapRegressionOptions<M> = {},
): RegressionIntervals<M> {
  const { metrics, units, measures } = prepared(y, [predicted], options);
  const estimates = regression(y, predicted, options);
  return intervalsOf(metrics, estimates, measures[0], units, options) as RegressionIntervals<M>;
}

/**
 * Does model A predict better than model B? The difference A - B of each score on the same rows, with its percentile
 * interval; both are scored on the same resamples (see `pairedBootstrap`). Of errors less is better: there a negative
 * difference speaks for A, as a positive one does for R2.
 *
 * @throws HitlabError as `bootstrapRegression`
 * @example
 * ```ts
 * const { mae } = evaluate.pairedBootstrapRegression(test.y, forest, network, { groups: test.info.artist });
 * mae.high < 0; // the forest is closer, beyond the luck of the songs
 * ```
 */
export function pairedBootstrapRegression<M extends RegressionMetric = DefaultMetric>(
  y: Numbers,
  predictedA: Numbers,
  predictedB: Numbers,
  options: BootstrapRegressionOptions<M> = {},
): RegressionDifferences<M> {
  const models = [predictedA, predictedB];
  const { metrics, units, measures } = prepared(y, models, options);
  const estimates = models.map((each) => regression(y, each, options));
  return differencesOf(metrics, estimates, measures, units, options) as RegressionDifferences<M>;
}

/** The metrics asked for, the units to draw, and the metrics of each model for given counts of the units. */
function prepared<M extends RegressionMetric>(y: Numbers, models: Numbers[], options: BootstrapRegressionOptions<M>) {
  const metrics = checkRegressionMetrics(options.metrics ?? ["mse", "mae", "r2"]);
  const checked = models.map((predicted) => checkPredicted(y, predicted, options.rows));
  const units = unitsOf(y.length, options, "targets");
  return { metrics, units, measures: checked.map((each) => countedRegression(each, units, metrics)) };
}
