/** The losses of a linear score, by what their models are called. */
export type Loss = "log" | "squaredHinge";

/**
 * The rows of a binary problem, and the sums over them that Newton's method needs. All implementations give the same
 * digits.
 *
 * `Numbers` stands for one number per row, wherever they are kept.
 */
export interface LossRows<Numbers> {
  readonly y: Numbers;
  readonly rowWeights: Numbers;
  /** Room for a number per row. */
  numbers(): Numbers;
  /** out = x coefficients + intercept */
  scores(coefficientsAndIntercept: Float64Array, out: Numbers): void;
  /** out = from - a * step */
  move(from: Numbers, a: number, step: Numbers, out: Numbers): void;
  /** The sum of weight * loss; fills in its first and second derivatives by the score, row by row. */
  losses(loss: Loss, scores: Numbers, slopes: Numbers, curvatures: Numbers): number;
  /**
   * With a 1 appended to each row: the sum of slope * row, and that of curvature * row row', row-major, of which only the
   * lower triangle is filled.
   */
  derivatives(slopes: Numbers, curvatures: Numbers): Derivatives;
}

export interface Derivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** What the rows are made of: inputs, row-major, `columns` per row; targets, 0 or 1; what each row's loss counts. */
export interface RowData {
  readonly x: Float64Array;
  readonly columns: number;
  readonly y: Float64Array;
  readonly rowWeights: Float64Array;
}
