import { HitlabError } from "../errors";
import { logError, squaredError } from "./probability";
import { oneClass, rank } from "./ranking";
import type { Scored } from "./scored";

/** The scores that are a mean over rows, of which more is better; `rocAuc` is one to first order. */
export type RowMetric = "accuracy" | "rocAuc" | "brier" | "logLoss";

/**
 * What each row adds to a score: its mean is the score, with losses negated so that more is better throughout.
 *
 * The rows' parts in the area under the ROC curve are its influence values (placement values: the share of the other
 * class that the row is ranked right against). Resampling them, in place of ranking each resample anew, is the
 * linearised bootstrap of the area.
 *
 * Source: DeLong, DeLong, Clarke-Pearson, "Comparing the areas under two or more correlated receiver operating
 * characteristic curves", Biometrics 44 (1988); Efron, "The Jackknife, the Bootstrap and Other Resampling Plans" (1982).
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
        what: 'the metric must be "accuracy", "rocAuc", "brier" or "logLoss"',
        value: metric,
        remedy: "pass one of them",
      });
  }
}

/** The area plus each row's influence on it. */
function areaShares(scored: Scored): Float64Array {
  const { order, last } = rank(scored);
  const { labels } = scored;
  const positives = labels.reduce((sum, y) => sum + y, 0);
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) {
    throw oneClass("the area under the ROC curve compares rows of label 1 with rows of label 0");
  }
  const placed = new Float64Array(labels.length);
  let [above, wins] = [{ ones: 0, zeros: 0 }, 0];
  for (let from = 0, i = 0; i < order.length; i++) {
    if (last[i] === 0) continue;
    // The tie from `from` to `i`: half of a tie with the other class is won.
    let ones = 0;
    for (let j = from; j <= i; j++) ones += labels[order[j]];
    const zeros = i + 1 - from - ones;
    const beaten = negatives - above.zeros - zeros / 2;
    const lostTo = above.ones + ones / 2;
    for (let j = from; j <= i; j++) placed[order[j]] = labels[order[j]] === 1 ? beaten / negatives : lostTo / positives;
    wins += ones * beaten;
    above = { ones: above.ones + ones, zeros: above.zeros + zeros };
    from = i + 1;
  }
  const area = wins / (positives * negatives);
  return placed.map((place, i) => area + (place - area) * (labels.length / (labels[i] === 1 ? positives : negatives)));
}
