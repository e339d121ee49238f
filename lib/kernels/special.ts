/**
 * exp, log, tanh and sigmoid of four floats at once, made of + - * / and bit operations only: the same bits on every
 * machine. Errors are in ulp (units in the last place of the float32 result), the largest over every float32 of the
 * range that lib/test/kernels/ulp.mjs, which finds them, names for the function.
 *
 * Constants lie in memory: a load that fills four lanes costs one instruction, a literal vector three.
 */

/** The number at place `i` of a table, in all four lanes. */
function at(table: usize, i: usize): v128 {
  return v128.load32_splat(table + (i << 2));
}

/** a * b + c, rounded twice: a fused instruction would give other digits on other machines. */
function madd(a: v128, b: v128, c: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), c);
}

/** ln 2 = 0.693359375 - 2.12...e-4: the first part has so few bits that whole multiples of it are exact. */
const LN2: usize = memory.data<f32>([0.693359375, 2.1219444e-4]);

/** 1 / ln 2, and 1.5 * 2^23: what is added to it is rounded to a whole number, found in the low bits of the sum. */
const ROUND: usize = memory.data<f32>([1.44269502162933, 12582912]);

/** (e^r - 1 - r) / r^2 on [-ln 2 / 2, ln 2 / 2], highest power first. */
const EXP: usize = memory.data<f32>([
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1, 1,
]);

/** Above the first, e^x is infinite in float32; below the second, it is no normal number. */
const EXP_RANGE: usize = memory.data<f32>([88.72283, -87.33654, Infinity]);

/**
 * e^x = 2^k e^r with k = round(x / ln 2). Largest error 0.99 ulp. Results below the smallest normal number
 * (x < -87.33654) are 0; e^x is Infinity above 88.72283; NaN stays NaN.
 * Source: expf of Cephes (S. Moshier).
 */
export function exp4(x: v128): v128 {
  const shifted = madd(x, at(ROUND, 0), at(ROUND, 1));
  const k = f32x4.sub(shifted, at(ROUND, 1));
  const r = madd(k, at(LN2, 1), f32x4.sub(x, f32x4.mul(k, at(LN2, 0))));
  let p = at(EXP, 0);
  p = madd(p, r, at(EXP, 1));
  p = madd(p, r, at(EXP, 2));
  p = madd(p, r, at(EXP, 3));
  p = madd(p, r, at(EXP, 4));
  p = madd(p, r, at(EXP, 5));
  p = f32x4.add(madd(f32x4.mul(r, r), p, r), at(EXP, 6));
  // Times 2^k: k is added to the exponent.
  const scaled = i32x4.add(p, i32x4.shl(shifted, 23));
  // Adding Infinity keeps a NaN.
  const infinite = f32x4.add(x, at(EXP_RANGE, 2));
  const y = v128.bitselect(scaled, infinite, f32x4.le(x, at(EXP_RANGE, 0)));
  return v128.andnot(y, f32x4.lt(x, at(EXP_RANGE, 1)));
}

/** (ln(1 + f) - f + f^2 / 2) / f^3 on [sqrt(1/2) - 1, sqrt(2) - 1], highest power first. */
const LOG: usize = memory.data<f32>([
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
]);

/** The smallest normal number, and 2^23, which makes a subnormal one normal. */
const NORMAL: usize = memory.data<f32>([1.17549435e-38, 8388608]);

/** 1/2, 1, Infinity, -Infinity. */
const PLAIN: usize = memory.data<f32>([0.5, 1, Infinity, -Infinity]);

/** The bits of sqrt(1/2). */
const SQRT_HALF: i32 = 0x3f3504f3;

/**
 * ln x = e ln 2 + ln m with x = 2^e m, m in [sqrt(1/2), sqrt(2)). Largest error 0.84 ulp, subnormal numbers
 * included; ln 0 = -Infinity, ln of a negative number NaN, of Infinity Infinity; NaN stays NaN.
 * Source: logf of Cephes (S. Moshier).
 */
export function log4(x: v128): v128 {
  const subnormal = f32x4.lt(x, at(NORMAL, 0));
  const normal = v128.bitselect(f32x4.mul(x, at(NORMAL, 1)), x, subnormal);
  const offset = i32x4.sub(normal, i32x4.splat(SQRT_HALF));
  const exponent = i32x4.sub(i32x4.shr_s(offset, 23), v128.and(subnormal, i32x4.splat(23)));
  const e = f32x4.convert_i32x4_s(exponent);
  const m = i32x4.add(v128.and(offset, i32x4.splat(0x007fffff)), i32x4.splat(SQRT_HALF));
  const f = f32x4.sub(m, at(PLAIN, 1));
  const f2 = f32x4.mul(f, f);
  let p = at(LOG, 0);
  p = madd(p, f, at(LOG, 1));
  p = madd(p, f, at(LOG, 2));
  p = madd(p, f, at(LOG, 3));
  p = madd(p, f, at(LOG, 4));
  p = madd(p, f, at(LOG, 5));
  p = madd(p, f, at(LOG, 6));
  p = madd(p, f, at(LOG, 7));
  p = madd(p, f, at(LOG, 8));
  p = f32x4.sub(f32x4.mul(f32x4.mul(f, f2), p), f32x4.mul(e, at(LN2, 1)));
  p = f32x4.sub(p, f32x4.mul(f2, at(PLAIN, 0)));
  const finite = madd(e, at(LN2, 0), f32x4.add(f, p));
  const y = v128.bitselect(finite, x, f32x4.lt(x, at(PLAIN, 2)));
  const zero = f32x4.eq(x, f32x4.splat(0));
  // All bits set is a NaN.
  return v128.or(v128.bitselect(at(PLAIN, 3), y, zero), f32x4.lt(x, f32x4.splat(0)));
}

