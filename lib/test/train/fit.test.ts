import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { lstmHitPredictor, predictProbability } from "../../src/models/networks";
import { fit, halveEvery } from "../../src/train";
import { weightsOf } from "../../src/train/weights";
import { engines, toyModel, toySamples } from "./toy";

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

const folder = mkdtempSync(join(tmpdir(), "hitlab-fit-"));
beforeAll(async () => {
  await openBackend();
});
afterAll(() => rmSync(folder, { recursive: true }));

const train = toySamples(150, 3);
const validation = toySamples(60, 4);

describe.each(engines)("fit by %s", (engine) => {
  it("learns, and repeats itself to the bit for the same seed only", async () => {
    const run = async (seed: number) => {
      const model = toyModel();
      const history = await fit(model, train, { epochs: 8, validation, seed, engine });
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

  it("stops early and keeps the weights of the best epoch", async () => {
    const model = toyModel(2, tf.train.adam(0.3));
    const history = await fit(model, train, { epochs: 60, validation, earlyStopping: { patience: 3 }, engine });
    const best = Math.min(...history.valLoss);
    expect(history.epochs).toBeLessThan(60);
    expect(history.keptEpoch).toBe(history.valLoss.indexOf(best) + 1);
    expect(history.epochs).toBe(history.keptEpoch + 3);
    const p = predictProbability(model, validation.x);
    const loss = validation.y.reduce((sum, y, r) => sum - Math.log(y ? p[r] : 1 - p[r]), 0) / p.length;
    expect(loss).toBeCloseTo(best, 4);
  });

  it("with a patience of 0 stops at the first epoch that is no better, as Keras does", async () => {
    const run = (patience: number) =>
      fit(toyModel(2, tf.train.adam(0.3)), train, { epochs: 60, validation, earlyStopping: { patience }, engine });
    const [none, one] = [await run(0), await run(1)];
    expect(none.epochs).toBeGreaterThan(1);
    expect(none.epochs).toBe(none.keptEpoch + 1);
    expect(none.valLoss).toEqual(one.valLoss);
    expect(none.note).toBe("stopped early: no better for 1 epoch");
  });

  it("follows a schedule: with a rate that falls to nothing the weights stand still", async () => {
    expect([1, 10, 11, 21].map((epoch) => halveEvery(10).rate(epoch, 0.01))).toEqual([0.01, 0.01, 0.005, 0.0025]);
    const model = toyModel();
    const frozen = { name: "one epoch", rate: (epoch: number, initial: number) => (epoch === 1 ? initial : 0) };
    await fit(model, train, { epochs: 1, schedule: frozen, engine });
    const after = toyModel();
    await fit(after, train, { epochs: 3, schedule: frozen, engine });
    expect(weightsOf(after)).toEqual(weightsOf(model));
  });

  it.each([tf.train.adam, tf.train.sgd])("gives the optimizer its rate back after a schedule", async (optimizer) => {
    const model = toyModel(1, optimizer(0.01));
    const rateOf = () => Reflect.get(model.optimizer, "learningRate");
    const schedule = { name: "falls", rate: (epoch: number, initial: number) => initial / epoch };
    await fit(model, train, { epochs: 3, schedule, engine });
    expect(rateOf()).toBe(0.01);
  });

  it("takes all rows at once when a batch is larger than the data", async () => {
    const run = async (batchSize: number) => {
      const model = toyModel();
      await fit(model, train, { epochs: 2, batchSize, engine });
      return weightsOf(model);
    };
    expect(await run(1e9)).toEqual(await run(150));
  });

  it("leaves no tensors behind", async () => {
    const model = toyModel();
    await fit(model, train, { epochs: 1, validation, engine });
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) {
      const rest = { earlyStopping: { patience: 1 }, checkpoint: folder, engine };
      await fit(model, train, { epochs: 2, validation, ...rest });
      predictProbability(model, validation.x);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  it("says when the loss stops being a finite number", async () => {
    const model = toyModel(1, tf.train.sgd(1e30));
    model.compile({ optimizer: tf.train.sgd(1e30), loss: "meanSquaredError" });
    const far = { ...train, y: train.y.map((y) => 1e15 * y) };
    await expect(fit(model, far, { epochs: 3, engine })).rejects.toThrow(/the loss stopped being a finite/);
  });

  it("comes to the same weights in two trainings as in one, with shuffles and masks", async () => {
    const [whole, inTwo] = [toyModel(), toyModel()];
    const { loss } = await fit(whole, train, { epochs: 4, engine });
    const parts = [];
    for (const epochs of [3, 1]) parts.push(await fit(inTwo, train, { epochs, engine }));
    expect(parts.flatMap((part) => part.loss)).toEqual(loss);
    expect(weightsOf(inTwo)).toEqual(weightsOf(whole));
  });

  it("goes on in a second training with what the optimizer remembers", async () => {
    // Without a shuffle or a mask two trainings of one epoch are one of two: the rows are one batch, in any order.
    const plain = () => {
      const model = tf.sequential({
        layers: [tf.layers.dense({ units: 1, activation: "sigmoid", inputShape: [3], kernelInitializer: "zeros" })],
      });
      model.compile({ optimizer: tf.train.adam(0.01), loss: "binaryCrossentropy" });
      return model;
    };
    const few = toySamples(16, 5);
    const [whole, inTwo] = [plain(), plain()];
    await fit(whole, few, { epochs: 4, engine });
    for (const epochs of [3, 1]) await fit(inTwo, few, { epochs, engine });
    const [expected, got] = [whole, inTwo].map((model) => weightsOf(model).flatMap((values) => [...values]));
    got.forEach((value, at) => {
      expect(value).toBeCloseTo(expected[at], 6);
    });
    // Adam that starts anew takes its first step in full: the weights would be elsewhere.
    const anew = plain();
    await fit(anew, few, { epochs: 3, engine });
    anew.compile({ optimizer: tf.train.adam(0.01), loss: "binaryCrossentropy" });
    await fit(anew, few, { epochs: 1, engine });
    expect(Math.abs(weightsOf(anew)[0][0] - expected[0])).toBeGreaterThan(1e-5);
  });

  it("measures the mean absolute error, and counts penalties in both losses", async () => {
    const layer = { units: 1, inputShape: [3], kernelInitializer: "ones" as const };
    const model = tf.sequential({
      layers: [tf.layers.dense({ ...layer, kernelRegularizer: tf.regularizers.l1l2({ l1: 0.5, l2: 0.25 }) })],
    });
    model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError", metrics: ["mae"] });
    const history = await fit(model, train, { epochs: 1, validation, engine });
    const means = (samples: typeof train) => {
      const errors = Array.from(samples.y, (y, r) => 3 * mean(samples.x.data.subarray(3 * r, 3 * r + 3)) - y);
      return [mean(errors.map((e) => e * e)) + 3 * (0.5 + 0.25), mean(errors.map(Math.abs))];
    };
    const { last } = history;
    [last.loss, last.mae].forEach((value, at) => {
      expect(value).toBeCloseTo(means(train)[at], 4);
    });
    [last.valLoss, last.valMae].forEach((value, at) => {
      expect(value).toBeCloseTo(means(validation)[at], 4);
    });
    expect([history.mae, history.accuracy, history.valAccuracy]).toEqual([[last.mae], [], []]);
  });

  it("learns three classes from their numbers", async () => {
    const classes = (samples: typeof train) => ({
      ...samples,
      y: samples.y.map((_, r) => (samples.x.data[3 * r] > 0.5 ? 2 : Number(samples.x.data[3 * r] > -0.5))),
    });
    for (const loss of ["categoricalCrossentropy", "sparseCategoricalCrossentropy"]) {
      const layer = { units: 3, activation: "softmax" as const, inputShape: [3], kernelInitializer: "zeros" as const };
      const model = tf.sequential({ layers: [tf.layers.dense(layer)] });
      model.compile({ optimizer: tf.train.adam(0.1), loss, metrics: ["accuracy"] });
      const history = await fit(model, classes(train), { epochs: 30, validation: classes(validation), engine });
      expect(history.loss[0]).toBeLessThan(Math.log(3));
      expect(history.last.valAccuracy).toBeGreaterThan(0.8);
      const strange = { ...train, y: train.y.map((_, r) => (r === 7 ? 3 : 0)) };
      const training = fit(model, strange, { epochs: 1, engine });
      await expect(training).rejects.toThrow(/training target of row 7 is not a class.*0 to 2.*found 3/);
    }
  });

  it("ends when its signal is aborted", async () => {
    const abort = new AbortController();
    const progress = (done: number) => {
      if (done >= 2) abort.abort(new Error("enough"));
    };
    const training = fit(toyModel(), train, { epochs: 50, engine, progress, signal: abort.signal });
    await expect(training).rejects.toThrow("enough");
  });
});

describe("fit", () => {
  it("takes the accuracy from where it stands among the metrics, and has none without it", async () => {
    const run = async (metrics: string[]) => {
      const model = toyModel();
      model.compile({ optimizer: tf.train.adam(0.01), loss: "binaryCrossentropy", metrics });
      return await fit(model, train, { epochs: 2, validation, engine: "tfjs" });
    };
    const plain = await run(["accuracy"]);
    const second = await run(["mse", "accuracy"]);
    expect([second.accuracy, second.valAccuracy]).toEqual([plain.accuracy, plain.valAccuracy]);
    expect((await run(["binaryAccuracy"])).accuracy).toEqual(plain.accuracy);
    const without = await run(["mae"]);
    expect([without.accuracy, without.valAccuracy]).toEqual([[], []]);
    expect(without.loss).toEqual(plain.loss);
  });

  it("says which value, column or option is wrong", async () => {
    const holed = toySamples(5, 1);
    holed.x.data[4] = Number.NaN;
    await expect(fit(toyModel(), holed, { epochs: 1 })).rejects.toThrow(/column "c1".*row 1.*NaN/);
    await expect(fit(toyModel(), train, { epochs: 0 })).rejects.toThrow(/epochs must be a whole number/);
    await expect(fit(toyModel(), train, { epochs: 1, earlyStopping: { patience: 2 } })).rejects.toThrow(/validation/);
    for (const minDelta of [-0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const options = { epochs: 1, validation, earlyStopping: { patience: 1, minDelta } };
      await expect(fit(toyModel(), train, options)).rejects.toThrow(/minDelta .* number from 0/);
    }
    for (const patience of [-1, 1.5, Number.NaN, undefined as never]) {
      const options = { epochs: 1, validation, earlyStopping: { patience } };
      await expect(fit(toyModel(), train, options)).rejects.toThrow(/patience .* whole number from 0/);
    }
    const schedule = { name: "falls", rate: (epoch: number) => 1 - epoch };
    await expect(fit(toyModel(), train, { epochs: 2, schedule })).rejects.toThrow(/rate of epoch 2.*found -1.*"falls"/);
    const raw = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
    await expect(fit(raw, train, { epochs: 1 })).rejects.toThrow(/compile the model first/);
    await expect(fit(lstmHitPredictor({ lookBack: 14 }), train, { epochs: 1 })).rejects.toThrow(
      /\[14, 1\] = 14 numbers/,
    );
    const steep = toyModel();
    steep.compile({
      optimizer: tf.train.sgd(1e30),
      loss: (labels, output) => tf.mean(tf.squaredDifference(labels, tf.mul(output as tf.Tensor, 1e20))),
    });
    await expect(fit(steep, train, { epochs: 3 })).rejects.toThrow(/the loss stopped being a finite/);
  });

  it("ends when the validation loss alone is no longer finite", async () => {
    const model = toyModel();
    // Finite as long as the targets are the training's, 0 and 1.
    const loss = (labels: tf.Tensor, output: tf.Tensor) =>
      tf.losses.meanSquaredError(labels, output).add(tf.sqrt(tf.sub(1, labels)).sum());
    model.compile({ optimizer: tf.train.adam(0.01), loss: loss as never });
    const strange = { ...validation, y: validation.y.map(() => 2) };
    const options = { epochs: 2, validation: strange, earlyStopping: { patience: 1 } };
    await expect(fit(model, train, options)).rejects.toThrow(/the validation loss stopped being a finite.*epoch 1/);
  });
});
