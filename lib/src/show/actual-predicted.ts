import { HitlabError } from "../errors";
import { type Numbers, type RegressionScores, regression } from "../evaluate";
import { exp, expm1, ln, log1p } from "../special";
import { evenTicks, shortAmount, tickText } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber, percent } from "./format";
import { type PanelGrid, panelGrid, panelPlace } from "./panel-grid";
import { panelHeading } from "./plotly/heading";
import type { PlotlyObject } from "./plotly/types";
import { commonEnds, dotLook, identityLine, MOST_POINTS, thinRemark } from "./points";
import { escapeLabel } from "./text/escape";
import { shorten, textWidth, wrapText } from "./text/measure";
import { colours, seriesLook, sizes } from "./theme";
import { thinPoints } from "./thin";

export interface ActualPredictedOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** What is predicted: "streams", "playlists". */
  readonly unit: string;
  /**
   * Targets and predictions are logarithms of amounts in the unit: the axes then name the amounts. "log1p" is the
   * logarithm of one more than the amount. The scores remain those of the logarithms.
   */
  readonly logarithms?: "ln" | "log1p" | "log10";
  /** Prediction intervals of the rows, of a single model: rows outside of theirs are set off, and counted. */
  readonly intervals?: { readonly low: Numbers; readonly high: Numbers };
  /** What each row is, said when the pointer is on it. */
  readonly labels?: readonly string[];
  /** Ends of both axes, in the numbers of `y`; by default all is shown. */
  readonly range?: readonly [number, number];
}

/**
 * What came (up) against what was predicted (across), a panel per model, all on the same scale: on the dotted line a
 * prediction is right. R2 and mean absolute error stand above each.
 *
 * @param y the true numbers
 * @param predicted of the same rows, by one model or by several by their names
 * @throws HitlabError for different lengths, a number that is not finite, or intervals with several models
 * @example
 * ```ts
 * show.actualPredicted(test.y, { network: network.predict(test.x), forest: forest.predict(test.x) }, {
 *   title: "Both models miss the smallest songs most", unit: "streams", logarithms: "log1p", labels: titles,
 * });
 * const { low, high } = conformal.interval(predicted);
 * show.actualPredicted(test.y, predicted, { title: "9 of 10 songs lie in their interval", unit: "ln streams", intervals: { low, high } });
 * ```
 */
export function actualPredicted(
  y: Numbers,
  predicted: Numbers | Readonly<Record<string, Numbers>>,
  options: ActualPredictedOptions,
): void {
  showFigure(actualPredictedFigure(y, predicted, options));
}

/** The figure of {@link actualPredicted}, not shown. */
export function actualPredictedFigure(
  y: Numbers,
  predicted: Numbers | Readonly<Record<string, Numbers>>,
  options: ActualPredictedOptions,
): Figure {
  const models = named(predicted).map(([name, list]) => ({ name, scores: regression(y, list) }));
  const { intervals, labels } = options;
  checkOptions(y, models.length, options);
  const shown = models.flatMap(({ scores }) => [...scores.y, ...scores.predictions]);
  const ends = options.range ?? commonEnds(shown, false);
  const grid = gridOf(models.length, models.length > 1 || models[0].name !== "");
  const most = Math.floor(MOST_POINTS / models.length);
  const kept = models.map(({ scores }) => thinPoints(scores.predictions, scores.y, most));
  const parts = models.map((model, at) => panel(model, { at, grid, ends, kept: kept[at], options }));
  const layout = {
    showlegend: intervals !== undefined,
    legend: { itemsizing: "constant" },
    ...Object.assign({}, ...parts.map((part) => part.axes)),
    annotations: parts.map((part) => part.heading),
  };
  const drawn = kept.reduce((sum, rows) => sum + rows.length, 0);
  const caption = [
    options.caption,
    options.logarithms && `R² and MAE are those of ${options.logarithms}(${options.unit}).`,
    outsideRemark(models, ends),
    drawn < models.length * y.length && thinRemark(drawn, models.length * y.length),
  ];
  const said = models.map((model) => inWords(model, labels, options));
  const covered = intervals && `${percent(coveredShare(y, intervals))} of the rows lie in their prediction interval.`;
  const heading = `Actual against predicted ${options.unit}, ${formatNumber(y.length)} rows.`;
  return drawFigure(
    { data: parts.flatMap((part) => part.data), layout, plotHeight: grid.plotHeight, plotWidth: grid.plotWidth },
    {
      ...options,
      alt: [options.alt, heading, ...said, covered].filter(Boolean).join(" "),
      caption: caption.filter(Boolean).join(" ") || undefined,
    },
  );
}

interface Model {
  readonly name: string;
  readonly scores: RegressionScores;
}

function named(predicted: Numbers | Readonly<Record<string, Numbers>>): [string, Numbers][] {
  if (Array.isArray(predicted) || ArrayBuffer.isView(predicted)) return [["", predicted as Numbers]];
  const models = Object.entries(predicted as Readonly<Record<string, Numbers>>);
  if (models.length) return models;
  throw new HitlabError({ what: "there is no model to compare", remedy: "pass the predictions of at least one" });
}

