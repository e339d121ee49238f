import { HitlabError } from "../errors";
import { exp, expm1 as expm1Of, ln, log1p as log1pOf } from "../special";
import { columnIndex } from "./names";
import { badValue, fittedInputs, inputsOf, mapColumns, type Rows, withInputs } from "./rows";
import type { Invertible } from "./transformer";
import type { TransformerFile, TransformerJSON } from "./transformer-json";

export type LogBase = "e" | "2" | "10";

export interface LogOptions {
  /** Columns to change. Default all. */
  readonly columns?: readonly string[];
  /** Default "e": the natural logarithm. */
  readonly base?: LogBase;
  /** log(1 + x), which takes 0 to 0, instead of log(x). Default true. */
  readonly plusOne?: boolean;
}

/** Logarithms of columns. Nothing is learned from the train rows but the names of their columns. */
export interface LogTransform extends Invertible {
  readonly kind: "log";
  readonly columns: readonly string[];
  readonly base: LogBase;
  readonly plusOne: boolean;
  toJSON(): LogJSON;
}

export interface LogJSON extends TransformerJSON {
  readonly kind: "log";
  readonly columns: readonly string[];
  readonly base: LogBase;
  readonly plusOne: boolean;
}

const logOfBase = { e: 1, "2": Math.LN2, "10": Math.LN10 };

/**
 * log(1 + x) of each column, or of those named: counts over many orders of magnitude become even. As scikit-learn's
 * `FunctionTransformer(np.log1p, np.expm1)`, but a value without a logarithm is refused instead of becoming NaN.
 * `inverse` gives whole counts up to 10^12 back exactly after `Math.round`.
 *
 * @param train samples (their `x`) or a matrix; at least one row
 * @throws HitlabError for no rows or an unknown column, and naming column and row of a value of -1 or less (of 0 or less
 *   without `plusOne`), NaN or infinite
 * @example
 * ```ts
 * const logs = prepare.logTransform(parts.train, { columns: ["in_spotify_playlists"], base: "10" });
 * logs.inverse(logs.apply(parts.test)); // the playlists again
 * ```
 */
export function logTransform(train: Rows, { columns, base = "e", plusOne = true }: LogOptions = {}): LogTransform {
  const x = inputsOf(train, "logTransform");
  if (typeof base !== "string" || !Object.hasOwn(logOfBase, base)) {
    const remedy = "leave it out for the natural logarithm";
    throw new HitlabError({ what: 'base must be "e", "2" or "10"', value: base, remedy });
  }
  const at = columnIndex(x.names, columns);
  const named = at.map((c) => x.names[c]);
  const fitted = new FittedLog(x.names, named, base, plusOne);
  // For what it refuses.
  fitted.apply(x);
  return fitted;
}

/**
 * log(1 + v) of each value: a target of counts for a model, see {@link expm1}.
 *
 * @throws HitlabError naming the row of a value of -1 or less, NaN or infinite, and of an empty cell (null)
 * @example
 * ```ts
 * const target = prepare.log1p(songs.y);
 * const streams = prepare.expm1(model.predict(test.x)); // back in streams
 * ```
 */
export function log1p(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value, row) => logarithm(value, 1, true, row));
}

/**
 * e^v - 1 of each value, the way back from {@link log1p}: whole counts up to 10^12 come back exactly after `Math.round`.
 *
 * @throws HitlabError naming the row of a value that is NaN or infinite, or too large to be a logarithm
 */
export function expm1(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values, (value, row) => power(value, 1, true, row));
}

function logarithm(value: number, ofBase: number, plusOne: boolean, row: number, column?: string): number {
  // An empty cell of a frame is null, which would pass for 0.
  if (Number.isFinite(value) && value > (plusOne ? -1 : 0)) return (plusOne ? log1pOf(value) : ln(value)) / ofBase;
  const others = plusOne ? "" : ", or add one (plusOne)";
  const remedy = Number.isFinite(value)
    ? `correct or drop such rows${others}`
    : "drop such rows, or fill empty cells before (prepare.imputer)";
  throw badValue(column, row, value, `has no logarithm${plusOne ? " of one more" : ""}`, remedy);
}

function power(value: number, ofBase: number, plusOne: boolean, row: number, column?: string): number {
  const back = plusOne ? expm1Of(value * ofBase) : exp(value * ofBase);
  if (Number.isFinite(back) && Number.isFinite(value)) return back;
  throw badValue(column, row, value, "is no logarithm of a finite number", "correct or drop such rows");
}

/** Reads one from its file. */
export function logFromFile(file: TransformerFile): LogTransform {
  const inputs = file.names("inputs");
  const columns = file.columns("columns", inputs);
  return new FittedLog(inputs, columns, file.oneOf("base", ["e", "2", "10"]), file.oneOf("plusOne", [true, false]));
}

class FittedLog implements LogTransform {
  readonly kind = "log";
  readonly names: readonly string[];

  constructor(
    readonly inputs: readonly string[],
    readonly columns: readonly string[],
    readonly base: LogBase,
    readonly plusOne: boolean,
  ) {
    this.names = inputs;
  }

  apply<S extends Rows>(rows: S): S {
    return this.mapped(rows, logarithm);
  }

  inverse<S extends Rows>(rows: S): S {
    return this.mapped(rows, power);
  }

  toJSON(): LogJSON {
    const { kind, base, plusOne } = this;
    const [inputs, columns] = [[...this.inputs], [...this.columns]];
    return { format: "hitlab-transformer", version: 1, kind, inputs, columns, base, plusOne };
  }

  private mapped<S extends Rows>(rows: S, change: typeof logarithm): S {
    const x = fittedInputs(rows, this.inputs, this.kind);
    const ofBase = logOfBase[this.base];
    const at = columnIndex(x.names, this.columns);
    const changed = mapColumns(x, at, (value, k, row) => change(value, ofBase, this.plusOne, row, this.columns[k]));
    return withInputs(rows, changed);
  }
}
