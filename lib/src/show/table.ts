import { HitlabError } from "../errors";
import { formatNumber } from "./format";
import { type Bundle, display } from "./kernel";
import { escapeHtml } from "./text/escape";

/** One value of a table. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** A table row by row, each an object from column name to value. */
export type Rows = readonly object[];

/** The parts of a Polars frame that are read. */
export interface PolarsLike {
  readonly columns: string[];
  readonly height: number;
  toRecords(): Record<string, unknown>[];
  head(rows?: number): PolarsLike;
}

/** The parts of a danfo frame that are read. */
export interface DanfoLike {
  readonly columns: string[];
  readonly values: unknown;
  readonly index: (string | number)[];
  readonly shape: number[];
}

export interface TableOptions {
  /** A sentence above the table. */
  readonly caption?: string;
  /** Decimals: one number for all columns or one per column; by default three significant digits. */
  readonly digits?: number | Readonly<Record<string, number>>;
  /** Own ways to write a column. */
  readonly format?: Readonly<Record<string, (value: unknown) => string>>;
  /** Rows shown at most (20); the rest is counted below the table. */
  readonly maxRows?: number;
  /** Columns to show, in this order (all). */
  readonly columns?: readonly string[];
  /** Shows danfo's index as first column under this name (it is left out). */
  readonly index?: string;
}

/**
 * A table below the running cell: numbers right-aligned with thousands separators, missing values as a dash.
 *
 * @param rows plain rows, a Polars frame or a danfo frame
 * @example
 * ```ts
 * show.table(songs.head(5), { caption: "The first five rows" });
 * show.table([{ model: "LSTM", accuracy: 0.9762 }], { digits: { accuracy: 4 } });
 * ```
 */
export function table(rows: Rows | PolarsLike | DanfoLike, options: TableOptions = {}): void {
  display(tableBundle(rows, options));
}

/** What {@link table} shows. */
export function tableBundle(rows: Rows | PolarsLike | DanfoLike, options: TableOptions = {}): Bundle {
  const grid = written(readGrid(rows, options), options);
  return {
    data: { "text/html": asHtml(grid), "text/plain": asText(grid) },
    metadata: { hitlab: { table: true } },
  };
}

/** The values that are to be shown, and how many rows there are in all. */
interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
  readonly total: number;
}

/** A table as text, cell by cell. */
export interface WrittenTable {
  readonly caption?: string;
  readonly columns: readonly string[];
  readonly cells: readonly (readonly string[])[];
  /** Per column: set to the right. */
  readonly right: readonly boolean[];
  /** What is said below, if anything. */
  readonly footer?: string;
}

function readGrid(input: Rows | PolarsLike | DanfoLike, options: TableOptions): Grid {
  const limit = options.maxRows ?? 20;
  const grid = isPolars(input)
    ? fromRecords(input.head(Math.min(limit, input.height)).toRecords(), input.height, input.columns)
    : isDanfo(input)
      ? fromDanfo(input, limit, options.index)
      : // An empty list knows no columns: then those that are asked for are its columns.
        fromRecords(input.slice(0, limit), input.length, input.length === 0 ? options.columns : undefined);
  return options.columns ? picked(grid, options.columns) : grid;
}

function isPolars(input: Rows | PolarsLike | DanfoLike): input is PolarsLike {
  // A Polars frame is a proxy that knows its columns, not its methods, under `in`.
  return typeof (input as PolarsLike).toRecords === "function";
}

function isDanfo(input: Rows | PolarsLike | DanfoLike): input is DanfoLike {
  return "values" in input && "shape" in input && "index" in input;
}

