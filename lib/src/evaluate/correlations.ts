import { HitlabError } from "../errors";
import type { Matrix } from "../samples";
import { clusterOrder } from "./cluster-order";
import {
  averageRanks,
  bothKnown,
  type Cells,
  type CorrelationMethod,
  checkMethod,
  coefficient,
  numbersOf,
} from "./correlation";

export interface CorrelationsOptions {
  readonly method?: CorrelationMethod;
  /** Columns as given (the default), or with like beside like. */
  readonly order?: "given" | "clustered";
}

/** Correlations of each column with each: what `show.correlations` draws. */
export interface Correlations {
  /** The columns, in the order of rows and columns of `values`. */
  readonly names: readonly string[];
  /** From -1 to 1; symmetric, with 1 on the diagonal. */
  readonly values: readonly (readonly number[])[];
  /** Rows that each value rests on: those in which both columns are known. */
  readonly rows: readonly (readonly number[])[];
}

/**
 * Correlations of all columns with each other, as pandas' `corr`: rows that miss one of two columns are left out for
 * that pair alone.
 *
 * With `order: "clustered"` the columns stand as the leaves of a tree that joins those of the highest mean |r| first
 * (average linkage on 1 - |r|), so that groups of like columns show as blocks; the sign does not matter, and the order
 * does not depend on chance. Of hundreds of correlations some are high by chance: give those that a sentence rests on
 * with their interval, by `correlation`.
 *
 * @param columns a matrix such as `samples.x`, or columns by name
 * @throws HitlabError for no columns, different lengths, a cell as in `correlation`, or a pair of which one column has
 *   a single value in the rows where both are known: its correlation is undefined
 * @example
 * ```ts
 * const { names, values } = evaluate.correlations(samples.x, { order: "clustered" });
 * show.correlations(evaluate.correlations({ bpm, energy, streams: samples.y }), { title: "..." });
 * ```
 */
export function correlations(
  columns: Matrix | Readonly<Record<string, Cells>>,
  options: CorrelationsOptions = {},
): Correlations {
  const method = checkMethod(options.method ?? "pearson");
  const order = checkOrder(options.order ?? "given");
  const named = checked(isMatrix(columns) ? columnsOf(columns) : Object.entries(columns));
  const pairs = named.map((one, i) => named.slice(0, i + 1).map((other) => correlate(one, other, method)));
  const at = (i: number, j: number) => (i < j ? pairs[j][i] : pairs[i][j]);
  const given = [...named.keys()];
  const distances = given.map((i) => given.map((j) => 1 - Math.abs(at(i, j).value)));
  const places = order === "clustered" ? clusterOrder(distances) : given;
  return {
    names: places.map((i) => named[i].name),
    values: places.map((i) => places.map((j) => at(i, j).value)),
    rows: places.map((i) => places.map((j) => at(i, j).rows)),
  };
}

interface Column {
  readonly name: string;
  readonly values: Float64Array;
  /** Ranks of the values, if none is missing: then they are the same beside each other column. */
  readonly ranks: Float64Array | null;
}

function correlate(one: Column, other: Column, method: CorrelationMethod): { value: number; rows: number } {
  const known = bothKnown(one.values, other.values);
  const ranked = method === "spearman" && one.ranks && other.ranks ? { x: one.ranks, y: other.ranks } : null;
  const value = ranked ? coefficient(ranked, "pearson") : coefficient(known, method);
  // Of a column with itself rounding may leave a hair less than 1.
  if (value !== null) return { value: one === other ? 1 : value, rows: known.x.length };
  const both = `in the ${known.x.length} rows that have both, it or "${other.name}" has no two different values`;
  throw new HitlabError({
    what: one === other ? "the column has no two different values, so it correlates with nothing" : both,
    column: one.name,
    remedy: "leave out such a column",
  });
}

function checkOrder(order: "given" | "clustered"): "given" | "clustered" {
  if (order === "given" || order === "clustered") return order;
  throw new HitlabError({ what: "there is no such order", value: order, remedy: 'pass "given" or "clustered"' });
}

/** A record of columns may have any names, but no number where a column belongs. */
function isMatrix(columns: Matrix | Readonly<Record<string, Cells>>): columns is Matrix {
  return typeof columns.rows === "number";
}

function columnsOf(x: Matrix): [name: string, cells: Cells][] {
  const column = (c: number) => Float64Array.from({ length: x.rows }, (_, r) => x.data[r * x.columns + c]);
  return x.names.map((name, c) => [name, column(c)]);
}

function checked(columns: readonly (readonly [name: string, cells: Cells])[]): Column[] {
  if (columns.length === 0) {
    throw new HitlabError({ what: "there are no columns to correlate", remedy: "pass at least one" });
  }
  const [[first, { length }]] = columns;
  return columns.map(([name, cells]) => {
    if (cells.length === length) return columnOf(name, numbersOf(cells, name));
    const what = `the column has ${cells.length} rows, but "${first}" has ${length}`;
    throw new HitlabError({ what, column: name, remedy: "pass columns of the same rows" });
  });
}

function columnOf(name: string, values: Float64Array): Column {
  return { name, values, ranks: values.some(Number.isNaN) ? null : averageRanks(values) };
}
