/** The smallest power of two that is at least `value`, which is above 0: multiplying by it changes no digits. */
export function powerFrom(value: number): number {
  let p = 1;
  while (p < value) p *= 2;
  while (p / 2 >= value) p /= 2;
  return p;
}
