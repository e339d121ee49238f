import { HitlabError } from "../../errors";
import type { Samples } from "../../samples";
import { checkPositive, checkWhole } from "../checks";
import { type CentredColumns, centredColumns, checkSums, interceptOf } from "./centred-columns";
import { checkRegressionRows, type ElasticNetFit, LinearRegression } from "./linear-regression";
import { dot } from "./rows";

export interface LassoOptions {
  /** Strength of the penalty, as scikit-learn's. Default 1. */
  readonly alpha?: number;
  /** Stop when the duality gap is below this times the target's squares. Default 1e-4. */
  readonly tolerance?: number;
  /** Rounds over the columns. Default 1000. */
  readonly maxIterations?: number;
  /** A model of the same columns from whose coefficients the search begins: quick along a path of alphas. Default zeros. */
  readonly warmStart?: LinearRegression;
}

export interface ElasticNetOptions extends LassoOptions {
  /** The share of the penalty that is on sizes, the rest being on squares; above 0, 1 is the lasso. Default 0.5. */
  readonly l1Ratio?: number;
}

/**
 * Fits a line with a penalty on the sizes and squares of its coefficients: the minimum of
 * sum((y - intercept - coefficients * x)^2) / (2 rows) + alpha * (l1Ratio * sum(|coefficient|) + (1 - l1Ratio) *
 * sum(coefficient^2) / 2),  the intercept not penalised, as scikit-learn's ElasticNet. Coefficients that are of no use
 * become exactly 0. Scale the columns first: the penalty treats all coefficients alike.
 *
 * Source: Friedman, Hastie, Tibshirani, "Regularization Paths for Generalized Linear Models via Coordinate Descent",
 * J. Stat. Softw. 33(1), 2010.
 *
 * @throws HitlabError for a NaN or infinite input or target, an option out of range, a model of other columns to start from
 * @example
 * ```ts
 * const model = linear.fitElasticNet(scaler.apply(parts.train), { alpha: 0.01, l1Ratio: 0.5 });
 * model.fit.converged; // the duality gap is small
 * ```
 */
export function fitElasticNet(samples: Samples, options: ElasticNetOptions = {}): LinearRegression<ElasticNetFit> {
  const { alpha = 1, l1Ratio = 0.5, tolerance = 1e-4, maxIterations = 1000, warmStart } = options;
  checkPositive({ alpha, l1Ratio, tolerance });
  checkWhole({ maxIterations });
  if (l1Ratio > 1) {
    const remedy = "give a share from above 0 to 1; without any l1 use linear.fitRidge";
    throw new HitlabError({ what: "l1Ratio must be at most 1", value: l1Ratio, remedy });
  }
  const { x, y } = samples;
  checkRegressionRows(samples, "an elastic net");
  const centred = centredColumns(x, y);
  const descent = new Descent(centred, l1Ratio * alpha * x.rows, (1 - l1Ratio) * alpha * x.rows);
  if (warmStart) descent.startAt(warmStart.coefficients);
  const { iterations, converged, gap } = descent.run(tolerance, maxIterations);
  const intercept = interceptOf(centred, descent.coefficients);
  const dualityGap = gap / x.rows;
  const fit = { method: "elastic net", alpha, l1Ratio, iterations, converged, dualityGap } as const;
  return new LinearRegression([...x.names], descent.coefficients, intercept, fit);
}

/**
 * An elastic net with all of its penalty on the sizes of the coefficients, as scikit-learn's Lasso: of columns that tell
 * the same it keeps few.
 *
 * @throws HitlabError as `fitElasticNet`
 * @example
 * ```ts
 * const model = linear.fitLasso(scaler.apply(parts.train), { alpha: 0.02 });
 * model.names.filter((_, j) => model.coefficients[j] !== 0); // the columns that it kept
 * ```
 */
export function fitLasso(samples: Samples, options: LassoOptions = {}): LinearRegression<ElasticNetFit> {
  return fitElasticNet(samples, { ...options, l1Ratio: 1 });
}

