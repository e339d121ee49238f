import type { Random } from "../random";

/** How a column is spread over the songs. */
export type Marginal =
  | { readonly values: readonly number[]; readonly shares: readonly number[] }
  /** Share of zeros, and the quantiles of the other values at the model's levels. */
  | { readonly zeros: number; readonly quantiles: readonly number[] };

/** One normal distribution of a mixture, on the scale of normal scores. */
export interface Cluster {
  readonly weight: number;
  readonly mean: readonly number[];
  /** Lower triangle of the Cholesky factor of the covariance, row by row. */
  readonly lower: readonly number[];
}

/** Artists, how many songs they have, and how much these are alike. */
export interface ArtistModel {
  /** Entry n: how many artists have n songs. */
  readonly artistsBySongs: readonly number[];
  /** Share of an artist's songs that stay in the artist's cluster; the others fall anywhere. */
  readonly stay: number;
  /** Correlation of songs of one artist within a cluster. */
  readonly common: number;
  readonly clusters: readonly Cluster[];
}

/** Songs as places on the scale of normal scores. */
export interface Places {
  /** Number of artists. */
  readonly artists: number;
  /** Artist of each song, 0 to artists - 1; songs of one artist are neighbours. */
  readonly artist: Int32Array;
  /** One array per dimension, one entry per song. */
  readonly dimensions: readonly Float64Array[];
}

/**
 * Draws songs from a mixture of normal distributions: each falls into a cluster and gets a place in it. An artist has a
 * cluster and a place of its own, which the artist's songs share in part.
 */
export function placeSongs(model: ArtistModel, rng: Random): Places {
  const width = model.clusters[0].mean.length;
  const perArtist = model.artistsBySongs.flatMap((artists, songs) => new Array<number>(artists).fill(songs));
  const artist = Int32Array.from(perArtist.flatMap((songs, a) => new Array<number>(songs).fill(a)));
  const places = new Float64Array(artist.length * width);
  let song = 0;
  for (const songs of perArtist) {
    placeArtist(model, songs, rng, places.subarray(song * width), width);
    song += songs;
  }
  const dimensions = Array.from({ length: width }, (_, f) =>
    Float64Array.from(artist, (_, song) => places[song * width + f]),
  );
  return { artists: perArtist.length, artist, dimensions };
}

function placeArtist(model: ArtistModel, songs: number, rng: Random, into: Float64Array, width: number): void {
  const { clusters, stay, common } = model;
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

/** Values in the order of the places: the n-th lowest gets the value at share (n + 1/2) / places. */
export function spread(places: Float64Array, at: (share: number) => number): Float64Array {
  const order = Uint32Array.from(places.keys()).sort((a, b) => places[a] - places[b] || a - b);
  const values = new Float64Array(places.length);
  order.forEach((song, rank) => {
    values[song] = at((rank + 0.5) / places.length);
  });
  return values;
}

/**
 * The value that a share of all values lies below.
 *
 * @param levels probabilities of the stored quantiles
 */
export function valueAt(share: number, marginal: Marginal, levels: readonly number[]): number {
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
