import type * as tf from "@tensorflow/tfjs";
import type { OptimizerState } from "./trainer";

/**
 * What an optimizer remembers of trainings by the kernels: a second `fit` goes on with it, as in Keras. It is forgotten
 * with the optimizer. tfjs keeps its own memory in the optimizer; neither engine knows the other's.
 */
const memories = new WeakMap<tf.Optimizer, { readonly model: tf.LayersModel; readonly state: OptimizerState }>();

export function memoryOf(model: tf.LayersModel): OptimizerState | undefined {
  const kept = memories.get(model.optimizer);
  // Two models may share an optimizer: its memory is of the weights of one.
  return kept?.model === model ? kept.state : undefined;
}

export function keepMemory(model: tf.LayersModel, state: OptimizerState): void {
  memories.set(model.optimizer, { model, state });
}

const epochsOf = new WeakMap<tf.Optimizer, { readonly model: tf.LayersModel; readonly epochs: number }>();

/**
 * Epochs that the model was trained for since it was compiled, by either engine. A further `fit` goes on from there with
 * its shuffles and dropout masks: three epochs and three more are six.
 */
export function epochsBefore(model: tf.LayersModel): number {
  const kept = epochsOf.get(model.optimizer);
  return kept?.model === model ? kept.epochs : 0;
}

export function countEpochs(model: tf.LayersModel, epochs: number): void {
  epochsOf.set(model.optimizer, { model, epochs: epochsBefore(model) + epochs });
}
