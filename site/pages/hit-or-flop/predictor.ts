import { audioFeatures } from "../../../lib/src/data/audio-features";
import type { Song } from "./judge";

/** The probability of a hit for each row of a table of songs: features in their own units, row after row. */
export type Predictor = (rows: Float64Array) => Float64Array;

/** Numbers per row. */
export const width = audioFeatures.length;

/** Songs as one table, row after row. @throws Error unless each song is 15 finite numbers */
export function rowsOf(songs: readonly Song[]): Float64Array {
  const rows = new Float64Array(songs.length * width);
  for (const [at, song] of songs.entries()) {
    checkSong(song);
    rows.set(song, at * width);
  }
  return rows;
}

/** @throws Error unless the song is 15 finite numbers */
export function checkSong(song: Song): void {
  if (song.length === width && song.every(Number.isFinite)) return;
  throw new Error(`a song is ${width} finite numbers, one per audio feature; this one is ${song.join(", ")}`);
}

/** The same predictor, which refuses to answer by anything but a probability. */
export function checked(predict: Predictor): Predictor {
  return (rows) => {
    const probabilities = predict(rows);
    if (probabilities.every((probability) => probability >= 0 && probability <= 1)) return probabilities;
    throw new Error("this model cannot reckon with numbers so large: give each feature a value that songs have");
  };
}
