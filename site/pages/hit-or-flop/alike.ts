import type { SongsPayload } from "../shared/payloads";
import type { Alike, Song } from "./judge";

/** The songs of an era, laid out to be searched: column after column, each divided by its standard deviation. */
export interface AlikeIndex {
  readonly songs: readonly SongsPayload[];
  readonly columns: readonly Float64Array[];
  readonly deviations: readonly number[];
}

/** A song of the collection. */
export interface Place {
  readonly songs: SongsPayload;
  readonly row: number;
}

/** @param songs the decades of the era */
export function indexAlike(songs: readonly SongsPayload[]): AlikeIndex {
  const features = songs[0]?.features.length ?? 0;
  const raw = Array.from({ length: features }, (_, j) =>
    Float64Array.from(songs.flatMap((decade) => decade.features[j])),
  );
  const deviations = raw.map(deviationOf);
  const columns = raw.map((column, j) => column.map((value) => value / deviations[j]));
  return { songs, columns, deviations };
}

/**
 * The songs nearest to one, the nearest first; of equally near ones the first of the era.
 *
 * @param itself the song's own place in the collection, which is left out
 */
export function alike(index: AlikeIndex, song: Song, count: number, itself?: Place): Alike[] {
  const squares = squaresTo(index, song);
  const own = itself ? numberOf(index, itself) : -1;
  return leastOf(squares, count, own).map((number) => ({
    ...placeOf(index, number),
    distance: Math.sqrt(squares[number]),
  }));
}

/** 1 for a feature that is the same in all songs: nothing is divided by 0. */
function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return Math.sqrt(variance) || 1;
}

function squaresTo({ columns, deviations }: AlikeIndex, song: Song): Float64Array {
  const squares = new Float64Array(columns[0]?.length ?? 0);
  for (const [j, column] of columns.entries()) {
    const own = song[j] / deviations[j];
    for (let i = 0; i < squares.length; i++) squares[i] += (column[i] - own) * (column[i] - own);
  }
  return squares;
}

/** The numbers of the least values, ascending. */
function leastOf(values: Float64Array, count: number, without: number): number[] {
  const least: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (i === without) continue;
    if (least.length === count && !(values[i] < values[least[count - 1]])) continue;
    let at = least.length;
    while (at > 0 && values[i] < values[least[at - 1]]) at--;
    least.splice(at, 0, i);
    if (least.length > count) least.pop();
  }
  return least;
}

function numberOf({ songs }: AlikeIndex, { songs: own, row }: Place): number {
  let before = 0;
  for (const decade of songs) {
    if (decade === own) return before + row;
    before += decade.target.length;
  }
  return -1;
}

function placeOf({ songs }: AlikeIndex, number: number): Place {
  let row = number;
  for (const decade of songs) {
    if (row < decade.target.length) return { songs: decade, row };
    row -= decade.target.length;
  }
  throw new Error(`there is no song ${number} in this era`);
}
