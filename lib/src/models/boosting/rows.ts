import type { Arena } from "../../kernels/arena";
import type { BoostExports } from "../../kernels/boost-exports";
import type { Units } from "./units";

/** Where the numbers of the rows lie in the kernels' memory; each array has room for an even number of rows. */
export interface Rows {
  readonly count: number;
  /** Scores so far (double). */
  readonly scores: number;
  /** 0 or 1, or numbers (double). */
  readonly targets: number;
  /** Weights (double). */
  readonly weights: number;
  /** Gradient, and hessian with a one that counts the row (two 64-bit integers). */
  readonly cells: number;
}

/** Lays the rows out; their scores begin at the baseline. */
export function layOutRows(
  kernels: Arena<BoostExports>,
  y: Float64Array,
  weights: Float64Array,
  baseline: number,
): Rows {
  const count = y.length;
  const even = count + (count % 2);
  const room = () => kernels.allocate(2 * even);
  const rows = { count, scores: room(), targets: room(), weights: room(), cells: kernels.allocate(4 * even) };
  kernels.doubles(rows.scores, count).fill(baseline);
  kernels.doubles(rows.targets, count).set(y);
  kernels.doubles(rows.weights, count).set(weights);
  return rows;
}

/** Gradients and hessians of the log loss by the scores as they are now. */
export function updateGradients(kernels: Arena<BoostExports>, rows: Rows, units: Units): void {
  const { gradientScale, hessianScale, countBit, copies } = units;
  const { count, scores, targets, weights, cells } = rows;
  kernels.exports.boostGradients(scores, targets, weights, cells, count, gradientScale, hessianScale, countBit, copies);
}
