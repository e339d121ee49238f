import { HitlabError } from "../errors";
import { matrix, type Samples, takeRows } from "../samples";
import { appendColumns } from "./append-columns";
import { checkFinite } from "./finite";
import { foldOfRows } from "./folds";
import { infoColumn } from "./info-column";

export interface TargetEncoderOptions {
  /** Name of the info column with the categories, for example "artist". */
  readonly column: string;
  /**
   * How far small categories are drawn to the mean of all rows: as if so many more rows with that mean were among
   * them, or "auto" (empirical Bayes: the more, the more a category's own rows scatter). Default "auto".
   */
  readonly smoothing?: number | "auto";
}

export interface OutOfFoldOptions extends TargetEncoderOptions {
  /** Default 5. */
  readonly folds?: number;
  /** Seed of the folds. Default 42. */
  readonly seed?: number;
}

/** A category as a number: the mean target of its rows. */
export interface TargetEncoder {
  readonly column: string;
  /** Mean target of the rows it was fit on: what a category gets that is not among them. */
  readonly prior: number;
  /** Smoothed mean target by category. */
  readonly means: ReadonlyMap<number, number>;
  /** The number of each row's category. */
  encode(samples: Samples): Float64Array;
  /**
   * The samples with one more column of `x`, "artist (target mean)". The input is not changed.
   *
   * @throws HitlabError if they have such a column already
   */
  apply<S extends Samples>(samples: S): S;
}

/**
 * Learns the mean target of each category of an info column, as scikit-learn's `TargetEncoder.fit`.
 *
 * For rows that were NOT used in the fit: `targetEncoder(train, ...).apply(test)`. Applied to the rows of the fit
 * themselves it leaks: each row's number then contains its own label. Encode train rows by {@link encodeOutOfFold}.
 * (Fit on all rows before a split, it leaks into test too: that is the demonstration in study 4.)
 *
 * Source: Micci-Barreca, "A Preprocessing Scheme for High-Cardinality Categorical Attributes", SIGKDD Explorations 3(1),
 * 2001.
 *
 * @throws HitlabError for no rows, a target that is not finite, a column that is not there, a negative smoothing
 * @example
 * ```ts
 * const how = { column: "artist", smoothing: 10 };
 * const train = prepare.encodeOutOfFold(parts.train, how);
 * const test = prepare.targetEncoder(parts.train, how).apply(parts.test);
 * ```
 */
export function targetEncoder(train: Samples, options: TargetEncoderOptions): TargetEncoder {
  const { column, smoothing = "auto" } = options;
  if (smoothing !== "auto" && !(smoothing >= 0 && Number.isFinite(smoothing))) {
    const remedy = 'pass a number of rows, for example 10, or "auto"';
    throw new HitlabError({ what: 'smoothing must be a number from 0 up or "auto"', value: smoothing, remedy });
  }
  const categories = infoColumn(train.info, column);
  if (train.y.length === 0) {
    throw new HitlabError({ what: "there are no rows to learn the categories' means from", remedy: "pass train rows" });
  }
  checkFinite(matrix(train.y.length, 1, train.y, ["target"]));
  const all = spread(train.y, new Float64Array(train.y.length)).get(0) as Spread;
  const means = new Map<number, number>();
  for (const [category, own] of spread(train.y, categories)) means.set(category, smoothed(own, all, smoothing));
  return new FittedEncoder(column, all.mean, means);
}

/**
 * Train rows with their category's mean target, each learned from the folds that the row is not in: no row's number
 * contains its own label. As scikit-learn's `TargetEncoder.fit_transform` (folds by our own seed, in equal shares of
 * the classes where the target is 0 / 1).
 *
 * @throws HitlabError as `targetEncoder` and `kFold`
 */
export function encodeOutOfFold<S extends Samples>(train: S, options: OutOfFoldOptions): S {
  const { folds, seed, column } = options;
  const stratify = train.y.every((label) => label === 0 || label === 1);
  return withColumn(train, column, outOfFold(train, foldOfRows(train, { folds, seed, stratify }), options));
}

/** The number of each row's category, learned from the rows of the other folds. */
export function outOfFold(train: Samples, fold: Int32Array, options: TargetEncoderOptions): Float64Array {
  const encoded = new Float64Array(train.y.length);
  for (const f of new Set(fold)) {
    const own = rowsWhere(fold, (other) => other === f);
    const others = rowsWhere(fold, (other) => other !== f);
    const values = targetEncoder(takeRows(train, others), options).encode(takeRows(train, own));
    own.forEach((row, at) => {
      encoded[row] = values[at];
    });
  }
  return encoded;
}

function rowsWhere(fold: Int32Array, keep: (fold: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < fold.length; row++) if (keep(fold[row])) rows.push(row);
  return rows;
}

class FittedEncoder implements TargetEncoder {
  constructor(
    readonly column: string,
    readonly prior: number,
    readonly means: ReadonlyMap<number, number>,
  ) {}

  encode(samples: Samples): Float64Array {
    return Float64Array.from(
      infoColumn(samples.info, this.column),
      (category) => this.means.get(category) ?? this.prior,
    );
  }

  apply<S extends Samples>(samples: S): S {
    return withColumn(samples, this.column, this.encode(samples));
  }
}

/** How the targets of a category lie: their number, sum and mean, and the sum of squared distances from it. */
interface Spread {
  count: number;
  sum: number;
  mean: number;
  squares: number;
}

function spread(y: Float64Array, categories: ArrayLike<number>): Map<number, Spread> {
  const found = new Map<number, Spread>();
  for (let row = 0; row < y.length; row++) {
    const own = found.get(categories[row]) ?? { count: 0, sum: 0, mean: 0, squares: 0 };
    own.count++;
    own.sum += y[row];
    found.set(categories[row], own);
  }
  for (const own of found.values()) own.mean = own.sum / own.count;
  for (let row = 0; row < y.length; row++) {
    const own = found.get(categories[row]) as Spread;
    const away = y[row] - own.mean;
    own.squares += away * away;
  }
  return found;
}

/** A category's mean, drawn to that of all rows. */
function smoothed(own: Spread, all: Spread, smoothing: number | "auto"): number {
  if (smoothing !== "auto") return (own.sum + smoothing * all.mean) / (own.count + smoothing);
  const between = (all.squares / all.count) * own.count;
  const within = own.squares / own.count;
  // Both are 0 where every target is the same: nothing to choose between.
  const trust = between + within > 0 ? between / (between + within) : 0;
  return trust * own.mean + (1 - trust) * all.mean;
}

function withColumn<S extends Samples>(samples: S, column: string, values: Float64Array): S {
  return { ...samples, x: appendColumns(samples.x, [{ name: `${column} (target mean)`, values }]) };
}
