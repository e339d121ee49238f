/** What the view of "Train it" asks of the engine, which trains in a worker (start-trainer.ts), and what it hears. */
import type { DataKind, PopularityPayload, SongsPayload } from "../shared/payloads";
import type { Settings } from "./settings";

/** The rows to train on: the decades that `settings.data` names, in the order of `decadesOf`, or the songs of 2023. */
export type TrainingData = { readonly songs: readonly SongsPayload[] } | { readonly popularity: PopularityPayload };

/** "classification": hit or flop, one probability. "regression": 2023, the logarithm of the streams. */
export type Task = "classification" | "regression";

export interface TrainOptions {
  /** The two features of the surface; without them, or with one feature only, there is no surface. */
  readonly surface?: readonly [string, string];
  /** At most so many epochs a second, to watch; without it as fast as it goes. The digits are the same. */
  readonly epochsPerSecond?: number;
  /** Hears every epoch. */
  readonly onEpoch: (figures: EpochFigures) => void;
  /** Hears, about ten times a second, what the network looks like: first untrained (epoch 0), at last when it ends. */
  readonly onPicture: (picture: Picture) => void;
}

/** Trains one network at a time, in a worker that `startTrainer` starts. */
export interface Trainer {
  /**
   * Trains a network. A training that still runs is stopped first.
   *
   * @throws Error for the visitor: settings or data that cannot be trained on, a training whose loss is no longer a
   *   number (it names the epoch and the remedy)
   */
  train(settings: Settings, data: TrainingData, options: TrainOptions): Promise<TrainingResult>;
  /** The surface of the network as it is now, on two other features; the pictures to come have them, too. */
  showSurface(features: readonly [string, string]): Promise<Surface>;
  /**
   * A network with its first, random weights, trained on nothing: what there is to see before a training.
   *
   * @throws Error as `train`
   */
  showUntrained(
    settings: Settings,
    data: TrainingData,
    surface: readonly [string, string] | undefined,
  ): Promise<Picture>;
  /** Ends the training soon: `train` then gives the result of the epochs that are done. */
  stop(): void;
}

/** One epoch. `metric` is the accuracy, or for a regression the mean absolute error in natural logarithms. */
export interface EpochFigures {
  /** From 1. */
  readonly epoch: number;
  /** What is made small, penalties included; of a regression in squares of the target's deviation. */
  readonly loss: number;
  readonly metric: number;
  readonly valLoss: number;
  readonly valMetric: number;
}

/** What the network looks like after an epoch. */
export interface Picture {
  /** 0: before the training. */
  readonly epoch: number;
  readonly weights: WeightsPicture;
  readonly surface?: Surface;
}

export interface WeightsPicture {
  /** Weights from the features to the first layer's units: [feature][unit]. */
  readonly first: readonly (readonly number[])[];
  /** Names of its rows. */
  readonly features: readonly string[];
  /** Per layer of weights, the last is the output: how many are of which size. Biases are left out. */
  readonly sizes: readonly SizesOfLayer[];
}

export interface SizesOfLayer {
  /** "15 to 64" */
  readonly layer: string;
  readonly weights: number;
  /** Weights nearer to 0 than `nearZero`. */
  readonly nearZero: number;
  /** Weights by |w|: entry k counts those from k * sizeBin; the last all that are larger, too. */
  readonly counts: readonly number[];
}

/** What counts as "near 0", and the width and number of the bins of |w|. */
export const nearZero = 0.001;
export const sizeBin = 0.05;
export const sizeBins = 20;

/** What the network says on a grid of two features, the others at their medians. Everything in the features' units. */
export interface Surface {
  readonly x: SurfaceAxis;
  readonly y: SurfaceAxis;
  /** [place on y][place on x]: the probability of a hit, or the natural logarithm of 1 + streams. */
  readonly values: readonly (readonly number[])[];
  /** Some of the songs that are trained on, the same at every epoch. */
  readonly dots: readonly SurfaceDot[];
}

export interface SurfaceAxis {
  readonly feature: string;
  /** Evenly from the 1st to the 99th percentile of the training songs. */
  readonly values: readonly number[];
}

export interface SurfaceDot {
  readonly x: number;
  readonly y: number;
  /** 1 = hit, 0 = flop; of 2023 the natural logarithm of 1 + streams. */
  readonly target: number;
}

/** How a model did on the test songs, which no training saw. */
export type TestScores =
  | {
      readonly task: "classification";
      readonly accuracy: number;
      /** null where the test songs are of one class. */
      readonly rocAuc: number | null;
      readonly brier: number;
    }
  /** `mae` in natural logarithms of 1 + streams; `r2` is null where all test songs have the same streams. */
  | { readonly task: "regression"; readonly r2: number | null; readonly mae: number };

/** A simpler model, and by how much the network is better than it. */
export interface Baseline {
  readonly name: string;
  readonly test: TestScores;
  readonly gain: Gain;
}

/**
 * Song by song: right answers of the network less those of the baseline, as a share; for a regression the baseline's
 * absolute error less the network's. With its 95 % interval, which takes songs as independent.
 */
export interface Gain {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export interface TrainingResult {
  readonly settings: Settings;
  readonly task: Task;
  /** Real songs, or invented ones. */
  readonly kind: DataKind;
  readonly songs: { readonly train: number; readonly validation: number; readonly test: number };
  readonly history: readonly EpochFigures[];
  /** Whether it was stopped before its last epoch. */
  readonly stopped: boolean;
  readonly test: TestScores;
  /** What one should beat, on the same test songs; "logistic regression", "the mean". */
  readonly baselines: readonly Baseline[];
  /** Of the training alone. */
  readonly seconds: number;
  readonly parameters: number;
  /** Of all weights without the biases. */
  readonly weights: { readonly all: number; readonly nearZero: number };
  /** Of a regression: the training songs' mean and deviation of the target, which was scaled by them. */
  readonly target?: { readonly mean: number; readonly deviation: number };
}
