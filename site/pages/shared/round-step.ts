/** The next of 1, 2, 5 times a power of ten that is not smaller, but for a thousandth. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const times = [1, 2, 5].find((step) => step * power >= least * 0.999) ?? 10;
  // Without the dust of binary fractions.
  return Number((times * power).toPrecision(12));
}