function fromRecords(records: Rows, total: number, names?: readonly string[]): Grid {
  const columns = names ?? [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cellOf = (record: object, name: string) => (record as Record<string, unknown>)[name];
  return { columns, rows: records.map((record) => columns.map((name) => cellOf(record, name))), total };
}

function fromDanfo(frame: DanfoLike, limit: number, index: string | undefined): Grid {
  const all = frame.values as unknown[];
  // A series has one value per row, a frame an array of them.
  const rows = all.slice(0, limit).map((row) => (Array.isArray(row) ? (row as unknown[]) : [row]));
  const grid = { columns: frame.columns.map(String), rows, total: all.length };
  if (index === undefined) return grid;
  return { ...grid, columns: [index, ...grid.columns], rows: rows.map((row, at) => [frame.index[at], ...row]) };
}

function picked(grid: Grid, columns: readonly string[]): Grid {
  const places = columns.map((name) => {
    const at = grid.columns.indexOf(name);
    if (at < 0) {
      throw new HitlabError({
        what: "the table has no such column",
        value: name,
        remedy: `use one of ${grid.columns.join(", ")}`,
      });
    }
    return at;
  });
  return { ...grid, columns, rows: grid.rows.map((row) => places.map((at) => row[at])) };
}

function written(grid: Grid, options: TableOptions): WrittenTable {
  const right = grid.columns.map((_, at) => {
    const values = grid.rows.map((row) => row[at]).filter((value) => value !== null && value !== undefined);
    return values.length > 0 && values.every((value) => typeof value === "number" || typeof value === "bigint");
  });
  const digits = grid.columns.map((name) =>
    typeof options.digits === "object" ? options.digits[name] : options.digits,
  );
  const hidden = grid.total - grid.rows.length;
  return {
    caption: options.caption,
    columns: grid.columns,
    right,
    cells: grid.rows.map((row) => row.map((value, at) => cellText(value, grid.columns[at], digits[at], options))),
    footer: hidden > 0 ? `${formatNumber(grid.rows.length)} of ${formatNumber(grid.total)} rows` : undefined,
  };
}

function cellText(value: unknown, column: string, digits: number | undefined, options: TableOptions): string {
  const own = options.format?.[column];
  if (own) return own(value);
  if (value === null || value === undefined) return "—";
  // Whole numbers stay whole: decimals asked for all columns are meant for the others.
  if (typeof value === "number") {
    const everywhere = typeof options.digits === "number";
    return formatNumber(value, Number.isInteger(value) && everywhere ? undefined : digits);
  }
  if (typeof value === "bigint") return formatNumber(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}

/** The table as HTML that is read on light and dark pages: GitHub keeps no styles, Lab and the site know the class. */
export function asHtml(table: WrittenTable): string {
  const side = (at: number) => `style="text-align:${table.right[at] ? "right" : "left"};padding:2px 8px"`;
  const head = table.columns.map((name, at) => `<th ${side(at)}>${escapeHtml(name)}</th>`).join("");
  const body = table.cells
    .map((row) => `<tr>${row.map((text, at) => `<td ${side(at)}>${escapeHtml(text)}</td>`).join("")}</tr>`)
    .join("\n");
  const caption = table.caption ? `<caption style="text-align:left">${escapeHtml(table.caption)}</caption>` : "";
  const footer = table.footer ? `\n<p class="hitlab-more"><small>${escapeHtml(table.footer)}</small></p>` : "";
  return (
    `<div class="hitlab-table" style="overflow-x:auto"><table style="font-variant-numeric:tabular-nums">${caption}` +
    `<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table>${footer}</div>`
  );
}

/** The table for a terminal. */
export function asText(table: WrittenTable): string {
  const lines = [table.columns, ...table.cells].map((row) => row.map((cell) => cell.replace(/\s+/g, " ")));
  const widths = table.columns.map((_, at) => Math.max(...lines.map((row) => [...row[at]].length)));
  const pad = (text: string, at: number) => {
    const space = " ".repeat(widths[at] - [...text].length);
    return table.right[at] ? space + text : text + space;
  };
  const rendered = lines.map((row) => row.map(pad).join("  ").trimEnd());
  rendered.splice(1, 0, widths.map((width) => "─".repeat(width)).join("  "));
  return [table.caption, ...rendered, table.footer].filter((line) => line !== undefined).join("\n");
}
