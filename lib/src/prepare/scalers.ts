import { HitlabError } from "../errors";
import { quantileSorted } from "../quantile";
import type { Matrix } from "../samples";
import { checkFinite } from "./finite";
import { columnOf, fittedInputs, inputsOf, mapAll, notOverflowed, type Rows, withInputs } from "./rows";
import type { Invertible } from "./transformer";
import { written } from "./transformer-json";

export type ScalerKind = "minMax" | "standard" | "robust";

/** What a scaler's file holds: x becomes (x - center) / scale, column by column. */
export interface ScalerJSON {
  readonly format: "hitlab-scaler";
  readonly version: 1;
  readonly kind: ScalerKind;
  /** One name per column. */
  readonly names: readonly string[];
  /** Minimum (minMax), mean (standard) or median (robust) of each column of the train rows. */
  readonly center: readonly number[];
  /** Range (minMax), standard deviation (standard) or distance of the quartiles (robust); 1 where that is 0. */
  readonly scale: readonly number[];
}

/** A scaling learned from train rows, for use on any rows of the same columns. */
export interface Scaler extends Invertible {
  readonly kind: ScalerKind;
  /** Names of the columns it was fit on. */
  readonly names: readonly string[];
  readonly center: Float64Array;
  readonly scale: Float64Array;
  toJSON(): ScalerJSON;
}

/**
 * Scales each column to 0 .. 1 over the train rows (other rows may leave that range): (x - min) / (max - min).
 * As scikit-learn's MinMaxScaler, a constant column has scale 1 and becomes 0.
 *
 * @param train samples (their `x`) or a matrix; at least one row
 * @throws HitlabError for no rows, or a NaN or infinite value (names its column and row)
 * @example
 * ```ts
 * const scaler = prepare.minMax(parts.train);
 * const test = scaler.apply(parts.test);
 * ```
 */
export function minMax(train: Rows): Scaler {
  const x = checked(train, "minMax");
  const low = x.data.slice(0, x.columns);
  const high = low.slice();
  for (let r = 1, i = x.columns; r < x.rows; r++) {
    for (let c = 0; c < x.columns; c++, i++) {
      const value = x.data[i];
      if (value < low[c]) low[c] = value;
      if (value > high[c]) high[c] = value;
    }
  }
  const range = notOverflowed(
    high.map((value, c) => value - low[c]),
    x.names,
    "range",
  );
  return new LinearScaler(
    "minMax",
    x.names,
    // + 0 turns -0, which JSON does not know, into 0.
    low.map((value) => value + 0),
    range.map(positive),
  );
}

/**
 * Scales each column to mean 0 and standard deviation 1 over the train rows (divided by n, not n - 1).
 * As scikit-learn's StandardScaler, a column that is constant up to rounding has scale 1.
 *
 * @param train samples (their `x`) or a matrix; at least one row
 * @throws HitlabError for no rows, or a NaN or infinite value (names its column and row)
 * @example
 * ```ts
 * const scaler = prepare.standard(parts.train);
 * const songs = scaler.inverse(scaler.apply(parts.test)); // in their own units again
 * ```
 */
export function standard(train: Rows): Scaler {
  const x = checked(train, "standard");
  const mean = columnMeans(x, (value) => value);
  const variance = columnMeans(x, (value, c) => (value - mean[c]) * (value - mean[c]));
  notOverflowed(variance, x.names, "variance");
  const scale = variance.map((v, c) => (isConstant(v, mean[c], x.rows) ? 1 : Math.sqrt(v)));
  return new LinearScaler("standard", x.names, mean, scale);
}

export interface RobustOptions {
  /** Shares of the rows below the two quantiles whose distance is the scale. Default [0.25, 0.75]. */
  readonly quantiles?: readonly [number, number];
}

/**
 * Scales each column by what outliers do not move: (x - median) / (third quartile - first quartile).
 * As scikit-learn's RobustScaler, a column whose quartiles are equal has scale 1.
 *
 * @param train samples (their `x`) or a matrix; at least one row
 * @throws HitlabError for no rows, quantiles that are not two ascending shares, or a NaN or infinite value
 * @example
 * ```ts
 * const scaler = prepare.robust(parts.train);
 * const wide = prepare.robust(parts.train, { quantiles: [0.05, 0.95] });
 * ```
 */
