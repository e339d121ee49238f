import { counted, formatNumber } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { colours } from "./theme";

/** Points in all: more would lie on each other, and make a drawing of more than 150 kB. */
export const MOST_POINTS = 2000;

/** Says that not all points are drawn. */
export function thinRemark(drawn: number, points: number): string {
  return `${formatNumber(drawn)} of ${counted(points, "point")} are drawn: where they lie on each other, some are left out.`;
}

/** Dots are smaller and paler the more there are: where many lie on each other it is darkest. */
export function dotLook(points: number, look?: { colour: string; symbol: string }): PlotlyObject {
  const [size, strength] = points <= 150 ? [7, 0.8] : points <= 600 ? [6, 0.6] : points <= 1200 ? [5, 0.5] : [4.5, 0.4];
  const [red, green, blue] = [1, 3, 5].map((from) =>
    Number.parseInt((look?.colour ?? "#9aa5b1").slice(from, from + 2), 16),
  );
  return {
    size,
    symbol: look?.symbol ?? "circle",
    color: `rgba(${red}, ${green}, ${blue}, ${strength})`,
    line: { width: 0 },
  };
}

/** From the smallest to the largest of all, with a little room at both ends. */
export function commonEnds(values: readonly number[], log: boolean): [number, number] {
  const [low, high] = values.reduce(
    ([l, h], value) => [Math.min(l, value), Math.max(h, value)],
    [values[0], values[0]],
  );
  if (log) return [low / 1.3, high * 1.3];
  const space = (high - low || Math.abs(high) || 1) * 0.04;
  return [low - space, high + space];
}

export function identityLine(ends: readonly [number, number]): PlotlyObject {
  const line = { color: colours.quiet, width: 1.5, dash: "dot" };
  return { type: "scatter", mode: "lines", x: ends, y: ends, line, showlegend: false, hoverinfo: "skip" };
}
