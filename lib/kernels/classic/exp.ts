/** e^x in float64, two at once. */

/**
 * e^x of two doubles, made of + - * / and bit operations only: the same bits on every machine, and the same as those of
 * `exp` in lib/src/special.ts. The float32 functions of ../special would do for the training of trees too, but then
 * gradients rounded to float32 would differ from scikit-learn's in the last bit of every third row, and with them the
 * choice between splits that are equally good.
 *
 * For |x| <= 708. Source: e_exp of FreeBSD's libm (Sun Microsystems, 1993).
 */
export function expPair(x: v128): v128 {
  const half = v128.bitselect(f64x2.splat(-0.5), f64x2.splat(0.5), f64x2.lt(x, f64x2.splat(0)));
  const k = f64x2.trunc(f64x2.add(f64x2.mul(x, f64x2.splat(1.4426950408889634)), half));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  const low = f64x2.mul(k, f64x2.splat(1.9082149292705877e-10));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = f64x2.splat(4.1381367970572385e-8);
  p = f64x2.add(f64x2.splat(-0.0000016533902205465252), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(0.00006613756321437934), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(-0.0027777777777015593), f64x2.mul(t, p));
  p = f64x2.add(f64x2.splat(0.16666666666666602), f64x2.mul(t, p));
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(f64x2.splat(1), f64x2.sub(f64x2.sub(low, quotient), high));
  // Times 2^k: k, found in the low bits of k + 1.5 * 2^52, is added to the exponent.
  return i64x2.add(y, i64x2.shl(f64x2.add(k, f64x2.splat(6755399441055744)), 52));
}

/** e^x for any x up to 0; 0 below -708, where it is no longer a normal number. */
export function expFalling(x: v128): v128 {
  return v128.andnot(expPair(x), f64x2.lt(x, f64x2.splat(-708)));
}
