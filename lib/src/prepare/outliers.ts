import pl from "nodejs-polars";
import { HitlabError } from "../errors";
import { quantileSorted } from "../quantile";
import { numbersOrNaN } from "./columns";
import { columnIndex } from "./names";
import { badValue, columnOf, isMatrix, notOverflowed, type Rows } from "./rows";

export interface OutlierOptions {
  /** Default all columns of inputs; of a frame, all columns of numbers. */
  readonly columns?: readonly string[];
  /** How many quartile distances a value may lie outside the quartiles. Default 1.5 (Tukey). */
  readonly factor?: number;
  /** How large a robust z-score may be. Default 3.5 (Iglewicz and Hoaglin). */
  readonly z?: number;
}

/** The outliers of one column. */
export interface Outliers {
  readonly column: string;
  /** Values that are there. */
  readonly n: number;
  /** Bounds: the quartiles, less or plus `factor` times their distance; null without values. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many values lie outside the bounds. */
  readonly iqr: number;
  /** That share of the values; null without values. */
  readonly share: number | null;
  /** How many have a robust z-score beyond `z`; null where half of the values or more are the same, which leaves none. */
  readonly robustZ: number | null;
  /** The rows outside the bounds, counted from 0. */
  readonly rows: Int32Array;
  /** The rows with a robust z-score beyond `z`. */
  readonly robustZRows: Int32Array;
}

/**
 * Which values lie far from the others, column by column and by two rules; nothing is changed. Empty cells (NaN) do not
 * count. The robust z-score is 0.6745 (x - median) / (median distance from the median), about the usual one for normal
 * values, but not moved by the outliers themselves.
 *
 * Far is not wrong: counts over many orders of magnitude have many "outliers", which a logarithm makes ordinary.
 *
 * Sources: Tukey, "Exploratory Data Analysis", 1977; Iglewicz and Hoaglin, "How to Detect and Handle Outliers", ASQC 1993.
 *
 * @returns one entry per column
 * @throws HitlabError for an unknown column, an infinite value or a text, or an option that is no positive number
 * @example
 * ```ts
 * const found = prepare.outliers(hits.frame, { columns: ["streams", "bpm"] });
 * show.table(found, { columns: ["column", "n", "low", "high", "iqr", "share", "robustZ"] });
 * ```
 */
export function outliers(rows: Rows | pl.DataFrame, options: OutlierOptions = {}): Outliers[] {
  const { columns, factor = 1.5, z = 3.5 } = options;
  for (const [name, value] of Object.entries({ factor, z })) {
    if (value > 0 && Number.isFinite(value)) continue;
    throw new HitlabError({
      what: `${name} must be a positive number`,
      value,
      remedy: "leave it out for the usual one",
    });
  }
  return valuesOf(rows, columns).map(([column, values]) => outliersOf(column, values, factor, z));
}

function valuesOf(rows: Rows | pl.DataFrame, columns?: readonly string[]): [string, Float64Array][] {
  if (isFrame(rows)) {
    const numeric = () => rows.columns.filter((name) => rows.getColumn(name).isNumeric());
    const at = columnIndex(rows.columns, columns ?? numeric());
    return at.map((c) => [rows.columns[c], numbersOrNaN(rows, rows.columns[c])]);
  }
  const x = isMatrix(rows) ? rows : rows.x;
  return columnIndex(x.names, columns).map((c) => [x.names[c], columnOf(x, c)]);
}

/** Asked for a property by `in`, a frame speaks of its columns. */
function isFrame(rows: Rows | pl.DataFrame): rows is pl.DataFrame {
  return pl.DataFrame.isDataFrame(rows);
}

function outliersOf(column: string, values: Float64Array, factor: number, z: number): Outliers {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const n = sorted.length;
  const none = new Int32Array(0);
  if (n === 0) {
    return { column, n, low: null, high: null, iqr: 0, share: null, robustZ: null, rows: none, robustZRows: none };
  }
  const odd = values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (odd >= 0) throw badValue(column, odd, values[odd], "is infinite", "correct or drop such rows");
  const [first, third] = [quantileSorted(sorted, 0.25), quantileSorted(sorted, 0.75)];
  const bounds = Float64Array.of(first - factor * (third - first), third + factor * (third - first));
  const [low, high] = notOverflowed(bounds, [column, column], "bounds");
  const outside = rowsWhere(values, (value) => value < low || value > high);
  const median = quantileSorted(sorted, 0.5);
  const spread = quantileSorted(sorted.map((value) => Math.abs(value - median)).sort(), 0.5);
  const far = spread === 0 ? none : rowsWhere(values, (value) => Math.abs((0.6745 * (value - median)) / spread) > z);
  const robustZ = spread === 0 ? null : far.length;
  const share = outside.length / n;
  return { column, n, low, high, iqr: outside.length, share, robustZ, rows: outside, robustZRows: far };
}

/** NaN is nowhere. */
function rowsWhere(values: Float64Array, is: (value: number) => boolean): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < values.length; row++) if (is(values[row])) rows.push(row);
  return Int32Array.from(rows);
}
