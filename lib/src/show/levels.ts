import { ln } from "../special";
import { type Axis, axisOptions } from "./axes";
import { formatNumber, percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { shorten } from "./text/measure";
import { colours, sizes } from "./theme";

/** A level across the chart with a word on it, or a place along its bottom ("x"). */
export interface Threshold {
  readonly value: number;
  readonly label: string;
  /** Which axis it is on ("left"). */
  readonly axis?: "left" | "right" | "x";
}

/** The axes of a chart with levels. */
export interface LevelAxes {
  readonly x: Axis;
  readonly y: Axis;
  readonly right?: Axis;
}

/** Lines and words of levels, for the layout of a chart. */
export function thresholdParts(
  thresholds: readonly Threshold[],
  axes: LevelAxes,
): { shapes: PlotlyObject[]; annotations: PlotlyObject[] } {
  const upright = thresholds.filter(({ axis }) => axis === "x").sort((a, b) => a.value - b.value);
  return {
    shapes: thresholds.map((threshold) => (threshold.axis === "x" ? uprightLine(threshold) : levelLine(threshold))),
    annotations: thresholds.map((threshold) => ({
      text: escapeLabel(shorten(threshold.label, threshold.axis === "x" ? 220 : 400, { size: sizes.tick })),
      ...(threshold.axis === "x" ? aboveLine(threshold, upright, axes) : besideLine(threshold, axes)),
      showarrow: false,
      borderpad: 1,
      bgcolor: "rgba(255,255,255,0.75)",
      font: { size: sizes.tick, color: colours.quiet },
    })),
  };
}

function levelLine({ axis, value }: Threshold): PlotlyObject {
  const line = { color: colours.quiet, width: 1, dash: "dot" };
  const yref = axis === "right" ? "y2" : "y";
  return { type: "line", xref: "paper", yref, x0: 0, x1: 1, y0: value, y1: value, line };
}

function uprightLine({ value }: Threshold): PlotlyObject {
  const line = { color: colours.quiet, width: 1.5, dash: "dash" };
  return { type: "line", xref: "x", yref: "paper", x0: value, x1: value, y0: 0, y1: 1, line };
}

function besideLine({ axis, value }: Threshold, { y, right }: LevelAxes): PlotlyObject {
  const isRight = axis === "right";
  return {
    xref: "paper",
    yref: isRight ? "y2" : "y",
    x: isRight ? 0 : 1,
    xanchor: isRight ? "left" : "right",
    y: along((isRight && right) || y)(value),
    yanchor: "bottom",
  };
}

/** Above the chart; of several the outer ones turn away from each other. */
function aboveLine(threshold: Threshold, all: readonly Threshold[], { x }: LevelAxes): PlotlyObject {
  const [first, last] = [all[0], all[all.length - 1]];
  const isOuter = all.length > 1 && (threshold === first || threshold === last);
  return {
    xref: "x",
    yref: "paper",
    x: along(x)(threshold.value),
    xanchor: isOuter ? (threshold === first ? "right" : "left") : "center",
    xshift: isOuter ? (threshold === first ? 4 : -4) : 0,
    y: 1,
    yanchor: "bottom",
  };
}

/** A number as it lies on its axis: Plotly takes the place of a word on a logarithmic axis as a logarithm. */
export function along(axis: Axis): (value: number) => number {
  return axisOptions(axis).log ? (value) => ln(value) / ln(10) : (value) => value;
}

/** "Level "median" at score 29.9." */
export function levelsInWords(levels: readonly Threshold[], { x, y, right }: LevelAxes): string[] {
  return levels.map(({ value, label, axis }) => {
    const { title, format } = axisOptions(axis === "x" ? x : (axis === "right" && right) || y);
    return `Level "${label}" at ${title} ${format === "percent" ? percent(value) : formatNumber(value)}.`;
  });
}
