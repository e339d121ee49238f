import type { Reasons, Song } from "./judge";
import type { Predictor } from "./predictor";

/**
 * Why a model says of a song something else than of a typical one: exact Shapley values of the game in which a
 * feature takes the song's value if it takes part and the typical song's if not. All 2^n coalitions are asked.
 *
 * Source: Lundberg, Lee, "A Unified Approach to Interpreting Model Predictions", 2017; with one song to compare with
 * this is the "baseline Shapley" of Sundararajan, Najmi, "The many Shapley values for model explanation", 2020.
 */
export function baselineReasons(predict: Predictor, song: Song, typical: Song): Reasons {
  const said = predict(coalitions(song, typical));
  const weights = coalitionWeights(song.length);
  return { base: said[0], contributions: song.map((_, feature) => shapley(said, feature, weights)) };
}

/** A row per coalition: bit j of its number says whether feature j takes the song's value. */
function coalitions(song: Song, typical: Song): Float64Array {
  const n = song.length;
  const rows = new Float64Array(2 ** n * n);
  for (let coalition = 0, at = 0; coalition < 2 ** n; coalition++) {
    for (let j = 0; j < n; j++) rows[at++] = (coalition >> j) & 1 ? song[j] : typical[j];
  }
  return rows;
}

/** s! (n - 1 - s)! / n! for a coalition of s others: the share of the orders in which just these come before. */
function coalitionWeights(n: number): number[] {
  const weights = [1 / n];
  for (let s = 1; s < n; s++) weights.push((weights[s - 1] * s) / (n - s));
  return weights;
}

function shapley(said: Float64Array, feature: number, weights: readonly number[]): number {
  const bit = 1 << feature;
  let sum = 0;
  for (let coalition = 0; coalition < said.length; coalition++) {
    if (coalition & bit) continue;
    sum += weights[sizeOf(coalition)] * (said[coalition | bit] - said[coalition]);
  }
  return sum;
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let rest = coalition; rest > 0; rest &= rest - 1) size++;
  return size;
}
