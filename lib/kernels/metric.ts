/** Metrics: sums over rows, in float64 and in the order of the rows. */

/**
 * How many rows are right.
 *
 * @param kind 0 binary: a row counts by the share of its units with (1 if p > 0.5, else 0) === y;
 *   1 categorical: a row counts if p and y are largest in the same place (the first of equals)
 * @param p outputs [rows, units]
 * @param y targets [rows, units]
 */
export function correct(kind: i32, p: usize, y: usize, rows: i32, units: i32): f64 {
  if (kind === 0) return agreeing(p, y, rows * units) / units;
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const at = (<usize>(row * units)) << 2;
    if (largestAt(p + at, units) === largestAt(y + at, units)) right++;
  }
  return right;
}

/** How many of n targets y are the class, 0 or 1, that p lies nearer to. Other targets never are (Keras). */
function agreeing(p: usize, y: usize, n: i32): f64 {
  let count = 0;
  for (let i: usize = 0; i < (<usize>n) << 2; i += 4) {
    if (<f32>(load<f32>(p + i) > 0.5) === load<f32>(y + i)) count++;
  }
  return count;
}

/** Place of the largest of n numbers, the first of equals. */
function largestAt(x: usize, n: i32): i32 {
  let best = 0;
  for (let j = 1; j < n; j++) {
    if (load<f32>(x + ((<usize>j) << 2)) > load<f32>(x + ((<usize>best) << 2))) best = j;
  }
  return best;
}

/** The sum over rows of the mean over units of |p - y|, both [rows, units]. */
export function absoluteError(p: usize, y: usize, rows: i32, units: i32): f64 {
  let total: f64 = 0;
  for (let i: usize = 0; i < (<usize>(rows * units)) << 2; i += 4) {
    total += Math.abs(<f64>load<f32>(p + i) - load<f32>(y + i));
  }
  return total / units;
}
