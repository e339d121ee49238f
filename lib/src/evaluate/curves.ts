import { oneClass, rank } from "./ranking";
import { checkScored, type Numbers } from "./scored";

/** Points of the ROC curve from (0, 0) to (1, 1). */
export interface RocCurve {
  readonly falsePositiveRate: Float64Array;
  readonly truePositiveRate: Float64Array;
  /** A point counts rows with a probability *at or above* its threshold as predicted 1; the first is Infinity. */
  readonly thresholds: Float64Array;
}

/** Points of the precision-recall curve, by rising threshold, thus falling recall. */
export interface PrecisionRecallCurve {
  /** One more than there are thresholds: the last point is precision 1 at recall 0, where nothing is predicted 1. */
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  /** A point counts rows with a probability *at or above* its threshold as predicted 1. */
  readonly thresholds: Float64Array;
}

export interface CurveOptions {
  /** Leave out points that a drawn curve does not need; true by default. */
  readonly dropIntermediate?: boolean;
}

/** Labels at or above each of the distinct probabilities, highest first. */
interface Steps {
  falsePositives: number[];
  truePositives: number[];
  thresholds: number[];
}

/**
 * The ROC curve, point for point as scikit-learn's `roc_curve`.
 *
 * @throws HitlabError when the labels are all 0 or all 1
 */
export function rocCurve(labels: Numbers, probabilities: Numbers, options: CurveOptions = {}): RocCurve {
  const all = steps(labels, probabilities);
  const { positives, negatives } = totals(all);
  if (positives === 0 || negatives === 0) throw oneClass("an ROC curve needs rows of label 1 and of label 0");
  const kept = options.dropIntermediate === false ? all : keep(all, isRocCorner);
  return {
    falsePositiveRate: Float64Array.from([0, ...kept.falsePositives], (count) => count / negatives),
    truePositiveRate: Float64Array.from([0, ...kept.truePositives], (count) => count / positives),
    thresholds: Float64Array.from([Number.POSITIVE_INFINITY, ...kept.thresholds]),
  };
}

/**
 * The precision-recall curve, point for point as scikit-learn's `precision_recall_curve`, whose default is
 * `dropIntermediate: false`.
 *
 * @throws HitlabError when no label is 1
 */
export function precisionRecallCurve(
  labels: Numbers,
  probabilities: Numbers,
  options: CurveOptions = {},
): PrecisionRecallCurve {
  const all = steps(labels, probabilities);
  const { positives } = totals(all);
  if (positives === 0) throw oneClass("a precision-recall curve needs rows of label 1");
  const kept = options.dropIntermediate === false ? all : keep(all, isPrecisionRecallCorner);
  const precision = kept.truePositives.map((count, i) => count / (count + kept.falsePositives[i]));
  const recall = kept.truePositives.map((count) => count / positives);
  return {
    precision: Float64Array.from([...precision.reverse(), 1]),
    recall: Float64Array.from([...recall.reverse(), 0]),
    thresholds: Float64Array.from(kept.thresholds).reverse(),
  };
}

function steps(labels: Numbers, probabilities: Numbers): Steps {
  const scored = checkScored(labels, probabilities);
  const { order, positive, last } = rank(scored);
  const found: Steps = { falsePositives: [], truePositives: [], thresholds: [] };
  let truePositives = 0;
  for (let i = 0; i < order.length; i++) {
    truePositives += positive[i];
    if (last[i] === 0) continue;
    found.truePositives.push(truePositives);
    found.falsePositives.push(i + 1 - truePositives);
    found.thresholds.push(scored.probabilities[order[i]]);
  }
  return found;
}

function totals({ falsePositives, truePositives }: Steps): { positives: number; negatives: number } {
  const end = truePositives.length - 1;
  return { positives: truePositives[end], negatives: falsePositives[end] };
}

/** The first and last point, and those between that `isCorner` asks for. */
function keep(all: Steps, isCorner: (all: Steps, i: number) => boolean): Steps {
  const end = all.thresholds.length - 1;
  const kept = all.thresholds.map((_, i) => i === 0 || i === end || isCorner(all, i));
  return {
    falsePositives: all.falsePositives.filter((_, i) => kept[i]),
    truePositives: all.truePositives.filter((_, i) => kept[i]),
    thresholds: all.thresholds.filter((_, i) => kept[i]),
  };
}

/** The step to this point differs from the step away from it: the curve may bend here. */
function isRocCorner({ falsePositives, truePositives }: Steps, i: number): boolean {
  const bend = (counts: number[]) => counts[i + 1] - 2 * counts[i] + counts[i - 1];
  return bend(falsePositives) !== 0 || bend(truePositives) !== 0;
}

/** Points of one recall lie on a vertical line, of which only the ends matter. */
function isPrecisionRecallCorner({ truePositives }: Steps, i: number): boolean {
  return truePositives[i] !== truePositives[i - 1] || truePositives[i + 1] !== truePositives[i];
}
