import type { Fault } from "../errors";
import type { ByteSink } from "./byte-sink";
import { dayOf, isoOf } from "./calendar";
import { type ChartLayout, chartLayout } from "./chart-layout";
import { type CsvLine, fieldText } from "./csv";
import type { CleaningStep } from "./types";

/** Rows to keep: region and chart ("*" for all), days since 1970-01-01. */
export interface ChartSelection {
  readonly region: string;
  readonly chart: string;
  readonly from: number;
  readonly to: number;
}

type Complaint = Pick<Fault, "what" | "column" | "value" | "remedy">;

const mend = "correct the line or remove it";
const shownLines = 5;
const globalRegion = Buffer.from("global");

/** Looks at the lines of a charts file one by one: keeps the good ones that were asked for, counts the others. */
export class ChartLines {
  /** Lines with data, good or bad. */
  read = 0;
  kept = 0;
  /** True as long as the kept lines came by day, then rank. */
  sorted = true;
  /** False if surely no kept line repeats the song of another one of its day. */
  mayRepeat = false;
  firstBad?: Fault;
  private layout?: ChartLayout;
  private readonly bad: number[] = [];
  private badCount = 0;
  private elsewhere = 0;
  private otherDays = 0;
  private missingStreams = 0;
  private blankNames = 0;
  private lastPlace = Number.NEGATIVE_INFINITY;
  /** The day of the row kept last; hundreds of rows have it. */
  private lastDay = Number.NaN;
  private lastDate = "";
  /** Hashes of the songs kept of that day. */
  private readonly songs = new Set<number>();
  private readonly region: Uint8Array | undefined;
  private readonly chart: Uint8Array | undefined;
  /** Whether a file without such a column, which is Global and top200, is asked for. */
  private readonly isGlobal: boolean;
  private readonly isTop200: boolean;

  constructor(
    private readonly file: string,
    private readonly selection: ChartSelection,
    private readonly sink: ByteSink,
  ) {
    this.region = wanted(selection.region);
    this.chart = wanted(selection.chart);
    this.isGlobal = selection.region.toLowerCase() === "global";
    this.isTop200 = selection.chart.toLowerCase() === "top200";
  }

  take(line: CsvLine): void {
    if (this.layout) this.takeRow(line, this.layout);
    else this.layout = chartLayout(line, this.file);
  }

  get hasHeader(): boolean {
    return this.layout !== undefined;
  }

  /** What was done, one step each; steps that touched no row are left out. */
  steps(): CleaningStep[] {
    const { region, chart } = this.selection;
    const steps: CleaningStep[] = [
      { what: "rows of other regions or charts left out", rows: this.elsewhere, why: `asked for ${region}, ${chart}` },
      { what: "rows of other days left out", rows: this.otherDays, why: "outside the period asked for" },
      { what: "bad lines skipped", rows: this.badCount, why: this.whyBad() },
      { what: "missing streams set to 0", rows: this.missingStreams, why: "the study's rule for empty cells" },
      { what: "rows without title and artist kept", rows: this.blankNames, why: "songs are told apart by their url" },
    ];
    if (this.layout && this.layout.streams < 0) {
      const why = "the file has no column streams; the study then takes 201 - rank";
      steps.push({ what: "streams taken from the rank", rows: this.kept, why });
    }
    if (this.layout && this.layout.url < 0) {
      const why = "the file has no column url, so title and artist tell songs apart";
      steps.push({ what: "url made of title and artist", rows: this.kept, why });
    }
    return steps.filter((step) => step.rows > 0);
  }

  private takeRow(line: CsvLine, layout: ChartLayout): void {
    this.read++;
    if (line.fields !== layout.width || !line.wellQuoted) {
      this.refuse(line, shapeComplaint(line, layout));
      return;
    }
    if (
      !isIn(line, layout.region, this.region, this.isGlobal) ||
      !isIn(line, layout.chart, this.chart, this.isTop200)
    ) {
      this.elsewhere++;
      return;
    }
    const day = dayAt(line, layout.date);
    if (day < this.selection.from || day > this.selection.to) {
      this.otherDays++;
      return;
    }
    const rank = wholeAt(line, layout.rank);
    const streams = layout.streams < 0 ? 201 - rank : wholeAt(line, layout.streams);
    const complaint = this.cellComplaint(line, layout, day, rank, streams);
    if (complaint) this.refuse(line, complaint);
    else this.keep(line, layout, day, rank, streams);
  }

  private cellComplaint(
    line: CsvLine,
    { date, rank: rankAt, streams: streamsAt, url }: ChartLayout,
    day: number,
    rank: number,
    streams: number,
  ): Complaint | undefined {
    const cell = (field: number) => fieldText(line, field);
    if (Number.isNaN(day)) {
      return { what: "a date must be written like 2017-12-31", column: "date", value: cell(date), remedy: mend };
    }
    if (!(rank >= 1 && rank <= 200)) {
      return { what: "a rank must be a whole number, 1 to 200", column: "rank", value: cell(rankAt), remedy: mend };
    }
    if (Number.isNaN(streams)) {
      return { what: "streams must be a whole number", column: "streams", value: cell(streamsAt), remedy: mend };
    }
    if (url >= 0 && line.end[url] === line.start[url]) {
      return { what: "a row needs a url, the key of its song", column: "url", value: "", remedy: mend };
    }
    return undefined;
  }

