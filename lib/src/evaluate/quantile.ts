export { quantileSorted } from "../quantile";

/** Median of at least one number, as `numpy.median`: the mean of the two in the middle where there is no middle one. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  return (sorted[Math.floor(last / 2)] + sorted[Math.ceil(last / 2)]) / 2;
}
