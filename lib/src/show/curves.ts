import { type CalibrationOptions, calibrationCurve, prAuc, precisionRecallCurve, rocAuc, rocCurve } from "../evaluate";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber, percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeName } from "./text/escape";
import { colours, seriesLook } from "./theme";
import { simplifyCurve } from "./thin";

/** Labels (0 / 1) and predicted probabilities of the same rows; the scores of evaluate have them. */
export interface ScoredRows {
  readonly labels: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
}

/** Several models by their names, judged on rows of the same kind. */
export type Models = Readonly<Record<string, ScoredRows>>;

export interface CurveFigureOptions extends Partial<FigureText> {
  /** Part of the horizontal axis to show ([0, 1]). */
  readonly xRange?: readonly [number, number];
  /** Part of the vertical axis to show ([0, 1]). */
  readonly yRange?: readonly [number, number];
}

/** Smallest bend of a curve that is drawn: a third of a pixel. */
const TOLERANCE = 0.001;

/**
 * ROC curves of several models on one figure, with the area under each.
 *
 * @example
 * ```ts
 * show.roc({ LSTM: lstmScores, Persistence: persistenceScores }, { xRange: [0, 0.2], yRange: [0.8, 1] });
 * ```
 */
export function roc(models: Models, options: CurveFigureOptions = {}): void {
  showFigure(rocFigure(models, options));
}

/** The figure of {@link roc}, not shown. */
export function rocFigure(models: Models, options: CurveFigureOptions = {}): Figure {
  const curves = Object.entries(models).map(([name, { labels, probabilities }]) => {
    const { falsePositiveRate, truePositiveRate } = rocCurve(labels, probabilities);
    return { name, x: falsePositiveRate, y: truePositiveRate, area: rocAuc(labels, probabilities) ?? Number.NaN };
  });
  const chance = diagonal("chance");
  return areaFigure(curves, [chance], {
    kind: "ROC curves",
    area: "ROC AUC",
    x: "false positive rate (share of the non-hits called hits)",
    y: "true positive rate",
    options,
  });
}

/**
 * Precision against recall of several models on one figure, with the average precision of each and the share of
 * positives, which guessing reaches.
 *
 * @example
 * ```ts
 * show.precisionRecall({ LSTM: lstmScores, Logistic: logisticScores });
 * ```
 */
export function precisionRecall(models: Models, options: CurveFigureOptions = {}): void {
  showFigure(precisionRecallFigure(models, options));
}

/** The figure of {@link precisionRecall}, not shown. */
export function precisionRecallFigure(models: Models, options: CurveFigureOptions = {}): Figure {
  const curves = Object.entries(models).map(([name, { labels, probabilities }]) => {
    const { precision, recall } = precisionRecallCurve(labels, probabilities);
    return { name, x: recall, y: precision, area: prAuc(labels, probabilities) ?? Number.NaN };
  });
  const labels = Array.from(Object.values(models)[0].labels);
  const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const guess = reference(`guessing (${percent(share)} are positive)`, [0, 1], [share, share]);
  return areaFigure(curves, [guess], {
    kind: "Precision-recall curves",
    area: "average precision",
    x: "recall (share of the hits found)",
    y: "precision",
    options,
  });
}

interface Curve {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly area: number;
}

interface AreaWords {
  readonly kind: string;
  readonly area: string;
  readonly x: string;
  readonly y: string;
  readonly options: CurveFigureOptions;
}

function areaFigure(curves: readonly Curve[], references: readonly PlotlyObject[], words: AreaWords): Figure {
  const data = curves.map((curve, at) => {
    const points = simplifyCurve(curve.x, curve.y, TOLERANCE);
    const look = seriesLook(at);
    // A model that answers only yes or no is one point, not a curve.
    const few = curve.x.length <= 4;
    return {
      type: "scatter",
      mode: few ? "lines+markers" : "lines",
      name: escapeName(`${curve.name} (${formatNumber(curve.area, 3)})`),
      x: points.x,
      y: points.y,
      line: { color: look.colour, dash: look.dash, width: 2 },
      ...(few ? { marker: { color: look.colour, symbol: look.symbol, size: 9 } } : {}),
    };
  });
  const { xRange = [-0.01, 1.01], yRange = [-0.01, 1.01] } = words.options;
  const layout = {
    showlegend: true,
    xaxis: { title: { text: words.x }, tickformat: ".0%", range: xRange },
    yaxis: { title: { text: words.y }, tickformat: ".0%", range: yRange },
  };
  const ranking = [...curves].sort((a, b) => b.area - a.area);
  const areas = ranking.map((curve) => `${curve.name} ${formatNumber(curve.area, 3)}`);
  const text = {
    title: `${ranking[0].name} ranks best: ${words.area} ${formatNumber(ranking[0].area, 3)}`,
    alt: `${words.kind}. ${words.area}: ${areas.join(", ")}.`,
  };
  return drawFigure(
    { data: [...references, ...data], layout, plotHeight: 400, width: 640 },
    { ...text, ...words.options },
  );
}

