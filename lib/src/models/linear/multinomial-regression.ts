import { HitlabError } from "../../errors";
import { checkFinite } from "../../prepare/finite";
import { type Matrix, matrix, type Samples } from "../../samples";
import { checkColumns, checkPositive, checkTargetLength, checkWhole, countClasses, shareRight } from "../checks";
import { checkDecisions } from "../decisions";
import { ModelFile } from "./model-file";
import { rowWeights, type WeightOptions } from "./row-weights";
import { minimiseSoftmax, scoresOf, softmax } from "./softmax";

export interface MultinomialRegressionOptions extends WeightOptions {
  /** Inverse strength of the L2 penalty, as scikit-learn's C. Default 1. */
  readonly c?: number;
  /** Stop when the Newton decrement, a bound on the parameters' distance from the optimum, is below. Default 1e-8. */
  readonly tolerance?: number;
  /** Default 100; well-scaled columns need about 10. */
  readonly maxIterations?: number;
}

/** What a model's file holds. */
export interface MultinomialRegressionJSON {
  readonly format: "hitlab-multinomial-regression";
  readonly version: 1;
  readonly names: readonly string[];
  readonly classes: number;
  /** Class after class its coefficients, one per name, and its intercept. */
  readonly parameters: readonly number[];
  readonly c: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** A fitted multinomial logistic regression: P(y = k) = exp(score k) / sum of exp(score), a linear score per class. */
export class MultinomialRegression {
  readonly kind = "multinomial regression";

  constructor(
    /** Names of the columns it was fit on. */
    readonly names: readonly string[],
    readonly classes: number,
    /** Class after class its coefficients, one per name, and its intercept. */
    readonly parameters: Float64Array,
    readonly c: number,
    /** Newton steps taken. */
    readonly iterations: number,
    /** False if `maxIterations` came before the tolerance: the coefficients are then not the optimum. */
    readonly converged: boolean,
  ) {}

  /** Classes x columns, a row per class; over the classes each column sums to 0. */
  get coefficients(): Matrix {
    const size = this.names.length + 1;
    const data = this.parameters.filter((_, at) => at % size < size - 1);
    return matrix(this.classes, this.names.length, data, this.names);
  }

  /** One per class; they sum to 0. */
  get intercepts(): Float64Array {
    const size = this.names.length + 1;
    return this.parameters.filter((_, at) => at % size === size - 1);
  }

  /**
   * Rows x classes: the probability of each class, columns named by the classes' numbers.
   *
   * @throws HitlabError for other columns than those of the fit, and for inputs that are NaN, infinite or so
   *   large that their sums overflow
   */
  predictProbabilities(x: Matrix): Matrix {
    checkColumns(x, this.names, this.kind);
    checkFinite(x);
    const byClass = scoresOf(x.data, x.columns, x.rows, this.parameters);
    checkDecisions(byClass, x.rows, this.kind);
    softmax(byClass, x.rows);
    const { classes } = this;
    const data = byClass.map((_, at) => byClass[(at % classes) * x.rows + Math.floor(at / classes)]);
    return matrix(
      x.rows,
      classes,
      data,
      Array.from({ length: classes }, (_, k) => String(k)),
    );
  }

  /** Probability of class 1, of a model of two classes. @throws HitlabError for a model of more. */
  predictProbability(x: Matrix): Float64Array {
    if (this.classes !== 2) {
      const what = `this model tells ${this.classes} classes apart and has no one probability`;
      throw new HitlabError({ what, remedy: "take predictProbabilities(x), a column per class" });
    }
    return this.predictProbabilities(x).data.filter((_, at) => at % 2 === 1);
  }

  /** The likeliest class of each row (the lowest of equally likely ones). */
  predict(x: Matrix): Float64Array {
    const { data } = this.predictProbabilities(x);
    const guess = new Float64Array(x.rows);
    for (let r = 0; r < x.rows; r++) {
      const at = r * this.classes;
      for (let k = 1; k < this.classes; k++) if (data[at + k] > data[at + guess[r]]) guess[r] = k;
    }
    return guess;
  }

  /** Accuracy: the share of rows whose predicted class is their target. */
  score(samples: Samples): number {
    checkTargetLength(samples.y, samples.x.rows, `the score of a ${this.kind}`);
    return shareRight(this.predict(samples.x), samples.y);
  }

  toJSON(): MultinomialRegressionJSON {
    const { names, classes, parameters, c, iterations, converged } = this;
    return {
      format: "hitlab-multinomial-regression",
      version: 1,
      names: [...names],
      classes,
      parameters: [...parameters],
      c,
      iterations,
      converged,
    };
  }
}

/**
 * Fits a multinomial logistic regression (softmax) with an L2 penalty by Newton's method: the minimum of
 * c * sum(weight * log loss) + |coefficients|^2 / 2,  the intercepts not penalised, which is what scikit-learn's
 * LogisticRegression(C=c) minimises for three classes or more. Scale the columns first.
 *
 * Of two classes each has its own coefficients here, half as long, so that the penalty counts half: the probabilities
 * are those of `fitLogisticRegression` with 2 c, which is the faster one. Work per step is rows * (classes *
 * columns)^2 / 2; the digits are the same everywhere.
 *
 * @param samples `y` holds the classes' numbers 0, 1, 2 ..., all present
 * @throws HitlabError for another target, one class only, a NaN or infinite input, an option out of range.
 * @example
 * ```ts
 * const model = linear.fitMultinomialRegression(scaler.apply(train)); // y: the decade, 0 to 5
 * model.predictProbabilities(scaler.apply(test).x); // rows x 6
 * ```
 */
export function fitMultinomialRegression(
  samples: Samples,
  options: MultinomialRegressionOptions = {},
): MultinomialRegression {
  const { c = 1, tolerance = 1e-8, maxIterations = 100 } = options;
  checkPositive({ c, tolerance });
  checkWhole({ maxIterations });
  const { x, y } = samples;
  const classes = countClasses(y, x.rows, "a multinomial regression");
  checkFinite(x);
  const { parameters, iterations, converged } = minimiseSoftmax({
    x: x.data,
    columns: x.columns,
    y,
    classes,
    rowWeights: rowWeights(y, classes, options),
    c,
    tolerance,
    maxIterations,
    model: "a multinomial regression",
  });
  return new MultinomialRegression([...x.names], classes, parameters, c, iterations, converged);
}

/** Reads a model from what `toJSON` gave, parsed. @throws HitlabError for another format, version or shape. */
export function multinomialRegressionFromJSON(json: unknown): MultinomialRegression {
  const file = new ModelFile(json, "hitlab-multinomial-regression", "multinomial regression");
  const names = file.names();
  const { classes, c, iterations } = file.numbers("classes", "c", "iterations");
  if (!Number.isInteger(classes) || classes < 2) throw file.bad(`${classes} classes`);
  const parameters = file.list("parameters", classes * (names.length + 1));
  return new MultinomialRegression(names, classes, parameters, c, iterations, file.flag("converged"));
}
