import { HitlabError } from "../errors";
import { gather } from "../samples";
import { exp, ln, normalQuantile } from "../special";
import { checkLevel } from "./calibration";
import { mean } from "./mean";

/** A column of numbers, as a typed array, a plain one, or what a polars column's `toArray()` gives. */
export type Cells = ArrayLike<number | bigint | null>;

/** "pearson" (the default): of the values. "spearman": of their ranks. */
export type CorrelationMethod = "pearson" | "spearman";

export interface CorrelationOptions {
  readonly method?: CorrelationMethod;
  /** Level of the interval; 0.95 by default. */
  readonly level?: number;
}

/** A correlation with its interval; with a model and a metric beside it, a row of `show.intervals`. */
export interface Correlation {
  /** From -1 to 1; null where one of the two columns has a single value only. */
  readonly estimate: number | null;
  /** Ends of the interval; null with fewer than four rows, and where the estimate is. */
  readonly low: number | null;
  readonly high: number | null;
  /** Rows in which both columns are known. */
  readonly n: number;
}

/** Two columns without the rows that miss one of them. */
export interface Pair {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Correlation of two columns with its interval. Rows in which one of them is missing (NaN or null) are left out.
 *
 * Pearson's asks for a straight line, and one song with a billion streams may decide it; Spearman's takes ranks
 * (average ranks for ties) and asks only whether one rises with the other. Neither is about cause.
 *
 * The interval is Fisher's, by the normal distribution of atanh(r), with variance 1 / (n - 3), or for ranks
 * (1 + r^2 / 2) / (n - 3). It takes the rows as independent: of songs that share artists, take the interval of whole
 * artists drawn (second example). And for Pearson's it takes the two columns as jointly normal, so of columns with long
 * tails take logarithms or ranks. At r = 1 or -1 it has no width, however few the rows: there it says nothing.
 *
 * Source: Fisher, "On the 'probable error' of a coefficient of correlation deduced from a small sample", Metron 1
 * (1921); for ranks Bonett & Wright, "Sample size requirements for estimating Pearson, Kendall and Spearman
 * correlations", Psychometrika 65 (2000).
 *
 * @throws HitlabError for columns of different lengths, a cell that is no number or beyond 1e300 in size, an unknown
 *   method or a level out of range
 * @example
 * ```ts
 * evaluate.correlation([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]); // { estimate: 0.8, low: -0.2796, high: 0.9862, n: 5 }
 * const r = (rows: Int32Array) => evaluate.correlation(gather(energy, rows), gather(streams, rows)).estimate;
 * evaluate.bootstrapStatistic(energy.length, r, { groups: samples.info.artist });
 * ```
 */
export function correlation(x: Cells, y: Cells, options: CorrelationOptions = {}): Correlation {
  const method = checkMethod(options.method ?? "pearson");
  const level = checkLevel(options.level ?? 0.95);
  if (x.length !== y.length) {
    throw new HitlabError({
      what: `one column has ${x.length} rows, the other ${y.length}`,
      remedy: "pass two columns of the same rows, in the same order",
    });
  }
  const known = bothKnown(numbersOf(x, "x"), numbersOf(y, "y"));
  const n = known.x.length;
  const estimate = coefficient(known, method);
  if (estimate === null || n < 4) return { estimate, low: null, high: null, n };
  const variance = (method === "spearman" ? 1 + (estimate * estimate) / 2 : 1) / (n - 3);
  return { estimate, ...fisherLimits(estimate, normalQuantile(0.5 + level / 2) * Math.sqrt(variance)), n };
}

/** @throws HitlabError for a method that there is not: a notebook's cell may pass what the types forbid. */
export function checkMethod(method: CorrelationMethod): CorrelationMethod {
  if (method === "pearson" || method === "spearman") return method;
  const remedy = 'pass "pearson" or "spearman"';
  throw new HitlabError({ what: "there is no such correlation", value: method, remedy });
}

/** The numbers of a column, NaN where one is missing. */
export function numbersOf(cells: Cells, column: string): Float64Array {
  return Float64Array.from(cells, (cell, row) => {
    if (cell === null || Number.isNaN(cell)) return Number.NaN;
    if (typeof cell === "bigint") return Number(cell);
    // Larger ones could not be summed; text, dates and truth values would pass for numbers or for missing ones.
    if (typeof cell === "number" && Math.abs(cell) <= 1e300) return cell;
    throw new HitlabError({
      what: `row ${row} (counted from 0) must be a number from -1e300 to 1e300, or null or NaN where it is missing`,
      column,
      value: cell,
      remedy: "code text as numbers, and look for a logarithm of 0 or a division by 0",
    });
  });
}

/** The rows in which both are known. */
export function bothKnown(x: Float64Array, y: Float64Array): Pair {
  const known: number[] = [];
  for (let row = 0; row < x.length; row++) if (!Number.isNaN(x[row]) && !Number.isNaN(y[row])) known.push(row);
  return known.length === x.length ? { x, y } : { x: gather(x, known), y: gather(y, known) };
}

/** The correlation of a pair without gaps; null where one side does not vary. */
export function coefficient(pair: Pair, method: CorrelationMethod): number | null {
  if (isConstant(pair.x) || isConstant(pair.y)) return null;
  const [x, y] = [pair.x, pair.y].map((values) => centred(method === "spearman" ? averageRanks(values) : values));
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += x[i] * y[i];
    xx += x[i] * x[i];
    yy += y[i] * y[i];
  }
  // Rounding may leave a perfect line a hair beyond 1. Two roots: the product of the sums could overflow.
  return Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
}

/** By comparison: the mean of equal numbers may differ from them in the last digit. */
function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

/** Less their mean, and divided by the largest that is left, so that squares neither overflow nor vanish. */
function centred(values: Float64Array): Float64Array {
  const middle = mean(values);
  const differences = values.map((value) => value - middle);
  const largest = differences.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return differences.map((value) => value / largest);
}

/** Ranks from 1; equal values share the mean of theirs. */
export function averageRanks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let place = from; place < to; place++) ranks[order[place]] = (from + 1 + to) / 2;
  }
  return ranks;
}

function fisherLimits(r: number, half: number): { low: number; high: number } {
  if (Math.abs(r) === 1) return { low: r, high: r };
  const middle = ln((1 + r) / (1 - r)) / 2;
  return { low: tanh(middle - half), high: tanh(middle + half) };
}

function tanh(z: number): number {
  return 1 - 2 / (exp(2 * z) + 1);
}
