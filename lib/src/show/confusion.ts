import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber, percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { colours } from "./theme";

/** The four counts of a yes / no classifier (scores of evaluate have them). */
export interface ConfusionCounts {
  readonly trueNegative: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly truePositive: number;
}

/** A larger table of counts: row = actual class, column = predicted class. */
export type ConfusionInput = { readonly confusion: ConfusionCounts } | ConfusionCounts | readonly (readonly number[])[];

/**
 * The confusion matrix: a rectangle per cell, shaded by its share of the actual class, with count and percentage.
 *
 * @param labels names of the classes in the order of the counts, negative first
 * @example
 * ```ts
 * show.confusion(scores, ["Not a Hit", "Hit"]);
 * ```
 */
export function confusion(input: ConfusionInput, labels: readonly string[], options: Partial<FigureText> = {}): void {
  showFigure(confusionFigure(input, labels, options));
}

/** The figure of {@link confusion}, not shown. */
export function confusionFigure(
  input: ConfusionInput,
  labels: readonly string[],
  options: Partial<FigureText> = {},
): Figure {
  const counts = table(input);
  const sums = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const cells = counts.flatMap((row, actual) =>
    row.map((count, predicted) => ({ actual, predicted, count, share: sums[actual] ? count / sums[actual] : 0 })),
  );
  const names = labels.map(escapeLabel);
  const layout = {
    xaxis: classAxis("Predicted", names, {}),
    yaxis: classAxis("Actual", names, { autorange: false, range: [names.length - 0.5, -0.5] }),
    shapes: cells.map(rectangle),
    annotations: cells.flatMap(writing),
  };
  // The rectangles are drawing; this unseen series is what the pointer reads in the interactive figure.
  const hover = {
    type: "scatter",
    mode: "markers",
    x: cells.map((cell) => cell.predicted),
    y: cells.map((cell) => cell.actual),
    text: cells.map((cell) => `actual ${names[cell.actual]}, predicted ${names[cell.predicted]}: ${described(cell)}`),
    hoverinfo: "text",
    marker: { size: 40, opacity: 0 },
  };
  const spec = {
    data: [hover],
    layout,
    plotHeight: 110 * names.length + 20,
    width: Math.max(480, 180 * names.length + 160),
  };
  return drawFigure(spec, { ...told(cells, labels), ...options });
}

interface Cell {
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
  /** Of the row. */
  readonly share: number;
}

function table(input: ConfusionInput): readonly (readonly number[])[] {
  if (Array.isArray(input)) return input;
  const counts = "confusion" in input ? input.confusion : (input as ConfusionCounts);
  return [
    [counts.trueNegative, counts.falsePositive],
    [counts.falseNegative, counts.truePositive],
  ];
}

function classAxis(title: string, names: readonly string[], more: PlotlyObject): PlotlyObject {
  return {
    title: { text: title },
    tickvals: names.map((_, at) => at),
    ticktext: names,
    range: [-0.5, names.length - 0.5],
    showgrid: false,
    showline: false,
    ticks: "",
    fixedrange: true,
    ...more,
    tickfont: { size: 13, color: colours.ink },
  };
}

function rectangle(cell: Cell): PlotlyObject {
  return {
    type: "rect",
    layer: "below",
    x0: cell.predicted - 0.49,
    x1: cell.predicted + 0.49,
    y0: cell.actual - 0.49,
    y1: cell.actual + 0.49,
    line: { width: 0 },
    fillcolor: shade(cell.share),
  };
}

/** From almost white to the palette's blue. */
function shade(share: number): string {
  const mix = (light: number, dark: number) => Math.round(light + (dark - light) * share);
  return `rgb(${mix(241, 0)}, ${mix(245, 114)}, ${mix(249, 178)})`;
}

function writing(cell: Cell): PlotlyObject[] {
  const color = cell.share > 0.55 ? "#ffffff" : colours.ink;
  const line = (text: string, size: number, yshift: number) => ({
    text,
    x: cell.predicted,
    y: cell.actual,
    yshift,
    showarrow: false,
    font: { size, color },
  });
  return [line(formatNumber(cell.count), 22, 10), line(`${percent(cell.share)} of row`, 12, -16)];
}

function described(cell: Cell): string {
  return `${formatNumber(cell.count)} (${percent(cell.share)} of the row)`;
}

function told(cells: readonly Cell[], labels: readonly string[]): FigureText {
  const rows = cells.reduce((sum, cell) => sum + cell.count, 0);
  const wrong = cells.reduce((sum, cell) => sum + (cell.actual === cell.predicted ? 0 : cell.count), 0);
  const parts = cells.map(
    (cell) => `actual ${labels[cell.actual]}, predicted ${labels[cell.predicted]}: ${described(cell)}`,
  );
  return {
    title: `${formatNumber(wrong)} of ${formatNumber(rows)} are judged wrong (${percent(rows ? wrong / rows : 0)})`,
    alt: `Confusion matrix. ${parts.join("; ")}.`,
  };
}
