import { HitlabError } from "../errors";
import { quantileSorted } from "../quantile";
import { normalQuantile } from "../special";
import { checkFinite } from "./finite";
import { normalCdf } from "./normal-cdf";
import { columnOf, fittedInputs, inputsOf, mapAll, notOverflowed, type Rows, withInputs } from "./rows";
import type { Invertible } from "./transformer";
import type { TransformerFile, TransformerJSON } from "./transformer-json";

export type QuantileOutput = "uniform" | "normal";

export interface QuantileOptions {
  /** How the train rows lie afterwards: evenly in 0 .. 1, or standard normal. Default "uniform". */
  readonly output?: QuantileOutput;
  /** Points of each column's distribution to keep. Default 1000, or the number of train rows if that is less. */
  readonly quantiles?: number;
}

/** Puts each value where it stands among the train rows. */
export interface QuantileScaler extends Invertible {
  readonly kind: "quantile";
  readonly output: QuantileOutput;
  /** Of each column: its quantiles at equal steps from 0 to 1, ascending. */
  readonly quantiles: readonly Float64Array[];
  toJSON(): QuantileJSON;
}

export interface QuantileJSON extends TransformerJSON {
  readonly kind: "quantile";
  readonly output: QuantileOutput;
  readonly quantiles: readonly (readonly number[])[];
}

/** scikit-learn's: shares nearer to 0 or 1 are cut off, so that a normal value is never infinite. */
const nearBound = 1e-7;
const lowest = normalQuantile(nearBound - Number.EPSILON);
const highest = normalQuantile(1 - (nearBound - Number.EPSILON));

/**
 * Replaces each value by the share of train rows below it (interpolated between quantiles), and that by a normal value
 * if asked: no outlier, no skew is left, only the order. As scikit-learn's QuantileTransformer with `subsample=None`; it
 * takes all rows, where that one by default takes 10,000 at random. Values outside the train rows' range become 0 or 1
 * (-5.2 or 5.2), so `inverse` gives them back as the bound; a constant column becomes 0 (-5.2).
 *
 * @param train samples (their `x`) or a matrix; at least one row
 * @throws HitlabError for no rows, an option out of range, or a NaN or infinite value (names its column and row)
 * @example
 * ```ts
 * const even = prepare.quantile(parts.train, { output: "normal" });
 * const test = even.apply(parts.test);
 * ```
 */
export function quantile(train: Rows, { output = "uniform", quantiles = 1000 }: QuantileOptions = {}): QuantileScaler {
  if (output !== "uniform" && output !== "normal") {
    const remedy = 'leave it out for "uniform"';
    throw new HitlabError({ what: 'output must be "uniform" or "normal"', value: output, remedy });
  }
  if (!Number.isInteger(quantiles) || quantiles < 2) {
    const remedy = "leave it out for 1000";
    throw new HitlabError({ what: "quantiles must be a whole number from 2 up", value: quantiles, remedy });
  }
  const x = inputsOf(train, "quantile");
  checkFinite(x);
  const points = Math.min(quantiles, x.rows);
  const columns = x.names.map((_, c) => quantilesOf(columnOf(x, c).sort(), points));
  const range = Float64Array.from(columns, (q) => q[q.length - 1] - q[0]);
  notOverflowed(range, x.names, "range");
  return new FittedQuantiles(x.names, output, columns);
}

function quantilesOf(sorted: Float64Array, points: number): Float64Array {
  const of = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    const value = points === sorted.length ? sorted[i] : quantileSorted(sorted, i / (points - 1));
    // Interpolation may fall back by the last digit. + 0 turns -0, which JSON does not know, into 0.
    of[i] = (i > 0 && value < of[i - 1] ? of[i - 1] : value) + 0;
  }
  return of;
}

/** The share of train rows below `value`: where it lies among the quantiles `q`. */
function shareBelow(value: number, q: Float64Array): number {
  const last = q.length - 1;
  if (value <= q[0]) return 0;
  if (value >= q[last]) return 1;
  const above = firstWhere(q, (at) => at > value);
  const below = above - 1;
  // A value that many train rows have: the middle of its shares.
  if (q[below] === value) return (firstWhere(q, (at) => at >= value) + below) / 2 / last;
  return (below + (value - q[below]) / (q[above] - q[below])) / last;
}

/** The first place from which on `is` holds; it must hold from there to the end. */
function firstWhere(q: Float64Array, is: (value: number) => boolean): number {
  let [from, to] = [0, q.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (is(q[middle])) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** The value below which the share `p` of the train rows lies. */
function valueAt(p: number, q: Float64Array): number {
  const last = q.length - 1;
  if (p <= 0) return q[0];
  if (p >= 1) return q[last];
  const below = Math.floor(p * last);
  if (below >= last) return q[last];
  return q[below] + (q[below + 1] - q[below]) * (p * last - below);
}

function toNormal(p: number): number {
  if (p <= 0) return lowest;
  return p >= 1 ? highest : Math.min(highest, Math.max(lowest, normalQuantile(p)));
}

function fromNormal(z: number): number {
  const p = normalCdf(z);
  if (p < nearBound) return 0;
  return p > 1 - nearBound ? 1 : p;
}

/** Reads one from its file. */
export function quantileFromFile(file: TransformerFile): QuantileScaler {
  const inputs = file.names("inputs");
  const quantiles = file.numberLists("quantiles", inputs.length);
  const fine = quantiles.every((q) => q.every((value, i) => i === 0 || value >= q[i - 1]));
  if (!fine) throw file.bad("quantiles are not ascending");
  return new FittedQuantiles(inputs, file.oneOf("output", ["uniform", "normal"]), quantiles);
}

class FittedQuantiles implements QuantileScaler {
  readonly kind = "quantile";
  readonly names: readonly string[];

  constructor(
    readonly inputs: readonly string[],
    readonly output: QuantileOutput,
    readonly quantiles: readonly Float64Array[],
  ) {
    this.names = inputs;
  }

  apply<S extends Rows>(rows: S): S {
    const shape = this.output === "normal" ? toNormal : (p: number) => p;
    return this.mapped(rows, (value, c) => shape(shareBelow(value, this.quantiles[c])));
  }

  inverse<S extends Rows>(rows: S): S {
    const share = this.output === "normal" ? fromNormal : (p: number) => p;
    return this.mapped(rows, (value, c) => valueAt(share(value), this.quantiles[c]));
  }

  toJSON(): QuantileJSON {
    const { kind, output } = this;
    const quantiles = this.quantiles.map((q) => [...q]);
    return { format: "hitlab-transformer", version: 1, kind, inputs: [...this.inputs], output, quantiles };
  }

  private mapped<S extends Rows>(rows: S, change: (value: number, column: number) => number): S {
    const x = fittedInputs(rows, this.inputs, `${this.kind} scaler`);
    checkFinite(x);
    return withInputs(rows, mapAll(x, change));
  }
}
