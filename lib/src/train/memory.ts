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
