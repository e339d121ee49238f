/**
 * exp, ln and their kin with the same digits on every machine.
 *
 * `Math.exp` and `Math.log` may differ in the last bit between engines; the ports of FreeBSD's libm in stdlib-js use
 * only + - * / and bit operations, which IEEE 754 fixes. Whatever ends up in a shown figure takes them from here.
 */
import carefulExp from "@stdlib/math-base-special-exp";
import expm1 from "@stdlib/math-base-special-expm1";
import ln from "@stdlib/math-base-special-ln";
import log1p from "@stdlib/math-base-special-log1p";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

export { expm1, ln, log1p };

/** ln 2 in two parts, the first with so few bits that whole multiples of it are exact. */
const [ln2High, ln2Low] = [0.6931471803691238, 1.9082149292705877e-10];
/** 2^k at k + 1022. */
const powersOfTwo = new Float64Array(2046);
for (let k = 0, power = 2 ** -1022; k < powersOfTwo.length; k++, power *= 2) powersOfTwo[k] = power;

/**
 * e^x with the digits of stdlib-js's exp, whose steps it takes: 2^k e^r with k = round(x / ln 2). Many times faster in
 * a loop of many rows, since the factor 2^k comes from a table. Results that are no normal numbers are left to stdlib.
 */
export function exp(x: number): number {
  if (!(x > -708 && x < 709)) return carefulExp(x);
  if (x > -3.725290298461914e-9 && x < 3.725290298461914e-9) return 1 + x;
  const k = Math.trunc(Math.LOG2E * x + (x < 0 ? -0.5 : 0.5));
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const t = r * r;
  const c = r - t * remainder(t);
  return (1 - (low - (r * c) / (2 - c) - high)) * powersOfTwo[k + 1022];
}

/** The Remez polynomial of FreeBSD's e_exp.c. */
function remainder(t: number): number {
  if (t === 0) return 0.16666666666666602;
  return (
    0.16666666666666602 +
    t *
      (-0.0027777777777015593 +
        t * (0.00006613756321437934 + t * (-0.0000016533902205465252 + t * 4.1381367970572385e-8)))
  );
}

/** log(1 + exp(x)) without overflow: the negative log-likelihood of a logistic model at margin -x. */
export function softplus(x: number): number {
  return x > 0 ? x + ln(1 + exp(-x)) : ln(1 + exp(x));
}

/** 1 / (1 + exp(-x)), without overflow for large |x|. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** Standard normal quantile: the z with P(Z <= z) = p, for 0 < p < 1. */
export function normalQuantile(p: number): number {
  return quantile(p, 0, 1);
}
