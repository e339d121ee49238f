import { HitlabError } from "../../errors";
import type { Matrix, Samples } from "../../samples";
import { checkPositive } from "../checks";
import { type FoldOptions, foldOfRows, heldOut } from "./fold-of-rows";
import type { LeastSquares, Line } from "./least-squares";
import { LinearRegression, leastSquares, type RidgeFit } from "./linear-regression";
import { dot, multiply } from "./rows";

export interface RidgeCVOptions extends Omit<FoldOptions, "folds"> {
  /** Strengths of the penalty to choose from. Default 0.001, 0.01, ... 10000 (scikit-learn's: 0.1, 1, 10). */
  readonly alphas?: readonly number[];
  /** A number of folds, or "loo": each row is left out alone, which costs no more than one fit. Default "loo". */
  readonly folds?: number | "loo";
}

/** A strength of the penalty and how it did on the rows held out. */
export interface AlphaScore {
  readonly alpha: number;
  /** Mean squared error per held-out row; the least is chosen. */
  readonly mse: number;
  /** The mean squared error of each fold; with "loo" the squared error of each row. */
  readonly foldMse: readonly number[];
}

/**
 * A ridge regression whose penalty is chosen by cross-validation inside the training rows, then fit on all of them: with
 * "loo" as scikit-learn's RidgeCV.
 *
 * Rows of a group (`group`, say all songs of an artist) can be kept in one fold; leaving out single rows would then be
 * too kind to weak penalties.
 *
 * @throws HitlabError as `fitRidge`, for no alpha, an unknown group column, a group with "loo", and fewer groups than folds
 * @example
 * ```ts
 * const { model, scores } = linear.fitRidgeCV(scaler.apply(parts.train));
 * model.fit.alpha; // the alpha with the least squared error on rows left out
 * ```
 */
export function fitRidgeCV(
  samples: Samples,
  options: RidgeCVOptions = {},
): { model: LinearRegression<RidgeFit>; scores: AlphaScore[] } {
  const { alphas = [0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000], folds = "loo" } = options;
  if (alphas.length === 0) {
    throw new HitlabError({
      what: "there is no alpha to choose from",
      remedy: "name values in alphas, or leave it out",
    });
  }
  for (const alpha of alphas) checkPositive({ alpha });
  const all = leastSquares(samples, "a ridge regression");
  const scores = folds === "loo" ? leaveOneOut(all, alphas, options) : onFolds(samples, alphas, { ...options, folds });
  const { alpha } = scores.reduce((least, score) => (score.mse < least.mse ? score : least));
  const { coefficients, intercept } = all.line(alpha);
  return {
    model: new LinearRegression([...samples.x.names], coefficients, intercept, { method: "ridge", alpha }),
    scores,
  };
}

/**
 * The error of a row by the fit to all others is its error by the fit to all, divided by 1 - its own pull on its
 * prediction. Source: Rifkin, Lippert, "Notes on Regularized Least Squares", MIT, 2007.
 */
function leaveOneOut(all: LeastSquares, alphas: readonly number[], { group }: RidgeCVOptions): AlphaScore[] {
  if (group !== undefined) {
    throw new HitlabError({
      what: "leaving out single rows does not keep a group together",
      value: group,
      remedy: "give a number of folds, or leave out group",
    });
  }
  const { columns, target } = all.centred;
  const { vectors, squares, parts } = all.decomposed;
  const along = vectors.map((vector) => productOf(columns, vector, target.length));
  return alphas.map((alpha) => {
    const foldMse = Array.from(target, (y, row) => {
      let [predicted, pull] = [0, 1 / target.length];
      for (let k = 0; k < along.length; k++) {
        const pulled = along[k][row] / (squares[k] + alpha);
        predicted += pulled * parts[k];
        pull += pulled * along[k][row];
      }
      const error = (y - predicted) / (1 - pull);
      return error * error;
    });
    checkLeft(foldMse, alpha);
    return { alpha, mse: meanOf(foldMse), foldMse };
  });
}

/** The columns times a vector of coefficients. */
function productOf(columns: readonly Float64Array[], vector: Float64Array, rows: number): Float64Array {
  const product = new Float64Array(rows);
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) product[i] += column[i] * vector[j];
  });
  return product;
}

/** A row that its own fit meets whatever its target is has no error when left out. */
function checkLeft(errors: readonly number[], alpha: number): void {
  const row = errors.findIndex((error) => !Number.isFinite(error));
  if (row < 0) return;
  throw new HitlabError({
    what: `with row ${row} (counted from 0) left out too little is known to predict it, by this alpha`,
    value: alpha,
    remedy: "choose larger alphas, or pass more rows than columns",
  });
}

function onFolds(samples: Samples, alphas: readonly number[], options: FoldOptions & { folds: number }): AlphaScore[] {
  const fold = foldOfRows(samples, options);
  const errors = alphas.map((): Float64Array[] => []);
  for (let f = 0; f < options.folds; f++) {
    const { train, held } = heldOut(samples, fold, f);
    const squares = leastSquares(train, "a ridge regression");
    for (const [at, alpha] of alphas.entries()) errors[at].push(errorsOf(squares.line(alpha), held.x, held.y));
  }
  return alphas.map((alpha, at) => {
    const sum = errors[at].reduce((total, fold) => total + dot(fold, fold), 0);
    return { alpha, mse: sum / samples.x.rows, foldMse: errors[at].map((fold) => dot(fold, fold) / fold.length) };
  });
}

function errorsOf({ coefficients, intercept }: Line, x: Matrix, y: Float64Array): Float64Array {
  const predicted = new Float64Array(x.rows);
  multiply(x.data, x.columns, Float64Array.of(...coefficients, intercept), predicted);
  return predicted.map((value, row) => y[row] - value);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
