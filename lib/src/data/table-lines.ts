import { HitlabError } from "../errors";
import { type CsvBytes, type CsvLine, eachLine } from "./csv";
import { CsvColumns, noRows } from "./csv-columns";
import { type Encoding, encodingOf } from "./encoding";
import { type BadCell, type CellValue, isBad, readCell } from "./table-cells";
import type { FileColumn } from "./table-column";

/** What a table must be. */
export interface TableRules {
  /** The columns to read; others are passed over. */
  readonly columns: readonly FileColumn[];
  /** Columns of numbers: a row with something else there is set aside, as long as such rows are few. */
  readonly setAside?: readonly string[];
  /** Looks at a whole row; returns the frame's name of a column and what is wrong with it. */
  readonly check?: (row: (name: string) => CellValue) => { column: string; what: string } | undefined;
}

/** A cell, for the report. */
export interface FoundCell {
  readonly line: number;
  /** Name in the file. */
  readonly column: string;
  readonly value: string;
}

/** The rows of a file, column by column. */
export interface Table {
  /** Name in the frame to one value per row. */
  readonly values: ReadonlyMap<string, readonly CellValue[]>;
  /** Line of the file of each row. */
  readonly line: readonly number[];
  readonly setAside: readonly FoundCell[];
  /** Cells that had blanks at an end. */
  readonly trimmed: number;
  /** Rows and cells with thousands commas, and the columns they stand in (names in the frame). */
  readonly commas: { readonly rows: number; readonly cells: number; readonly columns: readonly string[] };
}

/**
 * Reads a table of songs. Its columns may stand in any order and others among them; quoted commas, thousands commas,
 * LF or CRLF, UTF-8 (with or without byte order mark) and latin-1 are fine. Text is trimmed. The bytes EF BF BD, which
 * are UTF-8's replacement character and latin-1's "ï¿½", become that character either way.
 *
 * @throws HitlabError naming line, column and value of the first cell that is not as it should be, for a missing or
 * repeated column, a line with too few or too many fields, another encoding, and if no row is left
 */
export async function readTable(source: CsvBytes, rules: TableRules): Promise<Table> {
  const encoding = encodingOf(source);
  let reader: TableReader | undefined;
  await eachLine(source, (line) => {
    if (reader) reader.take(line);
    else reader = new TableReader(source.name, encoding, rules, line);
  });
  if (reader) return reader.finished();
  throw noRows(source.name, "the file is empty");
}

class TableReader {
  private readonly values: Map<string, CellValue[]>;
  private readonly line: number[] = [];
  private readonly setAside: FoundCell[] = [];
  private trimmed = 0;
  private commaRows = 0;
  private commaCells = 0;
  private readonly commaColumns = new Set<string>();
  private readonly fileColumns: CsvColumns;

  constructor(
    private readonly file: string,
    encoding: Encoding,
    private readonly rules: TableRules,
    header: CsvLine,
  ) {
    this.values = new Map(rules.columns.map(({ name }) => [name, []]));
    const columns = rules.columns.map(({ from }) => from);
    this.fileColumns = new CsvColumns(file, columns, header, encoding);
  }

  take(line: CsvLine): void {
    this.fileColumns.checkLine(line);
    const row = this.cells(line);
    if (!row) return;
    const { columns, check } = this.rules;
    const place = (name: string) => columns.findIndex((column) => column.name === name);
    const bad = check?.((name) => row[place(name)]);
    if (bad) throw this.badCell(line, place(bad.column), bad.what);
    columns.forEach(({ name }, c) => {
      this.values.get(name)?.push(row[c]);
    });
    this.line.push(line.line);
  }

  finished(): Table {
    const { values, line, setAside, trimmed, file } = this;
    const read = line.length + setAside.length;
    // One row may always be set aside: a short extract of the file holds it as well.
    if (setAside.length > Math.max(1, Math.floor(read / 100))) throw this.tooManyAside(read);
    if (line.length === 0) {
      throw noRows(file, read ? "the file has no usable row" : "the file has a header but no rows");
    }
    const columns = this.rules.columns.map(({ name }) => name);
    const commas = {
      rows: this.commaRows,
      cells: this.commaCells,
      columns: columns.filter((name) => this.commaColumns.has(name)),
    };
    return { values, line, setAside, trimmed, commas };
  }

  /** The values of a line; undefined if it is set aside. */
  private cells(line: CsvLine): CellValue[] | undefined {
    let aside: FoundCell | undefined;
    const commas: string[] = [];
    let trimmed = 0;
    const row = this.rules.columns.map((column, c): CellValue => {
      const whole = this.text(line, c);
      const text = whole.trim();
      if (text.length < whole.length) trimmed++;
      const cell = readCell(column, text);
      if (!isBad(cell)) {
        if (typeof cell === "number" && text.includes(",")) commas.push(column.name);
        return cell;
      }
      if (!this.mayGoAside(column, cell)) throw this.badCell(line, c, cell.what);
      aside = { line: line.line, column: column.from, value: whole };
      return null;
    });
    if (aside) {
      this.setAside.push(aside);
      return undefined;
    }
    this.trimmed += trimmed;
    this.commaCells += commas.length;
    if (commas.length > 0) this.commaRows++;
    for (const name of commas) this.commaColumns.add(name);
    return row;
  }

  private mayGoAside({ name }: FileColumn, { unreadable }: BadCell): boolean {
    return unreadable && (this.rules.setAside?.includes(name) ?? false);
  }

  private text(line: CsvLine, column: number): string {
    return this.fileColumns.text(line, column).replaceAll("ï¿½", "\ufffd");
  }

  private badCell(line: CsvLine, column: number, what: string): HitlabError {
    return this.fileColumns.badCell(line, column, what, this.text(line, column));
  }

  private tooManyAside(read: number): HitlabError {
    const [{ line, column, value }] = this.setAside;
    const what = `${this.setAside.length} of ${read} rows hold no number here, more than one in a hundred; the first`;
    const remedy = "correct the cells, or fetch the file anew with `npm run data`";
    return new HitlabError({ what, file: this.file, line, column, value, remedy });
  }
}