export interface CalibrationFigureOptions extends Partial<FigureText>, CalibrationOptions {}

/**
 * Does it come true as often as the model says? Observed against predicted share, with 95 % intervals, and below how
 * many rows each prediction got.
 *
 * @example
 * ```ts
 * show.calibration({ LSTM: lstmScores }, { strategy: "quantile" });
 * ```
 */
export function calibration(models: Models | ScoredRows, options: CalibrationFigureOptions = {}): void {
  showFigure(calibrationFigure(models, options));
}

/** The figure of {@link calibration}, not shown. */
export function calibrationFigure(input: Models | ScoredRows, options: CalibrationFigureOptions = {}): Figure {
  const models = (isScored(input) ? { model: input } : input) as Models;
  const curves = Object.entries(models).map(([name, { labels, probabilities }], at) => {
    const bins = calibrationCurve(labels, probabilities, options);
    const rows = bins.reduce((sum, bin) => sum + bin.rows, 0);
    // Mean distance of the curve from the diagonal, each bin by its rows ("expected calibration error").
    const error = bins.reduce((sum, bin) => sum + Math.abs(bin.observed - bin.predicted) * bin.rows, 0) / rows;
    return { name, bins, error, look: seriesLook(at) };
  });
  const data = [diagonal("perfect"), ...curves.map(reliability), ...curves.map(binCounts)];
  const share = { tickformat: ".0%", range: [-0.02, 1.02] };
  const layout = {
    showlegend: true,
    xaxis: { ...share, title: { text: "predicted probability" }, anchor: "y2" },
    yaxis: { ...share, title: { text: "observed share" }, domain: [0.32, 1] },
    yaxis2: { title: { text: "rows (log)" }, type: "log", domain: [0, 0.22], dtick: 1, range: countRange(curves) },
  };
  const said = curves.map(
    (curve) => `${curve.name}: ${curve.bins.map(inWords).join(", ")}; mean gap ${percent(curve.error)}.`,
  );
  const best = [...curves].sort((a, b) => a.error - b.error)[0];
  const text = {
    title: `${isScored(input) ? "The model's" : `${best.name}'s`} probabilities miss by ${percent(best.error)} on average`,
    alt: `Reliability curve, predicted against observed share, with the number of rows per bin. ${said.join(" ")}`,
  };
  return drawFigure({ data, layout, plotHeight: 420, width: 640 }, { ...text, ...options });
}

interface Reliability {
  readonly name: string;
  readonly bins: ReturnType<typeof calibrationCurve>;
  readonly error: number;
  readonly look: ReturnType<typeof seriesLook>;
}

function isScored(input: Models | ScoredRows): input is ScoredRows {
  return "labels" in input && "probabilities" in input && "length" in (input.labels as object);
}

function reliability({ name, bins, look }: Reliability): PlotlyObject {
  return {
    type: "scatter",
    mode: modeFor(bins),
    name: escapeName(name),
    x: bins.map((bin) => bin.predicted),
    y: bins.map((bin) => bin.observed),
    error_y: {
      type: "data",
      symmetric: false,
      array: bins.map((bin) => bin.high - bin.observed),
      arrayminus: bins.map((bin) => bin.observed - bin.low),
      color: look.colour,
      thickness: 1.2,
      width: 3,
    },
    line: { color: look.colour, dash: look.dash, width: 2 },
    marker: { color: look.colour, symbol: look.symbol, size: 8 },
  };
}

/** Two bins are the answers of a model that says only yes or no: a line between them would mean nothing. */
function modeFor(bins: Reliability["bins"]): string {
  return bins.length <= 2 ? "markers" : "lines+markers";
}

function binCounts({ name, bins, look }: Reliability): PlotlyObject {
  return {
    type: "scatter",
    mode: modeFor(bins),
    name: escapeName(`${name}: rows`),
    showlegend: false,
    yaxis: "y2",
    x: bins.map((bin) => bin.predicted),
    y: bins.map((bin) => bin.rows),
    line: { color: look.colour, dash: look.dash, width: 1 },
    marker: { color: look.colour, symbol: look.symbol, size: 6 },
  };
}

function countRange(curves: readonly Reliability[]): [number, number] {
  const counts = curves.flatMap(({ bins }) => bins.map((bin) => bin.rows));
  // Whole powers of ten, found by counting digits.
  return [Math.min(...counts) < 10 ? -0.15 : 0.7, String(Math.max(...counts)).length + 0.15];
}

function inWords(bin: Reliability["bins"][number]): string {
  return `predicted ${percent(bin.predicted, 0)} observed ${percent(bin.observed, 0)} (${formatNumber(bin.rows)} rows)`;
}

function diagonal(name: string): PlotlyObject {
  return reference(name, [0, 1], [0, 1]);
}

function reference(name: string, x: readonly number[], y: readonly number[]): PlotlyObject {
  const line = { color: colours.axis, width: 1.5, dash: "dot" };
  return { type: "scatter", mode: "lines", name, x, y, line, hoverinfo: "skip" };
}
