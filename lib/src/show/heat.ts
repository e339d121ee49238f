import { HitlabError } from "../errors";
import { cellFigure } from "./cells";
import { type Figure, type FigureText, showFigure } from "./figure";
import { formatNumber, percent } from "./format";

export interface HeatOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** Names of the rows, from the top. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly rowTitle?: string;
  readonly columnTitle?: string;
  /** How values are written: shares as percentages, numbers with `digits` decimals. */
  readonly format?: "number" | "percent";
  readonly digits?: number;
  /**
   * Value of the palest and of the strongest fill (smallest and largest value). With a negative first number the
   * colours part at zero: blue above, orange below.
   */
  readonly range?: readonly [number, number];
  /** Value at which the colours part, blue above and orange below, the palest (0.5 for an area under a ROC curve). */
  readonly centre?: number;
  /** Where the names of the columns stand ("bottom"; "top" for a table of many rows). */
  readonly headings?: "top" | "bottom";
}

/**
 * A table as rectangles, the stronger the larger the value, each with its value written in it.
 *
 * @param values rows of values, null or NaN where there is none
 * @throws HitlabError unless there is a name for each row and column
 * @example
 * ```ts
 * show.heat([[0.98, 0.97], [0.96, 0.95]], {
 *   rows: ["LSTM", "Logistic"], columns: ["random", "by song"], format: "percent",
 *   title: "Every model loses a point when songs are kept apart",
 * });
 * ```
 */
export function heat(values: readonly (readonly (number | null)[])[], options: HeatOptions): void {
  showFigure(heatFigure(values, options));
}

/** The figure of {@link heat}, not shown. */
export function heatFigure(values: readonly (readonly (number | null)[])[], options: HeatOptions): Figure {
  const { rows, columns, format, digits } = options;
  checkShape(values, options);
  const shown = (value: number | null) => {
    if (value === null) return "—";
    return format === "percent" ? percent(value, digits ?? 1) : formatNumber(value, digits);
  };
  const strength = scale(values, options);
  const cells = values.flatMap((row, r) =>
    row.map((value, c) => ({
      row: r,
      column: c,
      strength: isKnown(value) ? strength(value) : 0,
      lines: [shown(value)],
      hover: `${rows[r]}, ${columns[c]}: ${shown(value)}`,
    })),
  );
  const size = [Math.max(64, Math.min(150, Math.floor(560 / columns.length))), 40] as const;
  const alt = values.map(
    (row, r) => `${rows[r]}: ${row.map((value, c) => `${columns[c]} ${shown(value)}`).join(", ")}.`,
  );
  return cellFigure(
    { ...options, cells, size, fonts: [13, 11] },
    { ...options, alt: [options.alt, ...alt].filter(Boolean).join(" ") },
  );
}

function checkShape(values: readonly (readonly (number | null)[])[], { rows, columns }: HeatOptions): void {
  const odd = values.find((row) => row.length !== columns.length);
  if (rows.length > 0 && columns.length > 0 && values.length === rows.length && !odd) return;
  throw new HitlabError({
    what: `a table of ${rows.length} rows and ${columns.length} columns needs as many values, and one at least`,
    value: odd ? `a row of ${odd.length}` : `${values.length} rows`,
    remedy: "pass a name for each row and column of the values",
  });
}

/** NaN is written as null is, and must not decide on the fills of the others. */
function isKnown(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

function scale(values: readonly (readonly (number | null)[])[], options: HeatOptions) {
  const known = values.flat().filter(isKnown);
  const [low, high] = options.range ?? [Math.min(...known), Math.max(...known)];
  const centre = options.centre ?? (low < 0 ? 0 : undefined);
  if (centre !== undefined) {
    const most = Math.max(Math.abs(low - centre), Math.abs(high - centre)) || 1;
    return (value: number) => (value - centre) / most;
  }
  return (value: number) => (high > low ? (value - low) / (high - low) : 0.5) * 0.92 + 0.04;
}
