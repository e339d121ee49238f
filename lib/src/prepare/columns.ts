import pl from "nodejs-polars";
import { HitlabError } from "../errors";

/**
 * A column of numbers as a typed array; an empty or infinite cell is refused, for it would silently become a 0 or
 * spread as NaN.
 *
 * @throws HitlabError for an unknown column, and naming the row of a cell that holds no finite number
 * @example
 * ```ts
 * const ranks = prepare.numbers(charts.frame, "rank"); // Float64Array, one entry per row
 * ```
 */
export function numbers(frame: pl.DataFrame, name: string): Float64Array {
  checkColumn(frame, name);
  const column = frame.getColumn(name).cast(pl.Float64);
  if (column.nullCount() > 0) throw badCell(name, (column.toArray() as (number | null)[]).indexOf(null));
  const values = column.toTypedArray() as Float64Array;
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw badCell(name, odd);
  return values;
}

/**
 * As `numbers`, but an empty cell (null or NaN) becomes NaN.
 *
 * @throws HitlabError for an unknown column, and naming the row of a cell that holds text or an infinite number
 */
export function numbersOrNaN(frame: pl.DataFrame, name: string): Float64Array {
  checkColumn(frame, name);
  const cells = frame.getColumn(name).toArray() as unknown[];
  const values = frame.getColumn(name).cast(pl.Float64).toArray() as (number | null)[];
  return Float64Array.from(values, (value, row) => {
    // A text that is no number is cast to null: it is not empty, and must not pass for it.
    if (value === null && cells[row] !== null) throw badCell(name, row, cells[row]);
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) throw badCell(name, row, value);
    return value ?? Number.NaN;
  });
}

function checkColumn(frame: pl.DataFrame, name: string): void {
  if (frame.columns.includes(name)) return;
  const remedy = `name one of: ${frame.columns.join(", ")}`;
  throw new HitlabError({ what: "the frame has no such column", value: name, remedy });
}

function badCell(column: string, row: number, value?: unknown): HitlabError {
  return new HitlabError({
    what: `row ${row} of the frame (counted from 0) holds no number`,
    column,
    value,
    remedy: "load the frame with a loader of hitlab, which mends or drops such rows, or fill the cell",
  });
}
