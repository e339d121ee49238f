import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { initializeWeights } from "../../src/models/initialize";
import { random } from "../../src/random";
import type { Samples } from "../../src/samples";
import { fit } from "../../src/train";
import { weightsOf } from "../../src/train/weights";
import { engines, toySamples } from "./toy";

beforeAll(async () => {
  await openBackend();
});

const rows = 37;
const samples = toySamples(rows, 11);
const sampleWeights = Float64Array.from({ length: rows }, (_, r) => random(2, "weights", r).integer(0, 4) / 2);

function logistic(learningRate: number): tf.Sequential {
  const layer = { units: 1, activation: "sigmoid" as const, inputShape: [3], kernelInitializer: "zeros" as const };
  const model = tf.sequential({ layers: [tf.layers.dense(layer)] });
  model.compile({ optimizer: tf.train.sgd(learningRate), loss: "binaryCrossentropy" });
  return model;
}

/** One step of gradient descent from zero on all rows: the gradient of (sum_i w_i L_i) / n, written out. */
function stepByHand({ x, y }: Samples, weights: Float64Array, rate: number): { weights: number[]; loss: number } {
  const gradient = [0, 0, 0, 0];
  for (let r = 0; r < x.rows; r++) {
    const slope = (weights[r] * (0.5 - y[r])) / x.rows;
    for (let c = 0; c < 3; c++) gradient[c] += slope * x.data[3 * r + c];
    gradient[3] += slope;
  }
  const loss = (Math.log(2) * weights.reduce((sum, weight) => sum + weight, 0)) / x.rows;
  return { weights: gradient.map((slope) => -rate * slope), loss };
}

function expectNear(ours: ArrayLike<number>, theirs: ArrayLike<number>, digits: number): void {
  expect(ours.length).toBe(theirs.length);
  Array.from(ours).forEach((value, at) => {
    expect(value).toBeCloseTo(theirs[at], digits);
  });
}

describe.each(engines)("sample weights by %s", (engine) => {
  it("weigh the loss of each row, divided by the batch's rows", async () => {
    const model = logistic(0.5);
    const history = await fit(model, samples, { epochs: 1, batchSize: rows, sampleWeights, engine });
    const expected = stepByHand(samples, sampleWeights, 0.5);
    expectNear(
      weightsOf(model).flatMap((values) => [...values]),
      expected.weights,
      6,
    );
    expect(history.last.loss).toBeCloseTo(expected.loss, 5);
  });

  it("of one change nothing", async () => {
    const [plain, weighted] = [logistic(0.5), logistic(0.5)];
    const options = { epochs: 2, batchSize: 8, engine };
    const first = await fit(plain, samples, options);
    const second = await fit(weighted, samples, { ...options, sampleWeights: new Float64Array(rows).fill(1) });
    weightsOf(weighted).forEach((values, at) => {
      expectNear(values, weightsOf(plain)[at], 6);
    });
    expectNear(second.loss, first.loss, 6);
  });

  it("are refused with the row that is wrong, before the training", async () => {
    const bad = (at: number, value: number) => sampleWeights.map((weight, r) => (r === at ? value : weight));
    const training = (weights: Float64Array) =>
      fit(logistic(0.5), samples, { epochs: 1, sampleWeights: weights, engine });
    await expect(training(bad(4, -1))).rejects.toThrow(/sample weight of row 4 .*found -1/);
    await expect(training(bad(5, Number.NaN))).rejects.toThrow(/sample weight of row 5 .*found NaN/);
    await expect(training(bad(6, 1e39))).rejects.toThrow(/sample weight of row 6/);
    await expect(training(new Float64Array(rows))).rejects.toThrow(/all sample weights are zero/);
    await expect(training(new Float64Array(3))).rejects.toThrow(/3 sample weights for 37 training rows/);
  });
});

it("refuses to weigh rows in a loss that is one number for all", async () => {
  const model = logistic(0.1);
  model.compile({ optimizer: tf.train.sgd(0.1), loss: (labels, output) => tf.losses.logLoss(labels, output) });
  const before = tf.memory().numTensors;
  const training = fit(model, samples, { epochs: 1, sampleWeights });
  await expect(training).rejects.toThrow(/a loss that gives one number per row.*found "\[\] for 2 rows"/);
  expect(tf.memory().numTensors).toBe(before);
  model.compile({
    optimizer: tf.train.sgd(0.1),
    loss: (labels, output) => tf.metrics.binaryCrossentropy(labels, output),
  });
  expect((await fit(model, samples, { epochs: 1, sampleWeights })).epochs).toBe(1);
});

it.each([
  ["binaryCrossentropy", 1, "sigmoid"],
  ["categoricalCrossentropy", 3, "softmax"],
  ["sparseCategoricalCrossentropy", 3, "softmax"],
  ["meanSquaredError", 1, "linear"],
  ["meanAbsoluteError", 1, "linear"],
] as const)("by both engines take the same steps on the same batches: %s", async (loss, units, activation) => {
  const classed = { ...samples, y: samples.y.map((y, r) => (units === 1 ? y : r % units)) };
  const trained = [];
  for (const engine of engines) {
    const layer = { units, activation, inputShape: [3] };
    const model = tf.sequential({ layers: [tf.layers.dense({ ...layer, kernelInitializer: "zeros" })] });
    initializeWeights(model, 4);
    model.compile({ optimizer: tf.train.sgd(0.1), loss, metrics: ["accuracy"] });
    const options = { epochs: 3, batchSize: 10, sampleWeights, validation: classed, engine };
    trained.push({ history: await fit(model, classed, options), weights: weightsOf(model) });
  }
  const [byTfjs, byKernels] = trained;
  for (const [at, values] of byTfjs.weights.entries()) expectNear(byKernels.weights[at], values, 5);
  for (const figure of ["loss", "accuracy", "valLoss", "valAccuracy"] as const) {
    expectNear(byKernels.history[figure], byTfjs.history[figure], 5);
  }
});
