import { type Decade, decadesOf, type Era, type ForestPayload, type SongsPayload } from "../shared/payloads";

/** Whether a forest was fitted on a song. */
export type Seen =
  | { readonly trained: false }
  /** `outOfBag`: what the trees say that did not see it; null where every tree did. */
  | { readonly trained: true; readonly outOfBag: number | null };

/** The number of a song among those of an era, or undefined where its decade is not of the era. */
export function rowInEra(
  era: Era,
  songs: ReadonlyMap<Decade, SongsPayload>,
  decade: Decade,
  row: number,
): number | undefined {
  const own = decadesOf(era);
  if (!own.includes(decade)) return undefined;
  const before = own.slice(0, own.indexOf(decade));
  return before.reduce((sum, name) => sum + lengthOf(songs, name), row);
}

function lengthOf(songs: ReadonlyMap<Decade, SongsPayload>, decade: Decade): number {
  const payload = songs.get(decade);
  if (payload) return payload.target.length;
  throw new Error(`the songs of the ${decade} are not there yet: load them before a song is looked up`);
}

/** @param row of the era, see `rowInEra` */
export function seenBy(forest: Pick<ForestPayload, "testRows" | "outOfBag">, row: number): Seen {
  if (!(row in forest.outOfBag)) {
    throw new Error(`the forest knows songs 0 to ${forest.outOfBag.length - 1} of its era, not ${row}`);
  }
  const outOfBag = forest.outOfBag[row];
  // A test song with a figure is the same recording as a training song.
  if (outOfBag === null && forest.testRows.includes(row)) return { trained: false };
  return { trained: true, outOfBag };
}
