import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { predictProbability } from "../models/networks";
import type { Matrix, Samples } from "../samples";
import { accuracy, type Confusion, confusionOf, f1, precision, recall, type ThresholdOptions } from "./confusion";
import { brierOf, logLossOf } from "./probability";
import { areasOf } from "./ranking";
import { checkScored, checkThreshold, type Numbers } from "./scored";

/** Anything that gives each row a probability of label 1. */
export interface ProbabilityModel {
  predictProbability(x: Matrix): Float64Array;
}

/** How well probabilities met the labels of some rows. */
export interface ClassifierScores {
  readonly rows: number;
  /** Share of the rows predicted right. */
  readonly accuracy: number;
  /** Share of the rows predicted 1 that are 1; 0 when no row is predicted 1. */
  readonly precision: number;
  /** Share of the rows labelled 1 that are predicted 1; 0 when no row is labelled 1. */
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
  /** Area under the ROC curve; null when the labels are all 0 or all 1. */
  readonly rocAuc: number | null;
  /** Average precision (scikit-learn's `average_precision_score`); null when no label is 1. */
  readonly prAuc: number | null;
  /** Mean squared error of the probabilities. */
  readonly brier: number;
  /** Binary cross-entropy in nats, probabilities clipped to 2^-52 .. 1 - 2^-52. */
  readonly logLoss: number;
  readonly confusion: Confusion;
  readonly labels: Float64Array;
  readonly probabilities: Float64Array;
  readonly threshold: number;
}

export interface ScoresOptions extends ThresholdOptions {
  /** Numbers of the rows to score, counted from 0; all by default. The others are not even checked. */
  readonly rows?: Numbers;
}

/**
 * All scores of a binary classifier from labels and probabilities; each agrees with scikit-learn's.
 *
 * @param labels 0 or 1
 * @param probabilities of label 1, from 0 to 1
 * @throws HitlabError naming the row of a NaN, of a probability outside 0 .. 1 or of another label
 * @example
 * ```ts
 * const { accuracy, rocAuc } = scores(test.y, model.predictProbability(test.x));
 * ```
 */
export function scores(labels: Numbers, probabilities: Numbers, options: ScoresOptions = {}): ClassifierScores {
  const scored = checkScored(labels, probabilities, options.rows);
  const threshold = checkThreshold(options.threshold);
  const confusion = confusionOf(scored, threshold);
  return {
    rows: scored.labels.length,
    accuracy: accuracy(confusion),
    precision: precision(confusion),
    recall: recall(confusion),
    f1: f1(confusion),
    ...areasOf(scored),
    brier: brierOf(scored),
    logLoss: logLossOf(scored),
    confusion,
    ...scored,
    threshold,
  };
}

/**
 * Scores of a model on samples: `scores` of its probabilities against `samples.y`.
 *
 * @param model a network of tfjs with one sigmoid output, or anything with a `predictProbability`
 * @example
 * ```ts
 * const test = evaluate.classifier(model, scaler.apply(parts.test));
 * ```
 */
export function classifier(
  model: ProbabilityModel | tf.LayersModel,
  samples: Samples,
  options: ScoresOptions = {},
): ClassifierScores {
  return scores(samples.y, probabilitiesOf(model, samples.x), options);
}

/** What a model or a network with one sigmoid output says of each row. */
export function probabilitiesOf(model: object, x: Matrix): Float64Array {
  if (saysProbabilities(model)) return model.predictProbability(x);
  if (isNetwork(model)) return predictProbability(model, x);
  throw new HitlabError({
    what: "the model has no predictProbability, so it cannot be scored as a classifier",
    remedy: 'score predicted numbers with evaluate.regressor, or by a metric such as "mse"',
  });
}

function saysProbabilities(model: object): model is ProbabilityModel {
  return "predictProbability" in model;
}

/** Whether a model is one of tfjs; asked by what it has, as a notebook may have loaded a tfjs of its own. */
export function isNetwork(model: object): model is tf.LayersModel {
  return "layers" in model;
}
