import type { Matrix } from "../../samples";
import { type CentredColumns, centredColumns, checkSums, interceptOf } from "./centred-columns";
import { type SingularValues, singularValues } from "./singular-values";

/** Coefficients and the intercept, which no penalty counts. */
export interface Line {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

/** Rows once decomposed give the fit for any ridge at once. */
export class LeastSquares {
  readonly centred: CentredColumns;
  readonly decomposed: SingularValues;
  /** Directions among the columns that differ from 0 by more than rounding. */
  readonly rank: number;
  private readonly least: number;

  /** @param model with its article, for an error where sums overflow */
  constructor(x: Matrix, y: Float64Array, model: string, weights?: Float64Array) {
    this.centred = centredColumns(x, y, weights);
    const { columns, target } = this.centred;
    this.decomposed = singularValues(
      columns.map((column) => column.slice()),
      target.slice(),
    );
    const { squares, parts } = this.decomposed;
    checkSums([...squares, ...parts], model);
    const bound = Math.max(x.rows, x.columns) * Number.EPSILON;
    this.least = squares.reduce((most, square) => Math.max(most, square), 0) * bound * bound;
    this.rank = squares.filter((square) => square > this.least).length;
  }

  /**
   * The minimum of  sum(weight * (y - intercept - coefficients * x)^2) + alpha * |coefficients|^2;  with alpha 0, where
   * several fit alike, the shortest coefficients, as numpy's lstsq.
   */
  line(alpha: number): Line {
    const { vectors, parts } = this.decomposed;
    const coefficients = new Float64Array(vectors.length);
    this.decomposed.squares.forEach((square, k) => {
      if (!(square > this.least)) return;
      const along = parts[k] / (square + alpha);
      for (let j = 0; j < coefficients.length; j++) coefficients[j] += along * vectors[k][j];
    });
    return { coefficients, intercept: interceptOf(this.centred, coefficients) };
  }
}
