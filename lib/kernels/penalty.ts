/**
 * Penalties on n weights: l1 sum(|w|) + l2 sum(w^2).
 *
 * Source: Tibshirani, "Regression Shrinkage and Selection via the Lasso", 1996 (L1); Hoerl, Kennard, 1970 (L2). As in
 * Keras the L2 term has no factor one half, and the gradient of |w| at 0 is 0.
 */

/** The penalty's value, in float64: two sums of every second weight each, then their sum. n is a multiple of four. */
export function penalty(w: usize, n: i32, l1: f32, l2: f32): f64 {
  let absolute = f64x2.splat(0);
  let squares = f64x2.splat(0);
  for (const end = w + ((<usize>n) << 2); w < end; w += 16) {
    const four = v128.load(w);
    const low = f64x2.promote_low_f32x4(four);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3));
    absolute = f64x2.add(absolute, f64x2.add(f64x2.abs(low), f64x2.abs(high)));
    squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  return <f64>l1 * total(absolute) + <f64>l2 * total(squares);
}

function total(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** Adds the penalty's gradient, l1 sign(w) + 2 l2 w, to g. */
export function penaltyGradient(w: usize, g: usize, n: i32, l1: f32, l2: f32): void {
  const zero = f32x4.splat(0);
  const up = f32x4.splat(l1);
  const down = f32x4.splat(-l1);
  const twice = f32x4.splat(2 * l2);
  for (const end = w + ((<usize>n) << 2); w < end; w += 16, g += 16) {
    const value = v128.load(w);
    const sign = v128.or(v128.and(f32x4.gt(value, zero), up), v128.and(f32x4.lt(value, zero), down));
    v128.store(g, f32x4.add(v128.load(g), f32x4.add(sign, f32x4.mul(twice, value))));
  }
}
