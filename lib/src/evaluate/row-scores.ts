import { HitlabError } from "../errors";
import { mean } from "./mean";
import type { Predicted } from "./predicted";
import { logError, squaredError } from "./probability";
import { oneClass } from "./ranking";
import type { Scored } from "./scored";

/** The scores that are a mean over rows, of which more is better; `rocAuc` is one to first order. */
export type RowMetric = "accuracy" | "rocAuc" | "brier" | "logLoss";

/** Those of predicted numbers; `r2` is a mean over rows to first order. */
export type RegressionRowMetric = "mse" | "mae" | "r2";

/** Whether a metric is one of predicted numbers. */
export function isRegressionMetric(metric: RowMetric | RegressionRowMetric): metric is RegressionRowMetric {
  return metric === "mse" || metric === "mae" || metric === "r2";
}

/**
 * What each row adds to a score: its mean is the score, with losses negated so that more is better throughout.
 *
 * The rows' parts in the area under the ROC curve are its influence values, from placement values (the share of the
 * other class that the row is ranked right against): the variance of their mean is DeLong's, nearly.
 *
 * Source: DeLong, DeLong, Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating
 * characteristic curves", Biometrics 44 (1988).
 */
export function rowScores(scored: Scored, metric: RowMetric, threshold: number): Float64Array {
  const { labels, probabilities } = scored;
  switch (metric) {
    case "accuracy":
      return labels.map((y, i) => Number(probabilities[i] > threshold === (y === 1)));
    case "brier":
      return labels.map((y, i) => -squaredError(y, probabilities[i]));
    case "logLoss":
      return labels.map((y, i) => -logError(y, probabilities[i]));
    case "rocAuc":
      return areaShares(scored);
    default:
      throw new HitlabError({
        what: 'the metric must be "accuracy", "rocAuc", "brier" or "logLoss", or "mse", "mae" or "r2" of predicted numbers',
        value: metric,
        remedy: "pass one of them",
      });
  }
}

/** `rowScores` of predicted numbers. */
export function regressionRowScores({ y, predictions }: Predicted, metric: RegressionRowMetric): Float64Array {
  const residuals = y.map((target, i) => predictions[i] - target);
  if (metric === "mae") return residuals.map((residual) => -Math.abs(residual));
  const squares = residuals.map((residual) => residual * residual);
  return metric === "mse" ? squares.map((square) => -square) : explainedShares(y, squares);
}

/** R2 plus each row's influence on it, through its own error and through the variance that the errors are held to. */
function explainedShares(y: Float64Array, squares: Float64Array): Float64Array {
  const centre = mean(y);
  const distances = y.map((target) => (target - centre) * (target - centre));
  const variance = mean(distances);
  const unexplained = mean(squares) / variance;
  if (!Number.isFinite(unexplained) || y.every((target) => target === y[0])) {
    throw new HitlabError({
      what: "R2 compares with the mean of the targets, and the targets of all rows are alike",
      remedy: 'score rows whose targets differ, or use "mse" or "mae" instead',
    });
  }
  return squares.map((square, i) => 1 - unexplained - (square - unexplained * distances[i]) / variance);
}

/** The area plus each row's influence on it. */
function areaShares({ labels, probabilities }: Scored): Float64Array {
  const ones = probabilities.filter((_, i) => labels[i] === 1).sort();
  const zeros = probabilities.filter((_, i) => labels[i] === 0).sort();
  if (ones.length === 0 || zeros.length === 0) {
    throw oneClass("the area under the ROC curve compares rows of label 1 with rows of label 0");
  }
  // The share of the other class that each row is ranked right against, ties counting one half.
  const placed = probabilities.map((p, i) =>
    labels[i] === 1 ? place(zeros, p) / zeros.length : 1 - place(ones, p) / ones.length,
  );
  let area = 0;
  for (let i = 0; i < placed.length; i++) area += labels[i] * placed[i];
  area /= ones.length;
  const perOne = labels.length / ones.length;
  const perZero = labels.length / zeros.length;
  return placed.map((share, i) => area + (share - area) * (labels[i] === 1 ? perOne : perZero));
}

/** How many of the sorted numbers are below `value`, those equal to it counting one half. */
function place(sorted: Float64Array, value: number): number {
  return (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2;
}

function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || (orEqual && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
