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
  if (labels.length !== probabilities.length) {
    throw new HitlabError({
      what: `there are ${labels.length} labels but ${probabilities.length} probabilities`,
      remedy: "pass one probability for each label, in the same order",
    });
  }
  const count = rows ? rows.length : labels.length;
  if (count === 0) {
    throw new HitlabError({ what: "there are no rows to score", remedy: "pass at least one label and probability" });
  }
  const scored = { labels: new Float64Array(count), probabilities: new Float64Array(count) };
  for (let i = 0; i < count; i++) {
    const row = rows ? checkRow(rows, i, labels.length) : i;
    scored.labels[i] = checkLabel(labels[row], row);
    scored.probabilities[i] = checkProbability(probabilities[row], row);
  }
  return scored;
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