function checkOptions(y: Numbers, models: number, { intervals, labels }: ActualPredictedOptions): void {
  if (intervals && models > 1) {
    throw new HitlabError({
      what: "intervals belong to the predictions of one model",
      value: `${models} models`,
      remedy: "draw a figure for each model",
    });
  }
  for (const [what, list] of Object.entries({ labels, low: intervals?.low, high: intervals?.high })) {
    if (list === undefined || list.length === y.length) continue;
    throw new HitlabError({
      what: `${what} needs an entry for each of the ${y.length} rows`,
      value: list.length,
      remedy: "pass as many",
    });
  }
}

/** Room between panels, and for what stands at the left of all, in pixels. */
const GAP = { beside: 20, left: 104, line: 19 };

function gridOf(panels: number, hasNames: boolean): PanelGrid {
  const columns = panels === 4 ? 2 : Math.min(3, panels);
  const side = Math.min(400, Math.floor((sizes.width - GAP.left - (columns - 1) * GAP.beside) / columns));
  const above = (hasNames ? 2 : 1) * GAP.line + 10;
  return panelGrid({ panels, columns, width: side, height: side, beside: GAP.beside, above });
}

interface Place {
  readonly at: number;
  readonly grid: PanelGrid;
  readonly ends: readonly [number, number];
  /** The rows that are drawn. */
  readonly kept: readonly number[];
  readonly options: ActualPredictedOptions;
}

function panel(model: Model, { at, grid, ends, kept, options }: Place) {
  const { on, axes, across, up, left, top, isLowest, isFirst } = panelPlace(grid, at);
  const side = grid.width;
  const style = { size: sizes.axis };
  const title = (what: string) => ({
    text: wrapText(shorten(`${what} (${options.unit})`, 1.8 * side, style), side, style)
      .map(escapeLabel)
      .join("<br>"),
  });
  const axis = { ...ticksOf(ends, side, options), range: ends, autorange: false };
  const traces = [...bandOf(model, ends, options), identityLine(ends), ...cloudsOf(model, kept, options)];
  return {
    data: traces.map((trace) => ({ ...trace, ...on })),
    axes: {
      [axes.x]: {
        ...axis,
        title: isLowest ? title("predicted") : undefined,
        showticklabels: isLowest,
        domain: across,
        anchor: on.yaxis,
      },
      [axes.y]: {
        ...axis,
        title: isFirst ? title("actual") : undefined,
        showticklabels: isFirst,
        domain: up,
        anchor: on.xaxis,
      },
    },
    heading: heading(model, options, { left, top, room: side }),
  };
}

/** The logarithm that an amount has, and back. */
const LOGARITHMS = {
  ln: { of: (amount: number) => ln(amount), back: exp },
  log1p: { of: (amount: number) => log1p(amount), back: expm1 },
  log10: { of: (amount: number) => ln(amount) / ln(10), back: (value: number) => exp(value * ln(10)) },
} as const;

/** Even steps, or on axes of logarithms round amounts: 1, 2, 5, 10, ..., or powers of ten alone where they crowd. */
function ticksOf(ends: readonly [number, number], side: number, { logarithms }: ActualPredictedOptions): PlotlyObject {
  const most = Math.max(3, Math.floor(side / 45));
  if (!logarithms) return evenTicks(ends, most);
  const powers = Array.from({ length: 31 }, (_, at) => at - 12);
  const choices = [[1, 2, 5], [1, 3], [1]].map((steps) =>
    powers.flatMap((power) => steps.map((step) => Number(`${step}e${power}`))),
  );
  choices.push(
    ...[2, 3, 4, 6].map((every) => powers.filter((power) => power % every === 0).map((power) => Number(`1e${power}`))),
  );
  const inside = choices.map((amounts) =>
    amounts
      .map((amount) => ({ amount, value: LOGARITHMS[logarithms].of(amount) }))
      .filter(({ value }) => value >= ends[0] && value <= ends[1]),
  );
  const chosen = inside.find((ticks) => ticks.length <= most) ?? inside[inside.length - 1];
  return { tickvals: chosen.map(({ value }) => value), ticktext: chosen.map(({ amount }) => tickText(amount)) };
}

