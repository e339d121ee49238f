import * as tf from "@tensorflow/tfjs";

/** Copies of a model's weights, in the model's order. */
export function weightsOf(model: tf.LayersModel): Float32Array[] {
  return model.getWeights().map((weight) => Float32Array.from(weight.dataSync()));
}

/** Sets a model's weights from arrays in the model's order. */
export function setWeights(model: tf.LayersModel, values: readonly Float32Array[]): void {
  const tensors = model.getWeights().map((weight, at) => tf.tensor(values[at], weight.shape));
  model.setWeights(tensors);
  tf.dispose(tensors);
}
