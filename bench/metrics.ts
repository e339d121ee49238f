/** By what trained networks are compared. */
import type { Network } from "./settings";

/** A network's metric, from the targets and what it said: one number per row, or one probability per class. */
export function metricOf(metric: Network["metric"], y: ArrayLike<number>, said: ArrayLike<number>): number {
  return metric === "accuracy" ? accuracy(Array.from(y), said) : r2(Array.from(y), said);
}

/** Share of rows whose class is the likelier one. */
function accuracy(y: readonly number[], p: ArrayLike<number>): number {
  const units = p.length / y.length;
  const classOf = (row: number) => {
    if (units === 1) return p[row] > 0.5 ? 1 : 0;
    let best = 0;
    for (let c = 1; c < units; c++) if (p[row * units + c] > p[row * units + best]) best = c;
    return best;
  };
  return mean(y.map((target, row) => (classOf(row) === target ? 1 : 0)));
}

/** 1 - squared error / squared distance from the mean. */
function r2(y: readonly number[], p: ArrayLike<number>): number {
  const center = mean(y);
  const error = mean(y.map((value, row) => (value - p[row]) ** 2));
  return 1 - error / mean(y.map((value) => (value - center) ** 2));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}
