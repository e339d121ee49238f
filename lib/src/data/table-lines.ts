import { HitlabError } from "../errors";
import { type CsvBytes, type CsvLine, eachLine, fieldText } from "./csv";
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

const restore = "correct the cell, or fetch the file anew with `npm run data`";

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
  throw new HitlabError({ what: "the file is empty", file: source.name, remedy: wholeFile });
}

const wholeFile = "put the whole file there: `npm run data` fetches it";

class TableReader {
  private readonly values: Map<string, CellValue[]>;
  private readonly line: number[] = [];
  private readonly setAside: FoundCell[] = [];
  private trimmed = 0;
  private commaRows = 0;
  private commaCells = 0;
  private readonly commaColumns = new Set<string>();
  /** Fields of every line. */
  private readonly fields: number;
  /** Field of each column. */
  private readonly at: readonly number[];

  constructor(
    private readonly file: string,
    private readonly encoding: Encoding,
    private readonly rules: TableRules,
    header: CsvLine,
  ) {
    this.values = new Map(rules.columns.map(({ name }) => [name, []]));
    const names = Array.from({ length: header.fields }, (_, field) => this.text(header, field).trim());
    this.fields = names.length;
    this.at = rules.columns.map(({ from }) => names.indexOf(from));
    this.checkHeader(header, names);
  }

  take(line: CsvLine): void {
    if (!line.wellQuoted || line.fields !== this.fields) throw this.brokenLine(line);
    const row = this.cells(line);
    if (!row) return;
    const { columns, check } = this.rules;
    const bad = check?.((name) => row[columns.findIndex((column) => column.name === name)]);
    if (bad) throw this.badCell(line, bad.column, bad.what);
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
      const what = read ? "the file has no usable row" : "the file has a header but no rows";
      throw new HitlabError({ what, file, remedy: wholeFile });
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
      const whole = this.text(line, this.at[c]);
      const text = whole.trim();
      if (text.length < whole.length) trimmed++;
      const cell = readCell(column, text);
      if (!isBad(cell)) {
        if (typeof cell === "number" && text.includes(",")) commas.push(column.name);
        return cell;
      }
      if (!this.mayGoAside(column, cell)) throw this.badCell(line, column.name, cell.what);
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

  private text(line: CsvLine, field: number): string {
    return fieldText(line, field, this.encoding).replaceAll("ï¿½", "\ufffd");
  }

  private checkHeader(line: CsvLine, names: readonly string[]): void {
    const wanted = this.rules.columns.map(({ from }) => from);
    const missing = wanted.filter((column) => !names.includes(column));
    const twice = wanted.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
    if (missing.length === 0 && twice.length === 0) return;
    throw new HitlabError({
      what: missing.length
        ? `the header lacks the columns ${missing.join(", ")}`
        : `the header names the columns ${twice.join(", ")} twice`,
      file: this.file,
      line: line.line,
      column: missing[0] ?? twice[0],
      value: names.join(","),
      remedy: `the first line must name ${wanted.join(", ")}; \`npm run data\` fetches the file`,
    });
  }

  private badCell(line: CsvLine, name: string, what: string): HitlabError {
    const c = this.rules.columns.findIndex((column) => column.name === name);
    const value = this.text(line, this.at[c]);
    const column = this.rules.columns[c].from;
    return new HitlabError({ what, file: this.file, line: line.line, column, value, remedy: restore });
  }

  private brokenLine(line: CsvLine): HitlabError {
    const what = line.wellQuoted
      ? `the line has ${line.fields} fields where the header has ${this.fields}`
      : "a quote is not closed on its line, or text follows it";
    const value = line.bytes.toString(this.encoding, line.start[0], line.end[line.fields - 1]);
    const remedy = "the file may be cut or joined: correct the line, or fetch the file anew with `npm run data`";
    return new HitlabError({ what, file: this.file, line: line.line, value, remedy });
  }

  private tooManyAside(read: number): HitlabError {
    const [{ line, column, value }] = this.setAside;
    const what = `${this.setAside.length} of ${read} rows hold no number here, more than one in a hundred; the first`;
    return new HitlabError({ what, file: this.file, line, column, value, remedy: restore });
  }
}
