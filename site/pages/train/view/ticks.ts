import { formatNumber } from "../../../../lib/src/show/format";
import { roundStep } from "../../shared/round-step";

/** Round values within two ends, at most about `most` of them: a step of 1, 2 or 5 times a power of ten apart. */
export function roundTicks(low: number, high: number, most: number): number[] {
  if (!(high > low)) return [low];
  const step = roundStep((high - low) / most);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

/** An axis around all values that begins and ends with a tick, so that it does not change with every value. */
export function roundAxis(low: number, high: number, most: number): number[] {
  const step = roundStep((high - low || Math.abs(high) / 10 || 1) / most);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
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

/** Writes ticks with as many decimals as their step asks for. */
export function tickTexts(ticks: readonly number[]): string[] {
  const digits = Math.max(...ticks.map(decimals));
  return ticks.map((tick) => formatNumber(tick, digits));
}

function decimals(value: number): number {
  const [, fraction = "", exponent = "0"] =
    /^[^.e]*(?:\.(\d+))?(?:e(.+))?$/.exec(String(Number(value.toPrecision(10)))) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}
