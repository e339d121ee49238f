import { HitlabError } from "../errors";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { shorten, textWidth, wrapText } from "./text/measure";
import { colours, palette, sizes } from "./theme";

/** A value with its interval, of a model by a measure. */
export interface IntervalRow {
  readonly model: string;
  /** "accuracy", "rocAuc" and the like, or any other name. */
  readonly metric: string;
  /** Null where it is undefined: the place stays empty. */
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface IntervalsOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** Decimals (3). */
  readonly digits?: number;
  /** Measures of which less is better ("brier", "logLoss"). */
  readonly lessIsBetter?: readonly string[];
  /** Keep the models in the order given, instead of the best by the first measure on top. */
  readonly keepOrder?: boolean;
  /** One scale for all panels: when they show the same measure on different rows. */
  readonly sameScale?: boolean;
  /** A value to compare with in each panel, for example 0 for differences. */
  readonly reference?: number;
}

const METRIC_NAMES: Readonly<Record<string, string>> = {
  accuracy: "accuracy",
  precision: "precision",
  recall: "recall",
  f1: "F1",
  rocAuc: "ROC AUC",
  prAuc: "PR AUC",
  brier: "Brier score",
  logLoss: "log loss",
};

/**
 * Models compared: a dot with its interval per model and measure, one panel per measure, the best on top.
 *
 * @param rows one per model and measure; `evaluate.bootstrap` gives estimate, low and high
 * @example
 * ```ts
 * show.intervals(rows, { title: "Persistence beats every model in accuracy" });
 * ```
 */
export function intervals(rows: readonly IntervalRow[], options: IntervalsOptions): void {
  showFigure(intervalsFigure(rows, options));
}

/** The figure of {@link intervals}, not shown. */
export function intervalsFigure(rows: readonly IntervalRow[], options: IntervalsOptions): Figure {
  const metrics = [...new Set(rows.map((row) => row.metric))];
  if (!metrics.length) throw new HitlabError({ what: "there are no rows to compare", remedy: "pass at least one" });
  const less = new Set(options.lessIsBetter ?? ["brier", "logLoss"]);
  const models = orderedModels(rows, metrics[0], less, options.keepOrder ?? false);
  const short = models.map((model) => shorten(model, 190, { size: 13 }));
  const names = short.map(escapeLabel);
  const panelsWidth = sizes.width - Math.max(...short.map((name) => textWidth(name, { size: 13 }))) - 60;
  const common = { of: metrics.length, models, less, panelsWidth, options };
  const panels = metrics.map((metric, at) => panel(rows, { metric, at, ...common }));
  const layout = {
    yaxis: {
      tickvals: names.map((_, at) => at),
      ticktext: names,
      range: [names.length - 0.4, -0.7],
      showgrid: true,
      showline: false,
      ticks: "",
      fixedrange: true,
      tickfont: { size: 13, color: colours.ink },
    },
    ...Object.assign({}, ...panels.map((each) => each.axis)),
    shapes: panels.flatMap((each) => each.shapes),
  };
  const plotHeight = Math.max(110, 50 * models.length);
  const alt = [options.alt, composed(rows, metrics, models, options.digits)].filter(Boolean).join(" ");
  return drawFigure({ data: panels.map((each) => each.trace), layout, plotHeight }, { ...options, alt });
}

function orderedModels(
  rows: readonly IntervalRow[],
  metric: string,
  less: ReadonlySet<string>,
  keep: boolean,
): string[] {
  const models = [...new Set(rows.map((row) => row.model))];
  if (keep) return models;
  const sign = less.has(metric) ? 1 : -1;
  const worth = (model: string) => find(rows, model, metric)?.estimate ?? sign * Number.POSITIVE_INFINITY;
  return models.sort((a, b) => (worth(a) === worth(b) ? 0 : sign * (worth(a) - worth(b))));
}

function find(rows: readonly IntervalRow[], model: string, metric: string): IntervalRow | undefined {
  return rows.find((row) => row.model === model && row.metric === metric);
}

interface PanelOptions {
  readonly metric: string;
  readonly at: number;
  readonly of: number;
  readonly models: readonly string[];
  readonly less: ReadonlySet<string>;
  /** Pixels that the panels have between them. */
  readonly panelsWidth: number;
  readonly options: IntervalsOptions;
}

