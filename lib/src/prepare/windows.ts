import type pl from "nodejs-polars";
import { HitlabError } from "../errors";
import { matrix, type RowInfo, type Samples } from "../samples";
import { type ChartRows, readChartRows } from "./chart-rows";

/** What a window may show of a day: the streams of the song, or its rank. */
export type Series = "streams" | "rank";

/** Which windows exist where days are missing; see `windows`. */
export type Gaps = "rows" | "aware";

export interface WindowsOptions {
  /** Rows (days) that the model sees. Default 14. */
  readonly lookBack?: number;
  /** Calendar days ahead in which a rank of `top` or better counts as a hit. Default 7. */
  readonly horizon?: number;
  /** Default 50. */
  readonly top?: number;
  /** Default `["streams"]`. */
  readonly series?: readonly Series[];
  /** Default `"rows"`. */
  readonly gaps?: Gaps;
  /** Keep every stride-th window of each song, the first one included. Default 1: all. */
  readonly stride?: number;
}

/** What is known of a window beside its inputs and target. */
export interface WindowInfo extends RowInfo {
  /** Index into `songs`. */
  readonly song: Int32Array;
  /**
   * Number of the song by title and artist: one song may be charted under several urls. A song without title and
   * artist has a number of its own. Group by this so that no song is on both sides of a split.
   */
  readonly track: Int32Array;
  /** The last look-back day, in days since 1970-01-01. */
  readonly day: Int32Array;
  /** Rank on that day. */
  readonly rank: Int32Array;
  /** 1 if the song had a rank of `top` or better on that day or before it, as far as the frame reaches back. */
  readonly seenTop: Uint8Array;
  /** Calendar days from `day` to the next rank of `top` or better after it; -1 if none follows in the frame. */
  readonly daysToTop: Int32Array;
}

/** Windows of a chart: inputs, target (1 = hit within the horizon) and facts, song after song, day after day. */
export interface Windows extends Samples<WindowInfo> {
  /** Keys (urls) of the songs that have a window, in the order of their first row in the frame. */
  readonly songs: readonly string[];
  readonly titles: readonly string[];
  readonly artists: readonly string[];
  readonly lookBack: number;
  readonly horizon: number;
  readonly top: number;
  /** Numbers per step: one per series. */
  readonly features: number;
  readonly series: readonly Series[];
  readonly gaps: Gaps;
  readonly stride: number;
}

type Settings = Required<WindowsOptions>;

/**
 * Cuts a charts frame into windows: the last `lookBack` rows of a song are the input, and the target is 1 if any of
 * the song's ranks in the `horizon` calendar days after the last of them is `top` or better, else 0.
 *
 * `gaps: "rows"` counts as study 1 does: the look-back is so many consecutive charted ROWS of the song, whatever days
 * lie between them, and a song of n rows has n - lookBack - horizon + 1 windows (none if that is not positive). Days
 * without a row of the song count as "not in the top", also where the whole chart of that day is missing. So its last
 * `horizon` rows end no window: a song is judged only while it stays charted for some rows more.
 *
 * `gaps: "aware"` makes a window end at every row for which (1) the song is charted on each of the `lookBack` calendar
 * days up to and including that row's day, and (2) the frame has a chart, of whatever songs, for each of the `horizon`
 * calendar days after it. So no window spans a day that is missing, whether the song's in the look-back or the whole
 * chart's in look-back or horizon; and a song that leaves the chart keeps its last windows, for its absence from a
 * published chart is a known 0.
 *
 * With several series a row of `x` is step after step: streams and rank of the oldest day, then of the next. The frame
 * needs the columns day, rank, title, artist, url, streams of one region and chart; it is sorted here if it is not yet.
 *
 * @throws HitlabError for an option out of range, a missing column or cell, a frame of several charts, or when no
 *   song is charted long enough for one window.
 * @example
 * ```ts
 * const { frame } = await load.charts();
 * const all = prepare.windows(frame, { lookBack: 14, horizon: 7, top: 50, series: ["streams", "rank"] });
 * all.x.columns; // 28: streams t-13, rank t-13, streams t-12, ...
 * ```
 */
export function windows(frame: pl.DataFrame, options: WindowsOptions = {}): Windows {
  const settings = checked(options);
  const rows = readChartRows(frame);
  const ends = settings.gaps === "rows" ? rowEnds(rows, settings) : awareEnds(rows, settings);
  if (ends.length === 0) {
    const { lookBack, horizon } = settings;
    const least = settings.gaps === "rows" ? lookBack + horizon : lookBack;
    throw new HitlabError({
      what: `no song of the frame (${rows.songs.length} songs) is charted for the ${least} days that a window needs`,
      remedy: `load a longer period or choose less than lookBack ${lookBack} and horizon ${horizon}`,
    });
  }
  return build(rows, ends, settings);
}

function checked(options: WindowsOptions): Settings {
  const { lookBack = 14, horizon = 7, top = 50, series = ["streams"], gaps = "rows", stride = 1 } = options;
  for (const [name, value] of Object.entries({ lookBack, horizon, top, stride })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new HitlabError({ what: `${name} must be a whole number from 1 up`, value, remedy: "pass such a number" });
  }
  if (series.length === 0 || series.some((s, i) => !["streams", "rank"].includes(s) || series.indexOf(s) !== i)) {
    throw new HitlabError({
      what: 'series must name "streams", "rank" or both, each once',
      value: `[${series.join(", ")}]`,
      remedy: 'pass for example series: ["streams", "rank"]',
    });
  }
  if (gaps !== "rows" && gaps !== "aware") {
    throw new HitlabError({ what: 'gaps must be "rows" or "aware"', value: gaps, remedy: "choose one of the two" });
  }
  return { lookBack, horizon, top, series, gaps, stride };
}

