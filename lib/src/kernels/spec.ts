/** What the kernels need to know of a network and its training: plain data, so that it can go to a worker or a page. */

export type Activation = "linear" | "relu" | "sigmoid" | "tanh" | "softmax";

/** `l1 * sum(|w|) + l2 * sum(w^2)`, added to the loss. */
export interface Penalty {
  readonly l1: number;
  readonly l2: number;
}

/** activation(x W + b); on a sequence each step alike. */
export interface DenseSpec {
  readonly kind: "dense";
  readonly units: number;
  readonly activation: Activation;
  readonly bias: boolean;
  readonly kernelPenalty?: Penalty;
  readonly biasPenalty?: Penalty;
}

/** An LSTM with tanh cell, sigmoid gates in the order input, forget, cell, output (Keras'), and a bias. */
export interface LstmSpec {
  readonly kind: "lstm";
  readonly units: number;
  /** Puts out all steps, [steps, units], not only the last, [units]. */
  readonly returnSequences: boolean;
  readonly kernelPenalty?: Penalty;
  readonly recurrentPenalty?: Penalty;
  readonly biasPenalty?: Penalty;
}

export type LayerSpec =
  | DenseSpec
  | LstmSpec
  /** `rate`: the share that is set to zero in training, from 0 and below 1. */
  | { readonly kind: "dropout"; readonly rate: number }
  | { readonly kind: "activation"; readonly activation: Activation }
  /** Only where it leaves the order of the numbers alone: after rows of features, or on the network's input. */
  | { readonly kind: "flatten" };

export interface NetworkSpec {
  /** [features] or [steps, features]. */
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
}

export type LossSpec =
  | {
      readonly kind:
        | "binaryCrossentropy"
        | "categoricalCrossentropy"
        | "sparseCategoricalCrossentropy"
        | "meanSquaredError"
        | "meanAbsoluteError";
    }
  | { readonly kind: "huber"; readonly delta: number };

/** The optimizers of Keras 3, by its formulas and names. */
export type OptimizerSpec =
  | {
      readonly kind: "adam";
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    }
  | {
      readonly kind: "rmsprop";
      readonly learningRate: number;
      readonly rho: number;
      readonly momentum: number;
      readonly epsilon: number;
      readonly centered: boolean;
    }
  | { readonly kind: "sgd"; readonly learningRate: number; readonly momentum: number; readonly nesterov: boolean };

export interface TrainingSpec {
  readonly loss: LossSpec;
  readonly optimizer: OptimizerSpec;
  /** Rows per step, from 1; the last step of an epoch may have fewer. */
  readonly batchSize: number;
  /** Seed of the shuffles and dropout masks. */
  readonly seed: number;
}

/** Rows for the kernels. */
export interface KernelData {
  readonly rows: number;
  /** [rows, inputs]; a row of a sequence is step after step. */
  readonly x: Float32Array;
  /** [rows, targets]; one-hot for the categorical losses. */
  readonly y: Float32Array;
  /** What a row counts for in the loss; without them all count 1. */
  readonly weights?: Float32Array;
}

/** Means over rows. */
export interface Measured {
  /** Penalties included. */
  readonly loss: number;
  /** Share of rows that are right: outputs on the target's side of one half, for classes the largest in its place. */
  readonly accuracy: number;
  /** Mean absolute error, in the targets' unit. */
  readonly mae: number;
}