/** Minimises  |target - columns w|^2 / 2 + l1 * sum(|w|) + l2 * sum(w^2) / 2,  one coefficient at a time. */
class Descent {
  readonly coefficients: Float64Array;
  private readonly columns: readonly Float64Array[];
  private readonly target: Float64Array;
  private readonly squares: Float64Array;
  /** Target less predictions. */
  private readonly residuals: Float64Array;

  constructor(
    { columns, target }: CentredColumns,
    private readonly l1: number,
    private readonly l2: number,
  ) {
    this.columns = columns;
    this.target = target;
    this.coefficients = new Float64Array(columns.length);
    this.squares = Float64Array.from(columns, (column) => dot(column, column));
    this.residuals = target.slice();
    checkSums([...this.squares, dot(target, target)], "an elastic net");
  }

  startAt(coefficients: Float64Array): void {
    if (coefficients.length !== this.columns.length) {
      throw new HitlabError({
        what: `the model to start from has ${coefficients.length} coefficients, the data have ${this.columns.length} columns`,
        remedy: "start from a model of the same columns",
      });
    }
    coefficients.forEach((coefficient, j) => {
      if (this.squares[j] > 0) this.set(j, coefficient);
    });
  }

  run(tolerance: number, maxIterations: number): { iterations: number; converged: boolean; gap: number } {
    const enough = tolerance * dot(this.target, this.target);
    let gap = this.gap();
    if (gap <= enough) return { iterations: 0, converged: true, gap };
    for (let iterations = 1; ; iterations++) {
      const { change, largest } = this.round();
      // The gap costs as much as a round: it is asked for when the coefficients have come to rest.
      const isLast = iterations === maxIterations;
      if (!(largest === 0 || change <= tolerance * largest || isLast)) continue;
      gap = this.gap();
      if (gap <= enough || isLast) return { iterations, converged: gap <= enough, gap };
    }
  }

  /** Brings each coefficient to its optimum among the others as they are. */
  private round(): { change: number; largest: number } {
    let [change, largest] = [0, 0];
    for (let j = 0; j < this.columns.length; j++) {
      // A constant column.
      if (this.squares[j] === 0) continue;
      const was = this.coefficients[j];
      const pull = dot(this.columns[j], this.residuals) + was * this.squares[j];
      const beyond = Math.max(Math.abs(pull) - this.l1, 0) / (this.squares[j] + this.l2);
      this.set(j, pull < 0 ? -beyond : beyond);
      change = Math.max(change, Math.abs(this.coefficients[j] - was));
      largest = Math.max(largest, Math.abs(this.coefficients[j]));
    }
    return { change, largest };
  }

  private set(j: number, value: number): void {
    const less = this.coefficients[j] - value;
    if (less === 0) return;
    const column = this.columns[j];
    for (let i = 0; i < column.length; i++) this.residuals[i] += less * column[i];
    // + 0 turns -0, which JSON does not know, into 0.
    this.coefficients[j] = value + 0;
  }

  /**
   * How far the objective can be above its minimum: its distance from the dual's value at the residuals, shrunk to
   * where the dual allows them. Source: scikit-learn 1.9, "gap_enet", after Mairal's lecture notes.
   */
  private gap(): number {
    const { columns, coefficients: w, residuals, target, l1, l2 } = this;
    let steepest = 0;
    for (let j = 0; j < columns.length; j++) {
      steepest = Math.max(steepest, Math.abs(dot(columns[j], residuals) - l2 * w[j]));
    }
    const shrunk = steepest > l1 ? l1 / steepest : 1;
    const errors = dot(residuals, residuals);
    const sizes = w.reduce((sum, value) => sum + Math.abs(value), 0);
    const loss = (errors * (1 + shrunk * shrunk)) / 2 - shrunk * dot(residuals, target);
    return loss + l1 * sizes + (l2 * (1 + shrunk * shrunk) * dot(w, w)) / 2;
  }
}
