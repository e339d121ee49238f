import { HitlabError } from "../errors";
import { checkWhole } from "../models/checks";
import { type Axis, plotlyAxis } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { counted, formatNumber, percent } from "./format";
import { panelHeading } from "./plotly/heading";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel, escapeName } from "./text/escape";
import { shorten, textWidth } from "./text/measure";
import { colours, pale, seriesLook, sizes } from "./theme";

/** A line of a panel, with a band around it where `low` and `high` are given. */
export interface BandSeries {
  readonly name: string;
  /** Where the points stand: the same words in every panel, or numbers. */
  readonly x: readonly string[] | ArrayLike<number>;
  /** The middle (median); a gap is null. */
  readonly y: ArrayLike<number | null>;
  /** Ends of the band (quartiles). */
  readonly low?: ArrayLike<number | null>;
  readonly high?: ArrayLike<number | null>;
}

/** A small chart among others. */
export interface Panel {
  readonly title: string;
  /** A few quiet words behind the title: the unit. */
  readonly remark?: string;
  readonly series: readonly BandSeries[];
  /** Ends of its upright axis; by default those of its numbers. */
  readonly range?: readonly [number, number];
  /** "percent" for shares of one. */
  readonly format?: "number" | "percent";
}

export interface SmallMultiplesOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** What all panels have in common along the bottom. */
  readonly x: Axis;
  /** Panels beside each other (3). */
  readonly columns?: number;
  /** Height inside the axes of a panel in pixels (104). */
  readonly panelHeight?: number;
}

/** Room between panels in pixels: for the heading above, the labels below and those at the left. */
const GAP = { heading: 26, below: 30, left: 52 };

/**
 * Many small charts of the same kind, row after row: lines with bands, one colour per series, a scale for each panel.
 *
 * @example
 * ```ts
 * const panels = load.audioFeatures.map((feature) => ({ title: feature, series: [hitsOf(feature), flopsOf(feature)] }));
 * show.smallMultiples(panels, { x: "decade", title: "Hits and flops part by energy and danceability" });
 * ```
 */
export function smallMultiples(panels: readonly Panel[], options: SmallMultiplesOptions): void {
  showFigure(smallMultiplesFigure(panels, options));
}

/** The figure of {@link smallMultiples}, not shown. */
export function smallMultiplesFigure(panels: readonly Panel[], options: SmallMultiplesOptions): Figure {
  checkPanels(panels);
  const grid = gridOf(panels.length, options);
  const names = [...new Set(panels.flatMap((panel) => panel.series.map((series) => series.name)))];
  const parts = panels.map((panel, at) => {
    // A name stands in the legend once, for the first panel that has it.
    const known = new Set(panels.slice(0, at).flatMap(({ series }) => series.map(({ name }) => name)));
    return panelParts(panel, { at, grid, names, known, options });
  });
  const layout = {
    showlegend: names.length > 1,
    ...Object.assign({}, ...parts.map((part) => part.axes)),
    annotations: parts.map((part) => part.heading),
  };
  const alt = [options.alt, ...panels.map(told)].filter(Boolean).join(" ");
  return drawFigure({ data: parts.flatMap((part) => part.data), layout, plotHeight: grid.height }, { ...options, alt });
}

function checkPanels(panels: readonly Panel[]): void {
  if (panels.length === 0) throw new HitlabError({ what: "no panels to draw", remedy: "pass at least one" });
  for (const { title, series } of panels) {
    const odd = series.find(({ x, y, low, high }) => [y, low ?? y, high ?? y].some((list) => list.length !== x.length));
    if (!odd && series.length > 0) continue;
    throw new HitlabError({
      what: odd
        ? `the series "${odd.name}" of the panel "${title}" has lists of different lengths`
        : `the panel "${title}" has no series`,
      remedy: "pass at least one series, with as many x, y, low and high",
    });
  }
}

interface Grid {
  readonly panels: number;
  readonly columns: number;
  readonly panelHeight: number;
  /** Of all panels together, in pixels. */
  readonly height: number;
}

function gridOf(panels: number, { columns = 3, panelHeight = 104 }: SmallMultiplesOptions): Grid {
  checkWhole({ columns });
  const across = Math.min(columns, panels);
  const rows = Math.ceil(panels / across);
  return { panels, columns: across, panelHeight, height: rows * panelHeight + (rows - 1) * (GAP.heading + GAP.below) };
}

interface Place {
  readonly at: number;
  readonly grid: Grid;
  /** All series of the figure: a name has one look. */
  readonly names: readonly string[];
  /** Those that the panels before have. */
  readonly known: ReadonlySet<string>;
  readonly options: SmallMultiplesOptions;
}

