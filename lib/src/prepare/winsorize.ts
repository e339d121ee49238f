import { HitlabError } from "../errors";
import { quantileSorted } from "../quantile";
import { checkFinite } from "./finite";
import { columnOf, fittedInputs, inputsOf, mapAll, notOverflowed, type Rows, withInputs } from "./rows";
import type { Transformer } from "./transformer";
import type { TransformerFile, TransformerJSON } from "./transformer-json";

export interface WinsorizeOptions {
  /** Share of the train rows below the lower bound. Default 0.01; 0 leaves low values alone. */
  readonly low?: number;
  /** Share of the train rows below the upper bound. Default 0.99; 1 leaves high values alone, up to train's highest. */
  readonly high?: number;
}

/** Draws values outside of bounds to them. */
export interface Winsorizer extends Transformer {
  readonly kind: "winsorize";
  /** Bounds of each column. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  toJSON(): WinsorizeJSON;
}

export interface WinsorizeJSON extends TransformerJSON {
  readonly kind: "winsorize";
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/**
 * Replaces what lies beyond two quantiles of the train rows by these, column by column: outliers stay at the edge, but
 * weigh no more than it. As pandas' `x.clip(x.quantile(0.01), x.quantile(0.99))`. No value leaves the train rows' range.
 *
 * @param train samples (their `x`) or a matrix; at least one row
 * @throws HitlabError for no rows, shares that do not ascend, or a NaN or infinite value (names its column and row)
 * @example
 * ```ts
 * const counts = prepare.onColumns(["in_spotify_playlists"], (rows) => prepare.winsorize(rows, { low: 0, high: 0.99 }));
 * const test = counts(parts.train).apply(parts.test);
 * ```
 */
export function winsorize(train: Rows, { low = 0.01, high = 0.99 }: WinsorizeOptions = {}): Winsorizer {
  if (!(low >= 0 && low < high && high <= 1)) {
    const remedy = "leave them out for 0.01 and 0.99";
    const what = "low and high must be two ascending shares from 0 to 1";
    throw new HitlabError({ what, value: `low ${low}, high ${high}`, remedy });
  }
  const x = inputsOf(train, "winsorize");
  checkFinite(x);
  const sorted = x.names.map((_, c) => columnOf(x, c).sort());
  // + 0 turns -0, which JSON does not know, into 0.
  const bounds = (share: number) =>
    notOverflowed(
      Float64Array.from(sorted, (values) => quantileSorted(values, share) + 0),
      x.names,
      "range",
    );
  return new FittedWinsorizer(x.names, bounds(low), bounds(high));
}

/** Reads one from its file. */
export function winsorizerFromFile(file: TransformerFile): Winsorizer {
  const inputs = file.names("inputs");
  const [low, high] = [file.numbers("low", inputs.length), file.numbers("high", inputs.length)];
  if (low.some((bound, c) => bound > high[c])) throw file.bad("low is above high");
  return new FittedWinsorizer(inputs, low, high);
}

class FittedWinsorizer implements Winsorizer {
  readonly kind = "winsorize";
  readonly names: readonly string[];

  constructor(
    readonly inputs: readonly string[],
    readonly low: Float64Array,
    readonly high: Float64Array,
  ) {
    this.names = inputs;
  }

  apply<S extends Rows>(rows: S): S {
    const x = fittedInputs(rows, this.inputs, this.kind);
    checkFinite(x);
    const clipped = mapAll(x, (value, c) => (value < this.low[c] ? this.low[c] : Math.min(value, this.high[c])));
    return withInputs(rows, clipped);
  }

  toJSON(): WinsorizeJSON {
    const [inputs, low, high] = [[...this.inputs], [...this.low], [...this.high]];
    return { format: "hitlab-transformer", version: 1, kind: this.kind, inputs, low, high };
  }
}