function cloudsOf({ scores }: Model, kept: readonly number[], options: ActualPredictedOptions): PlotlyObject[] {
  const { intervals } = options;
  const trace = (rows: readonly number[], name: string, look: ReturnType<typeof seriesLook>): PlotlyObject => ({
    type: "scatter",
    mode: "markers",
    name,
    x: rows.map((at) => scores.predictions[at]),
    y: rows.map((at) => scores.y[at]),
    text: rows.map((at) => escapeLabel(hover(scores, at, options))),
    hoverinfo: "text",
    marker: dotLook(kept.length, look),
  });
  if (!intervals) return [trace(kept, "", seriesLook(0))];
  const all = Array.from(scores.y, (_, at) => at);
  const isIn = (at: number) => isCovered(scores.y, intervals, at);
  const counts = { in: all.filter(isIn).length, out: all.filter((at) => !isIn(at)).length };
  return [
    trace(kept.filter(isIn), `in its interval (${formatNumber(counts.in)})`, seriesLook(0)),
    trace(
      kept.filter((at) => !isIn(at)),
      `outside (${formatNumber(counts.out)}, ${percent(counts.out / all.length)})`,
      seriesLook(1),
    ),
  ];
}

function isCovered(y: Numbers, { low, high }: { readonly low: Numbers; readonly high: Numbers }, at: number): boolean {
  return y[at] >= low[at] && y[at] <= high[at];
}

function coveredShare(y: Numbers, intervals: { readonly low: Numbers; readonly high: Numbers }): number {
  return Array.from(y).filter((_, at) => isCovered(y, intervals, at)).length / y.length;
}

/** "Flowers (Miley Cyrus): actual 1.32B, predicted 1.1B" */
function hover(
  { y, predictions }: RegressionScores,
  at: number,
  { labels, logarithms }: ActualPredictedOptions,
): string {
  const shown = (value: number) => shortAmount(logarithms ? LOGARITHMS[logarithms].back(value) : value);
  return `${labels ? `${labels[at]}: ` : ""}actual ${shown(y[at])}, predicted ${shown(predictions[at])}`;
}

/**
 * The intervals: a band along the dotted line where all reach equally far, else an upright line at each row.
 */
function bandOf(
  { scores }: Model,
  ends: readonly [number, number],
  { intervals }: ActualPredictedOptions,
): PlotlyObject[] {
  if (!intervals) return [];
  const { low, high } = intervals;
  const reach = (list: Numbers) => Array.from(list, (end, at) => end - scores.predictions[at]);
  const [down, up] = [reach(low), reach(high)];
  const width = ends[1] - ends[0];
  const isEven = [down, up].every((list) => Math.max(...list) - Math.min(...list) < 1e-6 * width);
  const quiet = { type: "scatter", mode: "lines", showlegend: false, hoverinfo: "skip" };
  if (isEven) {
    const [x0, x1] = ends;
    const x = [x0, x1, x1, x0];
    const y = [x0 + down[0], x1 + down[0], x1 + up[0], x0 + up[0]];
    return [{ ...quiet, x, y, fill: "toself", fillcolor: "rgba(0, 114, 178, 0.12)", line: { width: 0 } }];
  }
  return [
    {
      ...quiet,
      x: down.flatMap((_, at) => [scores.predictions[at], scores.predictions[at], null]),
      y: down.flatMap((_, at) => [low[at], high[at], null]),
      line: { color: down.length > 150 ? "rgba(0, 114, 178, 0.15)" : "rgba(0, 114, 178, 0.3)", width: 1 },
    },
  ];
}

function heading(
  { name, scores }: Model,
  { logarithms }: ActualPredictedOptions,
  { left, top, room }: { left: number; top: number; room: number },
): PlotlyObject {
  const style = { size: sizes.axis };
  const unit = logarithms ? ` (${logarithms})` : "";
  const short = `R² ${formatNumber(scores.r2, 3)}, MAE ${formatNumber(scores.mae, 3)}`;
  const words = textWidth(short + unit, style) <= room ? short + unit : short;
  const title = name ? `<b>${escapeLabel(shorten(name, room, { ...style, bold: true }))}</b><br>` : "";
  return panelHeading(`${title}<span style="color:${colours.quiet}">${words}</span>`, { left, top }, sizes.axis);
}

/** Points beyond the ends that were asked for: a picture must not pass them over in silence. */
function outsideRemark(models: readonly Model[], [low, high]: readonly [number, number]): string {
  const isOut = (value: number) => value < low || value > high;
  const out = models.flatMap(({ scores }) =>
    Array.from(scores.y).filter((value, at) => isOut(value) || isOut(scores.predictions[at])),
  );
  return out.length
    ? `${formatNumber(out.length)} ${out.length === 1 ? "point lies" : "points lie"} outside of the picture.`
    : "";
}

function inWords(
  { name, scores }: Model,
  labels: readonly string[] | undefined,
  options: ActualPredictedOptions,
): string {
  const errors = scores.y.map((value, at) => Math.abs(value - scores.predictions[at]));
  const worst = errors.reduce((most, error, at) => (error > errors[most] ? at : most), 0);
  const of = options.logarithms ? ` of ${options.logarithms}` : "";
  return (
    `${name ? `${name}: ` : ""}R2 ${formatNumber(scores.r2, 3)}, mean absolute error ${formatNumber(scores.mae, 3)}, ` +
    `root mean squared error ${formatNumber(scores.rmse, 3)}${of}; farthest off: ${hover(scores, worst, { ...options, labels })}.`
  );
}
