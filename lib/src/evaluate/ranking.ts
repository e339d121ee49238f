import { HitlabError } from "../errors";
import { checkScored, type Numbers, type Scored } from "./scored";

/** Rows from the highest probability to the lowest, with the ends of ties marked. */
export interface Ranking {
  /** Row at each place. */
  readonly order: Int32Array;
  /** Label of the row at each place. */
  readonly positive: Uint8Array;
  /** 1 where the next place holds a lower probability, or none. */
  readonly last: Uint8Array;
}

/** Areas under the two curves; null where a class that the area needs is absent. */
export interface Areas {
  readonly rocAuc: number | null;
  readonly prAuc: number | null;
}

/**
 * Area under the ROC curve: the probability that a random positive row is ranked above a random negative one, ties
 * counting one half. As scikit-learn's `roc_auc_score`.
 *
 * @throws HitlabError when the labels are all 0 or all 1
 * @example
 * ```ts
 * rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75
 * ```
 */
export function rocAuc(labels: Numbers, probabilities: Numbers): number {
  const area = areasOf(checkScored(labels, probabilities)).rocAuc;
  if (area === null) throw oneClass("the area under the ROC curve compares rows of label 1 with rows of label 0");
  return area;
}

/**
 * Area under the precision-recall curve as average precision: the sum over thresholds of the gain in recall times the
 * precision there. This is scikit-learn's `average_precision_score`, not the trapezoid rule, which flatters a model.
 *
 * A ranking by chance scores about the share of positives.
 *
 * @throws HitlabError when no label is 1
 * @example
 * ```ts
 * prAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.8333
 * ```
 */
export function prAuc(labels: Numbers, probabilities: Numbers): number {
  const area = areasOf(checkScored(labels, probabilities)).prAuc;
  if (area === null) throw oneClass("average precision looks for rows of label 1");
  return area;
}

/** The error for a metric that needs a class which is not there. */
export function oneClass(need: string): HitlabError {
  return new HitlabError({
    what: `${need}, and the rows hold only one of the two labels`,
    remedy: "score rows of both classes (a stratified split keeps both), or use accuracy or Brier score instead",
  });
}

/** Sorts the rows for `countedAreas` and the curves. */
export function rank({ labels, probabilities }: Scored): Ranking {
  // The row number settles ties, so that the order is the same on every engine.
  const order = Int32Array.from(labels, (_, row) => row).sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  const positive = new Uint8Array(order.length);
  const last = new Uint8Array(order.length);
  for (let i = 0; i < order.length; i++) {
    positive[i] = labels[order[i]];
    last[i] = i + 1 === order.length || probabilities[order[i + 1]] !== probabilities[order[i]] ? 1 : 0;
  }
  return { order, positive, last };
}

/** Both areas of what has been checked. */
export function areasOf(scored: Scored): Areas {
  const ranking = rank(scored);
  return countedAreas(ranking, new Int32Array(ranking.order.length).fill(1), ranking.order);
}

/**
 * Both areas when each row counts several times or not at all.
 *
 * @param counts how often each unit (a row, or a group of rows) was drawn
 * @param unit which unit the row at each place of the ranking belongs to
 */
export function countedAreas({ positive, last }: Ranking, counts: Int32Array, unit: Int32Array): Areas {
  let [positives, negatives, tiePositives, tieNegatives] = [0, 0, 0, 0];
  let [wins, precisions] = [0, 0];
  for (let i = 0; i < positive.length; i++) {
    if (positive[i] === 1) tiePositives += counts[unit[i]];
    else tieNegatives += counts[unit[i]];
    if (last[i] === 0) continue;
    // Each negative of the tie loses to all positives above it and to half of those beside it.
    wins += tieNegatives * (positives + tiePositives / 2);
    positives += tiePositives;
    negatives += tieNegatives;
    if (tiePositives > 0) precisions += (tiePositives * positives) / (positives + negatives);
    tiePositives = 0;
    tieNegatives = 0;
  }
  return {
    rocAuc: positives === 0 || negatives === 0 ? null : wins / (positives * negatives),
    prAuc: positives === 0 ? null : precisions / positives,
  };
}
