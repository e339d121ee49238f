import { HitlabError } from "../../errors";
import { checkFinite } from "../../prepare/finite";
import type { Matrix, Samples } from "../../samples";
import { checkColumns } from "../checks";
import { checkDecisions } from "../decisions";
import { checkTargets, determination } from "../forest/targets";
import { LeastSquares } from "./least-squares";
import { ModelFile } from "./model-file";
import { checkWeights } from "./row-weights";
import { multiply } from "./rows";

/** How a linear regression was fitted, and what the fit says of itself. */
export type LinearFit = LeastSquaresFit | RidgeFit | ElasticNetFit | HuberFit;

export interface LeastSquaresFit {
  readonly method: "least squares";
  /** How many columns' worth of information the inputs hold: fewer than columns where some are sums of others. */
  readonly rank: number;
}

export interface RidgeFit {
  readonly method: "ridge";
  readonly alpha: number;
}

export interface ElasticNetFit {
  readonly method: "elastic net";
  readonly alpha: number;
  /** 1 is the lasso. */
  readonly l1Ratio: number;
  /** Rounds over the columns. */
  readonly iterations: number;
  /** False if `maxIterations` came before the tolerance: the coefficients are then not the optimum. */
  readonly converged: boolean;
  /** A bound on how far the objective is above its minimum. */
  readonly dualityGap: number;
}

export interface HuberFit {
  readonly method: "huber";
  readonly epsilon: number;
  readonly alpha: number;
  /** Errors above epsilon times this count by their size, not their square. */
  readonly scale: number;
  /** Train rows with such errors, counted from 0. */
  readonly outliers: readonly number[];
  /** Newton steps taken. */
  readonly iterations: number;
  /** False if `maxIterations` came before the tolerance: the coefficients are then not the optimum. */
  readonly converged: boolean;
}

/** What a model's file holds. */
export interface LinearRegressionJSON<Fit extends LinearFit = LinearFit> {
  readonly format: "hitlab-linear-regression";
  readonly version: 1;
  /** One name per coefficient. */
  readonly names: readonly string[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
  readonly fit: Fit;
}

const kind = "linear regression";

/** A number as intercept + coefficients * x, however it was fitted. */
export class LinearRegression<Fit extends LinearFit = LinearFit> {
  readonly kind = kind;

  constructor(
    /** Names of the columns it was fit on, one per coefficient. */
    readonly names: readonly string[],
    readonly coefficients: Float64Array,
    readonly intercept: number,
    readonly fit: Fit,
  ) {}

  /**
   * The number for each row.
   *
   * @throws HitlabError for other columns than those of the fit, and for inputs that are NaN, infinite or so large that
   *   their sums overflow
   */
  predict(x: Matrix): Float64Array {
    checkColumns(x, this.names, kind);
    checkFinite(x);
    const predicted = new Float64Array(x.rows);
    multiply(x.data, x.columns, Float64Array.of(...this.coefficients, this.intercept), predicted);
    checkDecisions(predicted, x.rows, kind);
    return predicted;
  }

  /**
   * R2: 1 - squared errors / squared distances from the mean target. 1 is perfect, 0 no better than the mean.
   *
   * @throws HitlabError unless each row has a finite target
   */
  score({ x, y }: Samples): number {
    checkTargets(y, x.rows, `the score of a ${kind}`);
    return determination(this.predict(x), y);
  }

  toJSON(): LinearRegressionJSON<Fit> {
    const { names, coefficients, intercept, fit } = this;
    const format = "hitlab-linear-regression";
    return { format, version: 1, names: [...names], coefficients: [...coefficients], intercept, fit };
  }
}

export interface LinearRegressionOptions {
  /** What each train row counts, at least 0: a row of weight 2 counts as two equal rows. Default 1 each. */
  readonly sampleWeights?: Float64Array;
}

/**
 * Fits a line by least squares: the minimum of  sum(weight * (y - intercept - coefficients * x)^2),  as scikit-learn's
 * LinearRegression.
 *
 * Where columns are sums of others (all the columns of a one-hot code, say) many coefficients fit alike; these are the
 * shortest. scikit-learn 1.9 treats as such, too, what varies less than 1e-6 of the widest direction, so that shares
 * beside counts of streams get no coefficient; here only what rounding cannot tell from 0.
 *
 * @throws HitlabError for a NaN or infinite input or target, and weights that are negative, too few or all 0
 * @example
 * ```ts
 * const model = linear.fitLinearRegression(parts.train);
 * model.score(parts.test); // R2
 * ```
 */
export function fitLinearRegression(
  samples: Samples,
  options: LinearRegressionOptions = {},
): LinearRegression<LeastSquaresFit> {
  const squares = leastSquares(samples, "a linear regression", options);
  const { coefficients, intercept } = squares.line(0);
  const fit = { method: "least squares", rank: squares.rank } as const;
  return new LinearRegression([...samples.x.names], coefficients, intercept, fit);
}

/**
 * The rows of a fit, checked and decomposed.
 *
 * @param model what an error calls the model, with its article
 */
export function leastSquares({ x, y }: Samples, model: string, { sampleWeights }: LinearRegressionOptions = {}) {
  checkRegressionRows({ x, y }, model);
  if (sampleWeights) {
    checkWeights("sampleWeights", sampleWeights, x.rows, "one per row");
    if (!sampleWeights.some((weight) => weight > 0)) {
      const remedy = "give some rows a weight above 0, or leave out sampleWeights";
      throw new HitlabError({ what: `all rows of ${model} have the weight 0`, remedy });
    }
  }
  return new LeastSquares(x, y, model, sampleWeights);
}

/** @throws HitlabError unless there is a column, and each input and target is a number */
export function checkRegressionRows({ x, y }: Pick<Samples, "x" | "y">, model: string): void {
  checkTargets(y, x.rows, model);
  if (x.columns === 0) throw new HitlabError({ what: `${model} got no columns`, remedy: "name at least one feature" });
  checkFinite(x);
}

/** Reads a model from what `toJSON` gave, parsed. @throws HitlabError for another format, version or shape. */
export function linearRegressionFromJSON(json: unknown): LinearRegression {
  const file = new ModelFile(json, "hitlab-linear-regression", kind);
  const names = file.names();
  const coefficients = file.list("coefficients", names.length);
  const { intercept } = file.numbers("intercept");
  return new LinearRegression(names, coefficients, intercept, fitOf(file.part("fit")));
}

function fitOf(file: ModelFile): LinearFit {
  const method = file.oneOf("method", ["least squares", "ridge", "elastic net", "huber"]);
  if (method === "least squares") return { method, ...file.numbers("rank") };
  if (method === "ridge") return { method, ...file.numbers("alpha") };
  const converged = file.flag("converged");
  if (method === "elastic net") {
    return { method, ...file.numbers("alpha", "l1Ratio", "iterations", "dualityGap"), converged };
  }
  const outliers = [...file.list("outliers")];
  return { method, ...file.numbers("epsilon", "alpha", "scale", "iterations"), outliers, converged };
}
