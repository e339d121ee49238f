import { HitlabError } from "../errors";
import { gather } from "../samples";
import { accuracy, type Confusion, f1, precision, recall } from "./confusion";
import { logError, squaredError } from "./probability";
import { type Areas, countedAreas, rank } from "./ranking";
import type { Measure, Units } from "./resample";
import type { Scored } from "./scored";

/** The scores that are one number. */
export type Metric = "accuracy" | "precision" | "recall" | "f1" | "rocAuc" | "prAuc" | "brier" | "logLoss";

const known: readonly Metric[] = ["accuracy", "precision", "recall", "f1", "rocAuc", "prAuc", "brier", "logLoss"];

/** @throws HitlabError for a metric that there is not: a notebook's cell may pass what the types forbid. */
export function checkMetrics(metrics: readonly Metric[]): readonly Metric[] {
  const unknown = metrics.find((metric) => !known.includes(metric));
  if (unknown === undefined) return metrics;
  throw new HitlabError({
    what: "there is no such metric",
    value: unknown,
    remedy: `name some of: ${known.join(", ")}`,
  });
}

/**
 * Prepares metrics to be taken again and again of the same rows with other counts: sums per unit are taken, and the
 * rows sorted, only once.
 *
 * @returns the metrics of the rows in which those of unit u stand `counts[u]` times
 */
export function countedMetrics(scored: Scored, units: Units, metrics: readonly Metric[], threshold: number): Measure {
  const confusion = countedConfusion(scored, units, threshold);
  const squared = countedMean(scored, units, squaredError);
  const log = countedMean(scored, units, logError);
  const areas = countedRanking(scored, units);
  const takers: Record<Metric, (taken: { confusion: Confusion; areas: Areas }, counts: Int32Array) => number | null> = {
    accuracy: (taken) => accuracy(taken.confusion),
    precision: (taken) => precision(taken.confusion),
    recall: (taken) => recall(taken.confusion),
    f1: (taken) => f1(taken.confusion),
    rocAuc: (taken) => taken.areas.rocAuc,
    prAuc: (taken) => taken.areas.prAuc,
    brier: (_, counts) => squared(counts),
    logLoss: (_, counts) => log(counts),
  };
  const wantsAreas = metrics.includes("rocAuc") || metrics.includes("prAuc");
  return (counts) => {
    const taken = { confusion: confusion(counts), areas: wantsAreas ? areas(counts) : { rocAuc: null, prAuc: null } };
    return metrics.map((metric) => takers[metric](taken, counts));
  };
}

function countedConfusion({ labels, probabilities }: Scored, units: Units, threshold: number) {
  // Per unit four cells: trueNegative, falsePositive, falseNegative, truePositive.
  const cells = new Int32Array(4 * units.count);
  for (let i = 0; i < labels.length; i++) {
    cells[4 * units.of[i] + 2 * labels[i] + (probabilities[i] > threshold ? 1 : 0)]++;
  }
  return (counts: Int32Array): Confusion => {
    let [trueNegative, falsePositive, falseNegative, truePositive] = [0, 0, 0, 0];
    for (let u = 0; u < units.count; u++) {
      trueNegative += counts[u] * cells[4 * u];
      falsePositive += counts[u] * cells[4 * u + 1];
      falseNegative += counts[u] * cells[4 * u + 2];
      truePositive += counts[u] * cells[4 * u + 3];
    }
    return { trueNegative, falsePositive, falseNegative, truePositive };
  };
}

function countedMean({ labels, probabilities }: Scored, units: Units, loss: (y: number, p: number) => number) {
  const [rows, losses] = [new Int32Array(units.count), new Float64Array(units.count)];
  for (let i = 0; i < labels.length; i++) {
    rows[units.of[i]]++;
    losses[units.of[i]] += loss(labels[i], probabilities[i]);
  }
  return (counts: Int32Array): number => {
    let [count, sum] = [0, 0];
    for (let u = 0; u < units.count; u++) {
      count += counts[u] * rows[u];
      sum += counts[u] * losses[u];
    }
    return sum / count;
  };
}

function countedRanking(scored: Scored, units: Units) {
  const ranking = rank(scored);
  const unitAtPlace = gather(units.of, ranking.order);
  return (counts: Int32Array): Areas => countedAreas(ranking, counts, unitAtPlace);
}
