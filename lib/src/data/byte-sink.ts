import type { CsvLine } from "./csv";

const comma = 44;
const newline = 10;
const quote = 34;

/** Collects CSV text as bytes: fields of a file are copied without a detour over JavaScript strings. */
export class ByteSink {
  private bytes = Buffer.allocUnsafe(1 << 16);
  private length = 0;

  /** A field of a line, quoted again if it needs it, then `comma` or the end of the row. */
  field(line: CsvLine, field: number, last = false): void {
    const from = line.start[field];
    const to = line.end[field];
    this.room(2 * (to - from) + 3);
    const quotes = line.quotes[field];
    if (quotes === 0 && line.bytes[from - 1] !== quote) {
      // Fields are short: a call of Buffer.copy takes longer than their bytes.
      const { bytes, length } = this;
      const source = line.bytes;
      for (let at = from; at < to; at++) bytes[length + at - from] = source[at];
      this.length = length + to - from;
    } else {
      this.quoted(line.bytes, from, to, quotes === 1);
    }
    this.bytes[this.length++] = last ? newline : comma;
  }

  /** A number or a text of ASCII without commas, quotes and line ends. */
  plain(text: string | number, last = false): void {
    const written = String(text);
    this.room(written.length + 1);
    const { bytes, length } = this;
    for (let at = 0; at < written.length; at++) bytes[length + at] = written.charCodeAt(at);
    bytes[length + written.length] = last ? newline : comma;
    this.length = length + written.length + 1;
  }

  /** Any text, quoted. */
  text(text: string, last = false): void {
    const bytes = Buffer.from(text);
    this.room(2 * bytes.length + 3);
    this.quoted(bytes, 0, bytes.length, true);
    this.bytes[this.length++] = last ? newline : comma;
  }

  /** What was collected; a view, valid until the next write. */
  taken(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private quoted(bytes: Buffer, from: number, to: number, double: boolean): void {
    this.bytes[this.length++] = quote;
    for (let at = from; at < to; at++) {
      if (double && bytes[at] === quote) this.bytes[this.length++] = quote;
      this.bytes[this.length++] = bytes[at];
    }
    this.bytes[this.length++] = quote;
  }

  private room(wanted: number): void {
    if (this.length + wanted <= this.bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.length + wanted));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}
