import { HitlabError } from "../errors";
import { type Axis, axisOptions, plotlyAxis } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { counted, formatNumber, percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeName } from "./text/escape";
import { seriesLook } from "./theme";

export interface HistogramOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** What is measured, with its unit. */
  readonly x: Axis;
  /** What is counted ("rows"). */
  readonly things?: string;
  /** Number of bins (30), or their width. */
  readonly bins?: number | { readonly width: number };
  /** Share of all instead of the count: to compare groups of different sizes. */
  readonly share?: boolean;
}

/** Values of one group, or of several by their names. */
export type HistogramValues = ArrayLike<number> | Readonly<Record<string, ArrayLike<number>>>;

/**
 * How values spread: one group as bars, several as outlines on common bins. Missing values (NaN) are left out.
 *
 * @example
 * ```ts
 * show.histogram(leads, { title: "Half of the calls come five days ahead", x: "days ahead", things: "songs", bins: { width: 1 } });
 * ```
 */
export function histogram(values: HistogramValues, options: HistogramOptions): void {
  showFigure(histogramFigure(values, options));
}

/** The figure of {@link histogram}, not shown. */
export function histogramFigure(values: HistogramValues, options: HistogramOptions): Figure {
  const groups = named(values).map(([name, list]) => ({
    name,
    values: list.filter((value) => Number.isFinite(value)),
  }));
  const edges = binEdges(
    groups.flatMap((group) => group.values),
    options,
  );
  const things = options.things ?? "rows";
  const counts = groups.map((group) => countBins(group.values, edges, options.share ?? false));
  const data = groups.map((group, at) =>
    groups.length === 1 ? filled(counts[at], edges, options.share) : outline(group.name, counts[at], edges, at),
  );
  const layout = {
    showlegend: groups.length > 1,
    bargap: 0.04,
    xaxis: plotlyAxis(options.x),
    yaxis: plotlyAxis(
      { title: options.share ? `share of the ${things}` : things, format: options.share ? "percent" : "number" },
      { rangemode: "tozero", ...(Math.max(...counts.flat()) <= 10 && !options.share ? { dtick: 1 } : {}) },
    ),
  };
  const said = groups.map((group) => inWords(group.name, group.values, things, options.x));
  const alt = [options.alt, `Histogram of ${axisOptions(options.x).title}.`, ...said].filter(Boolean).join(" ");
  return drawFigure({ data, layout }, { ...options, alt });
}

function named(values: HistogramValues): [string, number[]][] {
  if (isList(values)) return [["", Array.from(values)]];
  return Object.entries(values).map(([name, list]) => [name, Array.from(list)]);
}

function isList(values: HistogramValues): values is ArrayLike<number> {
  return Array.isArray(values) || ArrayBuffer.isView(values);
}

function binEdges(values: readonly number[], { bins = 30, x }: HistogramOptions): number[] {
  if (!values.length) {
    throw new HitlabError({
      what: "a histogram needs at least one number",
      remedy: "check the values for NaN and null",
    });
  }
  const found = extent(values);
  // Shares are shown on their whole scale, so that the bins have round edges.
  const isShare = axisOptions(x).format === "percent" && found[0] >= 0 && found[1] <= 1;
  const [low, high] = isShare ? [0, 1] : found;
  if (typeof bins === "object") {
    const { width } = bins;
    const first = Math.floor(low / width);
    const count = Math.floor(high / width) - first + 1;
    // A bin that holds one whole number stands above that number.
    const shift = width === 1 && values.every(Number.isInteger) ? -0.5 : 0;
    return Array.from({ length: count + 1 }, (_, at) => (first + at) * width + shift);
  }
  const width = (high - low || 1) / bins;
  return Array.from({ length: bins + 1 }, (_, at) => low + at * width);
}

/** Smallest and largest; a spread call would not take a hundred thousand values. */
function extent(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}

function countBins(values: readonly number[], edges: readonly number[], share: boolean): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  const [low, width] = [edges[0], edges[1] - edges[0]];
  for (const value of values) counts[Math.min(counts.length - 1, Math.floor((value - low) / width))]++;
  return share ? counts.map((count) => count / values.length) : counts;
}

function filled(counts: readonly number[], edges: readonly number[], share?: boolean): PlotlyObject {
  const shown = (count: number) => (share ? percent(count) : formatNumber(count));
  return {
    type: "bar",
    x: counts.map((_, at) => (edges[at] + edges[at + 1]) / 2),
    y: counts,
    width: edges[1] - edges[0],
    hovertext: counts.map((count, at) => `${binName(edges[at], edges[at + 1])}: ${shown(count)}`),
    hoverinfo: "text",
    marker: { color: seriesLook(0).colour, line: { color: "#ffffff", width: 1 } },
  };
}

function binName(from: number, to: number): string {
  return to - from === 1 && !Number.isInteger(from)
    ? formatNumber(from + 0.5)
    : `${formatNumber(from)} to ${formatNumber(to)}`;
}

function outline(name: string, counts: readonly number[], edges: readonly number[], at: number): PlotlyObject {
  const look = seriesLook(at);
  return {
    type: "scatter",
    mode: "lines",
    name: escapeName(name),
    // A step holds from its edge to the next; the ends go down to zero.
    x: [edges[0], ...edges],
    y: [0, ...counts, 0],
    line: { shape: "hv", color: look.colour, dash: look.dash, width: 2 },
  };
}

function inWords(name: string, values: readonly number[], things: string, x: Axis): string {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  const shown = (value: number) => (axisOptions(x).format === "percent" ? percent(value) : formatNumber(value));
  return (
    `${name ? `${name}: ` : ""}${counted(values.length, things.replace(/s$/, ""), things)}, median ${shown(at(0.5))}, ` +
    `the middle half from ${shown(at(0.25))} to ${shown(at(0.75))}, all from ${shown(at(0))} to ${shown(at(1))}.`
  );
}
