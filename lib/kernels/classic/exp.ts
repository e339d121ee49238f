/**
 * e^x of two doubles at once, made of + - * / and bit operations only: the same bits on every machine.
 *
 * Source: exp of Cephes (S. Moshier).
 */

/** 1 / ln 2; 1.5 * 2^52, by which what is added to it is rounded; ln 2 in two parts, the first with few bits; 2, 1. */
const PLAIN: usize = memory.data<f64>([
  1.4426950408889634, 6755399441055744, 6.93145751953125e-1, 1.4286068203094173e-6, 2, 1, -708,
]);

/** e^r = 1 + 2 r P(r^2) / (Q(r^2) - r P(r^2)) on [-ln 2 / 2, ln 2 / 2], highest power first. */
const P: usize = memory.data<f64>([1.261771930748106e-4, 3.0299440770744195e-2, 1]);
const Q: usize = memory.data<f64>([3.0019850513866446e-6, 2.524483403496841e-3, 2.2726554820815503e-1, 2]);

/** The number at place `i` of a table, in both lanes. */
function at(table: usize, i: usize): v128 {
  return v128.load64_splat(table + (i << 3));
}

/** a * b + c, rounded twice. */
function madd(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), c);
}

/** e^x for x up to 0, to 2 ulp; 0 below -708. */
export function exp2(x: v128): v128 {
  const shifted = madd(x, at(PLAIN, 0), at(PLAIN, 1));
  const k = f64x2.sub(shifted, at(PLAIN, 1));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, at(PLAIN, 2))), f64x2.mul(k, at(PLAIN, 3)));
  const s = f64x2.mul(r, r);
  const p = f64x2.mul(r, madd(madd(at(P, 0), s, at(P, 1)), s, at(P, 2)));
  const q = madd(madd(madd(at(Q, 0), s, at(Q, 1)), s, at(Q, 2)), s, at(Q, 3));
  const e = madd(at(PLAIN, 4), f64x2.div(p, f64x2.sub(q, p)), at(PLAIN, 5));
  // Times 2^k: k is added to the exponent.
  const scaled = i64x2.add(e, i64x2.shl(shifted, 52));
  return v128.andnot(scaled, f64x2.lt(x, at(PLAIN, 6)));
}
