import { HitlabError } from "../errors";

/** Numbers by position: a typed array or a plain one. */
export type Numbers = ArrayLike<number>;

/** True labels and predicted probabilities that have been checked; entry i of both is about the same row. */
export interface Scored {
  /** 0 or 1. */
  readonly labels: Float64Array;
  /** Predicted probability of label 1, from 0 to 1. */
  readonly probabilities: Float64Array;
}

/**
 * Checks labels and probabilities, and takes the rows named by `rows` (all by default).
 *
 * @throws HitlabError that names the row: no rows, different lengths, a label other than 0 or 1, a probability that is
 *   NaN or outside 0 .. 1. Rows that `rows` leaves out are not looked at.
 */
export function checkScored(labels: Numbers, probabilities: Numbers, rows?: Numbers): Scored {
  const [checkedLabels, checkedProbabilities] = pairUp(
    { values: labels, one: "label", many: "labels", check: checkLabel },
    { values: probabilities, one: "probability", many: "probabilities", check: checkProbability },
    rows,
  );
  return { labels: checkedLabels, probabilities: checkedProbabilities };
}

/** What is true of the rows, or what a model says of them, and how an error calls it. */
export interface Side {
  readonly values: Numbers;
  readonly one: string;
  readonly many: string;
  /** The value, if it is one that can be scored; an error naming the row if not. */
  readonly check: (value: number, row: number) => number;
}

/**
 * What is true and what was said of the rows named by `rows` (all by default), each value checked.
 *
 * @throws HitlabError for different lengths, no rows, a row number that is none, and as the two `check`s
 */
export function pairUp(truth: Side, said: Side, rows?: Numbers): [Float64Array, Float64Array] {
  const { length } = truth.values;
  if (length !== said.values.length) {
    throw new HitlabError({
      what: `there are ${length} ${truth.many} but ${said.values.length} ${said.many}`,
      remedy: `pass one ${said.one} for each ${truth.one}, in the same order`,
    });
  }
  const count = rows ? rows.length : length;
  if (count === 0) {
    const remedy = `pass at least one ${truth.one} and ${said.one}`;
    throw new HitlabError({ what: "there are no rows to score", remedy });
  }
  const pairs: [Float64Array, Float64Array] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const row = rows ? checkRow(rows, i, length) : i;
    pairs[0][i] = truth.check(truth.values[row], row);
    pairs[1][i] = said.check(said.values[row], row);
  }
  return pairs;
}

/** The threshold of an options object, checked; 0.5 by default. */
export function checkThreshold(threshold = 0.5): number {
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new HitlabError({
      what: "a threshold must be a number from 0 to 1",
      value: threshold,
      remedy: "pass such a number, for example 0.5",
    });
  }
  return threshold;
}

/** The rows named by `rows`, by default all. @throws HitlabError for one that there is not */
export function rowNumbers(length: number, rows?: Numbers): Int32Array {
  return rows
    ? Int32Array.from(rows, (_, i) => checkRow(rows, i, length))
    : Int32Array.from({ length }, (_, row) => row);
}

function checkRow(rows: Numbers, i: number, length: number): number {
  const row = rows[i];
  if (Number.isInteger(row) && row >= 0 && row < length) return row;
  throw new HitlabError({
    what: `rows[${i}] must be a row number from 0 to ${length - 1}`,
    value: row,
    remedy: "pass row numbers counted from 0",
  });
}

/** A label that is 0 or 1; an error naming the row for any other. */
export function checkLabel(label: number, row: number): number {
  if (label === 0 || label === 1) return label;
  throw new HitlabError({
    what: `the label of row ${row} (counted from 0) must be 0 or 1`,
    value: label,
    remedy: "code the two classes as 0 and 1, and leave out rows without a label",
  });
}

/** A probability from 0 to 1; an error naming the row for anything else. */
export function checkProbability(probability: number, row: number): number {
  if (probability >= 0 && probability <= 1) return probability;
  const unknown = Number.isNaN(probability);
  throw new HitlabError({
    what: `the probability of row ${row} (counted from 0) must be a number from 0 to 1`,
    value: probability,
    remedy: unknown
      ? "look for missing values in that row of the inputs, or for a training whose loss became NaN"
      : "pass probabilities of label 1, not logits or class names",
  });
}
