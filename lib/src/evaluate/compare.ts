import { type BootstrapOptions, bootstrap, pairedBootstrap } from "./bootstrap";
import type { Metric } from "./counted";
import type { Numbers } from "./scored";

/** A model's value of a metric with its interval: a row of a table, or a dot of `show.intervals`. */
export interface Comparison {
  readonly model: string;
  readonly metric: Metric;
  /** Null where the metric is undefined, for example an AUC on rows of one class. */
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
  return Object.entries(models).flatMap(([model, probabilities]) => {
    const intervals = bootstrap<Metric>(labels, probabilities, options);
    return Object.entries(intervals).map(([metric, { estimate, low, high }]) => {
      return { model, metric: metric as Metric, estimate, low, high };
    });
  });
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
  return Object.entries(models).flatMap(([model, probabilities]) => {
    const differences = pairedBootstrap<Metric>(labels, probabilities, reference, options);
    return Object.entries(differences).map(([metric, { estimate, low, high }]) => {
      return { model, metric: metric as Metric, estimate, low, high };
    });
  });
}
