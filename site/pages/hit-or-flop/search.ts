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

  constructor(all: readonly SongsPayload[]) {
    this.rows = all.flatMap((songs) => songs.track.map((_, row) => ({ songs, row })));
    const texts = this.rows.map(({ songs, row }) => `${cut(songs.track[row])} ${cut(songs.artist[row])}`);
    this.texts = uFuzzy.latinize(texts);
  }

  get size(): number {
    return this.rows.length;
  }

  row(at: number): Place {
    return this.rows[at];
  }

  /** At most `most` songs, best first, and how many there are. */
  find(words: string, most: number): { readonly rows: readonly Place[]; readonly count: number } {
    const needle = uFuzzy.latinize(words.slice(0, lettersTyped));
    if (needle.trim() === "") return { rows: [], count: 0 };
    const [found, info, order] = this.fuzzy.search(this.texts, needle, 4);
    if (!found) return { rows: [], count: 0 };
    const best = info && order ? order.map((at) => info.idx[at]) : found;
    return { rows: best.slice(0, most).map((at) => this.rows[at]), count: found.length };
  }
}

function cut(text: string): string {
  return text.slice(0, lettersSearched);
}
