import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { predict } from "../models/predict";
import type { Matrix, Samples } from "../samples";
import { mean } from "./mean";
import { checkPredicted } from "./predicted";
import { median } from "./quantile";
import type { Numbers } from "./scored";
import { isNetwork } from "./scores";

/** Anything that predicts a number for each row. */
export interface Regressor {
  predict(x: Matrix): Numbers;
}

/** How well predicted numbers met the targets of some rows. */
export interface RegressionScores {
  readonly rows: number;
  /** Mean squared error. */
  readonly mse: number;
  /** Its root: in the unit of the target. */
  readonly rmse: number;
  /** Mean absolute error. */
  readonly mae: number;
  /** Median absolute error: half of the rows are met better. A few large errors do not move it. */
  readonly medianAbsoluteError: number;
  /**
   * 1 - squared errors / squared distances of the targets from their mean: 1 is perfect, 0 no better than predicting
   * the mean of these very rows, and there is no limit below. Null when all targets are alike.
   */
  readonly r2: number | null;
  /** Mean of prediction - target: above 0 where too much is predicted. */
  readonly bias: number;
  /** The targets of these rows. */
  readonly y: Float64Array;
  readonly predictions: Float64Array;
}

/** The scores of a regression that are one number. */
export type RegressionMetric = "mse" | "rmse" | "mae" | "medianAbsoluteError" | "r2" | "bias";

const known: readonly RegressionMetric[] = ["mse", "rmse", "mae", "medianAbsoluteError", "r2", "bias"];

/** @throws HitlabError for a metric that there is not: a notebook's cell may pass what the types forbid. */
export function checkRegressionMetrics(metrics: readonly RegressionMetric[]): readonly RegressionMetric[] {
  const unknown = metrics.find((metric) => !known.includes(metric));
  if (unknown === undefined) return metrics;
  throw new HitlabError({
    what: "there is no such metric for predicted numbers",
    value: unknown,
    remedy: `name some of: ${known.join(", ")}`,
  });
}

export interface RegressionOptions {
  /** Numbers of the rows to score, counted from 0; all by default. The others are not even checked. */
  readonly rows?: Numbers;
}

/**
 * All scores of predicted numbers; each agrees with scikit-learn's (`mean_squared_error`, `root_mean_squared_error`,
 * `mean_absolute_error`, `median_absolute_error`, `r2_score`; that gives 1 or 0 where our `r2` is null).
 *
 * @param y the true numbers
 * @throws HitlabError naming the row of a NaN or of a number whose square would overflow, or for different lengths
 * @example
 * ```ts
 * const { r2, mae } = evaluate.regression(test.y, forest.predict(test.x));
 * evaluate.regression([3, 5, 7], [2, 5, 9]).mse; // (1 + 0 + 4) / 3
 * ```
 */
export function regression(y: Numbers, predicted: Numbers, options: RegressionOptions = {}): RegressionScores {
  const checked = checkPredicted(y, predicted, options.rows);
  const residuals = checked.y.map((target, i) => checked.predictions[i] - target);
  const absolute = residuals.map(Math.abs);
  const mse = mean(residuals.map((residual) => residual * residual));
  return {
    rows: residuals.length,
    mse,
    rmse: Math.sqrt(mse),
    mae: mean(absolute),
    medianAbsoluteError: median(absolute),
    r2: shareExplained(mse, spread(checked.y)),
    bias: mean(residuals),
    ...checked,
  };
}

/**
 * Scores of a model on samples: `regression` of its predictions against `samples.y`.
 *
 * @param model a network of tfjs with one output, or anything with a `predict` that gives a number per row
 * @throws HitlabError as `regression`, or for another number of predictions than there are rows
 * @example
 * ```ts
 * const test = evaluate.regressor(forest, parts.test);
 * const { mean, sd } = ...; // a network that was trained on (y - mean) / sd
 * const network = { predict: (x: Matrix) => networks.predict(model, x).map((z) => z * sd + mean) };
 * evaluate.regressor(network, parts.test).r2;
 * ```
 */
export function regressor(
  model: Regressor | tf.LayersModel,
  samples: Samples,
  options: RegressionOptions = {},
): RegressionScores {
  return regression(samples.y, predictionsOf(model, samples.x), options);
}

/** What a model or a network with one output predicts for each row. */
export function predictionsOf(model: object, x: Matrix): Numbers {
  return checkOnePerRow(isNetwork(model) ? predict(model, x) : asRegressor(model).predict(x), x);
}

/** @throws HitlabError for another number of predictions than there are rows */
export function checkOnePerRow(predicted: Numbers, x: Matrix): Numbers {
  if (predicted?.length === x.rows) return predicted;
  throw new HitlabError({
    what: `the model gave ${predicted?.length} predictions for ${x.rows} rows`,
    remedy: "pass a model or a function that gives one number per row",
  });
}

function asRegressor(model: object): Regressor {
  if ("predict" in model) return model as Regressor;
  throw new HitlabError({
    what: "the model has no predict, so it cannot be scored as a regressor",
    remedy: "pass a model with a predict, or score probabilities with evaluate.classifier",
  });
}

/** Mean squared distance from the mean; 0 exactly where all are alike. */
function spread(y: Float64Array): number {
  if (y.every((target) => target === y[0])) return 0;
  const centre = mean(y);
  return mean(y.map((target) => (target - centre) * (target - centre)));
}

/** R2; null where the targets do not differ, or by so little that there is no such number. */
export function shareExplained(mse: number, variance: number): number | null {
  const share = 1 - mse / variance;
  return Number.isFinite(share) ? share : null;
}
