import { open } from "node:fs/promises";
import { HitlabError } from "../errors";
import { unreadable } from "./unreadable";

/**
 * One line of a CSV file as bounds into a buffer. The same object is reused for every line: copy what is kept.
 */
export interface CsvLine {
  readonly bytes: Buffer;
  /** Number of fields. */
  readonly fields: number;
  /** First byte of each field, inside its quotes if it has some. */
  readonly start: Int32Array;
  /** One past the last byte of each field. */
  readonly end: Int32Array;
  /** 1 where a field holds quote characters or doubled quotes, 2 where the doubled ones stand for single ones. */
  readonly quotes: Uint8Array;
  /** 1-based line of the file. */
  readonly line: number;
  /** False if a quote is not closed on its line or is followed by more text. */
  readonly wellQuoted: boolean;
}

const maxFields = 256;
const maxLine = 1 << 20;
const chunkSize = 1 << 22;

const newline = 10;
const carriageReturn = 13;
const quote = 34;
const comma = 44;

/** CSV text in memory, and what to call it in an error. */
export interface CsvBytes {
  readonly bytes: Buffer;
  readonly name: string;
}

/**
 * Calls `use` for every line of a CSV file that is not empty, the header included, reading a few megabytes at a time.
 *
 * A record ends with its line, quoted or not: one stray quote costs one line instead of swallowing the rest of the
 * file. A byte order mark and carriage returns at line ends are dropped. A line may end the reading by returning false.
 *
 * @param source path of the file, or the bytes of one
 * @throws HitlabError for a line longer than 1 MiB (then it is no CSV file) and for an unreadable file
 */
export async function eachLine(source: string | CsvBytes, use: (line: CsvLine) => unknown): Promise<void> {
  if (typeof source !== "string") return eachLineOf(source, use);
  const path = source;
  const scanner = new Scanner(path, use);
  try {
    const file = await open(path, "r");
    try {
      await scanner.read((into, offset) => file.read(into, offset, into.length - offset, null));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof HitlabError || !(error as NodeJS.ErrnoException).code) throw error;
    throw unreadable(path, error);
  }
}

async function eachLineOf({ bytes, name }: CsvBytes, use: (line: CsvLine) => unknown): Promise<void> {
  let at = 0;
  // Room for one byte more, or the end could not be told from a full buffer.
  await new Scanner(name, use, Math.min(chunkSize, bytes.length + 1)).read(async (into, offset) => {
    const bytesRead = bytes.copy(into, offset, at);
    at += bytesRead;
    return { bytesRead };
  });
}

class Scanner implements CsvLine {
  bytes: Buffer;
  fields = 0;
  readonly start = new Int32Array(maxFields);
  readonly end = new Int32Array(maxFields);
  readonly quotes = new Uint8Array(maxFields);
  line = 0;
  wellQuoted = true;
  private stopped = false;

  constructor(
    private readonly path: string,
    private readonly use: (line: CsvLine) => unknown,
    size: number = chunkSize,
  ) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  async read(fill: (into: Buffer, offset: number) => Promise<{ bytesRead: number }>): Promise<void> {
    let held = 0;
    let first = true;
    while (!this.stopped) {
      const { bytesRead } = await fill(this.bytes, held);
      const filled = held + bytesRead;
      const from = first && hasMark(this.bytes, filled) ? 3 : 0;
      first = false;
      if (bytesRead === 0) {
        if (filled > from) this.takeLine(from, filled);
        return;
      }
      const rest = this.scan(from, filled);
      held = filled - rest;
      if (held >= maxLine) this.tooLong();
      this.bytes.copy(this.bytes, 0, rest, filled);
    }
  }

  /** Uses every whole line in bytes[from, to); returns where the unfinished one starts. */
  private scan(from: number, to: number): number {
    let at = from;
    while (!this.stopped) {
      const lineEnd = this.bytes.indexOf(newline, at);
      if (lineEnd < 0 || lineEnd >= to) return at;
      this.takeLine(at, lineEnd);
      at = lineEnd + 1;
    }
    return to;
  }

  private takeLine(from: number, to: number): void {
    this.line++;
    const end = to > from && this.bytes[to - 1] === carriageReturn ? to - 1 : to;
    if (end === from) return;
    this.splitFields(from, end);
    if (this.use(this) === false) this.stopped = true;
  }

  private splitFields(from: number, to: number): void {
    this.fields = 0;
    this.wellQuoted = true;
    let at = from;
    while (at <= to && this.fields < maxFields) {
      const next = this.bytes[at] === quote && at < to ? this.quotedField(at + 1, to) : this.plainField(at, to);
      this.fields++;
      at = next + 1;
    }
  }

  /** A field that does not start with a quote; returns where its comma (or the line's end) is. */
  private plainField(from: number, to: number): number {
    const { bytes } = this;
    let at = from;
    let quotes = 0;
    while (at < to && bytes[at] !== comma) {
      if (bytes[at] === quote) quotes = 1;
      at++;
    }
    this.start[this.fields] = from;
    this.end[this.fields] = at;
    this.quotes[this.fields] = quotes;
    return at;
  }

  private quotedField(from: number, to: number): number {
    const { bytes } = this;
    let at = from;
    let quotes = 0;
    while (at < to) {
      if (bytes[at] !== quote) at++;
      else if (bytes[at + 1] === quote && at + 1 < to) {
        quotes = 2;
        at += 2;
      } else break;
    }
    this.start[this.fields] = from;
    this.end[this.fields] = at;
    this.quotes[this.fields] = quotes;
    const after = at + 1;
    if (at < to && (after >= to || bytes[after] === comma)) return after;
    this.wellQuoted = false;
    return to;
  }

  private tooLong(): never {
    throw new HitlabError({
      what: "a line is longer than 1 MiB, so this is no CSV file of the expected kind",
      file: this.path,
      line: this.line + 1,
      remedy: "check that the file is the unpacked .csv and not an archive",
    });
  }
}

function hasMark(bytes: Buffer, filled: number): boolean {
  return filled >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** The text of a field, its doubled quotes made single. */
export function fieldText(line: CsvLine, field: number, encoding: "utf8" | "latin1" = "utf8"): string {
  const text = line.bytes.toString(encoding, line.start[field], line.end[field]);
  return line.quotes[field] === 2 ? text.replaceAll('""', '"') : text;
}
