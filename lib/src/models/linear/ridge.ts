import type { Samples } from "../../samples";
import { checkPositive } from "../checks";
import { LinearRegression, type LinearRegressionOptions, leastSquares, type RidgeFit } from "./linear-regression";

export interface RidgeOptions extends LinearRegressionOptions {
  /** Strength of the penalty, as scikit-learn's. Default 1. */
  readonly alpha?: number;
}

/**
 * Fits a line with a penalty on the squares of its coefficients: the minimum of
 * sum(weight * (y - intercept - coefficients * x)^2) + alpha * |coefficients|^2,  the intercept not penalised, as
 * scikit-learn's Ridge. Scale the columns first: the penalty treats all coefficients alike.
 *
 * @throws HitlabError as `fitLinearRegression`, and for an alpha that is not above 0
 * @example
 * ```ts
 * const model = linear.fitRidge(scaler.apply(parts.train), { alpha: 10 });
 * ```
 */
export function fitRidge(samples: Samples, options: RidgeOptions = {}): LinearRegression<RidgeFit> {
  const { alpha = 1 } = options;
  checkPositive({ alpha });
  const { coefficients, intercept } = leastSquares(samples, "a ridge regression", options).line(alpha);
  return new LinearRegression([...samples.x.names], coefficients, intercept, { method: "ridge", alpha });
}
