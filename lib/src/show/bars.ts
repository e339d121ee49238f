import { ln } from "../special";
import { type Axis, axisOptions, logTicks, plotlyAxis } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber, percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel, escapeName } from "./text/escape";
import { shorten, wrapText } from "./text/measure";
import { colours, palette, sizes } from "./theme";

/** A bar. */
export interface Bar {
  readonly label: string;
  /** Null: no bar, a dash. */
  readonly value: number | null;
  /** Ends of an interval around the value. */
  readonly low?: number;
  readonly high?: number;
  /** Bars of one group have one colour and an entry in the legend. */
  readonly group?: string;
  /** Stands out from the others, when there are no groups. */
  readonly strong?: boolean;
}

export interface BarsOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** What the length of a bar measures. */
  readonly value: Axis;
  /** What the bars are ("model"). */
  readonly category?: string;
  /** Decimals of the written values. */
  readonly digits?: number;
  /** Longest on top instead of the order given. */
  readonly sorted?: boolean;
}

/**
 * Lying bars with their values written at the end, one below the other, in groups of colour where asked.
 *
 * @example
 * ```ts
 * show.bars(
 *   [{ label: "Drake", value: 1204 }, { label: "Ed Sheeran", value: 980 }],
 *   { title: "Drake holds the most chart days", value: "days in the Top 200", sorted: true },
 * );
 * ```
 */
export function bars(items: readonly Bar[], options: BarsOptions): void {
  showFigure(barsFigure(items, options));
}

/** The figure of {@link bars}, not shown. */
export function barsFigure(items: readonly Bar[], options: BarsOptions): Figure {
  const labels = orderedLabels(items, options.sorted ?? false);
  // Long labels take a second line, still longer ones are cut.
  const names = labels.map((label) => wrapText(shorten(label, 380, LABEL), 215, LABEL));
  const groups = [...new Set(items.map((item) => item.group))];
  const format = axisOptions(options.value).format;
  const shown = (value: number | null) =>
    value !== null && format === "percent" ? percent(value, options.digits ?? 1) : formatNumber(value, options.digits);
  const data = groups.map((group, at) => {
    const own = items.filter((item) => item.group === group);
    return barTrace(own, labels, shown, { group, colour: palette[at % palette.length], at });
  });
  const layout = {
    barmode: "group",
    bargap: 0.28,
    bargroupgap: 0.08,
    showlegend: groups.length > 1,
    xaxis: plotlyAxis(options.value, valueRange(items, options.value)),
    yaxis: {
      ...(options.category ? { title: { text: escapeLabel(options.category) } } : {}),
      tickvals: labels.map((_, at) => at),
      ticktext: names.map((lines) => lines.map(escapeLabel).join("<br>")),
      range: [labels.length - 0.45, -0.55],
      showgrid: false,
      ticks: "",
      tickfont: { ...LABEL, color: colours.ink },
    },
  };
  const rowHeight = Math.max(
    groups.length > 1 ? 14 + 18 * groups.length : 30,
    names.some(({ length }) => length > 1) ? 42 : 0,
  );
  const plotHeight = Math.max(90, labels.length * rowHeight);
  const alt = [options.alt, composed(items, labels, shown)].filter(Boolean).join(" ");
  return drawFigure({ data, layout, plotHeight }, { ...options, alt });
}

/** How the labels beside the bars are set. */
const LABEL = { size: 13 };

/** Groups differ in how full their bars are too, for those who do not see their colours apart. */
const FILLS = [1, 0.45, 0.12];

