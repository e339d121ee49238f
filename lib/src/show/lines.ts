import { HitlabError } from "../errors";
import { type Axis, axisOptions, logTicks, plotlyAxis, positions, rankTicks } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { counted, formatNumber, percent } from "./format";
import { type Threshold, thresholdParts } from "./levels";
import type { PlotlyObject } from "./plotly/types";
import { escapeName } from "./text/escape";
import { colours, pale, seriesLook, sizes } from "./theme";
import { thinLine } from "./thin";

/** A line of a chart. */
export interface LineSeries {
  readonly name: string;
  /** Numbers, dates as "2017-01-31", or days since 1970 with the axis' format "days". */
  readonly x: ArrayLike<number> | readonly string[];
  /** Same length as `x`; a gap is null or NaN. */
  readonly y: ArrayLike<number> | readonly (number | null)[];
  /** Ends of an interval around each point, drawn as bars for up to 30 points, or as a band; null for none. */
  readonly low?: ArrayLike<number> | readonly (number | null)[];
  readonly high?: ArrayLike<number> | readonly (number | null)[];
  /** Fills what lies between `low` and `high`, for any number of points. */
  readonly band?: boolean;
  /** Which axis it is read on ("left"). */
  readonly axis?: "left" | "right";
  /** Dots on the line; by default for up to 30 points. */
  readonly dots?: boolean;
  /** One of many in the background: thin, grey, without a name in the legend. */
  readonly quiet?: boolean;
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
 * One or several lines, with an optional second axis, reversed axes for ranks, bands, and levels to compare with.
 *
 * @throws HitlabError for lists of different lengths, a band without both ends, or one that reaches 0 or below on a
 *   logarithmic axis
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
  for (const line of series) checkLine(line, options);
  const most = Math.max(20, Math.min(MOST_POINTS.line, Math.floor(MOST_POINTS.all / series.length)));
  const plotHeight = options.plotHeight ?? sizes.plotHeight;
  // The quiet ones come first, so that they lie below.
  const ordered = [...series].sort((a, b) => Number(b.quiet ?? false) - Number(a.quiet ?? false));
  let loud = 0;
  const data = ordered.flatMap((line) => {
    const look = line.quiet ? undefined : seriesLook(loud++);
    return [...bandTraces(line, options, most, look), trace(line, options, most, look)];
  });
  const bandsFirst = [...data].sort((a, b) => Number("fill" in b) - Number("fill" in a));
  const layout = {
    showlegend: loud > 1,
    ...lineAxes(series, options, plotHeight),
    ...thresholdParts(options.thresholds ?? [], options),
  };
  const alt = [options.alt, composed(series, options)].filter(Boolean).join(" ");
  return drawFigure({ data: bandsFirst, layout, plotHeight }, { ...options, alt });
}

function checkLine(line: LineSeries, options: LinesOptions): void {
  const { name, x, y, low, high, band } = line;
  const odd = [y, low ?? y, high ?? y].find((list) => list.length !== x.length);
  if (odd) {
    throw new HitlabError({
      what: `the series "${name}" has lists of different lengths`,
      value: `${x.length} x, ${odd.length} others`,
      remedy: "pass as many x, y, low and high",
    });
  }
  if (!band) return;
  if (!low || !high) {
    throw new HitlabError({ what: `the band of "${name}" needs low and high`, remedy: "pass both, or leave out band" });
  }
  const axis = axisOptions((line.axis === "right" && options.right) || options.y);
  const under = axis.log ? Array.from(low).find((value) => value !== null && value <= 0) : undefined;
  if (under === undefined) return;
  throw new HitlabError({
    what: `the band of "${name}" reaches 0 or below, which the logarithmic axis "${axis.title}" does not have`,
    value: under,
    remedy: "use an axis without log, or ends that stay above 0",
  });
}

/** A piece of a band between gaps, as a closed line: along the upper ends and back along the lower. */
function bandTraces(
  line: LineSeries,
  options: LinesOptions,
  most: number,
  look?: ReturnType<typeof seriesLook>,
): PlotlyObject[] {
  const { low, high } = line;
  if (!line.band || !low || !high) return [];
  const where = positions(line.x, options.x);
  const isKnown = (at: number) => [low[at], high[at]].every((end) => end !== null && Number.isFinite(end));
  const pieces: number[][] = [[]];
  for (let at = 0; at < where.length; at++) {
    if (isKnown(at)) pieces[pieces.length - 1].push(at);
    else pieces.push([]);
  }
  return pieces
    .filter((piece) => piece.length > 1)
    .map((piece) => {
      const edge = (ends: ArrayLike<number | null>) =>
        thinLine({ x: piece.map((at) => where[at]), y: piece.map((at) => ends[at]) }, most);
      const [lower, upper] = [edge(low), edge(high)];
      return {
        type: "scatter",
        mode: "lines",
        x: [...upper.x, ...[...lower.x].reverse()],
        y: [...upper.y, ...[...lower.y].reverse()],
        fill: "toself",
        fillcolor: pale(look?.colour ?? colours.axis),
        line: { width: 0 },
        showlegend: false,
        hoverinfo: "skip",
        ...(line.axis === "right" ? { yaxis: "y2" } : {}),
      };
    });
}

