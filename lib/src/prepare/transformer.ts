import type { Rows } from "./rows";

/**
 * A change of the inputs that was learned from train rows, for use on any rows of the same columns: scalers, imputers,
 * encoders, and the pipeline that joins them. Targets and info columns are never touched, nor is what was passed in.
 */
export interface Transformer {
  /** What it does, for example "imputer". */
  readonly kind: string;
  /** Columns it was fit on: rows that it is applied to must have these, in this order. */
  readonly inputs: readonly string[];
  /** Columns it gives. */
  readonly names: readonly string[];
  /**
   * The rows changed: of samples a copy with new `x`, of a matrix a new matrix.
   *
   * @throws HitlabError if the columns are not those of the fit, there are no rows, or a value cannot be changed
   *   (names its column and row)
   */
  apply<S extends Rows>(rows: S): S;
  /** What `transformerFromJSON` reads: after the trip it gives the same digits. */
  toJSON(): object;
}

/** A transformer with a way back. */
export interface Invertible extends Transformer {
  /** The way back: `inverse(apply(rows))` equals `rows` up to rounding, where `apply` has not cut values off. */
  inverse<S extends Rows>(rows: S): S;
}

/** How a transformer is learned from train rows: `prepare.standard`, or `(rows) => prepare.imputer(rows, { ... })`. */
export type Step<S extends Rows = Rows> = (train: S) => Transformer;
