/** One audio feature of the Spotify Hit Predictor Dataset. */
export interface FeatureDefinition {
  /** Name of the column. */
  readonly name: string;
  /** Unit of the values, or what they run between. */
  readonly unit: string;
  readonly meaning: string;
  /** Lowest and highest possible value; null where nothing fixes it. */
  readonly low: number | null;
  readonly high: number | null;
  /** True where the values are whole numbers. */
  readonly whole: boolean;
  /** What 0 says in a column where it stands for "not found" and is no measurement. */
  readonly notFound?: string;
}

/**
 * The 15 audio features, in the files' order.
 *
 * Source: Spotify's Web API (audio features, audio analysis) and the data set's README. The README gives chorus_hit in
 * milliseconds; the values are seconds (25 to 50 for most songs, 433 at most).
 *
 * @example
 * ```ts
 * show.table(load.featureDefinitions);
 * ```
 */
export const featureDefinitions: readonly FeatureDefinition[] = [
  share("danceability", "how suitable for dancing: tempo, stability of the rhythm, strength of the beat, regularity"),
  share("energy", "perceived intensity and activity"),
  {
    name: "key",
    unit: "pitch class",
    meaning: "key of the track: 0 = C, 1 = C sharp, ... 11 = B; -1 would be unknown and never occurs",
    low: -1,
    high: 11,
    whole: true,
  },
  {
    name: "loudness",
    unit: "dB",
    meaning: "mean loudness of the track relative to full scale, mostly -60 to 0; a few tracks are above 0",
    low: null,
    high: null,
    whole: false,
  },
  { name: "mode", unit: "0 or 1", meaning: "1 = major, 0 = minor", low: 0, high: 1, whole: true },
  share("speechiness", "share of spoken words: above 0.66 speech, below 0.33 music"),
  share("acousticness", "confidence that the track is acoustic"),
  share("instrumentalness", "confidence that there are no vocals; above 0.5 is meant as instrumental"),
  share("liveness", "confidence that an audience is present; above 0.8 is probably live"),
  {
    ...share("valence", "musical positiveness: high is cheerful, low is sad or angry"),
    notFound: "no valence was computed",
  },
  {
    name: "tempo",
    unit: "beats per minute",
    meaning: "estimated tempo",
    low: 0,
    high: null,
    whole: false,
    notFound: "no beat was found",
  },
  { name: "duration_ms", unit: "milliseconds", meaning: "length of the track", low: 0, high: null, whole: true },
  {
    name: "time_signature",
    unit: "beats per bar",
    meaning: "estimated number of beats in a bar",
    low: 0,
    high: null,
    whole: true,
    notFound: "no bar was found",
  },
  {
    name: "chorus_hit",
    unit: "seconds",
    meaning: "estimated start of the chorus: the start of the third section (the data set's README says milliseconds)",
    low: 0,
    high: null,
    whole: false,
    notFound: "the track has too few sections",
  },
  {
    name: "sections",
    unit: "count",
    meaning: "number of sections that the audio analysis found",
    low: 0,
    high: null,
    whole: true,
    notFound: "the track was not analysed",
  },
];

/** The names of the 15 audio features, in the files' order: what the studies give their models. */
export const audioFeatures: readonly string[] = featureDefinitions.map(({ name }) => name);

function share(name: string, meaning: string): FeatureDefinition {
  return { name, unit: "0 to 1", meaning, low: 0, high: 1, whole: false };
}
