import { ln } from "../special";
import { checkScored, type Numbers, type Scored } from "./scored";

/** Distance from 1 to the next double: where the logarithmic loss clips its probabilities. */
const clip = 2 ** -52;

/**
 * Brier score: mean squared difference of probability and label, from 0 (perfect) to 1.
 *
 * Predicting the share p of positives for every row scores p (1 - p).
 *
 * @example
 * ```ts
 * brier([0, 1], [0.2, 0.6]); // (0.04 + 0.16) / 2 = 0.1
 * ```
 */
export function brier(labels: Numbers, probabilities: Numbers): number {
  return brierOf(checkScored(labels, probabilities));
}

/**
 * Logarithmic loss (binary cross-entropy) in nats: mean of -ln(probability given to the true label).
 *
 * Probabilities are clipped to 2^-52 .. 1 - 2^-52 first, as scikit-learn does for doubles: a certainty that turns out
 * wrong costs 36.04, not infinity.
 */
export function logLoss(labels: Numbers, probabilities: Numbers): number {
  return logLossOf(checkScored(labels, probabilities));
}

/** `brier` of what has been checked. */
export function brierOf(scored: Scored): number {
  return meanLoss(scored, squaredError);
}

/** `logLoss` of what has been checked. */
export function logLossOf(scored: Scored): number {
  return meanLoss(scored, logError);
}

/** What one row adds to the Brier score. */
export function squaredError(label: number, probability: number): number {
  const error = probability - label;
  return error * error;
}

/** What one row adds to the logarithmic loss. */
export function logError(label: number, probability: number): number {
  const given = label === 1 ? probability : 1 - probability;
  return -ln(Math.min(Math.max(given, clip), 1 - clip));
}

function meanLoss({ labels, probabilities }: Scored, loss: (label: number, probability: number) => number): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += loss(labels[i], probabilities[i]);
  return sum / labels.length;
}
