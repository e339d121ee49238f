/** The different values of a column, ascending, and how much weight each has. */
export interface Distinct {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** Gathers the different values of sorted numbers; each number weighs 1. */
export function distinctOf(sorted: Float64Array): Distinct {
  const values = new Float64Array(sorted.length);
  const weights = new Float64Array(sorted.length);
  let last = -1;
  for (let i = 0; i < sorted.length; i++) {
    if (last < 0 || sorted[i] !== values[last]) values[++last] = sorted[i];
    weights[last]++;
  }
  return { values: values.subarray(0, last + 1), weights: weights.subarray(0, last + 1) };
}

/** The same with the weights of the rows in place of ones; values of weight 0 are left out. */
export function weighDistinct({ values }: Distinct, column: Float64Array, rowWeights: Float64Array): Distinct {
  const weights = new Float64Array(values.length);
  for (let i = 0; i < column.length; i++) weights[placeOf(values, column[i])] += rowWeights[i];
  return { values: values.filter((_, i) => weights[i] > 0), weights: weights.filter((weight) => weight > 0) };
}

/** First place whose number is at least `value`. */
function placeOf(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where a column is cut into bins, as scikit-learn's _BinMapper: a value belongs to bin k if threshold k is the first
 * that is not below it. With at most `maxBins` different values half-way between them, otherwise at the column's
 * quantiles (averaged inverted distribution function). Scikit-learn takes the quantiles of 200,000 random rows if there
 * are more; here they are always those of all rows.
 *
 * @returns ascending, at most `maxBins` - 1; none if all values are equal
 */
export function binThresholds({ values, weights }: Distinct, maxBins: number): Float64Array {
  if (values.length > maxBins) return quantiles(values, weights, maxBins);
  return Float64Array.from({ length: values.length - 1 }, (_, i) => half(values[i], values[i + 1]));
}

function quantiles(values: Float64Array, weights: Float64Array, maxBins: number): Float64Array {
  const sums = weights.slice();
  for (let i = 1; i < sums.length; i++) sums[i] += sums[i - 1];
  const last = values.length - 1;
  const found: number[] = [];
  for (let k = 1; k < maxBins; k++) {
    // Numpy's percentages, rounded as there, so that a quantile between two rows is one here too.
    const rank = ((k * (100 / maxBins)) / 100) * sums[last];
    const i = placeOf(sums, rank);
    const between = sums[i] - rank <= Number.EPSILON && i < last;
    const threshold = between ? values[i + 1] - (values[i + 1] - values[i]) * 0.5 : values[i];
    if (found.length === 0 || threshold > found[found.length - 1]) found.push(threshold);
  }
  return Float64Array.from(found);
}

/** Half-way between two numbers, also where their sum overflows. */
function half(a: number, b: number): number {
  const sum = a + b;
  return Number.isFinite(sum) ? sum / 2 : a / 2 + b / 2;
}
