import { type Random, random } from "../random";
import { entryOf } from "./registry";
import { inventNames } from "./stand-in-song-names";
import { type InventedTable, inventTable } from "./stand-in-table";
import { type TableModel, tableModel } from "./stand-in-table-model";
import { csvFile, cutBehindWord, plain, thousands } from "./stand-in-text";

/** As in the published file. */
const damage = { accents: 265, scripts: 95, blanks: 25, artists: 0.04 };
const artistsWithBlanks = 9;
const noArtist = 5;
/** Songs of the same title and artist as another: in other versions, and with all their cells. */
const otherVersions = 110;
const wholeRepeats = 2;
/** About as many again come of the stray ranks. */
const repeatedRanks = 9;
/** Ranks stand apart from the order of the scores by about as many places; a few by hundreds. */
const rankSpread = 9;
const strayRanks = 12;
/** Numbers below 1,000, or written without commas. */
const withoutCommas = [
  ...["Track Score", "Spotify Popularity", "Apple Music Playlist Count", "Deezer Playlist Count"],
  ...["Amazon Playlist Count", "Explicit Track"],
];

/**
 * An invented file in place of most-streamed-spotify-songs-2024.csv: its header, 4,600 songs whose numbers and empty
 * cells are distributed and hang together as the real ones do (see `inventTable`), plainly invented titles, albums and
 * artists, ISRCs of the country XX (none), and the real file's dirt: latin-1 with destroyed letters, thousands commas in
 * 17 columns, the empty column `TIDAL Popularity`, two whole rows twice and 110 songs in another version, blanks at the
 * end of cells, five rows without an artist. Rows stand in falling order of `Track Score`; `All Time Rank` follows it.
 *
 * @param seed the same seed gives the same bytes on every machine
 * @returns the bytes of the file
 */
export function standInSpotify2024(seed: number): Buffer {
  const rng = random(seed, "stand-in spotify-2024");
  const model = tableModel("spotify-2024");
  const table = inventTable(model, rng);
  const songs = cellsOf(table, model, rng.stream("names"));
  const score = table.column("Track Score");
  const order = [...songs.keys()].sort((a, b) => Number(score[b]) - Number(score[a]) || a - b);
  const rows = order.map((song) => songs[song]);
  rank(rows, rng.stream("ranks"));
  repeatSongs(rows, rng.stream("repeats"));
  const header = entryOf("spotify-2024").columns ?? [];
  return csvFile(
    header,
    rows.map((row) => header.map((name) => row[name] ?? "")),
  );
}

/** Cells of a row by their column. */
type Row = Record<string, string>;

function cellsOf(table: InventedTable, { columns }: TableModel, rng: Random): Row[] {
  const { titles, artists } = inventNames(table, "2024", damage, rng);
  const albums = rng.stream("albums");
  const codes = rng.stream("codes").permutation(100_000);
  const numbers = columns.map(({ name }) => [name, table.column(name)] as const);
  return titles.map((title, song) => {
    const released = new Date(table.released[song] * 86_400_000);
    const year = released.getUTCFullYear();
    const cells = numbers.map(([name, values]) => {
      return [name, withoutCommas.includes(name) ? plain(values[song]) : thousands(values[song])];
    });
    return {
      ...Object.fromEntries(cells),
      Track: title,
      "Album Name": album(title, artists[table.artist[song]], albums),
      Artist: artists[table.artist[song]],
      "Release Date": `${released.getUTCMonth() + 1}/${released.getUTCDate()}/${year}`,
      ISRC: `XXHIT${String(year % 100).padStart(2, "0")}${String(codes[song]).padStart(5, "0")}`,
    };
  });
}

/** A single is called after its song; albums are called after their artist and a number. */
function album(title: string, artist: string, rng: Random): string {
  const draw = rng.uniform();
  if (draw < 0.48) return title;
  return draw < 0.7 ? `${title} - Single` : `${artist.slice(0, -10)} Album ${rng.integer(1, 5)} (invented)`;
}

/** Ranks in nearly the order of the rows. */
function rank(rows: Row[], rng: Random): void {
  // The first forty stand in their order, then more and more out of it.
  const near = rows.map((_, row) => row + (row < 40 ? 0 : rankSpread * Math.min(1, row / 1000) * rng.normal()));
  const order = [...near.keys()].sort((a, b) => near[a] - near[b] || a - b);
  const ranks = new Array<number>(rows.length);
  order.forEach((row, place) => {
    ranks[row] = place + 1;
  });
  const odd = rng.sample(rows.length - 40, repeatedRanks + strayRanks).map((row) => row + 40);
  for (const row of odd.subarray(0, repeatedRanks)) ranks[row] = ranks[row - 1];
  for (const row of odd.subarray(repeatedRanks)) ranks[row] += rng.integer(300, 400);
  rows.forEach((row, i) => {
    row["All Time Rank"] = thousands(ranks[i]);
  });
}

function repeatSongs(rows: Row[], rng: Random): void {
  const places = rng.sample(rows.length - 3, 2 * otherVersions + wholeRepeats + noArtist + artistsWithBlanks);
  for (let pair = 0; pair < otherVersions; pair++) {
    anotherVersion(rows[places[2 * pair]], rows[places[2 * pair + 1]], rng.uniform());
  }
  let next = 2 * otherVersions;
  for (const row of places.subarray(next, next + noArtist)) rows[row].Artist = "";
  next += noArtist;
  for (const row of places.subarray(next, next + artistsWithBlanks)) rows[row].Artist = cutBehindWord(rows[row].Artist);
  next += artistsWithBlanks;
  // The row below is another of the same score or the next lower one: rows stay in order.
  for (const row of places.subarray(next)) rows[row + 1] = { ...rows[row] };
}

/** Some versions have the streams in common, some the date. */
function anotherVersion(from: Row, to: Row, draw: number): void {
  to.Track = from.Track;
  to.Artist = from.Artist;
  const streams = "Spotify Streams";
  if (draw < 0.4 && from[streams] !== "" && to[streams] !== "") to[streams] = from[streams];
  if (draw > 0.7) to["Release Date"] = from["Release Date"];
}
