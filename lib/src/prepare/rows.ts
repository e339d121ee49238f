import { HitlabError } from "../errors";
import { type Matrix, matrix, type Samples } from "../samples";
import { sameNames } from "./names";

/** What preparation works on: samples (their `x`) or a bare matrix. */
export type Rows = Samples | Matrix;

export function isMatrix(rows: Rows): rows is Matrix {
  return "data" in rows;
}

/** The inputs of `rows`. @throws HitlabError for no rows */
export function inputsOf(rows: Rows, kind: string): Matrix {
  const x = isMatrix(rows) ? rows : rows.x;
  if (x.rows > 0) return x;
  throw new HitlabError({ what: `${kind} got no rows`, remedy: "pass at least one row" });
}

/** The inputs of rows that have the very columns of the fit. @throws HitlabError for others, or no rows */
export function fittedInputs(rows: Rows, fitted: readonly string[], kind: string): Matrix {
  const x = inputsOf(rows, kind);
  if (sameNames(x.names, fitted)) return x;
  throw new HitlabError({
    what: `this ${kind} was fit on the columns ${fitted.join(", ")}`,
    value: x.names.join(", "),
    remedy: "pass the same columns in the same order, or fit it on these",
  });
}

/** `rows` with other inputs: of samples a copy, of a matrix the new one. */
export function withInputs<S extends Rows>(rows: S, x: Matrix): S {
  return (isMatrix(rows) ? x : { ...rows, x }) as S;
}

/** The values of column `c`. */
export function columnOf(x: Matrix, c: number): Float64Array {
  const values = new Float64Array(x.rows);
  for (let r = 0, i = c; r < x.rows; r++, i += x.columns) values[r] = x.data[i];
  return values;
}

/** A copy of `x` with every value changed. A loop of its own: all rows of all predictions go through it. */
export function mapAll(x: Matrix, change: (value: number, column: number) => number): Matrix {
  const data = new Float64Array(x.data.length);
  for (let r = 0, i = 0; r < x.rows; r++) {
    for (let c = 0; c < x.columns; c++, i++) data[i] = change(x.data[i], c);
  }
  return matrix(x.rows, x.columns, data, x.names);
}

/** A copy of `x` where the values of the columns `at` are changed; `k` counts within `at`. */
export function mapColumns(
  x: Matrix,
  at: readonly number[],
  change: (value: number, k: number, row: number) => number,
): Matrix {
  const data = x.data.slice();
  for (let r = 0, first = 0; r < x.rows; r++, first += x.columns) {
    for (let k = 0; k < at.length; k++) data[first + at[k]] = change(data[first + at[k]], k, r);
  }
  return matrix(x.rows, x.columns, data, x.names);
}

/** What is wrong with a value. */
export function badValue(
  column: string | undefined,
  row: number,
  value: unknown,
  what: string,
  remedy: string,
): HitlabError {
  return new HitlabError({ what: `row ${row} (counted from 0) ${what}`, column, value, remedy });
}

/** What was learned of each column. @throws HitlabError where it overflowed: numbers near the largest there are */
export function notOverflowed(learned: Float64Array, columns: readonly string[], what: string): Float64Array {
  const at = learned.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return learned;
  const remedy = "divide the column by some power of ten before";
  throw new HitlabError({ what: `the numbers are too large for their ${what}`, column: columns[at], remedy });
}
