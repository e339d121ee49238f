import type { ThresholdOptions } from "./confusion";
import { checkMetrics, countedMetrics, type Metric } from "./counted";
import { type Difference, differencesOf, type Interval, intervalsOf, type ResampleOptions, unitsOf } from "./resample";
import { checkScored, checkThreshold, type Numbers } from "./scored";
import { type ClassifierScores, scores } from "./scores";

export interface BootstrapOptions<M extends Metric = Metric> extends ThresholdOptions, ResampleOptions {
  /** Accuracy, ROC AUC, PR AUC and Brier score by default. */
  readonly metrics?: readonly M[];
}

type DefaultMetric = "accuracy" | "rocAuc" | "prAuc" | "brier";

/** One interval per metric; only `rocAuc` and `prAuc` may be null. */
export type Intervals<M extends Metric> = { readonly [K in M]: Interval<ClassifierScores[K]> };

/** One difference per metric; only `rocAuc` and `prAuc` may be null. */
export type Differences<M extends Metric> = { readonly [K in M]: Difference<ClassifierScores[K]> };

/**
 * How far the scores of a model would move with other rows of the same kind: percentile bootstrap intervals.
 *
 * The rows, or whole groups of them, are drawn with replacement as often as there are, the metrics are taken of what
 * was drawn, and the interval spans the middle of those values. Give `groups` whenever rows belong together:
 * the windows of one song resemble each other, and drawing them one by one makes intervals far too narrow. With fewer
 * than about 20 groups the intervals are too narrow all the same. The model itself is not trained again: the interval
 * says nothing about another training run.
 *
 * Source: Efron & Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13; for groups Davison & Hinkley,
 * "Bootstrap Methods and their Application" (1997), section 3.8.
 *
 * @throws HitlabError for bad rows (see `scores`), fewer than two groups, or an option out of range
 * @example
 * ```ts
 * const { rocAuc } = bootstrap(test.y, probabilities, { metrics: ["rocAuc"], groups: test.info.song });
 * `${rocAuc.estimate} (${rocAuc.low} to ${rocAuc.high})`;
 * ```
 */
export function bootstrap<M extends Metric = DefaultMetric>(
  labels: Numbers,
  probabilities: Numbers,
  options: BootstrapOptions<M> = {},
): Intervals<M> {
  const { metrics, units, measures } = prepared(labels, [probabilities], options);
  const estimates = scores(labels, probabilities, options);
  return intervalsOf(metrics, estimates, measures[0], units, options) as Intervals<M>;
}

/**
 * Is model A better than model B? The difference A - B of each score on the same rows, with its percentile interval.
 *
 * Both models are scored on the same resamples, so what makes some rows hard for both cancels out: the interval of the
 * difference is often much narrower than the two single intervals suggest. Of Brier score and log loss, less is
 * better: there a negative difference speaks for A.
 *
 * @throws HitlabError as `bootstrap`
 * @example
 * ```ts
 * const { accuracy } = pairedBootstrap(test.y, lstm, persistence, { groups: test.info.song });
 * accuracy.high < 0; // persistence is better, beyond the luck of the songs
 * ```
 */
export function pairedBootstrap<M extends Metric = DefaultMetric>(
  labels: Numbers,
  probabilitiesA: Numbers,
  probabilitiesB: Numbers,
  options: BootstrapOptions<M> = {},
): Differences<M> {
  const models = [probabilitiesA, probabilitiesB];
  const { metrics, units, measures } = prepared(labels, models, options);
  const estimates = models.map((each) => scores(labels, each, options));
  return differencesOf(metrics, estimates, measures, units, options) as Differences<M>;
}

/** The metrics asked for, the units to draw, and the metrics of each model for given counts of the units. */
function prepared<M extends Metric>(labels: Numbers, models: Numbers[], options: BootstrapOptions<M>) {
  const metrics = checkMetrics(options.metrics ?? ["accuracy", "rocAuc", "prAuc", "brier"]);
  const threshold = checkThreshold(options.threshold);
  const scored = models.map((probabilities) => checkScored(labels, probabilities, options.rows));
  const units = unitsOf(labels.length, options);
  return { metrics, units, measures: scored.map((each) => countedMetrics(each, units, metrics, threshold)) };
}
