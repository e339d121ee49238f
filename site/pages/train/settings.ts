import type { Decade } from "../shared/payloads";

/** Everything that decides a training: it stands in the address of the page, so that a link repeats it. */
export interface Settings {
  /** A decade, all six, or the songs of study 3. */
  readonly data: Decade | "all" | "2023";
  /** Names of the columns that the network sees. */
  readonly features: readonly string[];
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  readonly activation: "relu" | "tanh" | "sigmoid";
  /** Share dropped after each hidden layer, 0 for none. */
  readonly dropout: number;
  readonly l1: number;
  readonly l2: number;
  readonly optimizer: "adam" | "rmsprop" | "sgd";
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Which rows the scaler is fitted on: "all" as study 2 did (a leak), "train" as is honest. */
  readonly scaler: "all" | "train";
  readonly seed: number;
}
