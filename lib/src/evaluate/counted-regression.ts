import { gather } from "../samples";
import type { Predicted } from "./predicted";
import { type RegressionMetric, shareExplained } from "./regression";
import type { Measure, Units } from "./resample";

/** Sums over the rows of what was drawn. */
interface Sums {
  readonly rows: number;
  readonly squares: number;
  readonly absolute: number;
  readonly residuals: number;
}

/**
 * Prepares scores of predicted numbers to be taken again and again of the same rows with other counts: sums per unit
 * are taken, and the errors sorted, only once.
 *
 * @returns the metrics, in their order, of the rows in which those of unit u stand `counts[u]` times
 */
export function countedRegression(predicted: Predicted, units: Units, metrics: readonly RegressionMetric[]): Measure {
  const residuals = predicted.y.map((target, i) => predicted.predictions[i] - target);
  const rows = sumsBy(units, residuals, () => 1);
  const squares = sumsBy(units, residuals, (residual) => residual * residual);
  const absolute = sumsBy(units, residuals, Math.abs);
  const signed = sumsBy(units, residuals, (residual) => residual);
  const variance = countedVariance(predicted.y, units, rows);
  const middle = countedMedian(residuals.map(Math.abs), units);
  const takers: Record<RegressionMetric, (sums: Sums, counts: Int32Array) => number | null> = {
    mse: (sums) => sums.squares / sums.rows,
    rmse: (sums) => Math.sqrt(sums.squares / sums.rows),
    mae: (sums) => sums.absolute / sums.rows,
    medianAbsoluteError: (sums, counts) => middle(counts, sums.rows),
    r2: (sums, counts) => shareExplained(sums.squares / sums.rows, variance(counts)),
    bias: (sums) => sums.residuals / sums.rows,
  };
  return (counts) => {
    const sums = {
      rows: total(counts, rows),
      squares: total(counts, squares),
      absolute: total(counts, absolute),
      residuals: total(counts, signed),
    };
    return metrics.map((metric) => takers[metric](sums, counts));
  };
}

function sumsBy({ count, of }: Units, values: Float64Array, term: (value: number) => number): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < values.length; i++) sums[of[i]] += term(values[i]);
  return sums;
}

function total(counts: Int32Array, sums: Float64Array): number {
  let sum = 0;
  for (let u = 0; u < counts.length; u++) sum += counts[u] * sums[u];
  return sum;
}

/** Mean squared distance of the drawn rows' targets from their own mean; 0 exactly where all are alike. */
function countedVariance(y: Float64Array, units: Units, rows: Float64Array) {
  const { count, of } = units;
  const sums = sumsBy(units, y, (target) => target);
  // At least 1: a unit without rows counts for nothing, not for NaN.
  const means = sums.map((sum, u) => sum / Math.max(rows[u], 1));
  const within = new Float64Array(count);
  const least = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < y.length; i++) {
    const u = of[i];
    within[u] += (y[i] - means[u]) * (y[i] - means[u]);
    least[u] = Math.min(least[u], y[i]);
    most[u] = Math.max(most[u], y[i]);
  }
  return (counts: Int32Array): number => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let u = 0; u < count; u++) {
      if (counts[u] === 0) continue;
      low = Math.min(low, least[u]);
      high = Math.max(high, most[u]);
    }
    if (low === high) return 0;
    const drawn = total(counts, rows);
    const centre = total(counts, sums) / drawn;
    let squares = 0;
    for (let u = 0; u < count; u++) {
      squares += counts[u] * (within[u] + rows[u] * (means[u] - centre) * (means[u] - centre));
    }
    return squares / drawn;
  };
}

function countedMedian(errors: Float64Array, { of }: Units) {
  const order = Int32Array.from(errors.keys()).sort((a, b) => errors[a] - errors[b] || a - b);
  const sorted = gather(errors, order);
  const unitAtPlace = gather(of, order);
  return (counts: Int32Array, drawn: number): number => {
    let place = 0;
    let passed = counts[unitAtPlace[0]];
    /** The error that has `before` others before it. */
    const at = (before: number) => {
      while (passed <= before) passed += counts[unitAtPlace[++place]];
      return sorted[place];
    };
    const lower = at(Math.floor((drawn - 1) / 2));
    return (lower + at(Math.ceil((drawn - 1) / 2))) / 2;
  };
}
