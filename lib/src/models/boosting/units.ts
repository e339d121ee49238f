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
}

/** For so many rows of so much weight together. A gradient is at most 1, a hessian 1/4, times the row's weight. */
export function unitsFor(rows: number, weight: number): Units {
  const countBit = Math.min(51, 63 - bitsOf(rows + 1));
  const whole = powerFrom(weight);
  // One bit to spare, for the rounding of every row.
  return { gradientScale: power(50) / whole, hessianScale: (power(countBit - 1) / whole) * 4, countBit };
}

/** The smallest power of two that is at least `value`, which is above 0. */
function powerFrom(value: number): number {
  let p = 1;
  while (p < value) p *= 2;
  while (p / 2 >= value) p /= 2;
  return p;
}

/** Bits of a whole number below `value`. */
function bitsOf(value: number): number {
  let bits = 0;
  for (let p = 1; p < value; p *= 2) bits++;
  return bits;
}

function power(exponent: number): number {
  let p = 1;
  for (let k = 0; k < exponent; k++) p *= 2;
  return p;
}
