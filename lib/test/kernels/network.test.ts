import { describe, expect, test } from "vitest";
import { KernelNetwork, type LayerSpec, type TrainingSpec } from "../../src/kernels";
import { KernelInstance } from "../../src/kernels/instance";
import { random } from "../../src/random";
import { dense, drawWeights, lstm, sgd } from "./cases";

const spec = { input: [3], layers: [dense(4, "relu"), dense(1, "sigmoid")] };
const weights = drawWeights(spec, random(1, "network"));
const training: TrainingSpec = { loss: { kind: "binaryCrossentropy" }, optimizer: sgd, batchSize: 2, seed: 1 };
const data = { rows: 2, x: Float32Array.of(1, 2, 3, 4, 5, 6), y: Float32Array.of(0, 1) };

describe("a network refuses", () => {
  test("to train when it was made to predict only, and stays what it was", () => {
    const network = new KernelNetwork(spec, weights);
    const before = network.predict(data.x, 2);
    expect(() => network.setTraining(data)).toThrow(/made to predict only.*pass loss, optimizer/);
    network.beginEpoch(1, 0.1);
    expect(network.trainSteps(5)).toBe(0);
    expect(network.predict(data.x, 2)).toEqual(before);
    network.close();
  });

  test("weights of rows that are not one per row", () => {
    const network = new KernelNetwork(spec, weights, training);
    const short = { ...data, weights: Float32Array.of(1) };
    expect(() => network.setTraining(short)).toThrow(/there are 1 weights for 2 rows.*one weight per row/);
    network.close();
  });

  test.each([0, 2.5, Number.NaN])("batches of %d rows", (batchSize) => {
    const make = () => new KernelNetwork(spec, weights, { ...training, batchSize });
    expect(make).toThrow(/batchSize must be a whole number from 1 \(found/);
  });

  test.each([
    ["on rows", [3], [lstm(4), dense(1, "sigmoid")]],
    ["on a flattened input", [2, 3], [{ kind: "flatten" }, lstm(4), dense(1, "sigmoid")]],
    ["on the last step of another", [2, 3], [lstm(4), lstm(4), dense(1, "sigmoid")]],
  ] as [string, number[], LayerSpec[]][])("an LSTM %s: that is no sequence", (_where, input, layers) => {
    expect(() => new KernelNetwork({ input, layers }, [])).toThrow(/\(lstm\) only on sequences \[steps, features\]/);
  });

  test("units that are no whole number", () => {
    const strange = { input: [3], layers: [dense(Number.NaN, "relu"), dense(1, "sigmoid")] };
    expect(() => new KernelNetwork(strange, weights)).toThrow(/cannot lay out so many numbers \(found NaN\)/);
  });
});

test("a sequence of one step is one", () => {
  const one = { input: [1, 3], layers: [lstm(4), dense(1, "sigmoid")] };
  const network = new KernelNetwork(one, drawWeights(one, random(2, "network")));
  expect(network.predict(data.x, 2)).toHaveLength(2);
  network.close();
});

test("addresses go beyond 2 GB: more memory than there is ends in a sentence", () => {
  const instance = KernelInstance.lease();
  const bytes = instance.bytes;
  expect(() => instance.allocate(2 ** 30)).toThrow(/cannot get \d+ MB more memory.*fewer rows/);
  expect(instance.bytes).toBe(bytes);
  instance.release();
});
