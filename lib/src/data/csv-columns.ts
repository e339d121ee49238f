import { HitlabError } from "../errors";
import { type CsvLine, fieldText } from "./csv";
import { decimalCell } from "./decimal-cell";
import type { Encoding } from "./encoding";

/** The columns wanted of a CSV file. They may stand in any order, and others among them. */
export class CsvColumns {
  /** Fields of every line. */
  private readonly fields: number;
  /** Field of each wanted column. */
  private readonly at: readonly number[];

  /**
   * @param file what to call it in an error
   * @param wanted names of the columns
   * @throws HitlabError for a column that the header lacks or names twice
   */
  constructor(
    private readonly file: string,
    private readonly wanted: readonly string[],
    header: CsvLine,
    private readonly encoding: Encoding = "utf8",
  ) {
    const names = Array.from({ length: header.fields }, (_, field) => fieldText(header, field, encoding).trim());
    const missing = wanted.filter((column) => !names.includes(column));
    const twice = wanted.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
    if (missing.length === wanted.length) throw this.noHeader(header, names);
    if (missing.length > 0 || twice.length > 0) throw this.badHeader(header, names, missing, twice);
    this.fields = names.length;
    this.at = wanted.map((column) => names.indexOf(column));
  }

  /** @throws HitlabError for a line that is quoted wrongly, or has more or fewer fields than the header */
  checkLine(line: CsvLine): void {
    if (line.wellQuoted && line.fields === this.fields) return;
    const what = line.wellQuoted
      ? `the line has ${line.fields} fields where the header has ${this.fields}`
      : "a quote is not closed on its line, or text follows it";
    const value = line.bytes.toString(this.encoding, line.start[0], line.end[line.fields - 1]);
    const remedy = "the file may be cut or joined: correct the line, or fetch the file anew with `npm run data`";
    throw new HitlabError({ what, file: this.file, line: line.line, value, remedy });
  }

  /** The cell of a column; `column` counts within those wanted. */
  text(line: CsvLine, column: number): string {
    return fieldText(line, this.at[column], this.encoding);
  }

  /** The number of a cell written in the common way, NaN for any other cell; quicker than by its text. */
  decimal(line: CsvLine, column: number): number {
    return decimalCell(line, this.at[column]);
  }

  /** The error of a cell that cannot be used. */
  badCell(line: CsvLine, column: number, what: string, value = this.text(line, column)): HitlabError {
    const remedy = "correct the cell, or fetch the file anew with `npm run data`";
    return new HitlabError({ what, file: this.file, line: line.line, column: this.wanted[column], value, remedy });
  }

  private noHeader({ line }: CsvLine, names: readonly string[]): HitlabError {
    const what = "this is another file, or its cells are not separated by commas: no column has a known name";
    const remedy = `pass a file whose first line names ${this.wanted.join(", ")}; \`npm run data\` fetches it`;
    return new HitlabError({ what, file: this.file, line, value: names.join(","), remedy });
  }

  private badHeader(header: CsvLine, names: readonly string[], missing: readonly string[], twice: readonly string[]) {
    return new HitlabError({
      what: missing.length
        ? `the header lacks the columns ${missing.join(", ")}`
        : `the header names the columns ${twice.join(", ")} twice`,
      file: this.file,
      line: header.line,
      column: missing[0] ?? twice[0],
      value: names.join(","),
      remedy: `the first line must name ${this.wanted.join(", ")}; \`npm run data\` fetches the file`,
    });
  }
}

/** The error of a file without rows. */
export function noRows(file: string, what: string): HitlabError {
  return new HitlabError({ what, file, remedy: "put the whole file there: `npm run data` fetches it" });
}
