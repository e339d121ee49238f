import * as tf from "@tensorflow/tfjs";
import { random } from "../random";
import { initialWeight } from "./initial-weights";

/**
 * Gives every weight of a model its initial value from (seed, layer, weight), with Keras' defaults: Glorot uniform
 * for kernels, orthogonal for recurrent kernels, zero for biases, one for an LSTM's forget gate.
 *
 * tfjs' own initializers draw from `Math.random`, so that a model would depend on what was built before it.
 *
 * @throws HitlabError on a weight of a kind not listed above
 */
export function initializeWeights(model: tf.LayersModel, seed: number): void {
  model.layers.forEach((layer, at) => {
    const isLstm = layer.getClassName() === "LSTM";
    const values = layer.weights.map((weight) => {
      const name = weight.name.split("/").at(-1) ?? "";
      const shape = weight.shape as number[];
      return tf.tensor(initialWeight({ name, shape, isLstm }, random(seed, "weights", at, name)), shape);
    });
    layer.setWeights(values);
    tf.dispose(values);
  });
}
