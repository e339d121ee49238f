export { type ConfusionCounts, type ConfusionInput, confusion, confusionFigure } from "./confusion";
export { drawFigure, type Figure, type FigureSpec, type FigureText, figure, showFigure } from "./figure";
export { type HistoryLike, type HistoryOptions, history, historyFigure } from "./history";
export { note } from "./note";
export { png } from "./png";
export { type Progress, progress } from "./progress";
export { type TableOptions, table } from "./table";
