import { dayOfIso } from "./calendar";
import { standInSpotify2024 } from "./stand-in-spotify-2024";
import type { CellValue } from "./table-cells";
import {
  type ColumnDefinition,
  type FileColumn,
  fileLine,
  isFileColumn,
  numberColumn,
  releaseDay,
  textColumn,
} from "./table-column";
import { openTable, type TableOptions } from "./table-file";
import { frameOfTable } from "./table-frame";
import { readTable, type Table } from "./table-lines";
import { repeatCount, tableReport } from "./table-report";
import type { CleaningStep, Loaded } from "./types";

/** Groups of columns of the 2024 file. */
export type Spotify2024Kind = "text" | "release" | "rank" | "target" | "count" | "index" | "flag" | "empty" | "line";

const always = { mayBeEmpty: false };

/**
 * The columns of the 2024 frame, in its order. By `kind`: "count" (the services' 19 counts), "index" (Spotify's
 * popularity), "flag" (explicit), "rank" (All Time Rank), "target" (Track Score), "release" (`release_day`), "empty"
 * (TIDAL), "text" and "line".
 *
 * @example
 * ```ts
 * const inputs = load.spotify2024Columns
 *   .filter(({ kind }) => ["count", "index", "flag"].includes(kind))
 *   .map(({ name }) => name); // 21 columns of numbers, neither the target nor its twin, the rank
 * ```
 */
export const spotify2024Columns: readonly ColumnDefinition<Spotify2024Kind>[] = [
  textColumn("track", "Track", "text", "title", always),
  textColumn("album", "Album Name", "text", "album or single"),
  textColumn("artist", "Artist", "text", "first artist"),
  textColumn("release_date", "Release Date", "text", "release date, ISO; month/day/year in the file", {
    ...{ type: "date", unit: "date" },
    ...always,
  }),
  releaseDay,
  textColumn("isrc", "ISRC", "text", "International Standard Recording Code, the key of a recording", always),
  numberColumn("all_time_rank", "All Time Rank", "rank", "rank", "rank by all-time popularity, as published", {
    low: 1,
    ...always,
  }),
  numberColumn(
    "track_score",
    "Track Score",
    "target",
    "points",
    "score that sorts the rows; how it is made is not said",
    {
      type: "decimal",
      ...always,
    },
  ),
  count("Spotify Streams", "streams", "total on Spotify"),
  count("Spotify Playlist Count", "playlists", "Spotify playlists that hold the song"),
  count("Spotify Playlist Reach", "followers", "followers of those playlists"),
  numberColumn("spotify_popularity", "Spotify Popularity", "index", "0 to 100", "Spotify's popularity index", {
    high: 100,
  }),
  count("YouTube Views", "views", "total on YouTube"),
  count("YouTube Likes", "likes", "total on YouTube"),
  count("TikTok Posts", "posts", "posts on TikTok that use the song"),
  count("TikTok Likes", "likes", "likes of those posts"),
  count("TikTok Views", "views", "views of those posts"),
  count("YouTube Playlist Reach", "followers", "reach of YouTube playlists that hold the song"),
  count("Apple Music Playlist Count", "playlists", "Apple Music playlists that hold the song"),
  count("AirPlay Spins", "plays", "plays on radio"),
  count("SiriusXM Spins", "plays", "plays on SiriusXM radio"),
  count("Deezer Playlist Count", "playlists", "Deezer playlists that hold the song"),
  count("Deezer Playlist Reach", "followers", "followers of those playlists"),
  count("Amazon Playlist Count", "playlists", "Amazon playlists that hold the song"),
  count("Pandora Streams", "streams", "total on Pandora"),
  count("Pandora Track Stations", "stations", "Pandora stations made from the song"),
  count("Soundcloud Streams", "streams", "total on SoundCloud"),
  count("Shazam Counts", "times", "times that Shazam recognised the song"),
  numberColumn("tidal_popularity", "TIDAL Popularity", "empty", "none", "empty in every row of the published file"),
  numberColumn("explicit_track", "Explicit Track", "flag", "0 or 1", "1 = explicit", { high: 1, ...always }),
  fileLine,
];

const fileColumns = spotify2024Columns.filter(isFileColumn);

/**
 * Most Streamed Spotify Songs 2024 (study 5): the real file where there is one (HITLAB_DATA, then data/raw), else an
 * invented stand-in of the same layout, read by the same code.
 *
 * The frame has the columns of {@link spotify2024Columns}: names in snake_case, counts in 64 bits, `release_date` as ISO
 * text and `release_day` as days since 1970-01-01, `line` of the file. Rows are in the file's order, which is that of
 * `track_score`, none is left out. Empty cells stay missing (null), repeated songs stay: filling is `prepare.imputer`'s
 * work, dropping `prepare.dropDuplicates`'s. Text that is not well-formed UTF-8 is read as latin-1.
 *
 * @throws HitlabError if HITLAB_DATA is set and lacks the file, and naming line, column and value of the first cell that
 * is not as it should be (a date that does not exist, a fraction or a negative count, explicit other than 0 or 1, ...)
 * @example
 * ```ts
 * const { frame, source, report } = await load.spotify2024();
 * show.table(report.steps, { maxRows: 40 });
 * ```
 */
export async function spotify2024(options: TableOptions = {}): Promise<Loaded> {
  const file = await openTable("spotify-2024", options, standInSpotify2024);
  const table = await readTable(file.csv, { columns: fileColumns });
  const released = table.values.get("release_date") ?? [];
  const made: [string, readonly CellValue[]][] = [
    ["release_day", released.map((date) => dayOfIso(String(date)))],
    ["line", table.line],
  ];
  const frame = frameOfTable(spotify2024Columns, new Map([...table.values, ...made]), ["release_day", "line"]);
  const report = tableReport(table, file.csv.name, {
    columns: fileColumns,
    song: ["track", "artist"],
    released,
    whyEmpty: { tidal_popularity: "kept as missing (null); a column without a single value can be no input" },
    more: [...otherRepeats(table), ...order(table)],
  });
  return { frame, source: file.source(frame.height), report };
}

function otherRepeats(table: Table): CleaningStep[] {
  return [
    {
      what: "rows whose isrc came before",
      rows: repeatCount(table, ["isrc"]),
      why: "kept; the same recording",
    },
    {
      what: "rows whose all_time_rank came before",
      rows: repeatCount(table, ["all_time_rank"]),
      why: "kept; the rank names no song",
    },
  ];
}

function order(table: Table): CleaningStep[] {
  const scores = (table.values.get("track_score") ?? []).map(Number);
  const sorted = scores.length > 1 && scores.every((score, row) => row === 0 || score <= scores[row - 1]);
  const what = "rows stand in falling order of track_score";
  const why = "kept in the file's order; a split by row order would be a split by the target";
  return [{ what, rows: sorted ? scores.length : 0, why }];
}

function count(from: string, unit: string, meaning: string): FileColumn<"count"> {
  return numberColumn(from.toLowerCase().replaceAll(" ", "_"), from, "count", unit, meaning);
}
