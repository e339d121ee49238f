import { HitlabError } from "../errors";
import { type Matrix, matrix, type Samples } from "../samples";
import { checkFinite } from "./finite";

export type ScalerKind = "minMax" | "standard";

/** What a scaler's file holds: x becomes (x - center) / scale, column by column. */
export interface ScalerJSON {
  readonly format: "hitlab-scaler";
  readonly version: 1;
  readonly kind: ScalerKind;
  /** One name per column. */
  readonly names: readonly string[];
  /** Minimum (minMax) or mean (standard) of each column of the train rows. */
  readonly center: readonly number[];
  /** Range (minMax) or standard deviation (standard); 1 for a constant column. */
  readonly scale: readonly number[];
}

/** A scaling learned from train rows, for use on any rows of the same columns. */
export interface Scaler {
  readonly kind: ScalerKind;
  /** Names of the columns it was fit on. */
  readonly names: readonly string[];
  readonly center: Float64Array;
  readonly scale: Float64Array;
  /**
   * The rows scaled: of samples a copy with new `x`, of a matrix a new matrix. The input is not changed.
   *
   * @throws HitlabError if the columns are not those of the fit, or a value is NaN or infinite.
   */
  apply<S extends Samples | Matrix>(rows: S): S;
  /** The way back: `inverse(apply(rows))` equals `rows` up to rounding. */
  inverse<S extends Samples | Matrix>(rows: S): S;
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
export function minMax(train: Samples | Matrix): Scaler {
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
  const range = high.map((value, c) => value - low[c]);
  return new LinearScaler(
    "minMax",
    x.names,
    // + 0 turns -0, which JSON does not know, into 0.
    low.map((value) => value + 0),
    range.map((value) => (value < 10 * Number.EPSILON ? 1 : value)),
  );
}

/**
 * Scales each column to mean 0 and standard deviation 1 over the train rows (divided by n, not n - 1).
 * As scikit-learn's StandardScaler, a column that is constant up to rounding has scale 1.
 *
 * @param train samples (their `x`) or a matrix; at least one row
 * @throws HitlabError for no rows, or a NaN or infinite value (names its column and row)
 */
export function standard(train: Samples | Matrix): Scaler {
  const x = checked(train, "standard");
  const mean = columnMeans(x, (value) => value);
  const variance = columnMeans(x, (value, c) => (value - mean[c]) * (value - mean[c]));
  const scale = variance.map((v, c) => (isConstant(v, mean[c], x.rows) ? 1 : Math.sqrt(v)));
  return new LinearScaler("standard", x.names, mean, scale);
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
    throw badFile(`format ${file?.format}, version ${file?.version}`);
  }
  const { kind, names, center, scale } = file;
  if (kind !== "minMax" && kind !== "standard") throw badFile(`kind ${kind}`);
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

  apply<S extends Samples | Matrix>(rows: S): S {
    return this.mapped(rows, (value, c) => (value - this.center[c]) / this.scale[c]);
  }

  inverse<S extends Samples | Matrix>(rows: S): S {
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

  private mapped<S extends Samples | Matrix>(rows: S, change: (value: number, column: number) => number): S {
    const x = checked(rows, this.kind);
    if (x.columns !== this.names.length || x.names.some((name, c) => name !== this.names[c])) {
      throw new HitlabError({
        what: `this ${this.kind} scaler was fit on the columns ${this.names.join(", ")}`,
        value: x.names.join(", "),
        remedy: "pass the same columns in the same order, or fit a scaler on these",
      });
    }
    const data = new Float64Array(x.data.length);
    for (let r = 0, i = 0; r < x.rows; r++) {
      for (let c = 0; c < x.columns; c++, i++) data[i] = change(x.data[i], c);
    }
    const scaled = matrix(x.rows, x.columns, data, x.names);
    return (isMatrix(rows) ? scaled : { ...rows, x: scaled }) as S;
  }
}

function isMatrix(rows: Samples | Matrix): rows is Matrix {
  return "data" in rows;
}

/** The matrix of `rows`, every value finite. */
function checked(rows: Samples | Matrix, kind: ScalerKind): Matrix {
  const x = isMatrix(rows) ? rows : rows.x;
  if (x.rows === 0) {
    throw new HitlabError({ what: `${kind} got no rows`, remedy: "pass at least one row" });
  }
  checkFinite(x);
  return x;
}
