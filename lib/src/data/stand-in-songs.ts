import type { Random } from "../random";
import { audioFeatures, type FeatureDefinition, featureDefinitions } from "./audio-features";
import type { Cluster, HitGroup, Marginal } from "./stand-in-hits-model";

/** Invented songs of a decade and class: who sings each, and its features. */
export interface InventedSongs {
  /** Number of artists. */
  readonly artists: number;
  /** Artist of each song, 0 to artists - 1. */
  readonly artist: Int32Array;
  /** One array per audio feature, one entry per song. */
  readonly features: readonly Float64Array[];
}

const width = audioFeatures.length;

/**
 * Songs of a Gaussian-copula mixture: each falls into a cluster and gets a place in its normal distribution; then every
 * feature takes, in the order of these places, the quantiles of the real songs, so that its distribution is theirs
 * whatever the seed. An artist has a cluster and a place of its own, which the artist's songs share in part.
 *
 * @param levels probabilities of the stored quantiles
 */
export function inventSongs(group: HitGroup, levels: readonly number[], rng: Random): InventedSongs {
  const perArtist = group.artistsBySongs.flatMap((artists, songs) => new Array<number>(artists).fill(songs));
  const artist = Int32Array.from(perArtist.flatMap((songs, a) => new Array<number>(songs).fill(a)));
  const places = new Float64Array(artist.length * width);
  let song = 0;
  for (const songs of perArtist) {
    placeSongs(group, songs, rng, places.subarray(song * width));
    song += songs;
  }
  const features = featureDefinitions.map((feature, f) => {
    const marginal = group.marginals[feature.name];
    return spread(places, f, (share) => rounded(valueAt(share, marginal, levels), feature));
  });
  return { artists: perArtist.length, artist, features };
}

/** Places of one artist's songs, on the scale of normal scores. */
function placeSongs(group: HitGroup, songs: number, rng: Random, into: Float64Array): void {
  const { clusters, stay, common } = group;
  const home = drawCluster(clusters, rng);
  const own = new Float64Array(width);
  for (let f = 0; f < width; f++) own[f] = rng.normal();
  const place = new Float64Array(width);
  const ofArtist = Math.sqrt(common);
  const ofSong = Math.sqrt(1 - common);
  for (let song = 0; song < songs; song++) {
    const cluster = rng.uniform() < stay ? home : drawCluster(clusters, rng);
    for (let f = 0; f < width; f++) place[f] = ofArtist * own[f] + ofSong * rng.normal();
    intoCluster(cluster, place, into.subarray(song * width, (song + 1) * width));
  }
}

function drawCluster(clusters: readonly Cluster[], rng: Random): Cluster {
  let left = rng.uniform();
  for (const cluster of clusters) {
    left -= cluster.weight;
    if (left < 0) return cluster;
  }
  return clusters[clusters.length - 1];
}

/** mean + lower * place. */
function intoCluster({ mean, lower }: Cluster, place: Float64Array, into: Float64Array): void {
  let at = 0;
  for (let f = 0; f < place.length; f++) {
    let sum = mean[f];
    for (let g = 0; g <= f; g++) sum += lower[at++] * place[g];
    into[f] = sum;
  }
}

/** The values of one feature: the song with the n-th lowest place gets the value at share (n + 1/2) / songs. */
function spread(places: Float64Array, feature: number, at: (share: number) => number): Float64Array {
  const songs = places.length / width;
  const column = new Float64Array(songs);
  for (let song = 0; song < songs; song++) column[song] = places[song * width + feature];
  const order = Uint32Array.from(column.keys()).sort((a, b) => column[a] - column[b] || a - b);
  const values = new Float64Array(songs);
  order.forEach((song, rank) => {
    values[song] = at((rank + 0.5) / songs);
  });
  return values;
}

function valueAt(share: number, marginal: Marginal, levels: readonly number[]): number {
  if ("values" in marginal) return discreteAt(share, marginal.values, marginal.shares);
  const { zeros, quantiles } = marginal;
  if (share < zeros) return 0;
  const level = (share - zeros) / (1 - zeros);
  let right = 1;
  while (right < levels.length - 1 && levels[right] < level) right++;
  const part = (level - levels[right - 1]) / (levels[right] - levels[right - 1]);
  return quantiles[right - 1] + part * (quantiles[right] - quantiles[right - 1]);
}

function discreteAt(share: number, values: readonly number[], shares: readonly number[]): number {
  let below = 0;
  for (let i = 0; i < values.length; i++) {
    below += shares[i];
    if (share < below) return values[i];
  }
  return values[values.length - 1];
}

/** To as many digits as the real files have. */
function rounded(value: number, { name, whole, high }: FeatureDefinition): number {
  if (whole) return Math.round(value);
  if (high === 1) return Number(value.toPrecision(3));
  return Number(value.toFixed(name === "chorus_hit" ? 5 : 3));
}
