import { type Matrix, matrix } from "../samples";
import { checkDifferent } from "./names";

/** A column to append, with as many values as there are rows. */
export interface NewColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/**
 * The columns of `x`, then those added.
 *
 * @throws HitlabError if two columns would have the same name
 */
export function appendColumns(x: Matrix, added: readonly NewColumn[]): Matrix {
  const names = [...x.names, ...added.map(({ name }) => name)];
  checkDifferent(names, "append it once only");
  const data = new Float64Array(x.rows * names.length);
  for (let r = 0; r < x.rows; r++) {
    data.set(x.data.subarray(r * x.columns, (r + 1) * x.columns), r * names.length);
    for (let c = 0; c < added.length; c++) data[r * names.length + x.columns + c] = added[c].values[r];
  }
  return matrix(x.rows, names.length, data, names);
}
