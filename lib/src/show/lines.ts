import { type Axis, axisOptions, logTicks, plotlyAxis, positions, rankTicks } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { counted, formatNumber, percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel, escapeName } from "./text/escape";
import { colours, seriesLook, sizes } from "./theme";
import { thinLine } from "./thin";

/** A line of a chart. */
export interface LineSeries {
  readonly name: string;
  /** Numbers, dates as "2017-01-31", or days since 1970 with the axis' format "days". */
  readonly x: ArrayLike<number> | readonly string[];
  /** Same length as `x`; a gap is null or NaN. */
  readonly y: ArrayLike<number> | readonly (number | null)[];
  /** Ends of an interval around each point, drawn for up to 30 points; null for none. */
  readonly low?: ArrayLike<number> | readonly (number | null)[];
  readonly high?: ArrayLike<number> | readonly (number | null)[];
  /** Which axis it is read on ("left"). */
  readonly axis?: "left" | "right";
  /** Dots on the line; by default for up to 30 points. */
  readonly dots?: boolean;
  /** One of many in the background: thin, grey, without a name in the legend. */
  readonly quiet?: boolean;
}

/** A level across the chart with a word on it. */
export interface Threshold {
  readonly value: number;
  readonly label: string;
  readonly axis?: "left" | "right";
}

export interface LinesOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  readonly x: Axis;
  readonly y: Axis;
  /** The right axis, for series with `axis: "right"`. */
  readonly right?: Axis;
  readonly thresholds?: readonly Threshold[];
  /** Height inside the axes in pixels (300). */
  readonly plotHeight?: number;
}

/** Points per line and in all: more cannot be seen on the width of a page. */
const MOST_POINTS = { line: 600, all: 6000 };

/**
 * One or several lines, with an optional second axis, reversed axes for ranks, and levels to compare with.
 *
 * @example
 * ```ts
 * show.lines(
 *   [
 *     { name: "rank", x: days, y: ranks },
 *     { name: "probability of a hit", x: days, y: probabilities, axis: "right" },
 *   ],
 *   {
 *     title: "The model saw the rise nine days ahead",
 *     x: { title: "day", format: "days" },
 *     y: { title: "rank", reversed: true },
 *     right: { title: "probability", format: "percent", range: [0, 1] },
 *     thresholds: [{ value: 50, label: "Top 50" }],
 *   },
 * );
 * ```
 */
export function lines(series: readonly LineSeries[], options: LinesOptions): void {
  showFigure(linesFigure(series, options));
}

/** The figure of {@link lines}, not shown. */
export function linesFigure(series: readonly LineSeries[], options: LinesOptions): Figure {
  const most = Math.max(20, Math.min(MOST_POINTS.line, Math.floor(MOST_POINTS.all / series.length)));
  const plotHeight = options.plotHeight ?? sizes.plotHeight;
  // The quiet ones come first, so that they lie below.
  const ordered = [...series].sort((a, b) => Number(b.quiet ?? false) - Number(a.quiet ?? false));
  let loud = 0;
  const data = ordered.map((line) => trace(line, options, most, line.quiet ? undefined : seriesLook(loud++)));
  const layout = {
    showlegend: loud > 1,
    ...lineAxes(series, options, plotHeight),
    ...thresholdParts(options.thresholds ?? []),
  };
  const alt = [options.alt, composed(series, options)].filter(Boolean).join(" ");
  return drawFigure({ data, layout, plotHeight }, { ...options, alt });
}

function lineAxes(series: readonly LineSeries[], { x, y, right }: LinesOptions, height: number): PlotlyObject {
  const xs = series.flatMap((line) => numbersOf(line.x));
  const ys = series.filter((line) => line.axis !== "right").flatMap((line) => numbersOf(line.y));
  const second = { overlaying: "y", side: "right", showgrid: false, tickmode: "auto" };
  return {
    xaxis: plotlyAxis(x, logTicks(x, xs)),
    yaxis: plotlyAxis(y, { ...logTicks(y, ys), ...rankTicks(y, ys) }, height),
    ...(right ? { yaxis2: plotlyAxis(right, second, height) } : {}),
  };
}

function numbersOf(values: ArrayLike<number | null | string>): number[] {
  return Array.from(values).filter((value): value is number => typeof value === "number");
}