function panel(rows: readonly IntervalRow[], { metric, at, of, models, less, panelsWidth, options }: PanelOptions) {
  const digits = options.digits ?? 3;
  const axis = at === 0 ? "x" : `x${at + 1}`;
  const found = models.map((model) => find(rows, model, metric));
  const gap = 0.05;
  const width = (1 - gap * (of - 1)) / of;
  const domain = [at * (width + gap), at * (width + gap) + width];
  const name = METRIC_NAMES[metric] ?? metric;
  const lines = wrapText(name, panelsWidth * width, { size: sizes.axis }).map(escapeLabel);
  const title = [...lines, ...(less.has(metric) ? ["(less is better)"] : [])].join("<br>");
  const look = panelAxis(options.sameScale ? rows : found, title, domain, options);
  const perPixel = (look.range[1] - look.range[0]) / (panelsWidth * width);
  return {
    trace: dots(found, { axis, digits, name, sides: labelSides(found, perPixel, digits, options.reference) }),
    axis: { [axis.replace("x", "xaxis")]: look },
    shapes: options.reference === undefined ? [] : [referenceLine(axis, options.reference)],
  };
}

function panelAxis(
  found: readonly (IntervalRow | undefined)[],
  title: string,
  domain: readonly number[],
  options: IntervalsOptions,
) {
  const values = found.flatMap((row) => [row?.low, row?.high, row?.estimate, options.reference]);
  const known = values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const space = (high - low || Math.abs(high) || 1) * 0.18;
  const range = [low - space, high + space] as const;
  return { title: { text: title }, domain, anchor: "y", range, tickvals: fewTicks(range[0], range[1]), tickangle: 0 };
}

/** Two or three round values between the ends: more would run into each other on a narrow panel. */
function fewTicks(low: number, high: number): number[] {
  const steps = [1, 0.5, 0.25, 0.2, 0.1].flatMap((step) =>
    [1000, 100, 10, 1, 0.1, 0.01, 0.001].map((unit) => step * unit),
  );
  const inside = (step: number) => Math.floor(high / step) - Math.ceil(low / step) + 1;
  const step = steps.sort((a, b) => b - a).find((each) => inside(each) >= 2) ?? high - low;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.min(3, inside(step)) }, (_, at) => Number(((first + at) * step).toPrecision(10)));
}

function dots(
  found: readonly (IntervalRow | undefined)[],
  { axis, digits, name, sides }: { axis: string; digits: number; name: string; sides: string | string[] },
): PlotlyObject {
  const reach = (row: IntervalRow | undefined, end: "low" | "high") => {
    const value = row?.[end];
    return row?.estimate == null || value == null ? 0 : Math.abs(value - row.estimate);
  };
  return {
    type: "scatter",
    mode: "markers+text",
    name,
    xaxis: axis,
    x: found.map((row) => row?.estimate ?? null),
    y: found.map((_, at) => at),
    text: found.map((row) => formatNumber(row?.estimate, digits)),
    textposition: sides,
    textfont: { size: sizes.tick, color: colours.ink },
    cliponaxis: false,
    error_x: {
      type: "data",
      symmetric: false,
      array: found.map((row) => reach(row, "high")),
      arrayminus: found.map((row) => reach(row, "low")),
      color: palette[0],
      thickness: 2,
      width: 4,
    },
    marker: { color: palette[0], size: 9 },
    hovertemplate: `%{x:.${digits + 1}f}<extra></extra>`,
  };
}

/** A value stands above its dot, or to the side of it where the reference line would run through the number. */
function labelSides(
  found: readonly (IntervalRow | undefined)[],
  perPixel: number,
  digits: number,
  reference: number | undefined,
): string | string[] {
  if (reference === undefined) return "top center";
  return found.map((row) => {
    const from = (row?.estimate ?? reference) - reference;
    const half = textWidth(formatNumber(row?.estimate, digits), { size: sizes.tick }) / 2 + 3;
    if (Math.abs(from) > half * perPixel) return "top center";
    return from < 0 ? "top left" : "top right";
  });
}

function referenceLine(xref: string, value: number): PlotlyObject {
  const line = { color: colours.quiet, width: 1.5, dash: "dash" };
  return { type: "line", xref, yref: "paper", x0: value, x1: value, y0: 0, y1: 1, line, layer: "above" };
}

function composed(
  rows: readonly IntervalRow[],
  metrics: readonly string[],
  models: readonly string[],
  digits = 3,
): string {
  const value = (row: IntervalRow) =>
    `${row.model} ${formatNumber(row.estimate, digits)} (${formatNumber(row.low, digits)} to ${formatNumber(row.high, digits)})`;
  return metrics
    .map((metric) => {
      const found = models.flatMap((model) => find(rows, model, metric) ?? []);
      return `${METRIC_NAMES[metric] ?? metric}: ${found.map(value).join(", ")}.`;
    })
    .join(" ");
}