function lineAxes(series: readonly LineSeries[], { x, y, right }: LinesOptions, height: number): PlotlyObject {
  const xs = series.flatMap((line) => numbersOf(line.x));
  const onLeft = series.filter((line) => line.axis !== "right");
  const ys = onLeft.flatMap((line) => numbersOf(line.y));
  const ends = onLeft.flatMap(({ band, low, high }) =>
    band ? [...numbersOf(low ?? []), ...numbersOf(high ?? [])] : [],
  );
  const second = { overlaying: "y", side: "right", showgrid: false, tickmode: "auto" };
  return {
    xaxis: plotlyAxis(x, logTicks(x, xs)),
    yaxis: plotlyAxis(y, { ...logTicks(y, [...ys, ...ends]), ...rankTicks(y, ys) }, height),
    ...(right ? { yaxis2: plotlyAxis(right, second, height) } : {}),
  };
}

function numbersOf(values: ArrayLike<number | null | string>): number[] {
  return Array.from(values).filter((value): value is number => typeof value === "number");
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
    ...(look && !line.band && line.low && line.high && y.length <= Math.min(30, most)
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
  const said = loud.slice(0, 8).map((line) => `${describeLine(line, options)}${describeBand(line, options)}`);
  const rest = loud.length > 8 ? ` And ${counted(loud.length - 8, "more line")}.` : "";
  const behind = quiet ? ` ${counted(quiet, "thin line")} in the background.` : "";
  const axis = axisOptions(options.x).title;
  return `${counted(loud.length, "line")} over ${axis}. ${said.join(" ")}${rest}${behind}`.trim();
}

/** What a band spans at both of its ends. */
function describeBand({ x, low, high, band, axis }: LineSeries, options: LinesOptions): string {
  if (!band || !low || !high) return "";
  const where = positions(x, options.x);
  const shown = shownOn((axis === "right" && options.right) || options.y);
  const known = where
    .map((_, at) => at)
    .filter((at) => Number.isFinite(low[at] ?? NaN) && Number.isFinite(high[at] ?? NaN));
  const ends = [...new Set([known[0], known[known.length - 1]])].filter((at) => at !== undefined);
  const said = ends.map(
    (at) => `from ${shown(low[at] as number)} to ${shown(high[at] as number)} at ${placeName(where[at])}`,
  );
  return said.length ? ` Band ${said.join(", ")}.` : "";
}

function shownOn(axis: Axis): (value: number) => string {
  return (value) => (axisOptions(axis).format === "percent" ? percent(value) : formatNumber(value));
}

function placeName(place: string | number): string {
  if (typeof place !== "number") return place;
  // Four decimals would make 0 of a small lambda.
  return place !== 0 && Math.abs(place) < 0.001 ? String(Number(place.toPrecision(2))) : formatNumber(place);
}

/** A line in words. */
export function describeLine(line: LineSeries, options: Pick<LinesOptions, "x" | "y" | "right">): string {
  const shown = shownOn((line.axis === "right" && options.right) || options.y);
  const where = positions(line.x, options.x);
  const values = Array.from(line.y as ArrayLike<number | null>);
  const filled = values.flatMap((value, at) => (value === null || Number.isNaN(value) ? [] : [{ value, at }]));
  if (!filled.length) return `${line.name}: no values.`;
  const [first, last] = [filled[0], filled[filled.length - 1]];
  const place = (at: number) => placeName(where[at]);
  const [low, high] = filled.reduce(
    ([l, h], point) => [point.value < l.value ? point : l, point.value > h.value ? point : h],
    [first, first],
  );
  return (
    `${line.name}: ${shown(first.value)} at ${place(first.at)}, ${shown(last.value)} at ${place(last.at)}; ` +
    `lowest ${shown(low.value)} at ${place(low.at)}, highest ${shown(high.value)} at ${place(high.at)}.`
  );
}
