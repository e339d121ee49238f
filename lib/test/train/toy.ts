import * as tf from "@tensorflow/tfjs";
import { initializeWeights } from "../../src/models/initialize";
import { random } from "../../src/random";
import { matrix, type Samples } from "../../src/samples";

/** A class that the sign of the first of three columns decides, with some noise. */
export function toySamples(rows: number, seed: number): Samples {
  const rng = random(seed, "toy");
  const data = Float64Array.from({ length: rows * 3 }, () => rng.normal());
  const y = Float64Array.from({ length: rows }, (_, r) => Number(data[3 * r] + 0.3 * rng.normal() > 0));
  return { x: matrix(rows, 3, data), y, info: {} };
}

export function toyModel(seed = 1, optimizer: tf.Optimizer = tf.train.adam(0.01)): tf.Sequential {
  const zeros = { kernelInitializer: "zeros" as const };
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, activation: "relu", inputShape: [3], ...zeros }),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.dense({ units: 1, activation: "sigmoid", ...zeros }),
    ],
  });
  initializeWeights(model, seed);
  model.compile({ optimizer, loss: "binaryCrossentropy", metrics: ["accuracy"] });
  return model;
}

/** The text that `fit` gives with an epoch's figures stops the training there, as a kill would. */
export function killAfter(epoch: number): (done: number, total: number, text: string) => void {
  return (_done, _total, text) => {
    if (text.startsWith(`epoch ${epoch}:`)) throw new Error("killed");
  };
}

/** Both engines do what `fit` promises. */
export const engines = ["tfjs", "kernels"] as const;