/**
 * ln(1 + x) for finite x >= 0, also where 1 + x rounds to 1: ln u times x / (u - 1), with u = 1 + x rounded.
 * Largest error 2.5 ulp. Source: W. Kahan (HP-15C Advanced Functions Handbook, 1982).
 */
export function log1p4(x: v128): v128 {
  const u = f32x4.add(x, at(PLAIN, 1));
  const rounded = f32x4.sub(u, at(PLAIN, 1));
  const y = f32x4.mul(log4(u), f32x4.div(x, rounded));
  return v128.bitselect(x, y, f32x4.eq(rounded, f32x4.splat(0)));
}

/** The smallest argument whose quotient, as rounded here, is exactly 1; larger ones are taken for it. */
const TANH_RANGE: usize = memory.data<f32>([7.9073896408081055, -7.9073896408081055]);

/** P of x (1 + x^2 P(x^2)) / Q(x^2), highest power first. */
const TANH_P: usize = memory.data<f32>([1.394553628e-8, 2.10273356e-5, 3.520756727e-3, 1.3402161e-1]);

/** Q of it. */
const TANH_Q: usize = memory.data<f32>([8.015776984e-7, 3.326951409e-4, 2.597254514e-2, 4.67354834e-1, 1]);

/**
 * tanh x = x (1 + x^2 P(x^2)) / Q(x^2), relatively accurate near 0 too. Largest error 6.2 ulp; never beyond
 * [-1, 1]; NaN stays NaN. The way by exp (Cephes) errs by 3 ulp and takes twice the time.
 * Source: the 9/8-degree rational approximation of Eigen (ptanh_float).
 */
export function tanh4(x: v128): v128 {
  // pmin and pmax are one instruction each where min and max, with their rules for zeros, are eight; NaN stays NaN.
  const z = f32x4.pmax(f32x4.pmin(x, at(TANH_RANGE, 0)), at(TANH_RANGE, 1));
  const s = f32x4.mul(z, z);
  let p = at(TANH_P, 0);
  p = madd(p, s, at(TANH_P, 1));
  p = madd(p, s, at(TANH_P, 2));
  p = madd(p, s, at(TANH_P, 3));
  p = madd(p, f32x4.mul(s, z), z);
  let q = at(TANH_Q, 0);
  q = madd(q, s, at(TANH_Q, 1));
  q = madd(q, s, at(TANH_Q, 2));
  q = madd(q, s, at(TANH_Q, 3));
  q = madd(q, s, at(TANH_Q, 4));
  return f32x4.div(p, q);
}

/** 1 / (1 + e^-x). Largest error 2.5 ulp in both tails; 0 below -88.72283, 1 at Infinity; NaN stays NaN. */
export function sigmoid4(x: v128): v128 {
  const one = at(PLAIN, 1);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/**
 * The same function for a gate: (1 + tanh(x / 2)) / 2. Half the time of {@link sigmoid4}; its error is at most 2.0e-7
 * absolute, but not small beside results near 0.
 */
export function gate4(x: v128): v128 {
  const half = at(PLAIN, 0);
  return madd(half, tanh4(f32x4.mul(x, half)), half);
}

/** e^x, with the digits of a lane of {@link exp4}. */
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** ln x, with the digits of a lane of {@link log4}. */
export function log1(x: f32): f32 {
  return f32x4.extract_lane(log4(f32x4.splat(x)), 0);
}

/** ln(1 + x), with the digits of a lane of {@link log1p4}. */
export function log1p1(x: f32): f32 {
  return f32x4.extract_lane(log1p4(f32x4.splat(x)), 0);
}

/** y = e^x, n numbers. */
export function expArray(x: usize, y: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, exp4(v128.load(x + i)));
}

/** y = gate4(x), n numbers. */
export function gateArray(x: usize, y: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, gate4(v128.load(x + i)));
}

/** y = ln x, n numbers. */
export function logArray(x: usize, y: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, log4(v128.load(x + i)));
}

/** y = ln(1 + x), n numbers of at least 0. */
export function log1pArray(x: usize, y: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, log1p4(v128.load(x + i)));
}

/** y = tanh x, n numbers. */
export function tanhArray(x: usize, y: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, tanh4(v128.load(x + i)));
}

/** y = 1 / (1 + e^-x), n numbers. */
export function sigmoidArray(x: usize, y: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(y + i, sigmoid4(v128.load(x + i)));
}
