import pl, { type DataFrame } from "nodejs-polars";
import type { CellValue } from "./table-cells";
import type { ColumnDefinition } from "./table-column";

/** Whole numbers without a bound this small are kept in 64 bits. */
const int32 = 2 ** 31 - 1;

/**
 * A frame with these columns in their order. Whole numbers are Int64, those that a bound keeps small Int32.
 *
 * @param values name to one value per row
 * @param small columns without a bound whose numbers are small all the same
 */
export function frameOfTable(
  columns: readonly ColumnDefinition[],
  values: ReadonlyMap<string, readonly CellValue[]>,
  small: readonly string[],
): DataFrame {
  const type = ({ name, type, high }: ColumnDefinition) => {
    if (type === "text" || type === "date") return pl.Utf8;
    if (type === "decimal") return pl.Float64;
    return small.includes(name) || (high !== null && high <= int32) ? pl.Int32 : pl.Int64;
  };
  return pl.DataFrame(
    columns.map((column) => pl.Series(column.name, [...(values.get(column.name) ?? [])], type(column))),
  );
}
