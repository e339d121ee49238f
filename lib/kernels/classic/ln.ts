/** ln x in float64, two at once. */

/** ln 2 in two parts, the first with so few bits that whole multiples of it are exact. */
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
/** 1.5 * 2^52: a whole number added to its bits is added to it as a number. */
const WHOLE: f64 = 6755399441055744;

/**
 * ln x of two positive normal doubles, made of + - * / and bit operations only: the same bits on every machine, and the
 * same as those of `ln` in lib/src/special.ts, whose branches are here computed side by side and selected.
 *
 * Source: e_log of FreeBSD's libm (Sun Microsystems, 1993).
 */
export function lnPair(x: v128): v128 {
  const fraction = v128.and(x, i64x2.splat(0xfffffffffffff));
  // x = 2^k m with m between sqrt(1/2) and sqrt(2).
  const halved = i64x2.gt_s(fraction, i64x2.splat(0x6a09bffffffff));
  const exponent = v128.bitselect(i64x2.splat(0x3fe0000000000000), i64x2.splat(0x3ff0000000000000), halved);
  const whole = i64x2.sub(i64x2.sub(i64x2.shr_u(x, 52), i64x2.splat(1023)), halved);
  const k = f64x2.sub(i64x2.add(whole, f64x2.splat(WHOLE)), f64x2.splat(WHOLE));
  const high = f64x2.mul(k, f64x2.splat(LN2_HIGH));
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const f = f64x2.sub(v128.or(fraction, exponent), f64x2.splat(1));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const r = series(f64x2.mul(s, s));
  const isFar = v128.and(
    i64x2.gt_s(fraction, i64x2.splat(0x61479ffffffff)),
    i64x2.gt_s(i64x2.splat(0x6b85200000000), fraction),
  );
  const far = f64x2.sub(half, f64x2.add(f64x2.mul(s, f64x2.add(half, r)), low));
  const near = f64x2.sub(f64x2.mul(s, f64x2.sub(f, r)), low);
  const isTiny = v128.and(f64x2.ge(f, f64x2.splat(-9.5367431640625e-7)), f64x2.lt(f, f64x2.splat(9.5367431640625e-7)));
  const third = f64x2.mul(f64x2.splat(0.3333333333333333), f);
  const tiny = f64x2.sub(f64x2.mul(f64x2.mul(f, f), f64x2.sub(f64x2.splat(0.5), third)), low);
  const part = v128.bitselect(tiny, v128.bitselect(far, near, isFar), isTiny);
  return f64x2.sub(high, f64x2.sub(part, f));
}

/** The Remez polynomial of e_log.c at z = s^2, even and odd powers apart as there. */
function series(z: v128): v128 {
  const w = f64x2.mul(z, z);
  let p = f64x2.splat(0.15313837699209373);
  p = f64x2.add(f64x2.splat(0.22222198432149784), f64x2.mul(w, p));
  p = f64x2.add(f64x2.splat(0.3999999999940942), f64x2.mul(w, p));
  let q = f64x2.splat(0.14798198605116586);
  q = f64x2.add(f64x2.splat(0.1818357216161805), f64x2.mul(w, q));
  q = f64x2.add(f64x2.splat(0.2857142874366239), f64x2.mul(w, q));
  q = f64x2.add(f64x2.splat(0.6666666666666735), f64x2.mul(w, q));
  return f64x2.add(f64x2.mul(z, q), f64x2.mul(w, p));
}
