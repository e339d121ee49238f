import { audioFeatures } from "../../../lib/src/data/audio-features";
import type { FeatureMarks } from "../shared/fitted-models";
import type { Song } from "./judge";

/** The features in which a song goes farther than any song of the era: what a model says there, no test has tested. */
export function beyond(song: Song, marks: readonly FeatureMarks[]): string[] {
  return audioFeatures.filter((_, j) => song[j] < marks[j].low || song[j] > marks[j].high);
}
