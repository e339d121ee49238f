import { HitlabError } from "../errors";
import { checkWhole } from "../models/checks";
import type { Matrix } from "../samples";
import { type Axis, axisOptions, plotlyAxis } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { counted, formatNumber, percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { shorten } from "./text/measure";
import { colours, palette, sizes } from "./theme";

/** What `evaluate.treeShap` gives: `base` and a row's contributions sum to its prediction. */
export interface Explained {
  readonly contributions: Matrix;
  readonly base: number;
}

export interface ContributionsOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** Which row of the contributions is shown (0, the first). */
  readonly row?: number;
  /** What is predicted ("probability of a hit", as percentages). */
  readonly prediction?: Axis;
  /** The row's values, column by column, as written beside the names. */
  readonly values?: ArrayLike<number | string>;
  /** How many columns get a bar of their own, the largest first (10); the rest share one. */
  readonly most?: number;
  /** What the first line, the base, is called. */
  readonly baseName?: string;
  /** What the last line, the prediction, is called. */
  readonly rowName?: string;
  /** Decimals of the written numbers. */
  readonly digits?: number;
}

/**
 * Why a model says what it says of one row: from the base at the top each column's bar goes on where the one before
 * ended, to the right (blue) where it makes the prediction greater, to the left (orange) where it makes it smaller.
 *
 * @example
 * ```ts
 * const song = takeMatrixRows(test.x, [7]);
 * show.contributions(evaluate.treeShap(forest, song), {
 *   values: song.data, title: "Danceability speaks for this song, its length against it",
 * });
 * ```
 */
export function contributions(explained: Explained, options: ContributionsOptions): void {
  showFigure(contributionsFigure(explained, options));
}

/** The figure of {@link contributions}, not shown. */
export function contributionsFigure(explained: Explained, options: ContributionsOptions): Figure {
  const axis = options.prediction ?? { title: "probability of a hit", format: "percent" };
  const steps = stepsOf(explained, options);
  const words = wordsFor(axis, options.digits);
  const names = { base: options.baseName ?? "mean of the train rows", row: options.rowName ?? "this row" };
  const labels = [names.base, ...steps.map((step) => step.label), names.row];
  const ends = { base: explained.base, row: steps[steps.length - 1]?.to ?? explained.base };
  const data = [stepBars(steps, words), endDots([ends.base, ends.row], labels.length, words)];
  const layout = {
    bargap: 0.3,
    xaxis: plotlyAxis(axis, { range: rangeOf(steps, explained.base) }),
    yaxis: {
      tickvals: labels.map((_, at) => at),
      ticktext: labels.map((label, at) => rowLabel(label, at === 0 || at === labels.length - 1)),
      range: [labels.length - 0.4, -0.6],
      showgrid: false,
      ticks: "",
      tickfont: { size: sizes.axis, color: colours.ink },
    },
    shapes: links(steps, explained.base),
  };
  const told = steps.map((step) => `${step.label} ${words.change(step.change)}`).join("; ");
  const alt = `From ${words.level(ends.base)} (${names.base}) to ${words.level(ends.row)} (${names.row}): ${told}.`;
  return drawFigure(
    { data, layout, plotHeight: 30 * labels.length },
    { ...options, alt: options.alt ? `${options.alt} ${alt}` : alt },
  );
}

/** A bar: what a column, or the rest of them, changes. */
interface Step {
  readonly label: string;
  readonly change: number;
  readonly from: number;
  readonly to: number;
}

function stepsOf({ contributions: all, base }: Explained, options: ContributionsOptions): Step[] {
  checkShown(all, options);
  const row = options.row ?? 0;
  const columns = all.names.map((name, j) => {
    const value = options.values?.[j];
    const written = typeof value === "number" ? formatNumber(value) : value;
    return { label: value === undefined ? name : `${name} = ${written}`, change: all.data[row * all.columns + j] };
  });
  columns.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  // A rest of one column takes no less room than the column itself.
  const most = columns.length === (options.most ?? 10) + 1 ? columns.length : (options.most ?? 10);
  const rest = columns.slice(most);
  const shown = columns.slice(0, most);
  if (rest.length) {
    const change = rest.reduce((sum, column) => sum + column.change, 0);
    shown.push({ label: counted(rest.length, "other column"), change });
  }
  let from = base;
  return shown.map(({ label, change }) => {
    const step = { label, change, from, to: from + change };
    from = step.to;
    return step;
  });
}

function checkShown({ rows, columns }: Matrix, { row = 0, values, most = 10 }: ContributionsOptions): void {
  if (!Number.isInteger(row) || row < 0 || row >= rows) {
    throw new HitlabError({ what: `there are contributions of ${rows} rows`, value: row, remedy: "count from 0" });
  }
  if (values && values.length !== columns) {
    const what = `${columns} columns need a value each`;
    throw new HitlabError({ what, value: `${values.length} values`, remedy: "pass those of the row that is shown" });
  }
  checkWhole({ most });
}

function wordsFor(axis: Axis, digits?: number) {
  const share = axisOptions(axis).format === "percent";
  const size = (value: number) => (share ? formatNumber(100 * value, digits ?? 1) : formatNumber(value, digits ?? 2));
  return {
    level: (value: number) => (share ? percent(value, digits ?? 1) : formatNumber(value, digits ?? 2)),
    change: (value: number) => `${value < 0 ? "−" : "+"}${size(Math.abs(value))}${share ? " points" : ""}`,
  };
}

type Words = ReturnType<typeof wordsFor>;

function stepBars(steps: readonly Step[], words: Words): PlotlyObject {
  return {
    type: "bar",
    orientation: "h",
    base: steps.map((step) => step.from),
    x: steps.map((step) => step.change),
    y: steps.map((_, at) => at + 1),
    text: steps.map((step) => ` ${words.change(step.change)} `),
    hovertext: steps.map((step) => `${escapeLabel(step.label)}: ${words.change(step.change)}`),
    hoverinfo: "text",
    textposition: "outside",
    cliponaxis: false,
    textfont: { size: sizes.tick, color: colours.ink },
    marker: { color: steps.map((step) => (step.change < 0 ? palette[1] : palette[0])) },
  };
}

function endDots(values: readonly number[], lines: number, words: Words): PlotlyObject {
  return {
    type: "scatter",
    mode: "markers+text",
    x: values,
    y: [0, lines - 1],
    text: values.map((value) => `  <b>${words.level(value)}</b>`),
    textposition: "middle right",
    textfont: { size: sizes.axis, color: colours.ink },
    cliponaxis: false,
    hoverinfo: "x",
    marker: { color: colours.ink, symbol: "diamond", size: 9 },
  };
}

function rowLabel(label: string, strong: boolean): string {
  const short = escapeLabel(shorten(label, 260, { size: sizes.axis, bold: strong }));
  return strong ? `<b>${short}</b>` : short;
}

/** From zero-width steps to wide ones: room for the numbers at both ends. */
function rangeOf(steps: readonly Step[], base: number): [number, number] {
  const ends = [base, ...steps.map((step) => step.to)];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const space = (high - low || Math.abs(base) || 1) * 0.28;
  return [low - space, high + space];
}

/** Thin lines that lead from the end of a bar to the next one. */
function links(steps: readonly Step[], base: number): PlotlyObject[] {
  return [base, ...steps.map((step) => step.to)].map((value, at) => ({
    type: "line",
    layer: "below",
    x0: value,
    x1: value,
    y0: at,
    y1: at + 1,
    line: { color: colours.axis, width: 1 },
  }));
}
