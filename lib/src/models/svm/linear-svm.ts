import { checkFinite } from "../../prepare/finite";
import { type Matrix, type Samples, takeRows } from "../../samples";
import { checkBinaryTarget, checkPositive, checkWhole } from "../checks";
import { LinearClassifier } from "../linear/linear-classifier";
import { ModelFile } from "../linear/model-file";
import { rowCosts, rowWeights, type WeightOptions } from "../linear/row-weights";
import { dot, weightedSum } from "../linear/rows";
import { minimiseHinge } from "./interior-point";

export interface LinearSVMOptions extends WeightOptions {
  /** Inverse strength of the L2 penalty, as scikit-learn's C. Default 1. */
  readonly c?: number;
  /** Stop when the objective exceeds the optimum by at most this share of itself. Default 1e-8. */
  readonly tolerance?: number;
  /** Default 100; well-scaled columns need about 20. */
  readonly maxIterations?: number;
}

/** How the search for a linear SVM ended. */
export interface LinearSVMFit {
  readonly c: number;
  /** The least value found of c * sum(weight * hinge) + |coefficients|^2 / 2. */
  readonly objective: number;
  /** By how much the objective can at most exceed the optimum: what the best point of the dual problem proves. */
  readonly gap: number;
  /** Support vectors: train rows on the margin or on its wrong side. */
  readonly nSupport: number;
  /** Interior-point steps taken. */
  readonly iterations: number;
  /** False if the gap did not come down to the tolerance: the coefficients are then the best found. */
  readonly converged: boolean;
}

/** What a model's file holds. */
export interface LinearSVMJSON extends LinearSVMFit {
  readonly format: "hitlab-linear-svm";
  readonly version: 1;
  /** One name per coefficient. */
  readonly names: readonly string[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

/** A fitted linear support vector machine of the exact hinge loss. Its decisions are not probabilities. */
export class LinearSVM extends LinearClassifier implements LinearSVMFit {
  readonly kind = "linear SVM";
  readonly c: number;
  readonly objective: number;
  readonly gap: number;
  readonly nSupport: number;
  readonly iterations: number;
  readonly converged: boolean;

  constructor(names: readonly string[], coefficients: Float64Array, intercept: number, fit: LinearSVMFit) {
    super(names, coefficients, intercept);
    this.c = fit.c;
    this.objective = fit.objective;
    this.gap = fit.gap;
    this.nSupport = fit.nSupport;
    this.iterations = fit.iterations;
    this.converged = fit.converged;
  }

  toJSON(): LinearSVMJSON {
    const { names, coefficients, intercept, c, objective, gap, nSupport, iterations, converged } = this;
    return {
      format: "hitlab-linear-svm",
      version: 1,
      names: [...names],
      coefficients: [...coefficients],
      intercept,
      c,
      objective,
      gap,
      nSupport,
      iterations,
      converged,
    };
  }
}

/**
 * Fits a linear support vector machine of the exact hinge loss: the minimum of
 * c * sum(weight * max(0, 1 - y (intercept + coefficients * x))) + |coefficients|^2 / 2,  y = -1 or 1,  the intercept
 * not penalised, which is what scikit-learn's SVC(kernel="linear", C=c) minimises. Scale the columns first.
 *
 * An interior-point method (interior-point.ts), whose work per step is rows * columns^2, where LIBSVM's grows with the
 * square of the rows; it stops when the dual problem proves the objective right to `tolerance`. Where several
 * intercepts are equally good (two rows, say), it gives one of them, not always LIBSVM's. Same digits everywhere.
 *
 * @param samples `y` holds 0 and 1, both present
 * @throws HitlabError for another target, one class only, a NaN or infinite input, an option out of range.
 * @example
 * ```ts
 * const model = svm.fitLinearSVM(scaler.apply(parts.train), { c: 1 });
 * model.score(scaler.apply(parts.test));
 * ```
 */
export function fitLinearSVM(samples: Samples, options: LinearSVMOptions = {}): LinearSVM {
  const { c = 1, tolerance = 1e-8, maxIterations = 100 } = options;
  checkPositive({ c, tolerance });
  checkWhole({ maxIterations });
  checkBinaryTarget(samples.y, samples.x.rows, "a linear SVM");
  checkFinite(samples.x);
  const weights = rowWeights(samples.y, 2, options);
  const { x, y } = withoutIdle(samples, weights);
  // The free intercept takes up any shift of the columns; centred ones lose no digits to a large mean.
  const { data, means } = centred(x);
  const { parameters, ...found } = minimiseHinge({
    x: data,
    columns: x.columns,
    signs: y.map((v) => (v > 0 ? 1 : -1)),
    caps: rowCosts(c, weights).filter((cost) => cost > 0),
    tolerance,
    maxIterations,
    model: "a linear SVM",
  });
  const coefficients = parameters.slice(0, x.columns);
  const intercept = parameters[x.columns] - dot(coefficients, means);
  return new LinearSVM([...x.names], coefficients, intercept, { c, ...found });
}

/** The columns less their means. */
function centred({ rows, columns, data }: Matrix): { data: Float64Array; means: Float64Array } {
  const means = weightedSum(data, columns, new Float64Array(rows).fill(1 / rows)).subarray(0, columns);
  const out = new Float64Array(data.length);
  for (let i = 0, q = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++, q++) out[q] = data[q] - means[j];
  }
  return { data: out, means };
}

/** The samples without the rows of weight 0, whose multipliers would have no room. */
function withoutIdle(samples: Samples, weights: Float64Array): Samples {
  if (!weights.includes(0)) return samples;
  return takeRows(
    samples,
    [...weights.keys()].filter((row) => weights[row] > 0),
  );
}

/** Reads a model from what `toJSON` gave, parsed. @throws HitlabError for another format, version or shape. */
export function linearSVMFromJSON(json: unknown): LinearSVM {
  const file = new ModelFile(json, "hitlab-linear-svm", "linear SVM");
  const names = file.names();
  const coefficients = file.list("coefficients", names.length);
  const { intercept, ...fit } = file.numbers("intercept", "c", "objective", "gap", "nSupport", "iterations");
  return new LinearSVM(names, coefficients, intercept, { ...fit, converged: file.flag("converged") });
}
