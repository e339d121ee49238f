/**
 * Quantile of sorted numbers by linear interpolation between neighbours, digit for digit as `numpy.quantile`.
 *
 * @param sorted ascending, at least one number
 * @param q from 0 to 1
 */
export function quantileSorted(sorted: Float64Array, q: number): number {
  const place = (sorted.length - 1) * q;
  const below = Math.min(Math.floor(place), sorted.length - 1);
  const above = Math.min(below + 1, sorted.length - 1);
  const share = place - below;
  const step = sorted[above] - sorted[below];
  // numpy interpolates from the nearer end: the last digit decides on which side of an edge a tie falls.
  return share >= 0.5 ? sorted[above] - step * (1 - share) : sorted[below] + step * share;
}
