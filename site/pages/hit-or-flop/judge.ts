import type { ModelName } from "../shared/fitted-models";
import type { Era, ForestPayload, SongsPayload } from "../shared/payloads";

/** Which model judges. */
export interface Choice {
  readonly era: Era;
  readonly model: ModelName;
}

/** The 15 audio features of a song, in the order of `audioFeatures`, in their own units. */
export type Song = readonly number[];

/** How the verdict changes along one feature, the others as they are. */
export interface Curve {
  readonly feature: string;
  /** Values of the feature, ascending. */
  readonly x: readonly number[];
  readonly probability: readonly number[];
}

/** What each feature adds: `base` and the contributions sum to the probability. */
export interface Reasons {
  /** What the model says of a song of which nothing is known (forest), or of the era's typical song (the others). */
  readonly base: number;
  /** One number per feature, in the order of `audioFeatures`. */
  readonly contributions: readonly number[];
}

/** A song like the one asked about. */
export interface Alike {
  readonly songs: SongsPayload;
  readonly row: number;
  /** Euclidean distance over the features, each divided by its standard deviation in the era. */
  readonly distance: number;
}

/** The models behind a worker: the page stays free while they compute. */
export interface Judge {
  /** Hands over the forest of an era; needed before `forest` is asked in that era. */
  giveForest(forest: ForestPayload): Promise<void>;
  probability(choice: Choice, song: Song): Promise<number>;
  curves(choice: Choice, song: Song): Promise<readonly Curve[]>;
  reasons(choice: Choice, song: Song): Promise<Reasons>;
  /** Many songs at once; `told` hears the share that is done. */
  score(choice: Choice, songs: readonly Song[], told?: (share: number) => void): Promise<readonly number[]>;
}
