import { HitlabError } from "../errors";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { shorten, textWidth } from "./text/measure";
import { colours, palette, sizes } from "./theme";

/** How much a column counts for a model, as `evaluate.permutationImportance` says it. */
export interface ImportanceRow {
  readonly feature: string;
  readonly importance: number;
  /** Ends of an interval. */
  readonly low?: number;
  readonly high?: number;
  /** A column of noise: what chance alone gives. */
  readonly control?: boolean;
}

export interface ImportanceFigureOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** What is measured ("drop in accuracy"). Default "importance". */
  readonly value?: string;
  /** Decimals (3). */
  readonly digits?: number;
  /** Keep the order given instead of the most important on top. */
  readonly keepOrder?: boolean;
}

/** The colour of the controls and of the band that they span. */
const CONTROL = "#8a96a3";

/**
 * What each column counts for a model: dots with their intervals, the most important on top, and a grey band for what
 * columns of pure noise reach.
 *
 * @example
 * ```ts
 * const { features } = evaluate.permutationImportance(forest, parts.test);
 * show.importance(features, { title: "Instrumentalness counts most", value: "drop in accuracy" });
 * ```
 */
export function importance(rows: readonly ImportanceRow[], options: ImportanceFigureOptions): void {
  showFigure(importanceFigure(rows, options));
}

/** The figure of {@link importance}, not shown. */
export function importanceFigure(rows: readonly ImportanceRow[], options: ImportanceFigureOptions): Figure {
  if (!rows.length) throw new HitlabError({ what: "there are no columns to show", remedy: "pass at least one" });
  const sorted = options.keepOrder ? rows : [...rows].sort((a, b) => b.importance - a.importance);
  const names = sorted.map(({ feature }) => escapeLabel(shorten(feature, 240, { size: 13 })));
  const digits = options.digits ?? 3;
  const range = valueRange(sorted, digits);
  const layout = {
    xaxis: { title: { text: escapeLabel(options.value ?? "importance") }, range },
    yaxis: {
      tickvals: names.map((_, at) => at),
      ticktext: names,
      range: [names.length - 0.4, -0.6],
      showgrid: true,
      showline: false,
      ticks: "",
      fixedrange: true,
      tickfont: { size: 13, color: colours.ink },
    },
    shapes: [zeroLine(), ...controlBand(sorted)],
  };
  const data = [dots(sorted), values(sorted, digits, 0.012 * (range[1] - range[0]))];
  const alt = [options.alt, composed(sorted, digits)].filter(Boolean).join(" ");
  return drawFigure({ data, layout, plotHeight: Math.max(110, 26 * sorted.length) }, { ...options, alt });
}

/** With room for the numbers to the right of the intervals. */
function valueRange(rows: readonly ImportanceRow[], digits: number): [number, number] {
  const ends = rows.flatMap(({ importance, low, high }) => [importance, low ?? importance, high ?? importance, 0]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const widest = Math.max(...rows.map((row) => textWidth(formatNumber(row.importance, digits), { size: sizes.tick })));
  const span = high - low || 1;
  return [low - 0.04 * span, high + (span * (widest + 24)) / 450];
}

function zeroLine(): PlotlyObject {
  const line = { color: colours.axis, width: 1 };
  return { type: "line", xref: "x", yref: "paper", x0: 0, x1: 0, y0: 0, y1: 1, line, layer: "below" };
}

/** From the lowest to the highest end of the controls' intervals. */
function controlBand(rows: readonly ImportanceRow[]): PlotlyObject[] {
  const ends = rows
    .filter(({ control }) => control)
    .flatMap(({ importance, low, high }) => [low ?? importance, high ?? importance]);
  if (!ends.length) return [];
  const [x0, x1] = [Math.min(...ends), Math.max(...ends)];
  const look = { fillcolor: "rgba(138,150,163,0.22)", line: { width: 0 }, layer: "below" };
  return [{ type: "rect", xref: "x", yref: "paper", x0, x1, y0: 0, y1: 1, ...look }];
}

function dots(rows: readonly ImportanceRow[]): PlotlyObject {
  const colour = rows.map(({ control }) => (control ? CONTROL : palette[0]));
  const reach = (end: "low" | "high") => rows.map((row) => Math.abs((row[end] ?? row.importance) - row.importance));
  return {
    type: "scatter",
    mode: "markers",
    x: rows.map((row) => row.importance),
    y: rows.map((_, at) => at),
    hovertext: rows.map((row) => `${escapeLabel(row.feature)}: ${formatNumber(row.importance, 4)}`),
    hoverinfo: "text",
    error_x: {
      type: "data",
      symmetric: false,
      array: reach("high"),
      arrayminus: reach("low"),
      color: colours.quiet,
      thickness: 1.5,
      width: 3,
    },
    marker: { color: colour, size: 8, symbol: rows.map(({ control }) => (control ? "diamond" : "circle")) },
  };
}

/** The numbers, `space` to the right of the intervals. */
function values(rows: readonly ImportanceRow[], digits: number, space: number): PlotlyObject {
  return {
    type: "scatter",
    mode: "text",
    x: rows.map((row) => Math.max(row.importance, row.high ?? row.importance) + space),
    y: rows.map((_, at) => at),
    text: rows.map((row) => formatNumber(row.importance, digits)),
    textposition: "middle right",
    textfont: { size: sizes.tick, color: colours.ink },
    cliponaxis: false,
    hoverinfo: "skip",
  };
}

function composed(rows: readonly ImportanceRow[], digits: number): string {
  const told = (row: ImportanceRow) => {
    const value = `${row.feature} ${formatNumber(row.importance, digits)}`;
    if (row.low === undefined || row.high === undefined) return value;
    return `${value} (${formatNumber(row.low, digits)} to ${formatNumber(row.high, digits)})`;
  };
  const [features, controls] = [false, true].map((control) => rows.filter((row) => (row.control ?? false) === control));
  const noise = controls.length ? ` Columns of noise: ${controls.map(told).join(", ")}.` : "";
  return `${features.map(told).join(", ")}.${noise}`;
}
