import { drawFigure, type Figure, type FigureText } from "./figure";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { shorten, textWidth, wrapText } from "./text/measure";
import { colours } from "./theme";

/** A cell of a chart made of rectangles. */
export interface ChartCell {
  readonly row: number;
  readonly column: number;
  /** How strongly it is filled: 0 hardly, 1 fully; below 0 in the second colour. */
  readonly strength: number;
  /** Lines written in it: the first large, the second small. */
  readonly lines: readonly string[];
  /** Said of it when the pointer is on it. */
  readonly hover: string;
}

export interface CellChart {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly rowTitle?: string;
  readonly columnTitle?: string;
  /** Where the names of the columns stand ("bottom"). */
  readonly headings?: "top" | "bottom";
  readonly cells: readonly ChartCell[];
  /** Width and height of a cell in pixels. */
  readonly size: readonly [number, number];
  /** Font sizes of the lines in a cell. */
  readonly fonts: readonly [number, number];
}

/** How the names of rows and columns are set. */
const LABEL = { size: 13 };

/** Rectangles with words in them, rows from the top: Plotly's heat maps would need a canvas and come out blurred. */
export function cellFigure(chart: CellChart, text: FigureText): Figure {
  const { rows, columns, size } = chart;
  const shortRows = rows.map((name) => shorten(name, 230, LABEL));
  const headings = columns.map((name) => wrapText(shorten(name, 2.5 * size[0], LABEL), size[0] - 8, LABEL));
  const layout = {
    xaxis: {
      ...classAxis(
        chart.columnTitle,
        headings.map((lines) => lines.map(escapeLabel).join("<br>")),
        [-0.5, columns.length - 0.5],
      ),
      ...(chart.headings === "top" ? { side: "top" } : {}),
    },
    yaxis: classAxis(chart.rowTitle, shortRows.map(escapeLabel), [rows.length - 0.5, -0.5]),
    shapes: chart.cells.map(rectangle),
    annotations: chart.cells.flatMap((cell) => writing(cell, chart.fonts)),
  };
  // The rectangles are mere drawing; this unseen series is what the pointer finds in the interactive figure.
  const hover = {
    type: "scatter",
    mode: "markers",
    x: chart.cells.map((cell) => cell.column),
    y: chart.cells.map((cell) => cell.row),
    text: chart.cells.map((cell) => escapeLabel(cell.hover)),
    hoverinfo: "text",
    marker: { size: Math.min(...size) * 0.6, opacity: 0 },
  };
  const labelWidth = Math.max(...shortRows.map((name) => textWidth(name, LABEL)));
  const width = Math.max(480, Math.min(760, Math.ceil(size[0] * columns.length + labelWidth + 80)));
  return drawFigure({ data: [hover], layout, plotHeight: size[1] * rows.length, width }, text);
}

function classAxis(title: string | undefined, names: readonly string[], range: readonly number[]): PlotlyObject {
  return {
    title: title ? { text: escapeLabel(title) } : undefined,
    tickvals: names.map((_, at) => at),
    ticktext: names,
    range,
    autorange: false,
    showgrid: false,
    showline: false,
    ticks: "",
    fixedrange: true,
    tickangle: 0,
    tickfont: { ...LABEL, color: colours.ink },
  };
}

function rectangle({ row, column, strength }: ChartCell): PlotlyObject {
  const [x, y] = [column, row];
  return {
    type: "rect",
    layer: "below",
    x0: x - 0.49,
    x1: x + 0.49,
    y0: y - 0.48,
    y1: y + 0.48,
    line: { width: 0 },
    fillcolor: cellColour(strength),
  };
}

/** The fill of a cell: pale at 0, blue at 1, orange at -1. */
export function cellColour(strength: number): string {
  return `rgb(${mixture(strength).join(", ")})`;
}

/** What is read best on the fill of a cell. */
export function cellInk(strength: number): string {
  return inkOn(mixture(strength));
}

/** From almost white to the palette's blue, or to its orange below zero: red, green and blue. */
function mixture(strength: number): readonly number[] {
  const [to, by] = [strength < 0 ? [213, 94, 0] : [0, 114, 178], Math.min(1, Math.abs(strength))];
  return [241, 245, 249].map((light, at) => Math.round(light + (to[at] - light) * by));
}

/**
 * White or black, whichever is read better on a fill (4.5 to 1 or more), ink on a pale one. A channel's square comes
 * near enough to its light: white and black are level at 0.205 of it.
 */
function inkOn([red, green, blue]: readonly number[]): string {
  const light = (0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue) / (255 * 255);
  if (light < 0.205) return "#ffffff";
  return light < 0.5 ? "#000000" : colours.ink;
}

function writing(cell: ChartCell, fonts: readonly [number, number]): PlotlyObject[] {
  const color = cellInk(cell.strength);
  const two = cell.lines.length > 1;
  return cell.lines.map((text, at) => ({
    text: escapeLabel(text),
    x: cell.column,
    y: cell.row,
    yshift: two ? (at === 0 ? fonts[0] / 2 : -fonts[1] - 3) : 0,
    showarrow: false,
    font: { size: fonts[at], color },
  }));
}
