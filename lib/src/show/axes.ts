import { ln } from "../special";
import { formatNumber } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { wrapText } from "./text/measure";
import { sizes } from "./theme";

/** An axis of a chart. */
export interface AxisOptions {
  /** What it measures, with its unit: "streams a day (millions)". */
  readonly title: string;
  /** Small values on top or right, as for ranks. */
  readonly reversed?: boolean;
  readonly range?: readonly [number, number];
  /** "percent" for shares of one, "days" for days since 1970-01-01 (shown as dates). */
  readonly format?: "number" | "percent" | "days";
  readonly log?: boolean;
  /** Where marks stand and what they say, where round numbers will not do: classes coded as 0 and 1. */
  readonly ticks?: readonly { readonly value: number; readonly label: string }[];
}

/** An axis by its options, or by its title alone. */
export type Axis = AxisOptions | string;

/** The options of an axis. */
export function axisOptions(axis: Axis): AxisOptions {
  return typeof axis === "string" ? { title: axis } : axis;
}

/**
 * The axis as Plotly takes it.
 *
 * @param more attributes that win over those of the options
 * @param length room for the title along the axis, in pixels: a longer one is wrapped
 */
export function plotlyAxis(axis: Axis, more: PlotlyObject = {}, length = 560): PlotlyObject {
  const { title, reversed, range, format, log, ticks } = axisOptions(axis);
  const ends = range && (reversed ? [range[1], range[0]] : range);
  return {
    title: { text: wrapText(title, length, { size: sizes.axis }).map(escapeLabel).join("<br>") },
    ...(log ? { type: "log" } : {}),
    ...(format === "percent" ? { tickformat: ".0%" } : {}),
    ...(format === "days" ? { type: "date" } : {}),
    ...(ends ? { range: log ? ends.map((end) => ln(end) / ln(10)) : ends } : reversed ? { autorange: "reversed" } : {}),
    ...more,
    ...(ticks
      ? { tickvals: ticks.map(({ value }) => value), ticktext: ticks.map(({ label }) => escapeLabel(label)) }
      : {}),
  };
}

/** Round values between two ends, about `count` of them, a step of 1, 2 or 5 (times a power of ten) apart. */
export function evenTicks([low, high]: readonly [number, number], count: number): PlotlyObject {
  return { tick0: 0, dtick: roundSteps.find((step) => (high - low) / step <= count) ?? high - low };
}

/** Round values on a logarithmic axis: 1, 2, 5, 10, ... over a short span, powers of ten over a long one. */
export function logTicks(axis: Axis, values: readonly (number | null | undefined)[]): PlotlyObject {
  if (!axisOptions(axis).log) return {};
  const known = values.filter((value): value is number => typeof value === "number" && value > 0);
  if (!known.length) return {};
  const [low, high] = known.reduce(([l, h], value) => [Math.min(l, value), Math.max(h, value)], [known[0], known[0]]);
  const near = high / low < 4 ? stepsBetween(low / 2, high * 2, (high - low) / 4) : powersNear(low, high);
  return {
    tickvals: near,
    ticktext: near.map(tickText),
  };
}

function powersNear(low: number, high: number): number[] {
  const steps = high / low > 200 ? [1] : [1, 2, 5];
  const powers = Array.from({ length: 31 }, (_, at) => at - 12);
  const ticks = powers.flatMap((power) => steps.map((step) => Number(`${step}e${power}`)));
  return ticks.filter((tick) => tick > low / 12 && tick < high * 12);
}

/** On so short a stretch of a logarithmic axis that even steps do: multiples of a round step of at least `least`. */
function stepsBetween(low: number, high: number, least: number): number[] {
  const step = roundSteps.find((each) => each >= least) ?? least;
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, at) => Number(((first + at) * step).toPrecision(10)));
}

/** 1, 2, 5, 10, ... from very small to very large. */
const roundSteps = Array.from({ length: 36 }, (_, at) => at - 18).flatMap((power) =>
  [1, 2, 5].map((step) => Number(`${step}e${power}`)),
);

/** A round value as short as it can be: "0.05", "2,000", "5M", "1B". */
export function tickText(tick: number): string {
  const unit = [1e9, 1e6].find((size) => Math.abs(tick) >= size) ?? 1;
  const part = tick / unit;
  const digits = Number.isInteger(part) ? 0 : Math.max(1, decimals(Math.abs(part)));
  return `${formatNumber(part, digits)}${unit === 1e9 ? "B" : unit === 1e6 ? "M" : ""}`;
}

/** An amount with three digits: "541M", "1.23B", "12,300". */
export function shortAmount(value: number): string {
  const unit = [1e9, 1e6].find((size) => Math.abs(value) >= size);
  if (unit === undefined) return formatNumber(value, Math.abs(value) >= 100 ? 0 : undefined);
  return `${formatNumber(Number((value / unit).toPrecision(3)))}${unit === 1e9 ? "B" : "M"}`;
}

function decimals(tick: number): number {
  return tick.toFixed(12).replace(/0+$/, "").length - 2;
}

/** Range and round values of a reversed axis of ranks: from 1 on, where it would else start at 0. */
export function rankTicks(axis: Axis, values: readonly number[]): PlotlyObject {
  const { reversed, range } = axisOptions(axis);
  const worst = values.reduce((most, value) => Math.max(most, value), 1);
  const isRank = values.length > 0 && values.every((value) => value >= 1 && Number.isInteger(value));
  if (!reversed || !isRank || worst < 3) return {};
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((each) => worst / each <= 5) ?? worst;
  const tickvals = [1, ...Array.from({ length: Math.floor(worst / step) }, (_, at) => (at + 1) * step)];
  const ends = range ? {} : { autorange: false, range: [worst + 0.03 * worst, 1 - 0.03 * worst] };
  return { tickvals: [...new Set(tickvals)], ...ends };
}

/** Positions on an axis as Plotly takes them: days become dates. */
export function positions(values: ArrayLike<number> | readonly string[], axis: Axis): (string | number)[] {
  const days = axisOptions(axis).format === "days";
  return Array.from(values as ArrayLike<number | string>, (value) =>
    days && typeof value === "number" ? isoDay(value) : typeof value === "string" ? escapeLabel(value) : value,
  );
}

/** "2017-01-01" for a number of days since 1970-01-01. */
export function isoDay(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
