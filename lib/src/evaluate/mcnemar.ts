import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { normalQuantile } from "../special";
import { checkLevel } from "./calibration";
import type { ThresholdOptions } from "./confusion";
import { checkScored, checkThreshold, type Numbers, type Scored } from "./scored";

export interface McNemarOptions extends ThresholdOptions {
  /** Level of the interval; 0.95 by default. */
  readonly level?: number;
}

/** Two classifiers on the same rows. */
export interface McNemar {
  readonly rows: number;
  /** Rows that both get right, only A, only B, and neither. */
  readonly both: number;
  readonly onlyA: number;
  readonly onlyB: number;
  readonly neither: number;
  /** Exact, two-sided: how often chance alone would part `onlyA` and `onlyB` at least so far. */
  readonly pValue: number;
  /** Accuracy of A less that of B, with the two themselves. */
  readonly accuracy: {
    readonly a: number;
    readonly b: number;
    readonly estimate: number;
    readonly low: number;
    readonly high: number;
  };
}

/**
 * McNemar's exact test: do two models differ in accuracy on the same rows by more than chance?
 *
 * Only the rows that one of them gets right and the other wrong count: of equally good models either would win half of
 * those. The interval is that of Bonett and Price, which holds its level in small samples too. Both take the rows as
 * independent: for rows in groups use `pairedBootstrap` with `groups`.
 *
 * Source: McNemar, Psychometrika 12 (1947); Bonett & Price, "Adjusted Wald confidence interval for a difference of
 * binomial proportions based on paired data", Journal of Educational and Behavioral Statistics 37 (2012).
 *
 * @param labels 0 or 1
 * @throws HitlabError for bad rows (see `scores`), threshold or level
 * @example
 * ```ts
 * const { onlyA, onlyB, pValue } = evaluate.mcnemar(test.y, forest, network);
 * ```
 */
export function mcnemar(
  labels: Numbers,
  probabilitiesA: Numbers,
  probabilitiesB: Numbers,
  options: McNemarOptions = {},
): McNemar {
  const threshold = checkThreshold(options.threshold);
  const a = rightRows(checkScored(labels, probabilitiesA), threshold);
  const b = rightRows(checkScored(labels, probabilitiesB), threshold);
  const rows = a.length;
  const cells = [0, 0, 0, 0];
  for (let i = 0; i < rows; i++) cells[2 * a[i] + b[i]]++;
  const [neither, onlyB, onlyA, both] = cells;
  const apart = onlyA + onlyB;
  const pValue = apart === 0 ? 1 : Math.min(1, 2 * binomialCdf(Math.min(onlyA, onlyB), apart, 0.5));
  const [low, high] = differenceLimits(onlyA, onlyB, rows, checkLevel(options.level ?? 0.95));
  const means = { a: (both + onlyA) / rows, b: (both + onlyB) / rows, estimate: (onlyA - onlyB) / rows };
  return { rows, both, onlyA, onlyB, neither, pValue, accuracy: { ...means, low, high } };
}

function rightRows({ labels, probabilities }: Scored, threshold: number): Uint8Array {
  return Uint8Array.from(labels, (y, i) => Number(probabilities[i] > threshold === (y === 1)));
}

/** One row is added to each of the two counts before Wald's interval is taken. */
function differenceLimits(onlyA: number, onlyB: number, rows: number, level: number): [low: number, high: number] {
  const a = (onlyA + 1) / (rows + 2);
  const b = (onlyB + 1) / (rows + 2);
  const half = normalQuantile(0.5 + level / 2) * Math.sqrt((a + b - (a - b) * (a - b)) / (rows + 2));
  return [Math.max(-1, a - b - half), Math.min(1, a - b + half)];
}
