import { HitlabError } from "../../errors";
import type { Matrix } from "../../samples";

/** Inputs column by column and the target, each less its mean, so that a fit needs no intercept. */
export interface CentredColumns {
  readonly columns: readonly Float64Array[];
  readonly target: Float64Array;
  readonly means: Float64Array;
  readonly targetMean: number;
}

/**
 * @param weights what each row counts: means are weighted, and rows multiplied by the root of their weight, which makes
 *   weighted squares of plain ones
 */
export function centredColumns(x: Matrix, y: Float64Array, weights?: Float64Array): CentredColumns {
  const total = weights ? sumOf(weights) : x.rows;
  const columns = Array.from({ length: x.columns }, (_, j) => {
    const column = new Float64Array(x.rows);
    for (let i = 0; i < x.rows; i++) column[i] = x.data[i * x.columns + j];
    return column;
  });
  const target = y.slice();
  const means = Float64Array.from(columns, (column) => centre(column, total, weights));
  const targetMean = centre(target, total, weights);
  if (weights) for (const values of [...columns, target]) multiplyByRoots(values, weights);
  return { columns, target, means, targetMean };
}

/** What makes up for the means: the intercept that belongs to these coefficients. */
export function interceptOf({ means, targetMean }: CentredColumns, coefficients: Float64Array): number {
  let intercept = targetMean;
  for (let j = 0; j < means.length; j++) intercept -= means[j] * coefficients[j];
  return intercept;
}

/**
 * @throws HitlabError where sums of squares have overflowed
 * @param model with its article: "a ridge regression"
 */
export function checkSums(sums: ArrayLike<number>, model: string): void {
  for (let i = 0; i < sums.length; i++) {
    if (Number.isFinite(sums[i])) continue;
    throw new HitlabError({
      what: `the sums of ${model} overflow: some inputs are too large`,
      remedy: "scale the columns first, for example with prepare.standard",
    });
  }
}

/** Subtracts the mean, in place, and gives it. Twice: the second pass takes away what rounding left of a large one. */
function centre(values: Float64Array, total: number, weights?: Float64Array): number {
  const first = values[0];
  if (values.every((value) => value === first)) {
    values.fill(0);
    return first;
  }
  let mean = 0;
  for (let pass = 0; pass < 2; pass++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += (weights ? weights[i] : 1) * (values[i] / total);
    for (let i = 0; i < values.length; i++) values[i] -= sum;
    mean += sum;
  }
  return mean;
}

function multiplyByRoots(values: Float64Array, weights: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] *= Math.sqrt(weights[i]);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