/** Lines and words of levels, for the layout of a chart. */
export function thresholdParts(thresholds: readonly Threshold[]): {
  shapes: PlotlyObject[];
  annotations: PlotlyObject[];
} {
  const yref = (threshold: Threshold) => (threshold.axis === "right" ? "y2" : "y");
  return {
    shapes: thresholds.map((threshold) => ({
      type: "line",
      xref: "paper",
      yref: yref(threshold),
      x0: 0,
      x1: 1,
      y0: threshold.value,
      y1: threshold.value,
      line: { color: colours.quiet, width: 1, dash: "dot" },
    })),
    annotations: thresholds.map((threshold) => ({
      text: escapeLabel(threshold.label),
      xref: "paper",
      yref: yref(threshold),
      x: threshold.axis === "right" ? 0 : 1,
      xanchor: threshold.axis === "right" ? "left" : "right",
      y: threshold.value,
      yanchor: "bottom",
      showarrow: false,
      borderpad: 1,
      bgcolor: "rgba(255,255,255,0.75)",
      font: { size: sizes.tick, color: colours.quiet },
    })),
  };
}

function trace(
  line: LineSeries,
  options: LinesOptions,
  most: number,
  look?: ReturnType<typeof seriesLook>,
): PlotlyObject {
  const y = Array.from(line.y as ArrayLike<number | null>, (value) =>
    value === null || Number.isNaN(value) ? null : value,
  );
  const points = thinLine({ x: positions(line.x, options.x), y }, most);
  const dots = look !== undefined && (line.dots ?? line.x.length <= 30);
  return {
    type: "scatter",
    mode: dots ? "lines+markers" : "lines",
    name: escapeName(line.name),
    x: points.x,
    y: points.y,
    connectgaps: false,
    ...(line.axis === "right" ? { yaxis: "y2" } : {}),
    ...(look
      ? { line: { color: look.colour, dash: look.dash, width: 2 } }
      : { line: { color: "#c3cad2", width: 1 }, showlegend: false, hoverinfo: "skip" }),
    ...(look && dots ? { marker: { color: look.colour, symbol: look.symbol, size: 6 } } : {}),
    ...(look && line.low && line.high && y.length <= Math.min(30, most)
      ? { error_y: intervalBars(line, y, look.colour) }
      : {}),
  };
}

function intervalBars({ low, high }: LineSeries, y: readonly (number | null)[], color: string): PlotlyObject {
  const reach = (ends: LineSeries["low"]) =>
    y.map((value, at) => (value === null || ends?.[at] == null ? 0 : Math.abs((ends[at] as number) - value)));
  return {
    type: "data",
    symmetric: false,
    array: reach(high),
    arrayminus: reach(low),
    color,
    thickness: 1.5,
    width: 4,
  };
}

/** Each line in words: where it starts and ends, and how far it goes between. */
function composed(series: readonly LineSeries[], options: LinesOptions): string {
  const loud = series.filter((line) => !line.quiet);
  const quiet = series.length - loud.length;
  const said = loud.slice(0, 8).map((line) => describeLine(line, options));
  const rest = loud.length > 8 ? ` And ${counted(loud.length - 8, "more line")}.` : "";
  const behind = quiet ? ` ${counted(quiet, "thin line")} in the background.` : "";
  const axis = axisOptions(options.x).title;
  return `${counted(loud.length, "line")} over ${axis}. ${said.join(" ")}${rest}${behind}`.trim();
}

/** A line in words. */
export function describeLine(line: LineSeries, options: Pick<LinesOptions, "x" | "y" | "right">): string {
  const axis = axisOptions((line.axis === "right" && options.right) || options.y);
  const shown = (value: number) => (axis.format === "percent" ? percent(value) : formatNumber(value));
  const where = positions(line.x, options.x);
  const values = Array.from(line.y as ArrayLike<number | null>);
  const filled = values.flatMap((value, at) => (value === null || Number.isNaN(value) ? [] : [{ value, at }]));
  if (!filled.length) return `${line.name}: no values.`;
  const [first, last] = [filled[0], filled[filled.length - 1]];
  const place = (at: number) => (typeof where[at] === "number" ? formatNumber(where[at]) : where[at]);
  const [low, high] = filled.reduce(
    ([l, h], point) => [point.value < l.value ? point : l, point.value > h.value ? point : h],
    [first, first],
  );
  return (
    `${line.name}: ${shown(first.value)} at ${place(first.at)}, ${shown(last.value)} at ${place(last.at)}; ` +
    `lowest ${shown(low.value)} at ${place(low.at)}, highest ${shown(high.value)} at ${place(high.at)}.`
  );
}