function panelParts(panel: Panel, { at, grid, names, known, options }: Place) {
  const number = at === 0 ? "" : String(at + 1);
  const on = { xaxis: `x${number}`, yaxis: `y${number}` };
  const [across, down] = domains(at, grid);
  const lowest = at + grid.columns >= grid.panels;
  const bottom = plotlyAxis(options.x, typeof panel.series[0].x[0] === "string" ? { type: "category" } : {});
  const side = plotlyAxis({ title: "", format: panel.format, range: panel.range });
  const looks = panel.series.map((series) => ({ series, at: names.indexOf(series.name) }));
  return {
    data: [
      ...looks.flatMap((look) => band(look.series, look.at, on)),
      ...looks.map((look) => middle(look.series, look.at, { ...on, showlegend: !known.has(look.series.name) })),
    ],
    axes: {
      [`xaxis${number}`]: { ...bottom, ...(lowest ? {} : { title: undefined }), domain: across, anchor: on.yaxis },
      [`yaxis${number}`]: { ...side, title: undefined, domain: down, anchor: on.xaxis, nticks: 5 },
    },
    heading: heading(panel, across, down[1]),
  };
}

/** What part of the width and of the height a panel takes. */
function domains(at: number, grid: Grid): [[number, number], [number, number]] {
  const gap = GAP.left / (sizes.width - 2 * sizes.pad - GAP.left);
  const width = (1 - (grid.columns - 1) * gap) / grid.columns;
  const left = (at % grid.columns) * (width + gap);
  const top = 1 - (Math.floor(at / grid.columns) * (grid.panelHeight + GAP.heading + GAP.below)) / grid.height;
  return [
    [left, Math.min(1, left + width)],
    [Math.max(0, top - grid.panelHeight / grid.height), top],
  ];
}

/** Two unseen lines with the colour between them. */
function band(series: BandSeries, at: number, on: PlotlyObject): PlotlyObject[] {
  const { x, low, high } = series;
  if (!low || !high) return [];
  const known = Array.from(low, (_, i) => i).filter((i) => isNumber(low[i]) && isNumber(high[i]));
  const edge = (ends: ArrayLike<number | null>): PlotlyObject => ({
    ...on,
    type: "scatter",
    mode: "lines",
    name: escapeName(series.name),
    legendgroup: series.name,
    showlegend: false,
    hoverinfo: "skip",
    x: known.map((i) => place(x[i])),
    y: known.map((i) => ends[i]),
    line: { width: 0 },
  });
  return [edge(low), { ...edge(high), fill: "tonexty", fillcolor: pale(seriesLook(at).colour) }];
}

function middle(series: BandSeries, at: number, on: PlotlyObject): PlotlyObject {
  const look = seriesLook(at);
  return {
    ...on,
    type: "scatter",
    mode: "lines+markers",
    name: escapeName(series.name),
    legendgroup: series.name,
    x: Array.from(series.x as ArrayLike<string | number>, place),
    y: Array.from(series.y, (value) => (isNumber(value) ? value : null)),
    connectgaps: false,
    line: { color: look.colour, dash: look.dash, width: 2 },
    marker: { color: look.colour, symbol: look.symbol, size: 5 },
  };
}

function place(x: string | number): string | number {
  return typeof x === "string" ? escapeLabel(x) : x;
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function heading(panel: Panel, [left, right]: readonly [number, number], top: number): PlotlyObject {
  const room = (right - left) * (sizes.width - 2 * sizes.pad - GAP.left);
  const title = shorten(panel.title, room, { size: sizes.axis, bold: true });
  const rest = room - textWidth(title, { size: sizes.axis, bold: true }) - 6;
  const words = panel.remark && rest > 40 ? shorten(panel.remark, rest, { size: sizes.axis }) : "";
  const remark = words ? ` <span style="color:${colours.quiet}">${escapeLabel(words)}</span>` : "";
  return panelHeading(`<b>${escapeLabel(title)}</b>${remark}`, { left, top }, sizes.axis);
}

/** A panel in words: each line from its first to its last point, with the band there. */
function told(panel: Panel): string {
  const shown = (value: number) => (panel.format === "percent" ? percent(value) : formatNumber(value));
  const lines = panel.series.slice(0, 4).map(({ name, x, y, low, high }) => {
    const known = Array.from(y, (_, i) => i).filter((i) => isNumber(y[i]));
    const point = (i: number) => {
      const ends = [low?.[i] ?? null, high?.[i] ?? null];
      const around = isNumber(ends[0]) && isNumber(ends[1]) ? ` (${shown(ends[0])} to ${shown(ends[1])})` : "";
      return `${shown(y[i] as number)}${around} at ${x[i]}`;
    };
    if (known.length === 0) return `${name} no values`;
    return `${name} ${[...new Set([known[0], known[known.length - 1]])].map(point).join(", ")}`;
  });
  const rest = panel.series.length > 4 ? `; and ${counted(panel.series.length - 4, "more line")}` : "";
  return `${panel.title}: ${lines.join("; ")}${rest}.`;
}
