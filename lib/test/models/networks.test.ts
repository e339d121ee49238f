import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { lstmHitPredictor, predictProbability, summary } from "../../src/models/networks";
import { matrix } from "../../src/samples";

beforeAll(async () => {
  await openBackend();
});

describe("lstmHitPredictor", () => {
  it("has the study's layers and 29,857 parameters", () => {
    const model = lstmHitPredictor({ lookBack: 14 });
    expect(summary(model)).toEqual([
      { layer: "LSTM 64", output: "[n, 14, 64]", parameters: 16896 },
      { layer: "Dropout 0.2", output: "[n, 14, 64]", parameters: 0 },
      { layer: "LSTM 32", output: "[n, 32]", parameters: 12416 },
      { layer: "Dropout 0.2", output: "[n, 32]", parameters: 0 },
      { layer: "Dense 16 relu", output: "[n, 16]", parameters: 528 },
      { layer: "Dense 1 sigmoid", output: "[n, 1]", parameters: 17 },
    ]);
    expect(model.countParams()).toBe(29857);
  });

  it("starts from Keras' defaults: orthogonal recurrent weights, open forget gates, Glorot limits", () => {
    const [kernel, recurrent, bias] = lstmHitPredictor({ lookBack: 14 }).layers[0].getWeights();
    const product = tf.matMul(recurrent, recurrent, false, true).sub(tf.eye(64)).abs().max().dataSync()[0];
    expect(product).toBeLessThan(1e-5);
    expect([...bias.dataSync()].map((v, i) => v === Number(i >= 64 && i < 128)).every(Boolean)).toBe(true);
    const limit = Math.sqrt(6 / (1 + 256));
    const largest = kernel.abs().max().dataSync()[0];
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.95 * limit);
  });
});

describe("predictProbability", () => {
  const model = () =>
    tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2], activation: "sigmoid" })] });

  it("gives no rows for no rows", () => {
    expect(predictProbability(model(), matrix(0, 2, new Float64Array(0)))).toEqual(new Float64Array(0));
  });

  it("names the number that is not finite", () => {
    const x = matrix(2, 2, Float64Array.of(1, 2, 3, Number.NaN), ["rank", "streams"]);
    expect(() => predictProbability(model(), x)).toThrow(/column "streams".*row 1.*NaN/);
  });

  it("refuses a model with several outputs, or several numbers per row", () => {
    const input = tf.input({ shape: [2] });
    const dense = (units: number) => tf.layers.dense({ units }).apply(input) as tf.SymbolicTensor;
    const x = matrix(1, 2, Float64Array.of(1, 2));
    const twoOutputs = tf.model({ inputs: input, outputs: [dense(1), dense(1)] });
    expect(() => predictProbability(twoOutputs, x)).toThrow(/2 numbers per row, not one probability/);
    const three = tf.model({ inputs: input, outputs: dense(3) });
    expect(() => predictProbability(three, x)).toThrow(/3 numbers per row, not one probability/);
  });
});
