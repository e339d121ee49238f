import { expPair } from "./exp";

/** 1.5 * 2^52: what is added to it is rounded to a whole number, found in the low bits of the sum. */
const WHOLE: f64 = 6755399441055744;

/** As scikit-learn, which does so to save memory: rounded to float32. */
function rounded(x: v128): v128 {
  return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(x));
}

/** weight * (x * scale), each product rounded to a whole number (of at most 2^51). */
function wholes(x: v128, scale: f64, weight: v128): v128 {
  const whole = f64x2.splat(WHOLE);
  const units = f64x2.sub(f64x2.add(f64x2.mul(x, f64x2.splat(scale)), whole), whole);
  return i64x2.sub(f64x2.add(f64x2.mul(units, weight), whole), whole);
}

/**
 * Gradient and hessian of each row's log loss by its score, as whole multiples of a unit: sums of whole numbers are
 * exact, so that no result hangs on their order.
 *
 * scores, targets (0 or 1), weights: `rows` doubles. cells: per row 16 bytes: the gradient, and the hessian with a one
 * at `countBit` (two 64-bit integers), so that one vector addition counts the row too. All arrays have room for an
 * even number of rows. With `copies` a row is weighted after the rounding, as if it came so many times; otherwise before,
 * as in scikit-learn. Beyond +-37 a score's hessian is below any unit.
 */
export function boostGradients(
  scores: usize,
  targets: usize,
  weights: usize,
  cells: usize,
  rows: i32,
  gradientScale: f64,
  hessianScale: f64,
  countBit: i32,
  copies: bool,
): void {
  const one = f64x2.splat(1);
  const counted = i64x2.splat((<i64>1) << (<i64>countBit));
  for (let i = 0; i < rows; i += 2) {
    const at = (<usize>i) << 3;
    const y = v128.load(targets + at);
    const weight = v128.load(weights + at);
    const score = f64x2.pmax(f64x2.splat(-37), f64x2.pmin(f64x2.splat(37), v128.load(scores + at)));
    const e = expPair(f64x2.neg(score));
    const below = f64x2.add(one, e);
    const gradient = f64x2.div(f64x2.sub(f64x2.sub(one, y), f64x2.mul(y, e)), below);
    const hessian = f64x2.div(e, f64x2.mul(below, below));
    const before = copies ? one : weight;
    const after = copies ? weight : one;
    const g = wholes(rounded(f64x2.mul(gradient, before)), gradientScale, after);
    const h = i64x2.add(wholes(rounded(f64x2.mul(hessian, before)), hessianScale, after), counted);
    const cell = cells + ((<usize>i) << 4);
    v128.store(cell, v128.shuffle<i64>(g, h, 0, 2));
    v128.store(cell, v128.shuffle<i64>(g, h, 1, 3), 16);
  }
}

/** scores of the rows order[start .. end) += value */
export function boostAdd(scores: usize, order: usize, start: i32, end: i32, value: f64): void {
  for (let k = start; k < end; k++) {
    const at = scores + ((<usize>load<u32>(order + ((<usize>k) << 2))) << 3);
    store<f64>(at, load<f64>(at) + value);
  }
}

/** e^x, n numbers (room for an even number). */
export function boostExp(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 2) v128.store(y + ((<usize>i) << 3), expPair(v128.load(x + ((<usize>i) << 3))));
}
