import { HitlabError } from "../../errors";
import type { Samples } from "../../samples";
import { checkPositive, checkWhole } from "../checks";
import { checkSums, interceptOf } from "./centred-columns";
import type { LeastSquares, Line } from "./least-squares";
import { type HuberFit, LinearRegression, leastSquares } from "./linear-regression";
import { type Convex, newton, type Point, stepped } from "./newton";
import { accumulate, dot, multiply } from "./rows";

export interface HuberOptions {
  /** Errors above epsilon times the scale count by their size, not their square; from 1. Default 1.35. */
  readonly epsilon?: number;
  /** Strength of the penalty on the squares of the coefficients, from 0. Default 0.0001. */
  readonly alpha?: number;
  /** Stop when a bound on the parameters' distance from the optimum, in units of the scale, is below. Default 1e-8. */
  readonly tolerance?: number;
  /** Default 100. */
  readonly maxIterations?: number;
}

/**
 * Fits a line that few wild targets cannot bend: the minimum over coefficients, intercept and scale of
 * sum(scale + H((y - intercept - coefficients * x) / scale) * scale) + alpha * |coefficients|^2,  H(z) being z^2 up to
 * epsilon and 2 epsilon |z| - epsilon^2 beyond, as scikit-learn's HuberRegressor (which stops sooner, at its tol of 1e-5).
 *
 * Sources: Huber, Ronchetti, "Robust Statistics", 2nd ed., 2009, 7.7; Owen, "A robust hybrid of lasso and ridge
 * regression", 2007.
 *
 * @throws HitlabError for a NaN or infinite input or target, an option out of range, and a target that a line meets so
 *   well that there is no scale to tell wild ones by
 * @example
 * ```ts
 * const model = linear.fitHuber(scaler.apply(parts.train));
 * model.fit.outliers.length; // train rows whose pull is limited
 * ```
 */
export function fitHuber(samples: Samples, options: HuberOptions = {}): LinearRegression<HuberFit> {
  const { epsilon = 1.35, alpha = 1e-4, tolerance = 1e-8, maxIterations = 100 } = options;
  checkPositive({ epsilon, tolerance });
  checkWhole({ maxIterations });
  if (epsilon < 1) throw new HitlabError({ what: "epsilon must be at least 1", value: epsilon, remedy: "give 1.35" });
  if (!(alpha >= 0 && alpha < Number.POSITIVE_INFINITY)) {
    throw new HitlabError({
      what: "alpha must be a number from 0",
      value: alpha,
      remedy: "leave it out for its default",
    });
  }
  const squares = leastSquares(samples, "a Huber regression");
  const problem = new HuberProblem(squares, epsilon, alpha);
  const { parameters, iterations, converged } = newton(problem, {
    tolerance,
    maxIterations,
    model: "a Huber regression",
  });
  const { coefficients, intercept, scale, outliers } = problem.solved(parameters);
  const fit = { method: "huber", epsilon, alpha, scale, outliers, iterations, converged } as const;
  return new LinearRegression([...samples.x.names], coefficients, intercept, fit);
}

interface HuberPoint extends Point {
  /** Target less prediction of each row. */
  readonly residuals: Float64Array;
}

/**
 * The problem in units in which the search is easy: columns and target have mean 0, the columns standard deviation 1,
 * and the target is divided by the root mean square of the errors of the fit by least squares, where the search begins.
 *
 * Parameters: coefficients, scale, intercept.
 */
class HuberProblem implements Convex<HuberPoint> {
  readonly start: HuberPoint;
  private readonly rows: number;
  /** Of the parameters without the scale, row-major. */
  private readonly x: Float64Array;
  /** Standard deviations of the columns, 1 for a constant one. */
  private readonly widths: Float64Array;
  private readonly unit: number;
  /** Of each coefficient, in these units. */
  private readonly penalties: Float64Array;

  constructor(
    private readonly squares: LeastSquares,
    private readonly epsilon: number,
    alpha: number,
  ) {
    const { columns, target } = squares.centred;
    this.rows = target.length;
    this.widths = Float64Array.from(columns, (column) => Math.sqrt(dot(column, column) / this.rows) || 1);
    this.x = new Float64Array(this.rows * columns.length);
    columns.forEach((column, j) => {
      for (let i = 0; i < this.rows; i++) this.x[i * columns.length + j] = column[i] / this.widths[j];
    });
    const { coefficients } = squares.line(0);
    const errors = target.slice();
    columns.forEach((column, j) => {
      for (let i = 0; i < errors.length; i++) errors[i] -= column[i] * coefficients[j];
    });
    this.unit = Math.sqrt(dot(errors, errors) / this.rows);
    checkScale(this.unit, Math.sqrt(dot(target, target) / this.rows));
    this.penalties = this.widths.map((width) => (alpha * this.unit) / (width * width));
    checkSums(this.penalties, "a Huber regression");
    const start = coefficients.map((coefficient, j) => (coefficient * this.widths[j]) / this.unit);
    const residuals = errors.map((error) => error / this.unit);
    this.start = this.pointAt(Float64Array.of(...start, 1, 0), residuals);
  }

