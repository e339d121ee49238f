import { type BootstrapOptions, bootstrap, pairedBootstrap } from "./bootstrap";
import {
  type BootstrapRegressionOptions,
  bootstrapRegression,
  pairedBootstrapRegression,
} from "./bootstrap-regression";
import type { Metric } from "./counted";
import type { RegressionMetric } from "./regression";
import type { Interval } from "./resample";
import type { Numbers } from "./scored";

/** A model's value of a metric with its interval: a row of a table, or a dot of `show.intervals`. */
export interface Comparison<M extends string = Metric> {
  readonly model: string;
  readonly metric: M;
  /** Null where the metric is undefined, for example an AUC on rows of one class, R2 where all targets are alike. */
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/**
 * Several models on the same rows: each metric with its bootstrap interval, model after model.
 *
 * @param models probabilities per row, by the name of the model
 * @throws HitlabError as `bootstrap`
 * @example
 * ```ts
 * const rows = evaluate.compare(test.y, { LSTM: a, persistence: b }, { metrics: ["accuracy"], groups: test.info.song });
 * show.intervals(rows, { title: "Persistence is hard to beat" });
 * ```
 */
export function compare(
  labels: Numbers,
  models: Readonly<Record<string, Numbers>>,
  options: BootstrapOptions = {},
): Comparison[] {
  return rowsOf(models, (probabilities) => bootstrap<Metric>(labels, probabilities, options));
}

/**
 * How much better than `reference` each model is on the same rows: paired bootstrap differences, model after model.
 *
 * @throws HitlabError as `pairedBootstrap`
 * @example
 * ```ts
 * evaluate.compareTo(test.y, persistence, { LSTM: a, "logistic regression": b }, { groups: test.info.song });
 * ```
 */
export function compareTo(
  labels: Numbers,
  reference: Numbers,
  models: Readonly<Record<string, Numbers>>,
  options: BootstrapOptions = {},
): Comparison[] {
  return rowsOf(models, (probabilities) => pairedBootstrap<Metric>(labels, probabilities, reference, options));
}

/**
 * `compare` for predicted numbers.
 *
 * @param models predictions per row, by the name of the model
 * @throws HitlabError as `bootstrapRegression`
 * @example
 * ```ts
 * const rows = evaluate.compareRegression(test.y, { forest: a, "linear regression": b }, { metrics: ["r2", "mae"] });
 * show.intervals(rows, { title: "The forest is ahead", lessIsBetter: ["mae"] });
 * ```
 */
export function compareRegression(
  y: Numbers,
  models: Readonly<Record<string, Numbers>>,
  options: BootstrapRegressionOptions = {},
): Comparison<RegressionMetric>[] {
  return rowsOf(models, (predicted) => bootstrapRegression<RegressionMetric>(y, predicted, options));
}

/**
 * `compareTo` for predicted numbers: each model's score less that of `reference`, on the same rows.
 *
 * @throws HitlabError as `pairedBootstrapRegression`
 * @example
 * ```ts
 * evaluate.compareRegressionTo(test.y, linear, { forest: a, network: b }, { metrics: ["mae"] });
 * ```
 */
export function compareRegressionTo(
  y: Numbers,
  reference: Numbers,
  models: Readonly<Record<string, Numbers>>,
  options: BootstrapRegressionOptions = {},
): Comparison<RegressionMetric>[] {
  return rowsOf(models, (predicted) => pairedBootstrapRegression<RegressionMetric>(y, predicted, reference, options));
}

function rowsOf<M extends string>(
  models: Readonly<Record<string, Numbers>>,
  intervalsFor: (said: Numbers) => Readonly<Record<M, Interval>>,
): Comparison<M>[] {
  return Object.entries(models).flatMap(([model, said]) => {
    const intervals = Object.entries(intervalsFor(said)) as [M, Interval][];
    return intervals.map(([metric, { estimate, low, high }]) => ({ model, metric, estimate, low, high }));
  });
}
