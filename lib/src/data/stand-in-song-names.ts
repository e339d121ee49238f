import type { Random } from "../random";
import { inventedArtist, inventedTitle } from "./stand-in-names";
import { cutBehindWord, lostAccent, lostLetters } from "./stand-in-text";

/** How much of the text of an invented table is damaged, as it is in the published files. */
export interface TextDamage {
  /** Titles with a letter that was destroyed. */
  readonly accents: number;
  /** Titles all of whose letters were. */
  readonly scripts: number;
  /** Of the titles with a destroyed letter, those that end with a blank. */
  readonly blanks: number;
  /** Share of the artists with a destroyed letter in their name. */
  readonly artists: number;
}

/** Titles of songs and names of artists. */
export interface SongNames {
  /** One per song; no artist has one twice. */
  readonly titles: string[];
  /** One per artist, all different. */
  readonly artists: readonly string[];
}

/**
 * Invents titles and names, some damaged.
 *
 * @param artist of each song, 0 to artists - 1
 * @param group what the artists' numbers start with, such as "2023"
 */
export function inventNames(
  { artist, artists }: { readonly artist: Int32Array; readonly artists: number },
  group: string,
  damage: TextDamage,
  rng: Random,
): SongNames {
  const names = rng.stream("artists");
  // Numbered in random order: those with many songs come first.
  const invented = Array.from(names.permutation(artists), (number) => {
    const name = inventedArtist(names, group, number + 1);
    // The end stays, for the number tells the artists apart.
    return names.uniform() < damage.artists ? `${lostAccent(name.slice(0, -4), names)}${name.slice(-6)}` : name;
  });
  return { titles: inventTitles(artist, damage, rng.stream("titles")), artists: invented };
}

function inventTitles(artist: Int32Array, { accents, scripts, blanks }: TextDamage, rng: Random): string[] {
  const taken = new Set<string>();
  const titles = Array.from(artist, (of) => {
    let title = inventedTitle(rng);
    while (taken.has(`${of} ${title}`)) title = inventedTitle(rng);
    taken.add(`${of} ${title}`);
    return title;
  });
  const damaged = rng.sample(artist.length, accents + scripts);
  for (const song of damaged.subarray(0, accents)) titles[song] = lostAccent(titles[song], rng);
  for (const song of damaged.subarray(0, blanks)) titles[song] = cutBehindWord(titles[song]);
  for (const song of damaged.subarray(accents)) titles[song] = lostLetters(titles[song]);
  return titles;
}
