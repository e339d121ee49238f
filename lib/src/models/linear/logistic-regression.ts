import { HitlabError } from "../../errors";
import { checkFinite } from "../../prepare/finite";
import type { Matrix, Samples } from "../../samples";
import { sigmoid } from "../../special";
import { checkBinaryTarget, checkPositive, checkWhole } from "../checks";
import { minimise } from "./binary";
import { LinearClassifier } from "./linear-classifier";
import { ModelFile } from "./model-file";
import { rowWeights, type WeightOptions } from "./row-weights";

export interface LogisticRegressionOptions extends WeightOptions {
  /** Inverse strength of the L2 penalty, as scikit-learn's C. Default 1. */
  readonly c?: number;
  /** Stop when the Newton decrement, a bound on the coefficients' distance from the optimum, is below. Default 1e-8. */
  readonly tolerance?: number;
  /** Default 100; well-scaled columns need about 10. */
  readonly maxIterations?: number;
  /** A model of the same columns from whose coefficients the search begins. Default: from zeros. */
  readonly warmStart?: LogisticRegression;
}

/** What a model's file holds. */
export interface LogisticRegressionJSON {
  readonly format: "hitlab-logistic-regression";
  readonly version: 1;
  /** One name per coefficient. */
  readonly names: readonly string[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
  readonly c: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** A fitted logistic regression: P(y = 1) = 1 / (1 + exp(-(intercept + coefficients * x))). */
export class LogisticRegression extends LinearClassifier {
  readonly kind = "logistic regression";

  constructor(
    names: readonly string[],
    coefficients: Float64Array,
    intercept: number,
    readonly c: number,
    /** Newton steps taken. */
    readonly iterations: number,
    /** False if `maxIterations` came before the tolerance: the coefficients are then not the optimum. */
    readonly converged: boolean,
  ) {
    super(names, coefficients, intercept);
  }

  /** Probability of class 1 for each row. @throws HitlabError for other columns than those of the fit. */
  predictProbability(x: Matrix): Float64Array {
    return this.decision(x).map(sigmoid);
  }

  toJSON(): LogisticRegressionJSON {
    const { names, coefficients, intercept, c, iterations, converged } = this;
    return {
      format: "hitlab-logistic-regression",
      version: 1,
      names: [...names],
      coefficients: [...coefficients],
      intercept,
      c,
      iterations,
      converged,
    };
  }
}

/**
 * Fits a binary logistic regression with an L2 penalty by Newton's method:
 * the minimum of  c * sum(weight * log loss) + |coefficients|^2 / 2,  the intercept not penalised, which is what
 * scikit-learn's LogisticRegression(C=c) minimises. Scale the columns first: the penalty treats all coefficients alike.
 *
 * For separable classes the penalty keeps the optimum finite. Work per step is rows * columns^2; sums run in row
 * order, so the coefficients have the same digits everywhere.
 *
 * @param samples `y` holds 0 and 1, both present
 * @throws HitlabError for another target, one class only, a NaN or infinite input, an option out of range.
 * @example
 * ```ts
 * const model = linear.fitLogisticRegression(scaler.apply(parts.train), { c: 1 });
 * const scores = evaluate.classifier(model, scaler.apply(parts.test));
 * ```
 */
export function fitLogisticRegression(samples: Samples, options: LogisticRegressionOptions = {}): LogisticRegression {
  const { c = 1, tolerance = 1e-8, maxIterations = 100, warmStart } = options;
  checkPositive({ c, tolerance });
  checkWhole({ maxIterations });
  checkBinaryTarget(samples.y, samples.x.rows, "a logistic regression");
  checkFinite(samples.x);
  const { x, y } = samples;
  const { parameters, iterations, converged } = minimise({
    x: x.data,
    columns: x.columns,
    y,
    rowWeights: rowWeights(y, 2, options),
    loss: "log",
    penaliseIntercept: false,
    c,
    tolerance,
    maxIterations,
    model: "a logistic regression",
    ...(warmStart ? { start: startOf(warmStart, x) } : {}),
  });
  const coefficients = parameters.slice(0, x.columns);
  return new LogisticRegression([...x.names], coefficients, parameters[x.columns], c, iterations, converged);
}

function startOf({ coefficients, intercept }: LogisticRegression, x: Matrix): Float64Array {
  if (coefficients.length !== x.columns) {
    throw new HitlabError({
      what: `the model to start from has ${coefficients.length} coefficients, the data have ${x.columns} columns`,
      remedy: "start from a model of the same columns",
    });
  }
  return Float64Array.of(...coefficients, intercept);
}

/** Reads a model from what `toJSON` gave, parsed. @throws HitlabError for another format, version or shape. */
export function logisticRegressionFromJSON(json: unknown): LogisticRegression {
  const file = new ModelFile(json, "hitlab-logistic-regression", "logistic regression");
  const names = file.names();
  const coefficients = file.list("coefficients", names.length);
  const { intercept, c, iterations } = file.numbers("intercept", "c", "iterations");
  return new LogisticRegression(names, coefficients, intercept, c, iterations, file.flag("converged"));
}
