import { powerFrom } from "../powers";

/**
 * In what units gradients and hessians are counted. The kernels round them to whole multiples, whose sums are exact:
 * no result hangs on the order of rows, and a parent's histogram less one child's is the other child's to the last
 * digit. The units are as small as the sums allow, for 33,000 rows 2^-34.
 */
export interface Units {
  /** Units in a gradient of 1, a power of two. */
  readonly gradientScale: number;
  /** Units in a hessian of 1, a power of two. */
  readonly hessianScale: number;
  /** Hessian and number of rows share 64 bits; the number begins at this one. */
  readonly countBit: number;
  /**
   * Whether the weights are whole numbers, which then are so many copies of a row, to the last digit: what is weighted
   * is the rounded gradient. Other weights come before the rounding, so that no size of them costs digits.
   */
  readonly copies: boolean;
}

/**
 * For rows of such weights. The gradients of any rows sum to at most the sum of all weights.
 *
 * @param hessian the most that one can be, times the row's weight: a power of two
 */
export function unitsFor(weights: Float64Array, hessian: number): Units {
  const countBit = Math.min(51, 63 - bitsOf(weights.length + 1));
  const sum = weights.reduce((total, weight) => total + weight);
  const bound = powerFrom(sum);
  const copies = sum < 16_777_216 && weights.every(Number.isInteger);
  // One bit to spare, for the rounding of every row.
  return { gradientScale: power(50) / bound, hessianScale: power(countBit - 1) / bound / hessian, countBit, copies };
}

/** Bits of a whole number below `value`. */
function bitsOf(value: number): number {
  let bits = 0;
  for (let p = 1; p < value; p *= 2) bits++;
  return bits;
}

/** 2^exponent, of a whole number from 0. */
export function power(exponent: number): number {
  let p = 1;
  for (let k = 0; k < exponent; k++) p *= 2;
  return p;
}
