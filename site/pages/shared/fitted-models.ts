/**
 * site/data/hit-or-flop.json: models and facts fitted on the real songs by `npm run refresh`, under 100 kB, shipped with
 * the project, so that the page never judges by invented songs alone. It is bundled into the page.
 */
import type { NetworkSpec } from "../../../lib/src/kernels/spec";
import type { Era, ScalerPayload, ScoresPayload } from "./payloads";

export type ModelName = "forest" | "network" | "logistic";

export interface FittedModels {
  /** Of the files that they were fitted on. */
  readonly sha256: string;
  readonly rows: number;
  /** What the files are, in a sentence. */
  readonly made: string;
  readonly eras: { readonly [era in Era]: FittedEra };
}

export interface FittedEra {
  readonly songs: number;
  /** Per feature, in the order of `audioFeatures`. */
  readonly features: readonly FeatureMarks[];
  readonly logistic: FittedLogistic;
  readonly network: FittedNetwork;
  /** How far to trust a probability, out of fold, artists kept apart. The forest's own weights are not shipped. */
  readonly reliability: { readonly [model in ModelName]: Reliability };
}

export interface FeatureMarks {
  /** Smallest and largest value that occurs, and the values that 1 % and 99 % of the songs lie below. */
  readonly low: number;
  readonly high: number;
  readonly p01: number;
  readonly p99: number;
  /** Of all songs of the era, hits and flops; where the feature's values are whole numbers, rounded to one. */
  readonly median: number;
  /** Quartiles of hits and of flops; the medians rounded likewise. */
  readonly hit: readonly [low: number, median: number, high: number];
  readonly flop: readonly [low: number, median: number, high: number];
}

export interface FittedLogistic {
  readonly scaler: ScalerPayload;
  readonly weights: readonly number[];
  readonly intercept: number;
  /** On the study's test songs, not fitted on. */
  readonly test: ScoresPayload;
}

export interface FittedNetwork {
  readonly scaler: ScalerPayload;
  readonly spec: NetworkSpec;
  /** Float32s, little-endian, in base64: kernel and bias of each layer, one after another. */
  readonly weights: string;
  readonly test: ScoresPayload;
}

/** What became of songs by how likely a hit a model called them. */
export interface Reliability {
  /** 5-fold cross-validation on the real songs, artists kept apart, with 95 % intervals over artists. */
  readonly accuracy: Interval;
  readonly rocAuc: Interval;
  readonly brier: Interval;
  /** Adjoining ranges of predicted probability from 0 to 1: tenths, joined where one has fewer than 100 songs. */
  readonly bins: readonly ReliabilityBin[];
}

export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Of songs with a probability p: from <= p < to, and 1 in the last one. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly songs: number;
  /** Share of these songs that were hits, with a 95 % interval over artists. */
  readonly hits: Interval;
}
