import pl from "nodejs-polars";
import { HitlabError } from "../errors";
import { columnIndex } from "./names";

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
  columnIndex(frame.columns, [name]);
  const column = frame.getColumn(name).cast(pl.Float64);
  const cells = () => frame.getColumn(name).toArray() as unknown[];
  if (column.nullCount() > 0) {
    const row = (column.toArray() as (number | null)[]).indexOf(null);
    throw badCell(name, row, cells()[row]);
  }
  const values = column.toTypedArray() as Float64Array;
  const odd = values.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) throw badCell(name, odd, values[odd]);
  return values;
}

/**
 * As `numbers`, but an empty cell (null or NaN) becomes NaN.
 *
 * @throws HitlabError for an unknown column, and naming the row of a cell that holds text or an infinite number
 */
export function numbersOrNaN(frame: pl.DataFrame, name: string): Float64Array {
  columnIndex(frame.columns, [name]);
  const cells = frame.getColumn(name).toArray() as unknown[];
  const values = frame.getColumn(name).cast(pl.Float64).toArray() as (number | null)[];
  return Float64Array.from(values, (value, row) => {
    // A text that is no number is cast to null: it is not empty, and must not pass for it.
    if (value === null && cells[row] !== null) throw badCell(name, row, cells[row]);
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) throw badCell(name, row, value);
    return value ?? Number.NaN;
  });
}

function badCell(column: string, row: number, value: unknown): HitlabError {
  const where = `row ${row} of the frame (counted from 0)`;
  if (value === null || Number.isNaN(value)) {
    const remedy =
      'fill the cell, drop the row, or keep it empty (but for a target) by missing: "keep" of prepare.samples';
    return new HitlabError({ what: `${where} is empty`, column, remedy });
  }
  const remedy =
    typeof value === "string"
      ? "make numbers of the texts, or name the column as info of prepare.samples and encode it by prepare.oneHot"
      : "correct the cell, or drop the row";
  return new HitlabError({ what: `${where} holds no number`, column, value, remedy });
}
