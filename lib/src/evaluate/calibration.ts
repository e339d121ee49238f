import { HitlabError } from "../errors";
import { normalQuantile } from "../special";
import { quantileSorted } from "./quantile";
import { checkScored, type Numbers, type Scored } from "./scored";

export interface CalibrationOptions {
  /** Number of bins; 10 by default. Empty ones are left out of the result. */
  readonly bins?: number;
  /** Bins of equal width ("uniform", the default) or of equally many rows ("quantile"). */
  readonly strategy?: "uniform" | "quantile";
  /** Level of the interval of each bin; 0.95 by default. */
  readonly level?: number;
}

/** The rows whose probability lies in (from, to]; the first bin holds its lower edge too. */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  /** Rows in the bin, at least 1. */
  readonly rows: number;
  readonly positives: number;
  /** Mean predicted probability. */
  readonly predicted: number;
  /** Share of rows labelled 1. */
  readonly observed: number;
  /** Wilson interval of `observed`. */
  readonly low: number;
  readonly high: number;
}

/**
 * Does it come true as often as the model says? Predicted against observed share of label 1, bin by bin, as
 * scikit-learn's `calibration_curve`, with counts and intervals.
 *
 * The intervals take the rows as independent. Overlapping windows of one song are not: read them as too narrow there.
 *
 * @throws HitlabError for bad rows (see `scores`), bins or level
 * @example
 * ```ts
 * for (const { predicted, observed, rows } of calibrationCurve(test.y, probabilities, { strategy: "quantile" })) ...
 * ```
 */
export function calibrationCurve(
  labels: Numbers,
  probabilities: Numbers,
  options: CalibrationOptions = {},
): CalibrationBin[] {
  const { bins = 10, strategy = "uniform", level = 0.95 } = options;
  if (!Number.isInteger(bins) || bins < 1) {
    throw new HitlabError({ what: "bins must be a whole number from 1", value: bins, remedy: "pass for example 10" });
  }
  const scored = checkScored(labels, probabilities);
  const edges = strategy === "quantile" ? quantileEdges(scored, bins) : uniformEdges(bins);
  return filledBins(scored, edges).map((bin) => {
    const [low, high] = wilson(bin.positives, bin.rows, level);
    return { ...bin, low, high };
  });
}

/**
 * Wilson score interval of a share.
 *
 * Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927).
 *
 * @param positives of `rows`
 * @param level 0.95 by default
 * @returns lower and upper limit, within 0 .. 1
 * @example
 * ```ts
 * wilson(8, 10); // [0.4902, 0.9433]
 * ```
 */
export function wilson(positives: number, rows: number, level = 0.95): [low: number, high: number] {
  if (!(rows > 0 && positives >= 0 && positives <= rows)) {
    throw new HitlabError({
      what: "a share needs at least one row and no more positives than rows",
      value: `${positives} of ${rows}`,
      remedy: "pass counts of the same rows",
    });
  }
  const z = normalQuantile(0.5 + checkLevel(level) / 2);
  const share = positives / rows;
  const shrink = 1 + (z * z) / rows;
  const middle = (share + (z * z) / (2 * rows)) / shrink;
  const half = (z * Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows))) / shrink;
  // Rounding may leave a limit that is exactly 0 or 1 a hair off.
  return [positives === 0 ? 0 : middle - half, positives === rows ? 1 : middle + half];
}

/** The level of an interval, checked. */
export function checkLevel(level: number): number {
  if (level > 0 && level < 1) return level;
  throw new HitlabError({
    what: "the level of an interval must lie between 0 and 1",
    value: level,
    remedy: "pass for example 0.95",
  });
}

function uniformEdges(bins: number): Float64Array {
  const step = 1 / bins;
  return Float64Array.from({ length: bins + 1 }, (_, i) => (i === bins ? 1 : i * step));
}

function quantileEdges({ probabilities }: Scored, bins: number): Float64Array {
  const sorted = probabilities.slice().sort();
  // Percent and back, as numpy.percentile has it, for the same last digit.
  return uniformEdges(bins).map((q) => quantileSorted(sorted, (q * 100) / 100));
}

function filledBins({ labels, probabilities }: Scored, edges: Float64Array) {
  const bins = edges.length - 1;
  const [rows, positives, sums] = [new Int32Array(bins), new Int32Array(bins), new Float64Array(bins)];
  for (let i = 0; i < labels.length; i++) {
    const bin = binOf(probabilities[i], edges);
    rows[bin]++;
    positives[bin] += labels[i];
    sums[bin] += probabilities[i];
  }
  return Array.from(rows, (count, bin) => ({
    from: edges[bin],
    to: edges[bin + 1],
    rows: count,
    positives: positives[bin],
    predicted: sums[bin] / count,
    observed: positives[bin] / count,
  })).filter((bin) => bin.rows > 0);
}

/** The first bin whose upper edge is not below the probability. */
function binOf(probability: number, edges: Float64Array): number {
  let bin = 0;
  while (bin < edges.length - 2 && probability > edges[bin + 1]) bin++;
  return bin;
}