/** Rows at which the study's windows end: all but the first lookBack - 1 and the last horizon of a song. */
function rowEnds({ songs, start }: ChartRows, { lookBack, horizon, stride }: Settings): number[] {
  const ends: number[] = [];
  for (let s = 0; s < songs.length; s++) {
    for (let e = start[s] + lookBack - 1; e < start[s + 1] - horizon; e += stride) ends.push(e);
  }
  return ends;
}

/** Rows that close an unbroken look-back and are followed by `horizon` published days. */
function awareEnds(rows: ChartRows, { lookBack, horizon, stride }: Settings): number[] {
  const { songs, start, day, firstDay } = rows;
  const follow = publishedAfter(rows.published);
  const ends: number[] = [];
  for (let s = 0; s < songs.length; s++) {
    let unbroken = 0;
    let found = 0;
    for (let e = start[s]; e < start[s + 1]; e++) {
      unbroken = e > start[s] && day[e] === day[e - 1] + 1 ? unbroken + 1 : 1;
      if (unbroken < lookBack || follow[day[e] - firstDay] < horizon) continue;
      if (found++ % stride === 0) ends.push(e);
    }
  }
  return ends;
}

/** For each day: how many days after it are published without a break. */
function publishedAfter(published: Uint8Array): Int32Array {
  const follow = new Int32Array(published.length);
  for (let d = published.length - 2; d >= 0; d--) follow[d] = published[d + 1] ? follow[d + 1] + 1 : 0;
  return follow;
}

function build(rows: ChartRows, ends: readonly number[], settings: Settings): Windows {
  const { lookBack, series } = settings;
  const size = lookBack * series.length;
  const data = new Float64Array(ends.length * size);
  series.forEach((name, f) => {
    const values = name === "streams" ? rows.streams : rows.rank;
    for (let w = 0; w < ends.length; w++) {
      const first = ends[w] - lookBack + 1;
      for (let t = 0; t < lookBack; t++) data[w * size + t * series.length + f] = values[first + t];
    }
  });
  const { info, kept } = facts(rows, ends, settings.top);
  return {
    x: matrix(ends.length, size, data, columnNames(settings)),
    y: reached(info.daysToTop, settings.horizon),
    info,
    songs: kept.map((s) => rows.songs[s]),
    titles: kept.map((s) => rows.titles[s]),
    artists: kept.map((s) => rows.artists[s]),
    features: series.length,
    ...settings,
  };
}

/** 1 where the top is reached within the horizon, else 0. */
function reached(daysToTop: Int32Array, horizon: number): Float64Array {
  const y = new Float64Array(daysToTop.length);
  for (let w = 0; w < y.length; w++) y[w] = daysToTop[w] >= 0 && daysToTop[w] <= horizon ? 1 : 0;
  return y;
}

/** "streams t-13" for the oldest step ... "streams t" for the last one. */
function columnNames({ lookBack, series }: Settings): string[] {
  const steps = Array.from({ length: lookBack }, (_, t) => (t === lookBack - 1 ? "t" : `t-${lookBack - 1 - t}`));
  return steps.flatMap((step) => series.map((name) => `${name} ${step}`));
}

/** The info columns, and the songs (of `rows`) that have a window. */
function facts(rows: ChartRows, ends: readonly number[], top: number): { info: WindowInfo; kept: number[] } {
  const n = ends.length;
  const seen = seenTop(rows, top);
  const next = daysToTop(rows, top);
  const tracks = trackNumbers(rows);
  const info = {
    song: new Int32Array(n),
    track: new Int32Array(n),
    day: new Int32Array(n),
    rank: new Int32Array(n),
    seenTop: new Uint8Array(n),
    daysToTop: new Int32Array(n),
  };
  const kept: number[] = [];
  let song = 0;
  for (let w = 0; w < n; w++) {
    while (ends[w] >= rows.start[song + 1]) song++;
    if (kept[kept.length - 1] !== song) kept.push(song);
    info.song[w] = kept.length - 1;
    info.track[w] = tracks[song];
    info.day[w] = rows.day[ends[w]];
    info.rank[w] = rows.rank[ends[w]];
    info.seenTop[w] = seen[ends[w]];
    info.daysToTop[w] = next[ends[w]];
  }
  return { info, kept };
}

/** For each song the number of the first song with its title and artist. */
function trackNumbers({ songs, titles, artists }: ChartRows): Int32Array {
  const first = new Map<string, number>();
  return Int32Array.from(songs, (_, s) => {
    if (!titles[s] && !artists[s]) return s;
    const key = JSON.stringify([titles[s], artists[s]]);
    const number = first.get(key) ?? s;
    first.set(key, number);
    return number;
  });
}

function seenTop({ songs, start, rank }: ChartRows, top: number): Uint8Array {
  const seen = new Uint8Array(rank.length);
  for (let s = 0; s < songs.length; s++) {
    let yet = 0;
    for (let i = start[s]; i < start[s + 1]; i++) {
      if (rank[i] <= top) yet = 1;
      seen[i] = yet;
    }
  }
  return seen;
}

function daysToTop({ songs, start, day, rank }: ChartRows, top: number): Int32Array {
  const wait = new Int32Array(rank.length);
  for (let s = 0; s < songs.length; s++) {
    let next = -1;
    for (let i = start[s + 1] - 1; i >= start[s]; i--) {
      wait[i] = next < 0 ? -1 : day[next] - day[i];
      if (rank[i] <= top) next = i;
    }
  }
  return wait;
}
