import uFuzzy from "@leeoniya/ufuzzy";
import type { SongsPayload } from "../shared/payloads";
import type { Place } from "./alike";

/** Titles and artists are searched by their beginning: one of 10,000 letters must not slow each search. */
const lettersSearched = 200;
/** More letters than anybody types: each makes the pattern that is looked for longer. */
const lettersTyped = 50;

/** Letters of all scripts (uFuzzy's own recipe); a term must begin a word and may have one letter wrong. */
const settings = {
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: "\\p{Ll}\\p{Lu}",
  intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  interLft: 1,
  intraMode: 1,
} as const;

/** Finds songs by words of title and artist, in any order, letters with or without accents. */
export class SongSearch {
  private readonly fuzzy = new uFuzzy(settings);
  private readonly rows: readonly Place[];
  private readonly texts: string[];
  private readonly lower: readonly string[];

  constructor(all: readonly SongsPayload[]) {
    this.rows = all.flatMap((songs) => songs.track.map((_, row) => ({ songs, row })));
    const texts = this.rows.map(({ songs, row }) => `${cut(songs.track[row])} ${cut(songs.artist[row])}`);
    this.texts = uFuzzy.latinize(texts);
    this.lower = this.texts.map((text) => text.toLowerCase());
  }

  get size(): number {
    return this.rows.length;
  }

  row(at: number): Place {
    return this.rows[at];
  }

  /** At most `most` songs, best first, and how many there are. */
  find(words: string, most: number): { readonly rows: readonly Place[]; readonly count: number } {
    const needle = uFuzzy.latinize(words.slice(0, lettersTyped).trim());
    if (needle === "") return { rows: [], count: 0 };
    // Of a name such as R.E.M. or AC/DC letters alone say little: where it is written just so, it comes first.
    const literally = this.literally(needle.toLowerCase());
    const { songs: best, ranked } = this.loosely(needle);
    const first = best.filter((at) => literally.has(at));
    const all = [...new Set([...first, ...literally, ...(ranked || literally.size === 0 ? best : [])])];
    return { rows: all.slice(0, most).map((at) => this.rows[at]), count: all.length };
  }

  /** Songs in which the text stands, letter by letter, from the beginning of a word. */
  private literally(text: string): Set<number> {
    const places = this.lower.flatMap((song, at) => (` ${song}`.includes(` ${text}`) ? [at] : []));
    return new Set(places);
  }

  /** Of more songs than a thousand none is looked at closely: they come unranked. */
  private loosely(needle: string): { readonly songs: readonly number[]; readonly ranked: boolean } {
    const [found, info, order] = this.fuzzy.search(this.texts, needle, 4);
    if (info && order) return { songs: order.map((at) => info.idx[at]), ranked: true };
    return { songs: found ?? [], ranked: false };
  }
}

function cut(text: string): string {
  return text.slice(0, lettersSearched);
}