  derivatives({ parameters, residuals }: HuberPoint) {
    const { rows, epsilon } = this;
    const columns = parameters.length - 2;
    const scale = parameters[columns];
    // The scale's column is the error in units of the scale, then the curvature of a row is one product of its inputs.
    const x = new Float64Array(rows * (columns + 1));
    const [slopes, curvatures] = [new Float64Array(rows), new Float64Array(rows)];
    let ofScale = rows;
    for (let i = 0; i < rows; i++) {
      x.set(this.x.subarray(i * columns, (i + 1) * columns), i * (columns + 1));
      const z = residuals[i] / scale;
      if (Math.abs(z) > epsilon) {
        slopes[i] = z < 0 ? 2 * epsilon : -2 * epsilon;
        ofScale -= epsilon * epsilon;
        continue;
      }
      x[i * (columns + 1) + columns] = z;
      slopes[i] = -2 * z;
      curvatures[i] = 2 / scale;
      ofScale -= z * z;
    }
    const gradient = new Float64Array(columns + 2);
    const hessian = new Float64Array(gradient.length * gradient.length);
    accumulate(x, columns + 1, slopes, curvatures, gradient, hessian);
    gradient[columns] = ofScale;
    for (let j = 0; j < columns; j++) {
      gradient[j] += 2 * this.penalties[j] * parameters[j];
      hessian[j * gradient.length + j] += 2 * this.penalties[j];
    }
    return { gradient, hessian };
  }

  line({ parameters, residuals }: HuberPoint, step: Float64Array): (a: number) => HuberPoint {
    const change = new Float64Array(this.rows);
    const columns = parameters.length - 2;
    multiply(this.x, columns, Float64Array.of(...step.subarray(0, columns), step[columns + 1]), change);
    return (a) => this.pointAt(stepped(parameters, a, step), stepped(residuals, -a, change));
  }

  /** In the units of the data. */
  solved(parameters: Float64Array): Line & { scale: number; outliers: number[] } {
    const { epsilon, unit, widths } = this;
    const columns = parameters.length - 2;
    checkScale(parameters[columns], 1);
    const coefficients = parameters.slice(0, columns).map((value, j) => (value * unit) / widths[j]);
    const intercept = interceptOf(this.squares.centred, coefficients) + parameters[columns + 1] * unit;
    const predicted = new Float64Array(this.rows);
    multiply(this.x, columns, Float64Array.of(...parameters.subarray(0, columns), parameters[columns + 1]), predicted);
    const { target } = this.squares.centred;
    const outliers = [...predicted.keys()].filter(
      (row) => Math.abs(target[row] / unit - predicted[row]) > epsilon * parameters[columns],
    );
    return { coefficients, intercept, scale: parameters[columns] * unit, outliers };
  }

  private pointAt(parameters: Float64Array, residuals: Float64Array): HuberPoint {
    const columns = parameters.length - 2;
    const scale = parameters[columns];
    // Past the edge of what is allowed: the search takes a shorter step.
    if (!(scale > 0)) return { parameters, residuals, objective: Number.POSITIVE_INFINITY };
    const bound = this.epsilon * scale;
    let objective = this.rows * scale;
    for (let i = 0; i < residuals.length; i++) {
      const size = Math.abs(residuals[i]);
      objective += size > bound ? this.epsilon * (2 * size - bound) : (size / scale) * size;
    }
    for (let j = 0; j < columns; j++) objective += this.penalties[j] * parameters[j] * parameters[j];
    return { parameters, residuals, objective };
  }
}

/** @throws HitlabError if the scale of the errors is nothing beside what it is measured by */
function checkScale(scale: number, beside: number): void {
  if (scale > 1e-10 * beside) return;
  throw new HitlabError({
    what: "a line meets so many of the targets that there is no scale of the errors to tell wild ones by",
    value: scale,
    remedy: "use linear.fitLinearRegression, or median predictions for a target with few values",
  });
}
