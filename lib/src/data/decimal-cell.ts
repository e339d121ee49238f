import type { CsvLine } from "./csv";

const zero = 48;
const minus = 45;
const point = 46;
/** Powers of ten that are exact. */
const powers = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/**
 * The number of a cell like -0.125, from its bytes: of at most 15 digits, so that both the digits as a whole number and
 * the power of ten below them are exact and their quotient is the nearest double, as `Number` gives it. NaN for a cell
 * of any other form, which may be a number all the same.
 */
export function decimalCell({ bytes, start, end }: CsvLine, field: number): number {
  const to = end[field];
  const negative = bytes[start[field]] === minus;
  const from = negative ? start[field] + 1 : start[field];
  let digits = 0;
  let pointAt = -1;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - zero;
    if (digit >= 0 && digit <= 9) digits = digits * 10 + digit;
    else if (bytes[at] === point && pointAt < 0) pointAt = at;
    else return Number.NaN;
  }
  const count = to - from - (pointAt < 0 ? 0 : 1);
  if (count < 1 || count > 15) return Number.NaN;
  const value = pointAt < 0 ? digits : digits / powers[to - 1 - pointAt];
  return negative ? -value : value;
}
