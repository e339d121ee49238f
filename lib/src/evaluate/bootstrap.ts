import { HitlabError } from "../errors";
import { random } from "../random";
import { checkLevel } from "./calibration";
import type { ThresholdOptions } from "./confusion";
import { checkMetrics, countedMetrics, type Metric, type Units } from "./counted";
import { quantileSorted } from "./quantile";
import { checkScored, checkThreshold, type Numbers } from "./scored";
import { type ClassifierScores, scores } from "./scores";

export interface BootstrapOptions<M extends Metric = Metric> extends ThresholdOptions {
  /** Accuracy, ROC AUC, PR AUC and Brier score by default. */
  readonly metrics?: readonly M[];
  /** The group of each row (a song): whole groups are drawn. Without it single rows are drawn. */
  readonly groups?: Numbers;
  /** Numbers of the rows to score, counted from 0; all by default. The others are not even checked. */
  readonly rows?: Numbers;
  /** Number of resamples; 1,000 by default. */
  readonly samples?: number;
  /** Share of the resamples inside the interval; 0.95 by default. */
  readonly level?: number;
  /** 42 by default. */
  readonly seed?: number;
}

/** A value with its percentile interval. */
export interface Interval<V extends number | null = number | null> {
  /** The value on the rows as they are; null where it is undefined (see `ClassifierScores`). */
  readonly estimate: V;
  readonly low: V;
  readonly high: V;
  /** Resamples in which the value was undefined; the interval is that of the others. */
  readonly undefinedIn: number;
}

/** The difference of two models, with the two values themselves. */
export interface Difference<V extends number | null = number | null> extends Interval<V> {
  readonly a: V;
  readonly b: V;
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
  const { metrics, units, measure } = prepared(labels, [probabilities], options);
  const estimates = scores(labels, probabilities, options);
  const drawn = resample(units, metrics.length, options, (counts) => measure(counts)[0]);
  const entries = metrics.map((metric, m) => [metric, { estimate: estimates[metric], ...drawn[m] }]);
  return Object.fromEntries(entries) as Intervals<M>;
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
  const { metrics, units, measure } = prepared(labels, [probabilitiesA, probabilitiesB], options);
  const [scoresA, scoresB] = [probabilitiesA, probabilitiesB].map((each) => scores(labels, each, options));
  const drawn = resample(units, metrics.length, options, (counts) => {
    const [drawnA, drawnB] = measure(counts);
    return drawnA.map((value, m) => minus(value, drawnB[m]));
  });
  const entries = metrics.map((metric, m) => {
    const [a, b] = [scoresA[metric], scoresB[metric]];
    return [metric, { a, b, estimate: minus(a, b), ...drawn[m] }];
  });
  return Object.fromEntries(entries) as Differences<M>;
}

/** The metrics asked for, the units to draw, and the metrics of each model for given counts of the units. */
function prepared<M extends Metric>(labels: Numbers, models: Numbers[], options: BootstrapOptions<M>) {
  const metrics = checkMetrics(options.metrics ?? ["accuracy", "rocAuc", "prAuc", "brier"]);
  const threshold = checkThreshold(options.threshold);
  const scored = models.map((probabilities) => checkScored(labels, probabilities, options.rows));
  const units = unitsOf(labels.length, options);
  const measures = scored.map((each) => countedMetrics(each, units, metrics, threshold));
  return { metrics, units, measure: (counts: Int32Array) => measures.map((measure) => measure(counts)) };
}

/** Numbers the groups by first appearance, so that only which rows belong together matters, not the groups' names. */
export function unitsOf(length: number, { groups, rows }: Pick<BootstrapOptions, "groups" | "rows">): Units {
  if (groups && groups.length !== length) {
    throw new HitlabError({
      what: `there are ${length} labels but ${groups.length} groups`,
      remedy: "pass the group of each label, in the same order",
    });
  }
  const scoredRows = rows ? Int32Array.from(rows) : Int32Array.from({ length }, (_, row) => row);
  const seen = new Map<number, number>();
  const of = scoredRows.map((row, i) => {
    const key = groups ? groups[row] : i;
    const unit = seen.get(key) ?? seen.size;
    seen.set(key, unit);
    return unit;
  });
  if (seen.size < 2) {
    throw new HitlabError({
      what: `an interval needs at least two ${groups ? "groups" : "rows"}`,
      value: seen.size,
      remedy: "score more of them, or give the value without an interval",
    });
  }
  return { count: seen.size, of };
}

/** Draws the units again and again, and sums up what `measure` makes of each draw: limits for each of its values. */
function resample(
  units: Units,
  values: number,
  { samples = 1000, level = 0.95, seed = 42 }: BootstrapOptions,
  measure: (counts: Int32Array) => (number | null)[],
): Omit<Interval, "estimate">[] {
  if (!Number.isInteger(samples) || samples < 2) {
    throw new HitlabError({
      what: "samples must be a whole number from 2",
      value: samples,
      remedy: "pass for example 1000",
    });
  }
  const rng = random(seed, "bootstrap");
  const counts = new Int32Array(units.count);
  const drawn: number[][] = Array.from({ length: values }, () => []);
  for (let s = 0; s < samples; s++) {
    counts.fill(0);
    for (let u = 0; u < units.count; u++) counts[rng.integer(0, units.count)]++;
    measure(counts).forEach((value, m) => {
      if (value !== null) drawn[m].push(value);
    });
  }
  return drawn.map((defined) => ({ ...limits(defined, checkLevel(level)), undefinedIn: samples - defined.length }));
}

function limits(values: number[], level: number): { low: number | null; high: number | null } {
  if (values.length === 0) return { low: null, high: null };
  const sorted = Float64Array.from(values).sort();
  return { low: quantileSorted(sorted, (1 - level) / 2), high: quantileSorted(sorted, (1 + level) / 2) };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
