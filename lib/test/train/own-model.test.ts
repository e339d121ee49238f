import * as tf from "@tensorflow/tfjs";
import { expect, it } from "vitest";
import { fit, matrix, networks, openBackend } from "../../src";

it("learns the exclusive or, as README shows it for rows and a model of one's own", async () => {
  await openBackend();
  const x = Float64Array.of(0, 0, 0, 1, 1, 0, 1, 1);
  const train = { x: matrix(4, 2, x), y: Float64Array.of(0, 1, 1, 0), info: {} };
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, activation: "tanh", inputShape: [2] }),
      tf.layers.dense({ units: 1, activation: "sigmoid" }),
    ],
  });
  networks.initializeWeights(model, 42);
  model.compile({ optimizer: tf.train.adam(0.05), loss: "binaryCrossentropy", metrics: ["accuracy"] });
  const history = await fit(model, train, { epochs: 200, seed: 42 });
  expect(history.engine).toBe("kernels");
  expect([...networks.predictProbability(model, train.x)].map(Math.round)).toEqual([0, 1, 1, 0]);
  expect(history.last.loss).toBeLessThan(0.01);
});
