/**
 * exp, ln and their kin with the same digits on every machine.
 *
 * `Math.exp` and `Math.log` may differ in the last bit between engines; the ports of FreeBSD's libm in stdlib-js use
 * only + - * / and bit operations, which IEEE 754 fixes. Whatever ends up in a shown figure takes them from here.
 */
import exp from "@stdlib/math-base-special-exp";
import ln from "@stdlib/math-base-special-ln";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

export { exp, ln };

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