export function robust(train: Rows, { quantiles = [0.25, 0.75] }: RobustOptions = {}): Scaler {
  const [low, high] = quantiles;
  if (!(low >= 0 && low < high && high <= 1)) {
    const what = "quantiles must be two ascending shares from 0 to 1";
    throw new HitlabError({ what, value: `[${quantiles}]`, remedy: "leave them out for [0.25, 0.75]" });
  }
  const x = checked(train, "robust");
  const center = new Float64Array(x.columns);
  const range = new Float64Array(x.columns);
  for (let c = 0; c < x.columns; c++) {
    const sorted = columnOf(x, c).sort();
    center[c] = quantileSorted(sorted, 0.5) + 0;
    range[c] = quantileSorted(sorted, high) - quantileSorted(sorted, low);
  }
  notOverflowed(center, x.names, "median");
  notOverflowed(range, x.names, "range");
  return new LinearScaler("robust", x.names, center, range.map(positive));
}

/** scikit-learn's: a range so small counts as 0, and nothing is divided by it. */
function positive(range: number): number {
  return range < 10 * Number.EPSILON ? 1 : range;
}

/** scikit-learn's bound on the variance that rounding alone can leave (Chan, Golub, LeVeque 1983). */
function isConstant(variance: number, mean: number, n: number): boolean {
  const rounding = n * mean * Number.EPSILON;
  return variance <= n * Number.EPSILON * variance + rounding * rounding;
}

/** Means of a function of the values, summed row after row. */
function columnMeans(x: Matrix, of: (value: number, column: number) => number): Float64Array {
  const sum = new Float64Array(x.columns);
  for (let r = 0, i = 0; r < x.rows; r++) {
    for (let c = 0; c < x.columns; c++, i++) sum[c] += of(x.data[i], c);
  }
  return sum.map((s) => s / x.rows);
}

/** Reads a scaler from what `toJSON` gave, parsed. @throws HitlabError for another format, version or shape. */
export function scalerFromJSON(json: unknown): Scaler {
  const file = json as Partial<ScalerJSON> | null;
  if (file?.format !== "hitlab-scaler" || file.version !== 1) {
    throw badFile(`format ${written(file?.format)}, version ${written(file?.version)}`);
  }
  const { kind, names, center, scale } = file;
  if (kind !== "minMax" && kind !== "standard" && kind !== "robust") throw badFile(`kind ${written(kind)}`);
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string")) throw badFile("no names");
  if (!isNumbers(center, names.length)) throw badFile(`center is not ${names.length} numbers`);
  if (!isNumbers(scale, names.length) || scale.some((s) => s <= 0)) {
    throw badFile(`scale is not ${names.length} positive numbers`);
  }
  return new LinearScaler(kind, names, Float64Array.from(center), Float64Array.from(scale));
}

function isNumbers(values: unknown, length: number): values is number[] {
  return Array.isArray(values) && values.length === length && values.every((v) => Number.isFinite(v));
}

function badFile(found: string): HitlabError {
  return new HitlabError({
    what: "this is not a scaler saved by hitlab (format hitlab-scaler, version 1)",
    value: found,
    remedy: "fit the scaler again and save what its toJSON() gives",
  });
}

class LinearScaler implements Scaler {
  constructor(
    readonly kind: ScalerKind,
    readonly names: readonly string[],
    readonly center: Float64Array,
    readonly scale: Float64Array,
  ) {}

  get inputs(): readonly string[] {
    return this.names;
  }

  apply<S extends Rows>(rows: S): S {
    return this.mapped(rows, (value, c) => (value - this.center[c]) / this.scale[c]);
  }

  inverse<S extends Rows>(rows: S): S {
    return this.mapped(rows, (value, c) => value * this.scale[c] + this.center[c]);
  }

  toJSON(): ScalerJSON {
    const { kind, names } = this;
    return {
      format: "hitlab-scaler",
      version: 1,
      kind,
      names: [...names],
      center: [...this.center],
      scale: [...this.scale],
    };
  }

  private mapped<S extends Rows>(rows: S, change: (value: number, column: number) => number): S {
    const x = fittedInputs(rows, this.names, `${this.kind} scaler`);
    checkFinite(x);
    return withInputs(rows, mapAll(x, change));
  }
}

/** The inputs of `rows`, every value finite. */
function checked(rows: Rows, kind: ScalerKind): Matrix {
  const x = inputsOf(rows, kind);
  checkFinite(x);
  return x;
}
