/** A column of a loaded table: what it is, and what its cells may hold. */
export interface ColumnDefinition<Kind extends string = string> {
  /** Name in the frame. */
  readonly name: string;
  /** Which group of columns it belongs to. */
  readonly kind: Kind;
  /** A date is ISO text in the frame. */
  readonly type: "text" | "date" | "whole" | "decimal";
  readonly unit: string;
  readonly meaning: string;
  /** Name in the file; null for a column that the loader makes. */
  readonly from: string | null;
  /** Lowest and highest possible number; null where nothing fixes it, and for text. */
  readonly low: number | null;
  readonly high: number | null;
  /** The only texts that the column may hold, where they are few. */
  readonly oneOf?: readonly string[];
  /** Whether an empty cell is a missing value (null); else it is an error. */
  readonly mayBeEmpty: boolean;
}

/** A column that is read from the file. */
export interface FileColumn<Kind extends string = string> extends ColumnDefinition<Kind> {
  readonly from: string;
}

/** Whether a column is read from the file. */
export function isFileColumn<Kind extends string>(column: ColumnDefinition<Kind>): column is FileColumn<Kind> {
  return column.from !== null;
}

/** What the short forms below have a default for. */
type Rest = Partial<Pick<ColumnDefinition, "type" | "unit" | "low" | "high" | "oneOf" | "mayBeEmpty">>;

/** A column of texts; unless said otherwise any, and it may be empty. */
export function textColumn<Kind extends string>(
  name: string,
  from: string,
  kind: Kind,
  meaning: string,
  rest: Rest = {},
): FileColumn<Kind> {
  return { name, kind, type: "text", unit: "text", meaning, from, low: null, high: null, mayBeEmpty: true, ...rest };
}

/** A column of numbers: unless said otherwise whole ones from 0, and it may be empty. */
export function numberColumn<Kind extends string>(
  name: string,
  from: string,
  kind: Kind,
  unit: string,
  meaning: string,
  rest: Rest = {},
): FileColumn<Kind> {
  return { name, kind, type: "whole", unit, meaning, from, low: 0, high: null, mayBeEmpty: true, ...rest };
}

/** A column that the loader makes. */
export function madeColumn<Kind extends string>(
  name: string,
  kind: Kind,
  type: ColumnDefinition["type"],
  unit: string,
  meaning: string,
): ColumnDefinition<Kind> {
  return { name, kind, type, unit, meaning, from: null, low: null, high: null, mayBeEmpty: false };
}

/** Days since 1970-01-01, the same in all tables. */
export const releaseDay = madeColumn(
  "release_day",
  "release",
  "whole",
  "days",
  "days from 1970-01-01 to the release date, negative before",
);

/** The line of the file, the same in all tables. */
export const fileLine = madeColumn("line", "line", "whole", "line", "line of the file that the row comes from");
