import { HitlabError } from "./errors";

/** A dense table of numbers, row after row: cell (r, c) is `data[r * columns + c]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` numbers, row-major. */
  readonly data: Float64Array;
  /** One name per column. */
  readonly names: readonly string[];
}

/** Facts about each row that no model sees: group, day, what is needed to judge a prediction. One entry per row. */
export type RowInfo = Readonly<Record<string, Int32Array | Float64Array | Uint8Array>>;

/**
 * Rows ready for a model.
 *
 * `x` holds the inputs, `y` the target (0 / 1 for a classifier), `info` what else is known of a row. For a network
 * with inputs of shape [steps, features] a row of `x` is step after step: `steps * features` columns.
 */
export interface Samples<Info extends RowInfo = RowInfo> {
  readonly x: Matrix;
  /** `x.rows` targets. */
  readonly y: Float64Array;
  readonly info: Info;
}

/** A matrix from its parts; the sizes are checked. Names default to c0, c1, ... */
export function matrix(rows: number, columns: number, data: Float64Array, names?: readonly string[]): Matrix {
  const columnNames = names ?? Array.from({ length: columns }, (_, c) => `c${c}`);
  if (data.length !== rows * columns || columnNames.length !== columns) {
    throw new HitlabError({
      what: `a matrix of ${rows} rows and ${columns} columns needs ${rows * columns} numbers and ${columns} names`,
      value: `${data.length} numbers, ${columnNames.length} names`,
      remedy: "pass arrays of those lengths",
    });
  }
  return { rows, columns, data, names: columnNames };
}

/** The rows of a matrix that `index` names, in its order (a row may come several times). */
export function takeMatrixRows(x: Matrix, index: ArrayLike<number>): Matrix {
  const data = new Float64Array(index.length * x.columns);
  for (let i = 0; i < index.length; i++) {
    const from = index[i] * x.columns;
    data.set(x.data.subarray(from, from + x.columns), i * x.columns);
  }
  return { ...x, rows: index.length, data };
}

/** The samples that `index` names, in its order: inputs, targets and info alike; all else is kept as it is. */
export function takeRows<S extends Samples>(samples: S, index: ArrayLike<number>): S {
  const info: Record<string, RowInfo[string]> = {};
  for (const [name, values] of Object.entries(samples.info)) info[name] = gather(values, index);
  return { ...samples, x: takeMatrixRows(samples.x, index), y: gather(samples.y, index), info };
}

/** The entries of `values` that `index` names, in its order, in an array of the same kind. */
export function gather<A extends RowInfo[string]>(values: A, index: ArrayLike<number>): A {
  const taken = new (values.constructor as new (length: number) => A)(index.length);
  for (let i = 0; i < index.length; i++) taken[i] = values[index[i]];
  return taken;
}
