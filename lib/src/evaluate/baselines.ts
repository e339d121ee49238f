import { HitlabError } from "../errors";
import { infoColumn } from "../prepare/info-column";
import { targetEncoder } from "../prepare/target-encoder";
import type { Matrix, Samples } from "../samples";
import { mean } from "./mean";
import { checkTarget } from "./predicted";
import { median } from "./quantile";
import type { Regressor } from "./regression";
import { checkLabel } from "./scored";
import type { ProbabilityModel } from "./scores";

/** A model that looks at no input. */
export interface MajorityModel extends ProbabilityModel {
  readonly kind: "majority";
  /** Share of label 1 in the training rows: the probability it gives every row. */
  readonly probability: number;
}

/**
 * The baseline that knows only how frequent the classes were in training: it predicts the more frequent one, with the
 * training share as its probability (scikit-learn's `DummyClassifier(strategy="prior")`).
 *
 * @throws HitlabError when there are no training rows, or a label is neither 0 nor 1
 * @example
 * ```ts
 * evaluate.classifier(evaluate.majority(parts.train), parts.test).accuracy; // the figure any model has to beat
 * ```
 */
export function majority(train: Pick<Samples, "y">): MajorityModel {
  const { y } = train;
  if (y.length === 0) {
    throw new HitlabError({ what: "there are no training rows to count", remedy: "pass the training part of a split" });
  }
  const positives = y.reduce((count, label, row) => count + checkLabel(label, row), 0);
  const probability = positives / y.length;
  return {
    kind: "majority",
    probability,
    predictProbability: (x: Matrix) => new Float64Array(x.rows).fill(probability),
  };
}

/** A model of numbers that looks at no input. */
export interface ConstantModel extends Regressor {
  readonly kind: "mean" | "median";
  /** What it predicts for every row. */
  readonly value: number;
  predict(x: Matrix): Float64Array;
}

/**
 * The baseline that predicts the mean target of the training rows for every row: of all constants the one with the
 * least squared error there (scikit-learn's `DummyRegressor`). Its R2 on other rows is about 0.
 *
 * @throws HitlabError when there are no training rows, or a target is no number
 * @example
 * ```ts
 * evaluate.regressor(evaluate.meanBaseline(parts.train), parts.test).mse; // the figure any model has to beat
 * ```
 */
export function meanBaseline(train: Pick<Samples, "y">): ConstantModel {
  return constant("mean", mean(checkTargets(train)));
}

/**
 * The baseline that predicts the median target of the training rows for every row: of all constants one with the least
 * absolute error there (scikit-learn's `DummyRegressor(strategy="median")`).
 *
 * @throws HitlabError when there are no training rows, or a target is no number
 * @example
 * ```ts
 * evaluate.regressor(evaluate.medianBaseline(parts.train), parts.test).mae; // the figure any model has to beat
 * ```
 */
export function medianBaseline(train: Pick<Samples, "y">): ConstantModel {
  return constant("median", median(checkTargets(train)));
}

function constant(kind: ConstantModel["kind"], value: number): ConstantModel {
  return { kind, value, predict: (x) => new Float64Array(x.rows).fill(value) };
}

function checkTargets({ y }: Pick<Samples, "y">): Float64Array {
  if (y.length > 0) return y.map(checkTarget);
  const remedy = "pass the training part of a split";
  throw new HitlabError({ what: "there are no training rows to take the middle of", remedy });
}

export interface LookUpOptions {
  /** Name of the info column to look up, for example "artist". */
  readonly column: string;
  /** Probability where the value is not in the table: a number, or "prior", the training share of label 1. Default. */
  readonly unknown?: number | "prior";
}

/** A table: how frequent label 1 was in the training rows of each value. */
export interface LookUp {
  readonly kind: "look-up";
  readonly column: string;
  /** Probability by value of the info column. */
  readonly table: ReadonlyMap<number, number>;
  /** Probability of a value that is not in the table. */
  readonly unknown: number;
  /** Probability of label 1 for each row, by its info column; no input is looked at. */
  probabilities(samples: Pick<Samples, "info">): Float64Array;
  /** Share of the rows whose value is in the table. */
  known(samples: Pick<Samples, "info">): number;
}

/**
 * The baseline that only remembers names: the share of label 1 in the training rows of the same artist (or of whatever
 * else the info column tells). It hears no audio, so what it reaches on a split says how much of a score may be mere
 * memory; on a split by that group it knows nothing.
 *
 * @throws HitlabError for no training rows, a label that is neither 0 nor 1, a column that is not there, an `unknown`
 *   outside 0 .. 1
 * @example
 * ```ts
 * const artists = evaluate.lookUp(parts.train, { column: "artist" });
 * evaluate.scores(parts.test.y, artists.probabilities(parts.test)).accuracy;
 * artists.known(parts.test); // share of the test rows whose artist was seen in training
 * ```
 */
export function lookUp(train: Samples, { column, unknown = "prior" }: LookUpOptions): LookUp {
  train.y.forEach(checkLabel);
  const { means: table, prior } = targetEncoder(train, { column, smoothing: 0 });
  const otherwise = unknown === "prior" ? prior : checkUnknown(unknown);
  const values = (samples: Pick<Samples, "info">) => infoColumn(samples.info, column);
  return {
    kind: "look-up",
    column,
    table,
    unknown: otherwise,
    probabilities: (samples) => Float64Array.from(values(samples), (value) => table.get(value) ?? otherwise),
    known: (samples) =>
      values(samples).filter((value) => table.has(value)).length / Math.max(values(samples).length, 1),
  };
}

function checkUnknown(unknown: number): number {
  if (typeof unknown === "number" && unknown >= 0 && unknown <= 1) return unknown;
  const remedy = 'pass for example 0.5, or "prior"';
  throw new HitlabError({ what: 'unknown must be a probability or "prior"', value: unknown, remedy });
}

/**
 * The baseline that expects everything to stay as it is: a song in the top today will be in the top within the horizon.
 *
 * @param windows of `prepare.windows`: the last rank of each and the rank that counts as the top
 * @returns 1 or 0 per window; it is never unsure
 * @example
 * ```ts
 * evaluate.scores(test.y, evaluate.persistence(test)).accuracy;
 * ```
 */
export function persistence(windows: {
  readonly info: { readonly rank: Int32Array };
  readonly top: number;
}): Float64Array {
  return Float64Array.from(windows.info.rank, (rank) => Number(rank <= windows.top));
}
