import { isoOf } from "./calendar";
import { standInSpotify2023 } from "./stand-in-spotify-2023";
import { type CellValue, dayOfDate } from "./table-cells";
import {
  type ColumnDefinition,
  type FileColumn,
  fileLine,
  isFileColumn,
  madeColumn,
  numberColumn,
  releaseDay,
  textColumn,
} from "./table-column";
import { openTable, type TableOptions } from "./table-file";
import { frameOfTable } from "./table-frame";
import { readTable, type Table } from "./table-lines";
import { tableReport } from "./table-report";
import type { Loaded } from "./types";

/** Groups of columns of the 2023 file. */
export type Spotify2023Kind = "text" | "artists" | "release" | "playlists" | "charts" | "target" | "audio" | "line";

const always = { mayBeEmpty: false };
const percent = { high: 100 };
const keys = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];

/**
 * The columns of the 2023 frame, in its order. By `kind` they make the groups that study 3 compares: "audio" (bpm, key,
 * mode and seven percentages), "release" (year, month, day and `release_day`), "playlists" and "charts".
 *
 * @example
 * ```ts
 * const audio = load.spotify2023Columns
 *   .filter(({ kind, type }) => kind === "audio" && type === "whole")
 *   .map(({ name }) => name); // bpm, danceability, valence, ...
 * show.table(load.spotify2023Columns, { columns: ["name", "kind", "unit", "meaning"], maxRows: 40 });
 * ```
 */
export const spotify2023Columns: readonly ColumnDefinition<Spotify2023Kind>[] = [
  textColumn("track", "track_name", "text", "title of the song", always),
  textColumn("artists", "artist(s)_name", "text", "artists, separated by commas"),
  numberColumn("artist_count", "artist_count", "artists", "artists", "number of artists", { low: 1 }),
  numberColumn("released_year", "released_year", "release", "year", "year of the release", {
    ...{ low: 1900, high: 2100 },
    ...always,
  }),
  numberColumn("released_month", "released_month", "release", "month", "month of the release", {
    ...{ low: 1, high: 12 },
    ...always,
  }),
  numberColumn("released_day", "released_day", "release", "day", "day of the month of the release", {
    ...{ low: 1, high: 31 },
    ...always,
  }),
  madeColumn("released", "text", "date", "date", "release date, ISO"),
  releaseDay,
  playlists("spotify", "Spotify"),
  charts("spotify", "Spotify"),
  numberColumn("streams", "streams", "target", "streams", "total of streams on Spotify", always),
  playlists("apple", "Apple Music"),
  charts("apple", "Apple Music"),
  playlists("deezer", "Deezer"),
  charts("deezer", "Deezer"),
  charts("shazam", "Shazam"),
  numberColumn("bpm", "bpm", "audio", "beats per minute", "tempo", { low: 1 }),
  textColumn("key", "key", "audio", "key of the song, such as C#; C itself never occurs in the published file", {
    oneOf: keys,
  }),
  textColumn("mode", "mode", "audio", "Major or Minor", { oneOf: ["Major", "Minor"] }),
  share("danceability", "how suitable for dancing"),
  share("valence", "musical positiveness"),
  share("energy", "perceived intensity and activity"),
  share("acousticness", "confidence that the song is acoustic"),
  share("instrumentalness", "confidence that there are no vocals"),
  share("liveness", "confidence that an audience is present"),
  share("speechiness", "share of spoken words"),
  fileLine,
];

const fileColumns = spotify2023Columns.filter(isFileColumn);

/**
 * Top Spotify Songs 2023 (study 3): the real file where there is one (HITLAB_DATA, then data/raw), else an invented
 * stand-in of the same layout, read by the same code.
 *
 * The frame has the columns of {@link spotify2023Columns}: names in snake_case, counts in 64 bits, audio features in
 * percent (0 to 100), `released` as ISO text and `release_day` as days since 1970-01-01, `line` of the file. Rows are in
 * the file's order. A row whose streams are no number (one in the published file) is set aside and named in the report;
 * more than one such row in a hundred are an error. Empty cells stay missing (null), repeated songs stay: filling is
 * `prepare.imputer`'s work, dropping `prepare.dropDuplicates`'s. Text that is not well-formed UTF-8 is read as latin-1.
 *
 * @throws HitlabError if HITLAB_DATA is set and lacks the file, and naming line, column and value of the first cell that
 * is not as it should be (a date that does not exist, a percentage above 100, a fraction or a negative count, ...)
 * @example
 * ```ts
 * const { frame, source, report } = await load.spotify2023();
 * show.table(report.steps);
 * ```
 */
export async function spotify2023(options: TableOptions = {}): Promise<Loaded> {
  const file = await openTable("spotify-2023", options, standInSpotify2023);
  const table = await readTable(file.csv, { columns: fileColumns, setAside: ["streams"], check: checkDate });
  const days = table.line.map((_, row) => releaseDayOf((name) => table.values.get(name)?.[row] ?? null));
  const released = days.map(isoOf);
  const made: [string, readonly CellValue[]][] = [
    ["released", released],
    ["release_day", days],
    ["line", table.line],
  ];
  const frame = frameOfTable(spotify2023Columns, new Map([...table.values, ...made]), ["release_day", "line"]);
  return { frame, source: file.source(frame.height), report: reportOf(table, file.csv.name, released) };
}

function reportOf(table: Table, file: string, released: readonly string[]) {
  return tableReport(table, file, {
    columns: fileColumns,
    song: ["track", "artists"],
    released,
    whyEmpty: keyNeverC(table)
      ? { key: "kept as missing (null); plausibly C, which else never occurs (an inference that is not made here)" }
      : {},
  });
}

function keyNeverC(table: Table): boolean {
  return !table.values.get("key")?.includes("C");
}

function checkDate(row: (name: string) => CellValue) {
  if (!Number.isNaN(releaseDayOf(row))) return undefined;
  const [year, month] = ["released_year", "released_month"].map((name) => String(row(name)));
  return { column: "released_day", what: `there is no such day in month ${month} of ${year}` };
}

function releaseDayOf(row: (name: string) => CellValue): number {
  const [year, month, day] = ["released_year", "released_month", "released_day"].map((name) => Number(row(name)));
  return dayOfDate(year, month, day);
}

function playlists(service: string, title: string): FileColumn<"playlists"> {
  const name = `in_${service}_playlists`;
  return numberColumn(name, name, "playlists", "playlists", `${title} playlists that hold the song`);
}

function charts(service: string, title: string): FileColumn<"charts"> {
  const name = `in_${service}_charts`;
  return numberColumn(name, name, "charts", "rank", `presence and rank on ${title}'s charts, 0 = none`);
}

function share(name: string, meaning: string): FileColumn<"audio"> {
  return numberColumn(name, `${name}_%`, "audio", "percent", `${meaning}, 0 to 100`, percent);
}
