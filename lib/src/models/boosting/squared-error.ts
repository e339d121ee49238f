import { HitlabError } from "../../errors";
import type { Arena } from "../../kernels/arena";
import type { BoostExports } from "../../kernels/boost-exports";
import type { Objective } from "./objective";
import type { Rows } from "./rows";
import { power, type Units, unitsFor } from "./units";

/**
 * Half the squared error, whose gradient is the error and whose hessian is 1; scores are the numbers themselves.
 *
 * The units of gradients hold for targets whose standard deviation is at most 1: no tree raises the sum of squares, and
 * the sum of sizes is at most the root of rows times its root.
 *
 * @throws HitlabError if no row has any weight
 */
export function squaredError(y: Float64Array, weights: Float64Array): Objective {
  const baseline = meanOf(y, weights);
  if (Number.isNaN(baseline)) {
    const remedy = "give rows a weight above 0, or leave out sampleWeights";
    throw new HitlabError({ what: "the train rows have no weight together", remedy });
  }
  const units = unitsFor(weights, 1);
  return {
    baseline,
    units,
    update: (kernels, rows) => updateErrors(kernels, rows, units),
    loss: meanSquaredError,
  };
}

/** Mean of numbers, each by its weight; NaN if no row has any. */
export function meanOf(values: Float64Array, weights: Float64Array): number {
  // Counted from the first, the mean of numbers that are all alike is that number to the last digit.
  const first = values[0];
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    sum += weights[i] * (values[i] - first);
    total += weights[i];
  }
  return first + sum / total;
}

/** Mean squared error, each row by its weight; NaN if no row has any. */
export function meanSquaredError(predicted: Float64Array, y: Float64Array, weights: Float64Array): number {
  return meanOf(
    predicted.map((value, i) => (value - y[i]) * (value - y[i])),
    weights,
  );
}

/** As the kernels' boostGradients for the log loss: in whole units, of numbers rounded to float32. */
function updateErrors(kernels: Arena<BoostExports>, { count, ...rows }: Rows, units: Units): void {
  const { gradientScale, hessianScale, countBit, copies } = units;
  const [scores, targets, weights] = [rows.scores, rows.targets, rows.weights].map((at) => kernels.doubles(at, count));
  const cells = kernels.integers(rows.cells, 4 * count);
  const counted = power(countBit);
  for (let i = 0; i < count; i++) {
    const error = scores[i] - targets[i];
    const gradient = copies
      ? Math.round(Math.fround(error) * gradientScale) * weights[i]
      : Math.round(Math.fround(error * weights[i]) * gradientScale);
    const hessian = copies ? Math.round(hessianScale) * weights[i] : Math.round(Math.fround(weights[i]) * hessianScale);
    setInteger(cells, 4 * i, gradient, 0);
    setInteger(cells, 4 * i + 2, hessian, counted);
  }
}

const half = 4_294_967_296;

/** Writes a + b, whole numbers whose sum may need more than the 53 bits of a double, as a 64-bit integer. */
function setInteger(cells: Int32Array, at: number, a: number, b: number): void {
  const [highA, highB] = [Math.floor(a / half), Math.floor(b / half)];
  const low = a - highA * half + (b - highB * half);
  cells[at] = low | 0;
  cells[at + 1] = (highA + highB + Math.floor(low / half)) | 0;
}