  private refuse(line: CsvLine, complaint: Complaint): void {
    this.badCount++;
    if (this.bad.length < shownLines) this.bad.push(line.line);
    this.firstBad ??= { ...complaint, file: this.file, line: line.line };
  }

  private whyBad(): string {
    const { firstBad } = this;
    if (!firstBad) return "";
    const column = firstBad.column ? `, column "${firstBad.column}"` : "";
    const more = this.badCount > this.bad.length ? ", ..." : "";
    return `lines ${this.bad.join(", ")}${more}; the first: ${this.file}:${firstBad.line}${column}: ${firstBad.what}`;
  }

  private keep(line: CsvLine, layout: ChartLayout, day: number, rank: number, streams: number): void {
    const { sink } = this;
    const { title, artist, url, region, chart, streams: streamsAt } = layout;
    const place = day * 256 + rank;
    if (place < this.lastPlace) this.sorted = false;
    this.lastPlace = place;
    this.kept++;
    this.noteSong(line, layout, day);
    if (streamsAt >= 0 && line.start[streamsAt] === line.end[streamsAt]) this.missingStreams++;
    if (line.start[title] === line.end[title] && line.start[artist] === line.end[artist]) this.blankNames++;
    sink.plain(this.lastDate);
    sink.plain(day);
    sink.plain(rank);
    sink.field(line, title);
    sink.field(line, artist);
    if (url >= 0) sink.field(line, url);
    else sink.text(`${fieldText(line, title)} (${fieldText(line, artist)})`);
    sink.plain(streams);
    // The daily file writes "global" where Kaggle's charts.csv writes "Global".
    if (region < 0 || isIn(line, region, globalRegion, false)) sink.plain("Global");
    else sink.field(line, region);
    if (chart >= 0) sink.field(line, chart, true);
    else sink.plain("top200", true);
  }

  /** Lines that come day by day are told apart as they come; others may be repeats. */
  private noteSong(line: CsvLine, { url, region, chart }: ChartLayout, day: number): void {
    if (day !== this.lastDay) {
      this.lastDay = day;
      this.lastDate = isoOf(day);
      this.songs.clear();
    }
    let hash = 0;
    for (const field of [url, region, chart]) if (field >= 0) hash += hashOf(line, field, hash);
    const told = url >= 0 && this.sorted && !Number.isNaN(hash) && !this.songs.has(hash);
    if (!told) this.mayRepeat = true;
    this.songs.add(hash);
  }
}

function shapeComplaint(line: CsvLine, layout: ChartLayout): Complaint {
  if (!line.wellQuoted) return { what: "a quote is not closed on its line", remedy: mend };
  return { what: `a line has ${line.fields} fields where the header has ${layout.width}`, remedy: mend };
}

/** The lower-case bytes of a wanted text; undefined for "*", all. */
function wanted(text: string): Uint8Array | undefined {
  return text === "*" ? undefined : Buffer.from(text.toLowerCase());
}

/** Whether a cell is the wanted text, upper and lower case (of A-Z) alike; `absent` for a file without the column. */
function isIn(line: CsvLine, field: number, text: Uint8Array | undefined, absent: boolean): boolean {
  if (!text) return true;
  if (field < 0) return absent;
  const from = line.start[field];
  if (line.end[field] - from !== text.length) return false;
  for (let i = 0; i < text.length; i++) {
    const byte = line.bytes[from + i];
    if ((byte >= 65 && byte <= 90 ? byte + 32 : byte) !== text[i]) return false;
  }
  return true;
}

/**
 * FNV-1a of a cell's bytes, upper and lower case alike, going on from another cell's. NaN for a cell that another one
 * may equal byte by byte different: with quotes in it, or not ASCII.
 */
function hashOf({ bytes, start, end, quotes }: CsvLine, field: number, from: number): number {
  if (quotes[field]) return Number.NaN;
  let hash = from ^ 0x811c9dc5;
  let all = 0;
  for (let at = start[field]; at < end[field]; at++) {
    all |= bytes[at];
    hash = Math.imul(hash ^ (bytes[at] | 32), 0x01000193);
  }
  return all < 128 ? hash : Number.NaN;
}

/** Day of an ISO date cell, NaN if it is none. */
function dayAt(line: CsvLine, field: number): number {
  const from = line.start[field];
  if (line.end[field] - from !== 10) return Number.NaN;
  if (line.bytes[from + 4] !== 45 || line.bytes[from + 7] !== 45) return Number.NaN;
  const year = digits(line.bytes, from, from + 4);
  const month = digits(line.bytes, from + 5, from + 7);
  const day = digits(line.bytes, from + 8, from + 10);
  const valid = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return valid ? dayOf(year, month, day) : Number.NaN;
}

function daysIn(year: number, month: number): number {
  return month === 12 ? 31 : dayOf(year, month + 1, 1) - dayOf(year, month, 1);
}

/** A cell as a whole number; empty is 0, a trailing ".0" (a number once saved as a decimal) is dropped, else NaN. */
function wholeAt(line: CsvLine, field: number): number {
  const from = line.start[field];
  let to = line.end[field];
  if (to - from > 2 && line.bytes[to - 1] === 48 && line.bytes[to - 2] === 46) to -= 2;
  return to - from > 15 ? Number.NaN : digits(line.bytes, from, to);
}

function digits(bytes: Buffer, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
