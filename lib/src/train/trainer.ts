import type { Measured } from "../kernels/spec";

/**
 * What the training loop needs of an engine. Neither this nor the loop knows tfjs at run time: workers load them.
 *
 * Epochs are counted from 1. The order of weights is the tf model's: per layer kernel, recurrent kernel, bias.
 */
export interface Trainer {
  /** For the history: "kernels", or "tfjs wasm". */
  readonly engine: string;
  /**
   * Trains one epoch, and tells its figures on the training rows: means over the rows while they were learned from.
   *
   * @param rate step size of the optimizer in this epoch
   * @param told is told the share of the rows done (above 0, below 1) at least every 100 ms or after each step; what
   *   it throws ends the epoch
   */
  epoch(epoch: number, rate: number, told: (share: number) => void): Promise<Measured>;
  /** The figures on the validation rows, without dropout; NaNs where there are none. */
  validate(): Measured;
  /** Copies of the weights. */
  weights(): Float32Array[];
  setWeights(weights: readonly Float32Array[]): void;
  /** What the optimizer remembers from step to step: enough to go on to the bit. */
  optimizerState(): Promise<OptimizerState>;
  setOptimizerState(state: OptimizerState): Promise<void>;
  dispose(): void;
}

/** An optimizer's memory: its counters by name, and its arrays (moments, velocities) with their names and shapes. */
export interface OptimizerState {
  readonly numbers: Readonly<Record<string, number>>;
  readonly slots: readonly Slot[];
}

export interface Slot {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What is told of where there is nothing to measure. */
export const unmeasured: Measured = { loss: Number.NaN, accuracy: Number.NaN, mae: Number.NaN };
