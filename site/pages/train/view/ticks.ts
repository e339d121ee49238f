/** Round values within two ends, at most about `most` of them: a step of 1, 2 or 5 times a power of ten apart. */
export function roundTicks(low: number, high: number, most: number): number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / most);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** Powers of ten within two ends, with 2 and 5 times them where there are few. */
export function logTicks(low: number, high: number): number[] {
  const steps = high / low > 100 ? [1] : [1, 2, 5];
  const from = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - from + 1 }, (_, at) => from + at);
  const ticks = powers.flatMap((power) => steps.map((step) => Number(`${step}e${power}`)));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** The two ends moved outwards to round values, so that an axis does not change with every point. */
export function roundEnds(low: number, high: number, most: number): [number, number] {
  const span = high - low || Math.abs(high) || 1;
  const step = roundStep(span / most);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(high / step - 1e-9) * step];
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return (([1, 2, 5].find((step) => step * power >= least * 0.999999) ?? 10) as number) * power;
}