/** A colour mixed with white. */
function tint(colour: string, share: number): string {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgb(${parts.map((part) => Math.round(255 + (part - 255) * share)).join(", ")})`;
}

function orderedLabels(items: readonly Bar[], sorted: boolean): string[] {
  const labels = [...new Set(items.map((item) => item.label))];
  if (!sorted) return labels;
  const longest = (label: string) =>
    Math.max(...items.filter((item) => item.label === label).map((item) => item.value ?? Number.NEGATIVE_INFINITY));
  return labels.sort((a, b) => longest(b) - longest(a));
}

/** From zero to a little beyond the longest bar, so that its number has room. */
function valueRange(items: readonly Bar[], axis: Axis): PlotlyObject {
  if (axisOptions(axis).log) return logRange(items, axis);
  if (axisOptions(axis).range) return {};
  const ends = items.flatMap((item) => [item.value ?? 0, item.low ?? 0, item.high ?? 0]);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const space = (high - low || 1) * 0.14;
  return { range: [low < 0 ? low - space : 0, high > 0 ? high + space : 0] };
}

/** On a logarithmic axis bars have no zero to start from: they start a little below the shortest one. */
function logRange(items: readonly Bar[], axis: Axis): PlotlyObject {
  const ends = items
    .flatMap((item) => [item.value, item.low, item.high])
    .filter((end) => end != null && end > 0) as number[];
  if (!ends.length || axisOptions(axis).range) return {};
  const [low, high] = [ln(Math.min(...ends)) / ln(10), ln(Math.max(...ends)) / ln(10)];
  const span = Math.max(0.5, high - low);
  return { ...logTicks(axis, ends), range: [low - 0.25 * span, high + 0.18 * span] };
}

function barTrace(
  items: readonly Bar[],
  labels: readonly string[],
  shown: (value: number | null) => string,
  look: { group?: string; colour: string; at: number },
): PlotlyObject {
  const intervals = items.some((item) => item.low !== undefined && item.high !== undefined);
  const reach = (item: Bar, end: "low" | "high") => Math.abs((item[end] ?? item.value ?? 0) - (item.value ?? 0));
  const quiet = look.group === undefined && items.some((item) => item.strong);
  return {
    type: "bar",
    orientation: "h",
    name: escapeName(look.group ?? ""),
    x: items.map((item) => item.value),
    y: items.map((item) => labels.indexOf(item.label)),
    text: items.map(
      (item) =>
        ` ${shown(item.value)}${intervals ? ` (${shown(item.low ?? null)} to ${shown(item.high ?? null)})` : ""} `,
    ),
    hovertext: items.map((item) => `${escapeLabel(item.label)}: ${shown(item.value)}`),
    hoverinfo: "text",
    textposition: intervals ? "inside" : "outside",
    insidetextanchor: "start",
    cliponaxis: false,
    textfont: { size: sizes.tick, color: intervals ? "#ffffff" : colours.ink },
    marker: {
      color: items.map((item) =>
        quiet && !item.strong ? "#a9b8c6" : tint(look.colour, FILLS[look.at % FILLS.length]),
      ),
      line: { color: quiet ? colours.paper : look.colour, width: look.at % FILLS.length ? 1.5 : 0 },
    },
    ...(intervals
      ? {
          error_x: intervalBars(
            items.map((item) => reach(item, "low")),
            items.map((item) => reach(item, "high")),
          ),
        }
      : {}),
  };
}

function intervalBars(arrayminus: readonly number[], array: readonly number[]): PlotlyObject {
  return { type: "data", symmetric: false, array, arrayminus, color: colours.ink, thickness: 1.5, width: 4 };
}

function composed(items: readonly Bar[], labels: readonly string[], shown: (value: number | null) => string): string {
  const one = (item: Bar) => {
    const interval =
      item.low === undefined || item.high === undefined ? "" : ` (${shown(item.low)} to ${shown(item.high)})`;
    return `${item.group === undefined ? "" : `${item.group} `}${shown(item.value)}${interval}`;
  };
  const said = labels.slice(0, 20).map(
    (label) =>
      `${label} ${items
        .filter((item) => item.label === label)
        .map(one)
        .join(", ")}`,
  );
  return `Bars: ${said.join("; ")}${labels.length > 20 ? `; and ${labels.length - 20} more` : ""}.`;
}
