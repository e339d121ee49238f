import { formatNumber } from "../../../lib/src/show/format";
import { definitionOf, formatValue, valueNames } from "./values";

export interface Ticks {
  readonly values: readonly number[];
  readonly labels: readonly string[];
}

/** Steps of time that read well, in milliseconds. */
const TIMES = [5, 10, 15, 30, 60, 120, 300].map((seconds) => seconds * 1000);

/** Marks for an axis of a feature between two values: at most `most` of them, at round values. */
export function ticksFor(feature: string, low: number, high: number, most: number): Ticks {
  const step = stepFor(feature, (high - low) / most);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const values = Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => tidy((first + i) * step));
  return { values, labels: values.map((value) => labelOf(feature, value, step)) };
}

function stepFor(feature: string, least: number): number {
  // A mark between two whole numbers would name a value that no song has.
  const whole = definitionOf(feature).whole && feature !== "mode";
  const steps =
    feature === "duration_ms" ? TIMES : roundSteps(least).filter((step) => !whole || Number.isInteger(step));
  return steps.find((step) => step >= least) ?? steps[steps.length - 1];
}

function roundSteps(least: number): number[] {
  const power = 10 ** Math.floor(Math.log10(least > 0 ? least : 1));
  return [1, 2, 2.5, 5, 10, 20, 50, 100].map((step) => tidy(step * power));
}

function labelOf(feature: string, value: number, step: number): string {
  if (feature === "mode" || feature === "duration_ms") return formatValue(feature, value);
  const decimals = String(step).split(".")[1]?.length ?? 0;
  return valueNames(feature)?.[value] ?? formatNumber(value, decimals);
}

function tidy(value: number): number {
  return Number(value.toPrecision(10));
}
