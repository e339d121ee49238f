import type { Random } from "../random";
import { type FeatureDefinition, featureDefinitions } from "./audio-features";
import { placeSongs, spread, valueAt } from "./stand-in-copula";
import type { HitGroup } from "./stand-in-hits-model";

/** Invented songs of a decade and class: who sings each, and its features. */
export interface InventedSongs {
  /** Number of artists. */
  readonly artists: number;
  /** Artist of each song, 0 to artists - 1. */
  readonly artist: Int32Array;
  /** One array per audio feature, one entry per song. */
  readonly features: readonly Float64Array[];
}

/**
 * Songs of a Gaussian-copula mixture: each gets a place in a mixture of normal distributions (see `placeSongs`); then
 * every feature takes, in the order of these places, the quantiles of the real songs, so that its distribution is theirs
 * whatever the seed.
 *
 * @param levels probabilities of the stored quantiles
 */
export function inventSongs(group: HitGroup, levels: readonly number[], rng: Random): InventedSongs {
  const { artists, artist, dimensions } = placeSongs(group, rng);
  const features = featureDefinitions.map((feature, f) => {
    const marginal = group.marginals[feature.name];
    return spread(dimensions[f], (share) => rounded(valueAt(share, marginal, levels), feature));
  });
  return { artists, artist, features };
}

/** To as many digits as the real files have. */
function rounded(value: number, { name, whole, high }: FeatureDefinition): number {
  if (whole) return Math.round(value);
  if (high === 1) return Number(value.toPrecision(3));
  return Number(value.toFixed(name === "chorus_hit" ? 5 : 3));
}
