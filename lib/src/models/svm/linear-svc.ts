import { checkFinite } from "../../prepare/finite";
import type { Samples } from "../../samples";
import { checkBinaryTarget, checkPositive, checkWhole } from "../checks";
import { minimise } from "../linear/binary";
import { LinearClassifier } from "../linear/linear-classifier";
import { ModelFile } from "../linear/model-file";
import { rowWeights, type WeightOptions } from "../linear/row-weights";

export interface LinearSVCOptions extends WeightOptions {
  /** Inverse strength of the L2 penalty, as scikit-learn's C. Default 1. */
  readonly c?: number;
  /** Stop when the Newton decrement, a bound on the parameters' distance from the optimum, is below. Default 1e-8. */
  readonly tolerance?: number;
  /** Default 100; well-scaled columns need about 10. */
  readonly maxIterations?: number;
}

/** What a model's file holds. */
export interface LinearSVCJSON {
  readonly format: "hitlab-linear-svc";
  readonly version: 1;
  /** One name per coefficient. */
  readonly names: readonly string[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
  readonly c: number;
  readonly objective: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** A fitted linear support vector classifier of the squared hinge loss. Its decisions are not probabilities. */
export class LinearSVC extends LinearClassifier {
  readonly kind = "linear SVC";

  constructor(
    names: readonly string[],
    coefficients: Float64Array,
    intercept: number,
    readonly c: number,
    /** The least value found of c * sum(weight * hinge^2) + (|coefficients|^2 + intercept^2) / 2. */
    readonly objective: number,
    /** Newton steps taken. */
    readonly iterations: number,
    /** False if `maxIterations` came before the tolerance: the coefficients are then not the optimum. */
    readonly converged: boolean,
  ) {
    super(names, coefficients, intercept);
  }

  toJSON(): LinearSVCJSON {
    const { names, coefficients, intercept, c, objective, iterations, converged } = this;
    return {
      format: "hitlab-linear-svc",
      version: 1,
      names: [...names],
      coefficients: [...coefficients],
      intercept,
      c,
      objective,
      iterations,
      converged,
    };
  }
}

/**
 * Fits a linear support vector classifier of the squared hinge loss: the minimum of
 * c * sum(weight * max(0, 1 - y (intercept + coefficients * x))^2) + (|coefficients|^2 + intercept^2) / 2,  y = -1 or 1,
 * which is what scikit-learn's LinearSVC(C=c) minimises (it penalises the intercept too). Scale the columns first.
 *
 * Newton's method with a line search: between changes of the set of rows inside the margin the objective is a
 * quadratic, so that a few steps end at the optimum itself (Keerthi, DeCoste 2005, "A modified finite Newton method
 * for fast solution of large scale linear SVMs"). Work per step is rows * columns^2; the digits are the same everywhere.
 *
 * @param samples `y` holds 0 and 1, both present
 * @throws HitlabError for another target, one class only, a NaN or infinite input, an option out of range.
 * @example
 * ```ts
 * const model = svm.fitLinearSVC(scaler.apply(parts.train), { c: 1 });
 * model.score(scaler.apply(parts.test));
 * ```
 */
export function fitLinearSVC(samples: Samples, options: LinearSVCOptions = {}): LinearSVC {
  const { c = 1, tolerance = 1e-8, maxIterations = 100 } = options;
  checkPositive({ c, tolerance });
  checkWhole({ maxIterations });
  checkBinaryTarget(samples.y, samples.x.rows, "a linear SVC");
  checkFinite(samples.x);
  const { x, y } = samples;
  const { parameters, objective, iterations, converged } = minimise({
    x: x.data,
    columns: x.columns,
    y,
    rowWeights: rowWeights(y, 2, options),
    loss: "squaredHinge",
    penaliseIntercept: true,
    c,
    tolerance,
    maxIterations,
    model: "a linear SVC",
  });
  const coefficients = parameters.slice(0, x.columns);
  return new LinearSVC([...x.names], coefficients, parameters[x.columns], c, objective, iterations, converged);
}

/** Reads a model from what `toJSON` gave, parsed. @throws HitlabError for another format, version or shape. */
export function linearSVCFromJSON(json: unknown): LinearSVC {
  const file = new ModelFile(json, "hitlab-linear-svc", "linear SVC");
  const names = file.names();
  const coefficients = file.list("coefficients", names.length);
  const { intercept, c, objective, iterations } = file.numbers("intercept", "c", "objective", "iterations");
  return new LinearSVC(names, coefficients, intercept, c, objective, iterations, file.flag("converged"));
}
