import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { initializeWeights } from "../../src/models/initialize";
import { lstmHitPredictor, predictProbability, summary } from "../../src/models/networks";
import { random } from "../../src/random";
import { matrix, type Samples } from "../../src/samples";
import { fit, fitOrLoad, halveEvery } from "../../src/train";
import { weightsOf } from "../../src/train/early-stop";

const folder = mkdtempSync(join(tmpdir(), "hitlab-fit-"));
beforeAll(async () => {
  await openBackend();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A class that the sign of the first of three columns decides, with some noise. */
function toySamples(rows: number, seed: number): Samples {
  const rng = random(seed, "toy");
  const data = Float64Array.from({ length: rows * 3 }, () => rng.normal());
  const y = Float64Array.from({ length: rows }, (_, r) => Number(data[3 * r] + 0.3 * rng.normal() > 0));
  return { x: matrix(rows, 3, data), y, info: {} };
}

function toyModel(seed = 1, optimizer: tf.Optimizer = tf.train.adam(0.01)): tf.Sequential {
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

const train = toySamples(150, 3);
const validation = toySamples(60, 4);

describe("fit", () => {
  it("learns, and repeats itself to the bit for the same seed only", async () => {
    const run = async (seed: number) => {
      const model = toyModel();
      const history = await fit(model, train, { epochs: 8, validation, seed });
      return { history, weights: weightsOf(model) };
    };
    const [first, again, other] = [await run(5), await run(5), await run(6)];
    expect(first.history.last.valAccuracy).toBeGreaterThan(0.8);
    expect(first.history.loss).toHaveLength(8);
    expect(first.history.loss[7]).toBeLessThan(first.history.loss[0]);
    expect(again.weights).toEqual(first.weights);
    expect(again.history.valLoss).toEqual(first.history.valLoss);
    expect(other.weights).not.toEqual(first.weights);
  });

  it("goes on after a kill with the weights of an unbroken training", async () => {
    const options = { epochs: 6, validation, earlyStopping: { patience: 20 } };
    const unbroken = toyModel();
    const whole = await fit(unbroken, train, options);

    const killed = toyModel();
    const progress = (_done: number, _total: number, text: string) => {
      if (text.startsWith("epoch 4:")) throw new Error("killed");
    };
    await expect(fit(killed, train, { ...options, checkpoint: folder, progress })).rejects.toThrow("killed");
    const resumed = toyModel();
    const rest = await fit(resumed, train, { ...options, checkpoint: folder });

    expect(rest.note).toBe("resumed after epoch 4");
    expect(rest.loss).toEqual(whole.loss);
    expect(weightsOf(resumed)).toEqual(weightsOf(unbroken));
  });

  it("does not take up a checkpoint of other data or settings, and refuses a damaged one", async () => {
    const progress = (_done: number, _total: number, text: string) => {
      if (text.startsWith("epoch 2:")) throw new Error("killed");
    };
    await expect(fit(toyModel(), train, { epochs: 4, checkpoint: folder, progress })).rejects.toThrow("killed");
    const other = await fit(toyModel(), toySamples(150, 9), { epochs: 1, checkpoint: join(folder) });
    expect(other.note).toBeUndefined();

    await expect(fit(toyModel(), train, { epochs: 4, checkpoint: folder, progress })).rejects.toThrow("killed");
    const file = join(folder, "training.checkpoint");
    writeFileSync(file, readFileSync(file).subarray(0, -8));
    await expect(fit(toyModel(), train, { epochs: 4, checkpoint: folder })).rejects.toThrow(/checkpoint is damaged/);
    rmSync(file);
  });

  it("stops early and keeps the weights of the best epoch", async () => {
    const model = toyModel(2, tf.train.adam(0.3));
    const history = await fit(model, train, { epochs: 60, validation, earlyStopping: { patience: 3 } });
    const best = Math.min(...history.valLoss);
    expect(history.epochs).toBeLessThan(60);
    expect(history.keptEpoch).toBe(history.valLoss.indexOf(best) + 1);
    expect(history.epochs).toBe(history.keptEpoch + 3);
    const p = predictProbability(model, validation.x);
    const loss = validation.y.reduce((sum, y, r) => sum - Math.log(y ? p[r] : 1 - p[r]), 0) / p.length;
    expect(loss).toBeCloseTo(best, 4);
  });

  it("follows a schedule: with a rate that falls to nothing the weights stand still", async () => {
    expect([1, 10, 11, 21].map((epoch) => halveEvery(10).rate(epoch, 0.01))).toEqual([0.01, 0.01, 0.005, 0.0025]);
    const model = toyModel();
    const frozen = { name: "one epoch", rate: (epoch: number, initial: number) => (epoch === 1 ? initial : 0) };
    await fit(model, train, { epochs: 1, schedule: frozen });
    const after = toyModel();
    await fit(after, train, { epochs: 3, schedule: frozen });
    expect(weightsOf(after)).toEqual(weightsOf(model));
  });

  it("leaves no tensors behind", async () => {
    const model = toyModel();
    await fit(model, train, { epochs: 1, validation });
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) {
      await fit(model, train, { epochs: 2, validation, earlyStopping: { patience: 1 }, checkpoint: folder });
      predictProbability(model, validation.x);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it("says which value, column or option is wrong", async () => {
    const holed = toySamples(5, 1);
    holed.x.data[4] = Number.NaN;
    await expect(fit(toyModel(), holed, { epochs: 1 })).rejects.toThrow(/column "c1".*row 1.*NaN/);
    await expect(fit(toyModel(), train, { epochs: 0 })).rejects.toThrow(/epochs must be a whole number/);
    await expect(fit(toyModel(), train, { epochs: 1, earlyStopping: { patience: 2 } })).rejects.toThrow(/validation/);
    await expect(fit(lstmHitPredictor({ lookBack: 14 }), train, { epochs: 1 })).rejects.toThrow(
      /\[14, 1\] = 14 numbers/,
    );
    const steep = toyModel();
    steep.compile({
      optimizer: tf.train.sgd(1e30),
      loss: (labels, output) => tf.mean(tf.squaredDifference(labels, tf.mul(output as tf.Tensor, 1e20))),
    });
    await expect(fit(steep, train, { epochs: 3 })).rejects.toThrow(/stopped being a finite/);
  });
});

describe("fitOrLoad", () => {
  const options = { epochs: 2, folder: join(folder, "model") };

  it("trains and saves first, then loads with the same predictions and no history", async () => {
    const first = await fitOrLoad(toyModel(), train, options);
    const second = await fitOrLoad(toyModel(), train, options);
    expect([first.loaded, second.loaded]).toEqual([false, true]);
    expect(second.history.epochs).toBe(0);
    expect(second.history.note).toMatch(/training skipped/);
    expect(predictProbability(second.model, validation.x)).toEqual(predictProbability(first.model, validation.x));
  });

  it("trains a stale model anew and says why", async () => {
    const result = await fitOrLoad(toyModel(), toySamples(150, 8), options);
    expect(result.loaded).toBe(false);
    expect(result.history.note).toMatch(/other data or settings/);
  });

  it("refuses damaged weights", async () => {
    const file = join(options.folder, "weights.bin");
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, whole.length - 4));
    await expect(fitOrLoad(toyModel(), toySamples(150, 8), options)).rejects.toThrow(/the shapes ask for/);
  });
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
