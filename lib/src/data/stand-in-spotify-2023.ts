import { type Random, random } from "../random";
import { entryOf } from "./registry";
import { inventNames } from "./stand-in-song-names";
import { type InventedTable, inventTable } from "./stand-in-table";
import { type TableModel, tableModel } from "./stand-in-table-model";
import { csvFile, cutBehindWord, plain, thousands } from "./stand-in-text";

/** As in the published file; 2 of the 8 cells with blanks at an end are artists. */
const damage = { accents: 62, scripts: 4, blanks: 6, artists: 0.012 };
const artistsWithBlanks = 2;
const repeatedSongs = 4;
/** The first row is 0, on line 2. */
const corruptRow = 574;
/** C is what the blank cells plausibly stand for. */
const keys = ["", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"];
const audio = ["danceability", "valence", "energy", "acousticness", "instrumentalness", "liveness", "speechiness"];
const withCommas = ["in_deezer_playlists", "in_shazam_charts"];

/**
 * An invented file in place of spotify-2023.csv: its header, 953 songs whose numbers are distributed and hang together
 * as the real ones do (see `inventTable`), plainly invented titles and artists, and the real file's dirt: latin-1 with
 * destroyed letters, thousands commas in two columns, blank keys and `in_shazam_charts`, one `streams` cell (line 576)
 * with the text of other cells, four songs that come twice, blanks at the end of cells. Rows come in the real order,
 * roughly that of chart success.
 *
 * @param seed the same seed gives the same bytes on every machine
 * @returns the bytes of the file
 */
export function standInSpotify2023(seed: number): Buffer {
  const rng = random(seed, "stand-in spotify-2023");
  const model = tableModel("spotify-2023");
  const table = inventTable(model, rng);
  const songs = cellsOf(table, model, rng.stream("names"));
  const line = table.column("line");
  const order = [...songs.keys()].sort((a, b) => Number(line[a]) - Number(line[b]) || a - b);
  const rows = order.map((song) => songs[song]);
  repeatSongs(rows, rng.stream("repeats"));
  rows[corruptRow].streams = runTogether(rows[corruptRow]);
  const header = entryOf("spotify-2023").columns ?? [];
  return csvFile(
    header,
    rows.map((row) => header.map((name) => row[name])),
  );
}

/** Cells of a row by their column. */
type Row = Record<string, string>;

function cellsOf(table: InventedTable, { columns }: TableModel, rng: Random): Row[] {
  const { titles, artists } = inventNames(table, "2023", damage, rng);
  const count = table.column("artist_count");
  const key = table.column("key");
  const major = table.column("major");
  const numbers = columns.map(({ name }) => [name, table.column(name)] as const);
  return titles.map((title, song) => {
    const released = new Date(table.released[song] * 86_400_000);
    const cells = numbers.map(([name, values]) => {
      return [name, withCommas.includes(name) ? thousands(values[song]) : plain(values[song])];
    });
    return {
      ...Object.fromEntries(cells),
      track_name: title,
      "artist(s)_name": team(table.artist[song], Number(count[song]), artists, rng),
      released_year: String(released.getUTCFullYear()),
      released_month: String(released.getUTCMonth() + 1),
      released_day: String(released.getUTCDate()),
      key: keys[Number(key[song])],
      mode: major[song] === 1 ? "Major" : "Minor",
    };
  });
}

/** The artist and, at random, as many others as sing along. */
function team(artist: number, count: number, artists: readonly string[], rng: Random): string {
  const members = [artist];
  while (members.length < count) {
    const other = rng.integer(0, artists.length);
    if (!members.includes(other)) members.push(other);
  }
  return members.map((member) => artists[member]).join(", ");
}

/** Songs that come twice, with the same sound and date yet other counts; then blanks at the end of artists. */
function repeatSongs(rows: Row[], rng: Random): void {
  const places = rng.sample(rows.length, 2 * repeatedSongs + artistsWithBlanks).filter((row) => row !== corruptRow);
  const same = ["track_name", "artist(s)_name", "artist_count", "bpm", "key", "mode"];
  const also = [...["year", "month", "day"].map((part) => `released_${part}`), ...audio.map((name) => `${name}_%`)];
  for (let pair = 0; pair < repeatedSongs; pair++) {
    const [from, to] = [rows[places[2 * pair]], rows[places[2 * pair + 1]]];
    for (const column of [...same, ...also]) to[column] = from[column];
  }
  for (const row of places.subarray(2 * repeatedSongs)) {
    rows[row]["artist(s)_name"] = cutBehindWord(rows[row]["artist(s)_name"]);
  }
}

/** The text that stands in the published file's one unreadable cell: names and values of later columns. */
function runTogether(row: Row): string {
  const percentages = audio.map((name) => `${name[0].toUpperCase()}${name.slice(1)}${row[`${name}_%`]}`);
  return `BPM${row.bpm}Key${row.key}Mode${row.mode}${percentages.join("")}`;
}
