import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBackend } from "../../src/backend";
import { KernelNetwork, type LayerSpec, type OptimizerSpec } from "../../src/kernels";
import { predictProbability } from "../../src/models/networks";
import { random } from "../../src/random";
import { fit } from "../../src/train";
import { toyModel, toySamples } from "../train/toy";
import { dense, drawData, drawWeights, dropout, lstm, sgd } from "./cases";

/** Every instance of the kernels made while these tests run; held weakly, so that only others keep them alive. */
const instances: WeakRef<WebAssembly.Instance>[] = [];
const { Instance } = WebAssembly;

beforeAll(async () => {
  await openBackend();
  WebAssembly.Instance = class extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      if ("trainSteps" in this.exports) instances.push(new WeakRef(this));
    }
  };
});

afterAll(() => {
  WebAssembly.Instance = Instance;
});

const alive = () => instances.filter((instance) => instance.deref() !== undefined);

/** WebAssembly memory of all instances that there are. */
function bytes(): number {
  const memories = alive().map((instance) => instance.deref()?.exports.memory as WebAssembly.Memory);
  return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

test("1,000 fits take no more memory than ten", async () => {
  const model = toyModel();
  const [train, validation] = [toySamples(60, 1), toySamples(20, 2)];
  const fits = async (count: number) => {
    for (let i = 0; i < count; i++) {
      await fit(model, train, { epochs: 2, batchSize: 16, seed: i, validation, engine: "kernels" });
      predictProbability(model, validation.x);
    }
    return { instances: instances.length, bytes: bytes(), tensors: tf.memory().numTensors };
  };
  const few = await fits(10);
  expect(few.instances).toBe(1);
  expect(await fits(1000)).toEqual(few);
  model.dispose();
});

const small = { input: [3], layers: [dense(4, "relu"), dense(1, "sigmoid")] };
const weights = drawWeights(small, random(1, "memory"));

test("what is closed is used again, also after a failed start; closing twice is once", () => {
  const before = instances.length;
  const [first, second] = [new KernelNetwork(small, weights), new KernelNetwork(small, weights)];
  const made = instances.length;
  first.close();
  first.close();
  second.close();
  for (let i = 0; i < 5; i++)
    expect(() => new KernelNetwork(small, weights.slice(1))).toThrow("the network has weights");
  const again = [new KernelNetwork(small, weights), new KernelNetwork(small, weights)];
  expect(instances.length).toBe(made);
  expect(made - before).toBeLessThanOrEqual(2);
  // Two networks at a time do not share one.
  const [one, two] = again.map((network) => network.predict(Float32Array.of(1, 2, 3), 1));
  again[0].setWeights(weights.map((array) => array.map(() => 0)));
  expect(again[0].predict(Float32Array.of(1, 2, 3), 1)).toEqual(Float32Array.of(0.5));
  expect([again[1].predict(Float32Array.of(1, 2, 3), 1), one]).toEqual([two, two]);
  for (const network of again) network.close();
});

test("a network that was never closed goes with the garbage", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const before = instances.length;
  for (let i = 0; i < 40; i++) new KernelNetwork(small, weights);
  const lost = instances.slice(before);
  // The first ones may have taken what other tests gave back.
  expect(lost.length).toBeGreaterThanOrEqual(38);
  const left = () => lost.filter((instance) => instance.deref()).length;
  for (let i = 0; i < 20 && left() > 0; i++) {
    // What was looked at stays alive until the end of the turn.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  // The last one or two may still lie on the stack.
  expect(left()).toBeLessThanOrEqual(2);
});

const adam: OptimizerSpec = { kind: "adam", learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const binary = { kind: "binaryCrossentropy" } as const;
const ending = [dense(16, "relu"), dense(1, "sigmoid")];
const large: { name: string; input: number[]; layers: LayerSpec[]; rows: number; batchSize: number }[] = [
  {
    name: "study 1's network on all 55,730 windows, streams and ranks",
    input: [14, 2],
    layers: [lstm(64, { returnSequences: true }), dropout(0.2), lstm(32), dropout(0.2), ...ending],
    rows: 55_730,
    batchSize: 32,
  },
  {
    name: "study 4's network in batches of 2,000",
    input: [15],
    layers: [dense(14, "relu"), dense(120, "relu"), dense(80, "relu"), dense(1, "sigmoid")],
    rows: 30_829,
    batchSize: 2000,
  },
];

test.each(large)("$name stays below 64 MB", ({ input, layers, rows, batchSize }) => {
  const rng = random(2, "memory");
  const spec = { input, layers };
  const data = drawData(spec, binary, rows, rng, true);
  const training = { loss: binary, optimizer: adam, batchSize, seed: 1 };
  const network = new KernelNetwork(spec, drawWeights(spec, rng), training);
  network.setTraining(data);
  network.setValidation(data);
  network.beginEpoch(1, 0.001);
  network.trainSteps(3);
  network.predict(data.x, rows);
  expect(network.memoryBytes).toBeLessThan(64 * 2 ** 20);
  network.close();
});

test("the memory of a network is laid out once: epochs, measuring and predicting take no more", () => {
  const spec = { input: [5, 2], layers: [lstm(7), ...ending] };
  const rng = random(3, "memory");
  const data = drawData(spec, binary, 100, rng);
  const network = new KernelNetwork(spec, drawWeights(spec, rng), {
    loss: binary,
    optimizer: sgd,
    batchSize: 8,
    seed: 1,
  });
  network.setTraining(data);
  network.setValidation(data);
  const epoch = (at: number) => {
    network.beginEpoch(at, 0.01);
    network.trainSteps(100);
    network.validate();
    network.predict(data.x, 100);
    network.setOptimizerState(network.optimizerState());
    network.setWeights(network.weights());
    return network.memoryBytes;
  };
  const after = epoch(1);
  for (let at = 2; at <= 200; at++) expect(epoch(at)).toBe(after);
  network.close();
});

test("a closed network is of no use, and rows are taken in once", () => {
  const training = { loss: { kind: "binaryCrossentropy" }, optimizer: sgd, batchSize: 2, seed: 1 } as const;
  const network = new KernelNetwork(small, weights, training);
  const data = { rows: 2, x: new Float32Array(6), y: new Float32Array(2) };
  network.setTraining(data);
  network.setValidation(data);
  expect(() => network.setTraining(data)).toThrow("training rows already");
  expect(() => network.setValidation(data)).toThrow("validation rows already");
  network.close();
  expect(() => network.weights()).toThrow("was closed");
});
