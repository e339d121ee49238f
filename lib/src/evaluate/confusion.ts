import { checkScored, checkThreshold, type Numbers, type Scored } from "./scored";

/** How often each label (true, false = the prediction was right, wrong) met each prediction (positive = 1). */
export interface Confusion {
  /** Label 0, predicted 0. */
  readonly trueNegative: number;
  /** Label 0, predicted 1. */
  readonly falsePositive: number;
  /** Label 1, predicted 0. */
  readonly falseNegative: number;
  /** Label 1, predicted 1. */
  readonly truePositive: number;
}

export interface ThresholdOptions {
  /** A row is predicted 1 when its probability is greater than this; 0.5 by default. */
  readonly threshold?: number;
}

/**
 * The confusion matrix at a threshold.
 *
 * A row counts as predicted 1 when its probability is *greater than* the threshold, as Keras and scikit-learn's
 * `predict` have it, so that the accuracy agrees with the one a fit reports.
 *
 * @example
 * ```ts
 * confusionMatrix([0, 0, 1, 1], [0.1, 0.6, 0.4, 0.9]);
 * // { trueNegative: 1, falsePositive: 1, falseNegative: 1, truePositive: 1 }
 * ```
 */
export function confusionMatrix(labels: Numbers, probabilities: Numbers, options: ThresholdOptions = {}): Confusion {
  return confusionOf(checkScored(labels, probabilities), checkThreshold(options.threshold));
}

/** `confusionMatrix` of what has been checked. */
export function confusionOf({ labels, probabilities }: Scored, threshold: number): Confusion {
  let [trueNegative, falsePositive, falseNegative, truePositive] = [0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (probabilities[i] > threshold) {
      if (labels[i] === 1) truePositive++;
      else falsePositive++;
    } else if (labels[i] === 1) falseNegative++;
    else trueNegative++;
  }
  return { trueNegative, falsePositive, falseNegative, truePositive };
}

/** Share of the rows predicted right. */
export function accuracy(confusion: Confusion): number {
  const { trueNegative, falsePositive, falseNegative, truePositive } = confusion;
  return (trueNegative + truePositive) / (trueNegative + falsePositive + falseNegative + truePositive);
}

/** Share of the rows predicted 1 that are 1; 0 when no row is predicted 1 (as scikit-learn by default). */
export function precision({ truePositive, falsePositive }: Confusion): number {
  return ratio(truePositive, truePositive + falsePositive);
}

/** Share of the rows labelled 1 that are predicted 1; 0 when no row is labelled 1 (as scikit-learn by default). */
export function recall({ truePositive, falseNegative }: Confusion): number {
  return ratio(truePositive, truePositive + falseNegative);
}

/** Harmonic mean of precision and recall; 0 when no row is labelled or predicted 1 (as scikit-learn by default). */
export function f1({ truePositive, falsePositive, falseNegative }: Confusion): number {
  return ratio(2 * truePositive, 2 * truePositive + falsePositive + falseNegative);
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
