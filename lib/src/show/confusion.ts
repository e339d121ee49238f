import { HitlabError } from "../errors";
import { cellFigure } from "./cells";
import { type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber, percent } from "./format";

/** The four counts of a yes / no classifier. */
export interface ConfusionCounts {
  readonly trueNegative: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly truePositive: number;
}

/** The scores of evaluate, the four counts, or a table of counts: row = actual class, column = predicted class. */
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
  const cells = countedCells(countsOf(input), labels);
  const chart = {
    rows: labels,
    columns: labels,
    rowTitle: "Actual",
    columnTitle: "Predicted",
    cells: cells.map((cell) => ({
      row: cell.actual,
      column: cell.predicted,
      strength: cell.share,
      lines: [formatNumber(cell.count), `${percent(cell.share)} of the row`],
      hover: `actual ${labels[cell.actual]}, predicted ${labels[cell.predicted]}: ${inWords(cell)}`,
    })),
    size: [190, 110],
    fonts: [22, 12],
  } as const;
  return cellFigure(chart, { ...told(cells, labels), ...options });
}

interface CountedCell {
  readonly actual: number;
  readonly predicted: number;
  readonly count: number;
  /** Of its row. */
  readonly share: number;
}

function countsOf(input: ConfusionInput): readonly (readonly number[])[] {
  if (isTable(input)) return input;
  const counts = "confusion" in input ? input.confusion : input;
  return [
    [counts.trueNegative, counts.falsePositive],
    [counts.falseNegative, counts.truePositive],
  ];
}

function isTable(input: ConfusionInput): input is readonly (readonly number[])[] {
  return Array.isArray(input);
}

function countedCells(counts: readonly (readonly number[])[], labels: readonly string[]): CountedCell[] {
  if (counts.length !== labels.length || counts.some((row) => row.length !== labels.length)) {
    throw new HitlabError({
      what: `a confusion matrix of ${counts.length} classes needs as many labels`,
      value: labels.join(", "),
      remedy: "pass one label per class, in the order of the counts",
    });
  }
  return counts.flatMap((row, actual) => {
    const sum = row.reduce((total, count) => total + count, 0);
    return row.map((count, predicted) => ({ actual, predicted, count, share: sum ? count / sum : 0 }));
  });
}

function inWords(cell: CountedCell): string {
  return `${formatNumber(cell.count)} (${percent(cell.share)} of the row)`;
}

function told(cells: readonly CountedCell[], labels: readonly string[]): FigureText {
  const rows = cells.reduce((sum, cell) => sum + cell.count, 0);
  const wrong = cells.reduce((sum, cell) => sum + (cell.actual === cell.predicted ? 0 : cell.count), 0);
  const parts = cells.map(
    (cell) => `actual ${labels[cell.actual]}, predicted ${labels[cell.predicted]}: ${inWords(cell)}`,
  );
  return {
    title: `${formatNumber(wrong)} of ${formatNumber(rows)} are judged wrong (${percent(rows ? wrong / rows : 0)})`,
    alt: `Confusion matrix. ${parts.join("; ")}.`,
  };
}
