import type pl from "nodejs-polars";
import { HitlabError } from "../errors";
import { numbers } from "./columns";

/** The columns of a charts frame that windows are cut from, as plain arrays, the rows of each song together. */
export interface ChartRows {
  /** Keys of the songs (`url`), in the order of their first row. */
  readonly songs: readonly string[];
  readonly titles: readonly string[];
  readonly artists: readonly string[];
  /** Rows of song s: `start[s]` up to, not including, `start[s + 1]`, in the order of their days. */
  readonly start: Int32Array;
  readonly day: Int32Array;
  readonly rank: Int32Array;
  readonly streams: Float64Array;
  /** Whether any song is listed on a day: `published[day - firstDay]`. */
  readonly published: Uint8Array;
  readonly firstDay: number;
}

/** Needed of a charts frame (data/load.ts); `region` and `chart` may be left out, then the frame is one chart. */
const needed = ["day", "rank", "title", "artist", "url", "streams"];

/**
 * Reads a charts frame of one region and chart.
 *
 * @throws HitlabError for a missing column, an empty cell, or a frame that mixes regions or charts (a song would
 *   then have several rows a day).
 */
export function readChartRows(frame: pl.DataFrame): ChartRows {
  check(frame);
  const day = Int32Array.from(numbers(frame, "day"));
  const rank = Int32Array.from(numbers(frame, "rank"));
  const streams = numbers(frame, "streams");
  if (!isSorted(day, rank)) return readChartRows(frame.sort(["day", "rank"]));
  const { songs, song, first } = encode(keys(frame));
  const { start, at } = group(song, songs.length);
  return {
    songs,
    titles: namesOf(frame, "title", song, first),
    artists: namesOf(frame, "artist", song, first),
    start,
    day: day.map((_, i) => day[at[i]]),
    rank: rank.map((_, i) => rank[at[i]]),
    streams: streams.map((_, i) => streams[at[i]]),
    ...publishedDays(day),
  };
}

function check(frame: pl.DataFrame): void {
  const missing = needed.filter((name) => !frame.columns.includes(name));
  if (missing.length > 0) {
    throw new HitlabError({
      what: `a charts frame needs the columns ${needed.join(", ")}; missing: ${missing.join(", ")}`,
      remedy: "load it with load.charts() or load.studyCharts(), or add the columns",
    });
  }
  for (const name of ["region", "chart"]) {
    if (!frame.columns.includes(name)) continue;
    const found = frame.getColumn(name).unique().toArray() as string[];
    if (found.length <= 1) continue;
    throw new HitlabError({
      what: `windows need the rows of one ${name}, the frame has ${found.length}`,
      column: name,
      value: found.slice(0, 3).join(", "),
      remedy: `name one when loading, for example load.charts({ ${name}: "..." }), or filter the frame`,
    });
  }
}

function texts(frame: pl.DataFrame, name: string): string[] {
  return frame.getColumn(name).toArray() as string[];
}

function keys(frame: pl.DataFrame): string[] {
  const urls = frame.getColumn("url");
  if (urls.nullCount() === 0) return urls.toArray() as string[];
  throw new HitlabError({
    what: `${urls.nullCount()} rows of the charts frame name no song`,
    column: "url",
    remedy: "fill or drop such rows",
  });
}

function isSorted(day: Int32Array, rank: Int32Array): boolean {
  for (let i = 1; i < day.length; i++) {
    if (day[i] < day[i - 1] || (day[i] === day[i - 1] && rank[i] < rank[i - 1])) return false;
  }
  return true;
}

/** A number for each different key, in the order of first sight; `first` = the row where it was first seen. */
function encode(keys: readonly string[]): { songs: string[]; song: Int32Array; first: number[] } {
  const codes = new Map<string, number>();
  const first: number[] = [];
  const song = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    let code = codes.get(keys[i]);
    if (code === undefined) {
      code = codes.size;
      codes.set(keys[i], code);
      first.push(i);
    }
    song[i] = code;
  }
  return { songs: [...codes.keys()], song, first };
}

/** Counting sort by song: keeps the rows of a song in their order. */
function group(song: Int32Array, songs: number): { start: Int32Array; at: Int32Array } {
  const start = new Int32Array(songs + 1);
  for (const s of song) start[s + 1]++;
  for (let s = 0; s < songs; s++) start[s + 1] += start[s];
  const next = start.slice();
  const at = new Int32Array(song.length);
  for (let i = 0; i < song.length; i++) at[next[song[i]]++] = i;
  return { start, at };
}

/** The text in a song's first row; where that is blank, its first text that is not. */
function namesOf(frame: pl.DataFrame, column: string, song: Int32Array, first: number[]): string[] {
  const names = (frame.getColumn(column).gather(first).toArray() as string[]).map((name) => name ?? "");
  // A string for every row takes longer than all the rest, and is seldom needed.
  if (!names.includes("")) return names;
  const all = texts(frame, column);
  for (let i = 0; i < all.length; i++) names[song[i]] ||= all[i] ?? "";
  return names;
}

function publishedDays(day: Int32Array): { published: Uint8Array; firstDay: number } {
  if (day.length === 0) return { published: new Uint8Array(0), firstDay: 0 };
  const firstDay = day[0];
  const published = new Uint8Array(day[day.length - 1] - firstDay + 1);
  for (const d of day) published[d - firstDay] = 1;
  return { published, firstDay };
}
