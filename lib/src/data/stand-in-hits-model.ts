import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths";

/** How a feature is spread over the songs of a group. */
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

/** The hits or the flops of a decade. */
export interface HitGroup {
  readonly songs: number;
  /** Entry n: how many artists have n songs. */
  readonly artistsBySongs: readonly number[];
  /** Share of an artist's songs that stay in the artist's cluster; the others fall anywhere. */
  readonly stay: number;
  /** Correlation of songs of one artist within a cluster. */
  readonly common: number;
  readonly marginals: Readonly<Record<string, Marginal>>;
  readonly clusters: readonly Cluster[];
}

/** How many rows repeat a song: of the same decade, or of the one before, with the same label or the other. */
export interface Repeats {
  readonly sameClass: number;
  readonly otherClass: number;
  readonly fromBefore: number;
  readonly fromBeforeOtherClass: number;
}

/** Parameters of the invented hit predictor data, as in data/stand-ins/hits.json. */
export interface HitModel {
  /** Probabilities of the quantiles, from 0 to 1. */
  readonly levels: readonly number[];
  /** In order of time. */
  readonly decades: Readonly<
    Record<string, { readonly repeats: Repeats; readonly flops: HitGroup; readonly hits: HitGroup }>
  >;
}

/** The parameters in data/stand-ins/hits.json. */
export function hitModel(): HitModel {
  return JSON.parse(readFileSync(join(root, "data", "stand-ins", "hits.json"), "utf8"));
}
