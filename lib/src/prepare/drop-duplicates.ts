import pl from "nodejs-polars";
import { HitlabError } from "../errors";

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
 * @param columns default all
 * @throws HitlabError for a column that is not there or comes twice
 * @example
 * ```ts
 * const { frame, dropped } = prepare.dropDuplicates(hits.frame, ["track", "artists"]);
 * ```
 */
export function dropDuplicates(frame: pl.DataFrame, columns?: readonly string[]): WithoutDuplicates {
  const names = columns ?? frame.columns;
  check(frame, names);
  const cells = names.map((name) => frame.getColumn(name).toArray() as unknown[]);
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

function check(frame: pl.DataFrame, names: readonly string[]): void {
  // A notebook's cell may pass a single name, whose letters would be taken for columns.
  if (!Array.isArray(names) || names.length === 0) {
    const remedy = "leave them out for all columns";
    throw new HitlabError({ what: "columns must be a list of at least one name", value: names, remedy });
  }
  names.forEach((name, i) => {
    if (!frame.columns.includes(name)) {
      const remedy = `name one of: ${frame.columns.join(", ")}`;
      throw new HitlabError({ what: "the frame has no such column", value: name, remedy });
    }
    if (names.indexOf(name) === i) return;
    throw new HitlabError({ what: "a column is named twice", value: name, remedy: "name it once" });
  });
}
