/**
 * The losses of models of a linear score: from each row's score its part of the sum, and the first and second derivative
 * by the score. Targets are 0 or 1. All arrays have `rows` doubles and room for an even number, the last of weight 0.
 */
import { expFalling } from "./exp";
import { lnPair } from "./ln";

/**
 * Log loss, one exp and one ln per row. All is written with exp(-|score|), so that nothing overflows and the small slopes
 * and losses of well separated rows keep all their digits.
 */
export function linearLogLosses(
  scores: usize,
  targets: usize,
  weights: usize,
  rows: i32,
  slopes: usize,
  curvatures: usize,
): f64 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const minus = i64x2.splat(i64.MIN_VALUE);
  let sum: f64 = 0;
  for (let at: usize = 0; at < (<usize>rows) << 3; at += 16) {
    const score = v128.load(scores + at);
    const weight = v128.load(weights + at);
    const positive = f64x2.gt(v128.load(targets + at), zero);
    const size = f64x2.abs(score);
    // As in lib/src/special.ts: next to 0, 1 + x is nearer than the polynomial.
    const isTiny = f64x2.lt(size, f64x2.splat(3.725290298461914e-9));
    const e = v128.bitselect(f64x2.sub(one, size), expFalling(f64x2.neg(size)), isTiny);
    const below = f64x2.add(one, e);
    // The score points to class 1 or 0; `wrong` rows are of the other.
    const wrong = v128.xor(f64x2.gt(score, zero), positive);
    const residual = f64x2.div(f64x2.mul(weight, v128.bitselect(one, e, wrong)), below);
    v128.store(slopes + at, v128.xor(residual, v128.and(positive, minus)));
    v128.store(curvatures + at, f64x2.div(f64x2.mul(weight, e), f64x2.mul(below, below)));
    // log(1 + e) to the last digits: the rounding of `below` is undone (Kahan's log1p).
    const exact = f64x2.div(f64x2.mul(lnPair(below), e), f64x2.sub(below, one));
    const log = v128.bitselect(e, exact, f64x2.eq(below, one));
    const loss = f64x2.mul(weight, v128.bitselect(f64x2.add(size, log), log, wrong));
    sum += f64x2.extract_lane(loss, 0);
    sum += f64x2.extract_lane(loss, 1);
  }
  return sum;
}

/** Squared hinge: weight * max(0, 1 - y score)^2, y = -1 or 1. */
export function linearSquaredHinges(
  scores: usize,
  targets: usize,
  weights: usize,
  rows: i32,
  slopes: usize,
  curvatures: usize,
): f64 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  const minus = i64x2.splat(i64.MIN_VALUE);
  let sum: f64 = 0;
  for (let at: usize = 0; at < (<usize>rows) << 3; at += 16) {
    const score = v128.load(scores + at);
    const weight = v128.load(weights + at);
    const sign = v128.and(f64x2.gt(v128.load(targets + at), zero), minus);
    const short = f64x2.add(one, v128.xor(score, sign));
    const inside = f64x2.gt(short, zero);
    const twice = v128.and(f64x2.mul(two, weight), inside);
    v128.store(slopes + at, v128.and(v128.xor(f64x2.mul(twice, short), sign), inside));
    v128.store(curvatures + at, twice);
    const loss = v128.and(f64x2.mul(f64x2.mul(weight, short), short), inside);
    sum += f64x2.extract_lane(loss, 0);
    sum += f64x2.extract_lane(loss, 1);
  }
  return sum;
}
