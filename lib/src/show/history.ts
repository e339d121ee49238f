import { logTicks, plotlyAxis } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { counted, duration, formatNumber, percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { colours, palette } from "./theme";

/** What a training left behind, epoch by epoch (see train). A training that was skipped has no epochs and a note. */
export interface HistoryLike {
  readonly epochs: number;
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly valLoss: readonly number[];
  readonly valAccuracy: readonly number[];
  /** Mean absolute error; drawn where there is no accuracy. */
  readonly mae?: readonly number[];
  readonly valMae?: readonly number[];
  readonly seconds?: number;
  readonly note?: string;
}

export interface HistoryOptions extends Partial<FigureText> {
  /** Name of the quantity on the left axis. Default "accuracy", or "mean absolute error" where that was measured. */
  readonly metric?: string;
}

/**
 * Accuracy or mean absolute error (left axis) and loss (right axis) by epoch, training and validation, as the study
 * drew it.
 *
 * @example
 * ```ts
 * const history = await fit(model, parts.train, { epochs: 10, validation: parts.test });
 * show.history(history, { title: "It learns the task in two epochs" });
 * ```
 */
export function history(history: HistoryLike, options: HistoryOptions = {}): void {
  showFigure(historyFigure(history, options));
}

/** The figure of {@link history}, not shown. */
export function historyFigure(history: HistoryLike, options: HistoryOptions = {}): Figure {
  if (history.epochs === 0) return skipped(history, options);
  const measured = measuredBy(history, options);
  const { metric } = measured;
  const epochs = history.loss.map((_, at) => at + 1);
  // More marks than that run together.
  const mode = epochs.length > 50 ? "lines" : "lines+markers";
  const line = (name: string, y: readonly number[], look: PlotlyObject): PlotlyObject[] =>
    y.length ? [{ type: "scatter", mode, name, x: epochs, y, ...look }] : [];
  const [left, right] = [palette[0], palette[1]];
  const data = [
    ...line(`Training ${metric}`, measured.training, look(left, "solid", "circle")),
    ...line(`Validation ${metric}`, measured.validation, look(left, "dash", "circle-open")),
    ...line("Training loss", history.loss, { ...look(right, "solid", "square"), yaxis: "y2" }),
    ...line("Validation loss", history.valLoss, { ...look(right, "dash", "square-open"), yaxis: "y2" }),
  ];
  const loss = upright("loss", [...history.loss, ...history.valLoss]);
  const layout = {
    showlegend: true,
    xaxis: { title: { text: "epoch" }, ...(epochs.length <= 20 ? { dtick: epochs.length > 10 ? 2 : 1 } : {}) },
    yaxis: upright(metric, [...measured.training, ...measured.validation]),
    yaxis2: {
      ...loss,
      overlaying: "y",
      side: "right",
      showgrid: false,
      tickmode: "tickvals" in loss ? "array" : "auto",
      rangemode: "tozero",
    },
  };
  return drawFigure({ data, layout }, { ...told(history, measured), ...options });
}

/** Logarithmic where the first epochs would press all others flat: a loss of numbers begins at the square of the target. */
function upright(title: string, values: readonly number[]): PlotlyObject {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (!(low > 0 && high > 10 && high > 10 * low)) return { title: { text: title } };
  const axis = { title: `${title} (logarithmic)`, log: true };
  return plotlyAxis(axis, logTicks(axis, values));
}

function look(colour: string, dash: string, symbol: string): PlotlyObject {
  return {
    line: { color: colour, dash, width: 2 },
    marker: { color: colour, symbol, size: 7, line: { width: 1.5, color: colour } },
  };
}

/** What stands on the left axis. */
interface Measured {
  readonly metric: string;
  readonly training: readonly number[];
  readonly validation: readonly number[];
  readonly shown: (value: number) => string;
}

function measuredBy(history: HistoryLike, options: HistoryOptions): Measured {
  const { accuracy, valAccuracy, mae = [], valMae = [] } = history;
  if (accuracy.length + valAccuracy.length === 0 && mae.length + valMae.length > 0) {
    return { metric: options.metric ?? "mean absolute error", training: mae, validation: valMae, shown: lossText };
  }
  return { metric: options.metric ?? "accuracy", training: accuracy, validation: valAccuracy, shown: percent };
}

function told(history: HistoryLike, measured: Measured): FigureText {
  const { metric, training, validation, shown } = measured;
  const last = (values: readonly number[]) => values[values.length - 1];
  const kept = [
    { name: `Validation ${metric}`, values: validation, shown },
    { name: `Training ${metric}`, values: training, shown },
    { name: "Validation loss", values: history.valLoss, shown: lossText },
    { name: "Training loss", values: history.loss, shown: lossText },
  ];
  const judged = kept.find(({ values }) => values.length) ?? kept[0];
  const parts = [
    path(`Training ${metric}`, training, shown),
    path(`validation ${metric}`, validation, shown),
    path("training loss", history.loss, lossText),
    path("validation loss", history.valLoss, lossText),
  ].filter(Boolean);
  const time = history.seconds === undefined ? "" : ` Trained in ${duration(history.seconds)}.`;
  return {
    title: `${judged.name} ends at ${judged.shown(last(judged.values))} after ${counted(history.epochs, "epoch")}`,
    alt: `Line chart over ${counted(history.epochs, "epoch")}, ${metric} on the left axis, loss on the right. ${parts.join("; ")}.${time}`,
  };
}

function lossText(value: number): string {
  return formatNumber(value, 4);
}

function path(name: string, values: readonly number[], shown: (value: number) => string): string {
  return values.length ? `${name} from ${shown(values[0])} to ${shown(values[values.length - 1])}` : "";
}

function skipped(history: HistoryLike, options: HistoryOptions): Figure {
  const note = history.note ?? "Training was skipped: a saved model was loaded, so there is no history to show";
  const axis = { range: [0, 1], showticklabels: false, ticks: "", showgrid: false };
  const layout = {
    xaxis: { ...axis, title: { text: "epoch" } },
    yaxis: { ...axis, title: { text: options.metric ?? "accuracy" } },
    annotations: [
      {
        text: "no epochs were run",
        showarrow: false,
        x: 0.5,
        y: 0.5,
        font: { size: 14, color: colours.quiet },
      },
    ],
  };
  const text = {
    title: "No training history: the saved model was loaded",
    alt: `An empty chart. ${note}`,
    caption: note,
  };
  return drawFigure({ data: [], layout, plotHeight: 140 }, { ...text, ...options });
}
