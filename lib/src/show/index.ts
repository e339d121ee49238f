export { type ActualPredictedOptions, actualPredicted, actualPredictedFigure } from "./actual-predicted";
export type { Axis, AxisOptions } from "./axes";
export { type Bar, type BarsOptions, bars, barsFigure } from "./bars";
export { type ClaimRow, claims, claimsBundle } from "./claims";
export { type ConfusionCounts, type ConfusionInput, confusion, confusionFigure } from "./confusion";
export { type ContributionsOptions, contributions, contributionsFigure, type Explained } from "./contributions";
export {
  type CorrelationsFigureOptions,
  type CorrelationTable,
  correlations,
  correlationsFigure,
} from "./correlations";
export {
  type CalibrationFigureOptions,
  type CurveFigureOptions,
  calibration,
  calibrationFigure,
  type Models,
  precisionRecall,
  precisionRecallFigure,
  roc,
  rocFigure,
  type ScoredRows,
} from "./curves";
export { type Effect, type EffectsOptions, effects, effectsFigure } from "./effects";
export { type Exercise, exercise } from "./exercise";
export { drawFigure, type Figure, type FigureSpec, type FigureText, figure, showFigure } from "./figure";
export { duration, formatNumber, percent } from "./format";
export { type HeatOptions, heat, heatFigure } from "./heat";
export { type HistogramOptions, type HistogramValues, histogram, histogramFigure } from "./histogram";
export { type HistoryLike, type HistoryOptions, history, historyFigure } from "./history";
export { type ImportanceFigureOptions, type ImportanceRow, importance, importanceFigure } from "./importance";
export { type IntervalRow, type IntervalsOptions, intervals, intervalsFigure } from "./intervals";
export type { Bundle } from "./kernel";
export type { Threshold } from "./levels";
export { type LineSeries, type LinesOptions, lines, linesFigure } from "./lines";
export { note } from "./note";
export { png } from "./png";
export { type Progress, progress } from "./progress";
export { type ScatterOptions, type ScatterSeries, scatter, scatterFigure } from "./scatter";
export {
  type BandSeries,
  type Panel,
  type SmallMultiplesOptions,
  smallMultiples,
  smallMultiplesFigure,
} from "./small-multiples";
export { type StoriesOptions, type Story, stories, storiesFigure } from "./stories";
export { type TableOptions, table, tableBundle } from "./table";
