import pl from "nodejs-polars";
import { columnIndex } from "./names";

export interface WithoutDuplicates {
  /** The rows that are kept, in their order. */
  readonly frame: pl.DataFrame;
  /** How many rows were dropped. */
  readonly dropped: number;
  /** Which: their numbers in the frame that was passed, counted from 0. */
  readonly rows: readonly number[];
}

/**
 * Keeps the first of the rows that are equal in these columns, as pandas' `drop_duplicates`: empty cells are equal to
 * one another.
 *
 * @param columns default all; a column that numbers the rows, as `line` of `load.spotify2023`, makes each row different
 * @throws HitlabError for a column that is not there or comes twice
 * @example
 * ```ts
 * const { frame, dropped } = prepare.dropDuplicates(hits.frame, ["track", "artists"]);
 * const whole = prepare.dropDuplicates(hits.frame, hits.frame.columns.filter((name) => name !== "line"));
 * ```
 */
export function dropDuplicates(frame: pl.DataFrame, columns?: readonly string[]): WithoutDuplicates {
  const at = columnIndex(frame.columns, columns);
  const cells = at.map((c) => frame.getColumn(frame.columns[c]).toArray() as unknown[]);
  const seen = new Set<string>();
  const kept: boolean[] = [];
  const rows: number[] = [];
  for (let row = 0; row < frame.height; row++) {
    const key = JSON.stringify(cells.map((column) => keyOf(column[row])));
    kept.push(!seen.has(key));
    if (seen.has(key)) rows.push(row);
    seen.add(key);
  }
  return { frame: frame.filter(pl.Series("kept", kept)), dropped: rows.length, rows };
}

/** What JSON would not tell apart, or not write. */
function keyOf(cell: unknown): unknown {
  if (typeof cell === "bigint") return { whole: String(cell) };
  if (typeof cell !== "number" || Number.isFinite(cell)) return cell ?? null;
  return Number.isNaN(cell) ? null : { infinite: String(cell) };
}
