import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import type { KernelNetwork } from "../../src/kernels";
import type { LayerSpec, LossSpec, Measured, NetworkSpec, OptimizerSpec } from "../../src/kernels/spec";
import { random } from "../../src/random";
import { batchesOf, dense, distance, drawData, drawWeights, lstm, rowsOf, weightShapes, withNetwork } from "./cases";
import golden from "./golden/parity.json";
import { accuracy, forward, isCategorical, meanAbsoluteError, totalLoss } from "./reference";

// 22 rows in batches of 8, the last of 6: 17 epochs are 51 steps. The same numbers are in golden/parity.py.
const [rows, batchSize, epochs, seed] = [22, 8, 17, 42];

const optimizers: Readonly<Record<string, OptimizerSpec>> = {
  adam: { kind: "adam", learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  "adam, other settings": { kind: "adam", learningRate: 0.01, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 },
  rmsprop: { kind: "rmsprop", learningRate: 0.005, rho: 0.9, momentum: 0, epsilon: 1e-7, centered: false },
  "rmsprop with momentum": {
    kind: "rmsprop",
    learningRate: 0.003,
    rho: 0.8,
    momentum: 0.7,
    epsilon: 1e-7,
    centered: false,
  },
  "rmsprop centred": { kind: "rmsprop", learningRate: 0.005, rho: 0.9, momentum: 0, epsilon: 1e-3, centered: true },
  sgd: { kind: "sgd", learningRate: 0.2, momentum: 0, nesterov: false },
  momentum: { kind: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: false },
  nesterov: { kind: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true },
};

type Activation = "sigmoid" | "softmax" | "linear";

function mlp(units = 1, end: Activation = "sigmoid", l1 = 0, l2 = 0): NetworkSpec {
  const kernelPenalty = { l1, l2 };
  const first = dense(9, "relu", { kernelPenalty, biasPenalty: { l1, l2 } });
  return { input: [5], layers: [first, dense(6, "tanh", { kernelPenalty }), dense(units, end)] };
}

function recurrent(l2 = 0): NetworkSpec {
  const penalty = { l1: 0, l2 };
  const first = lstm(6, { returnSequences: true, kernelPenalty: penalty, recurrentPenalty: penalty });
  return { input: [6, 2], layers: [first, lstm(4), dense(4, "relu"), dense(1, "sigmoid")] };
}

interface Case {
  readonly name: Exclude<keyof typeof golden, "keras">;
  readonly spec: NetworkSpec;
  readonly loss: LossSpec;
  readonly optimizer: OptimizerSpec;
  readonly weighted?: boolean;
}

const binary: LossSpec = { kind: "binaryCrossentropy" };
const { adam, sgd, momentum } = optimizers;
const cases: readonly Case[] = [
  ...Object.entries(optimizers).flatMap(([name, optimizer]) => [
    { name: `mlp, ${name}` as Case["name"], spec: mlp(), loss: binary, optimizer },
    { name: `lstm, ${name}` as Case["name"], spec: recurrent(), loss: binary, optimizer },
  ]),
  { name: "mlp, classes", spec: mlp(3, "softmax"), loss: { kind: "categoricalCrossentropy" }, optimizer: sgd },
  { name: "mlp, squared error", spec: mlp(2, "linear"), loss: { kind: "meanSquaredError" }, optimizer: momentum },
  { name: "mlp, absolute error", spec: mlp(2, "linear"), loss: { kind: "meanAbsoluteError" }, optimizer: sgd },
  { name: "mlp, huber", spec: mlp(2, "linear"), loss: { kind: "huber", delta: 0.4 }, optimizer: sgd },
  { name: "mlp, penalties", spec: mlp(1, "sigmoid", 0.002, 0.01), loss: binary, optimizer: adam },
  { name: "lstm, penalties", spec: recurrent(0.003), loss: binary, optimizer: adam },
  { name: "mlp, row weights", spec: mlp(), loss: binary, optimizer: adam, weighted: true },
];

/** Weights and rows of a case, as the Python beside the golden values draws them. */
function drawn({ name, spec, loss, weighted }: Case) {
  const rng = random(seed, "golden", name);
  const weights = drawWeights(spec, rng);
  return { weights, data: drawData(spec, loss, rows, rng, weighted) };
}

/** One epoch on the kernels. */
function epochOf(network: KernelNetwork, epoch: number, rate: number): Measured {
  network.beginEpoch(epoch, rate);
  expect(network.trainSteps(100)).toBe(rows);
  return network.measured();
}

function expectWeights(ours: readonly ArrayLike<number>[], theirs: readonly ArrayLike<number>[]): void {
  expect(ours.map((array) => array.length)).toEqual(theirs.map((array) => array.length));
  ours.forEach((array, w) => {
    expect(distance(array, theirs[w]), `weight ${w}`).toBeLessThan(1e-4);
  });
}

/** Loss, accuracy where there are classes, mean absolute error: what Keras was asked for. */
function figuresOf(kind: LossSpec["kind"], { loss, accuracy, mae }: Measured): number[] {
  return kind.endsWith("Crossentropy") ? [loss, accuracy, mae] : [loss, mae];
}

describe.each(cases)("Keras: $name", (item) => {
  const { name, spec, loss, optimizer } = item;
  const keras = golden[name];

  test("51 steps later the weights are Keras', and so are the figures", () => {
    const { weights, data } = drawn(item);
    withNetwork(spec, weights, { loss, optimizer, batchSize, seed }, (network) => {
      network.setTraining(data);
      network.setValidation(data);
      const measured = Array.from({ length: epochs }, (_, e) => epochOf(network, e + 1, optimizer.learningRate));
      expectWeights(network.weights(), keras.weights);
      expect(distance(figuresOf(loss.kind, measured[0]), keras.epochs[0])).toBeLessThan(1e-5);
      expect(distance(figuresOf(loss.kind, measured[epochs - 1]), keras.epochs[1])).toBeLessThan(1e-4);
      expect(distance(figuresOf(loss.kind, network.validate()), keras.evaluated)).toBeLessThan(1e-4);
    });
  });

  test("with the optimizer's state a training goes on elsewhere, to the bit", () => {
    const { weights, data } = drawn(item);
    const training = { loss, optimizer, batchSize, seed };
    const epochsOn = (network: KernelNetwork, from: number, to: number) => {
      network.setTraining(data);
      for (let epoch = from; epoch <= to; epoch++) epochOf(network, epoch, optimizer.learningRate);
      return { state: network.optimizerState(), weights: network.weights() };
    };
    const unbroken = withNetwork(spec, weights, training, (network) => epochsOn(network, 1, 4));
    const half = withNetwork(spec, weights, training, (network) => epochsOn(network, 1, 2));
    expect(half.state.step).toBe(6);
    const resumed = withNetwork(spec, half.weights, training, (network) => {
      network.setOptimizerState(half.state);
      return epochsOn(network, 3, 4);
    });
    expect(resumed).toEqual(unbroken);
  });

  // What the gradients are compared with must be right itself.
  test("the reference measures at Keras' weights what Keras does", () => {
    const data = rowsOf(drawn({ ...item, weighted: false }).data);
    const weights = keras.weights.map((array) => Float64Array.from(array));
    const { output } = forward(spec, weights, data.x, rows);
    const measured = {
      loss: totalLoss(spec, weights, loss, data),
      accuracy: accuracy(loss, { output, y: data.y }),
      mae: meanAbsoluteError(output, data.y),
    };
    expect(distance(figuresOf(loss.kind, measured), keras.evaluated)).toBeLessThan(1e-5);
  });
});

// Left to Keras: tfjs' centred RMSprop subtracts epsilon below the root where Keras adds it (and comes to NaN), its
// LSTM forgets the penalties of its weights, and its trainOnBatch knows no row weights. Its LSTM is slow, too: there
// one optimizer of each kind will do.
const knownToTf = cases.filter(({ name }) => {
  if (name.startsWith("lstm")) return /, (adam|rmsprop|nesterov)$/.test(name);
  return !/centred|row weights/.test(name);
});

describe.each(knownToTf)("tfjs: $name", (item) => {
  beforeAll(async () => {
    await tf.setBackend("cpu");
  });

  test("51 steps later the weights are tfjs'", async () => {
    // tfjs' Adam divides by sqrt(v / (1 - beta2^t)) + epsilon, Keras' (and ours) by (sqrt(v) + epsilon) / sqrt(1 -
    // beta2^t): without an epsilon to speak of they are the same.
    const optimizer = item.optimizer.kind === "adam" ? { ...item.optimizer, epsilon: 1e-12 } : item.optimizer;
    const { weights, data } = drawn(item);
    const theirs = await trainByTf({ ...item, optimizer }, weights, data);
    withNetwork(item.spec, weights, { loss: item.loss, optimizer, batchSize, seed }, (network) => {
      network.setTraining(data);
      for (let epoch = 1; epoch <= epochs; epoch++) epochOf(network, epoch, optimizer.learningRate);
      expectWeights(network.weights(), theirs);
    });
  });
});

/** The weights after the same steps by tfjs itself. */
async function trainByTf(item: Case, weights: readonly Float32Array[], data: ReturnType<typeof drawn>["data"]) {
  const model = tfModel(item);
  const shapes = weightShapes(item.spec);
  const before = weights.map((values, w) => tf.tensor(values, shapes[w]));
  model.setWeights(before);
  const x = tf.tensor(data.x, [rows, ...item.spec.input]);
  const y = tf.tensor(data.y, [rows, data.y.length / rows]);
  for (let epoch = 1; epoch <= epochs; epoch++)
    for (const order of batchesOf(rows, batchSize, seed, epoch)) {
      const batch = [tf.gather(x, order), tf.gather(y, order)];
      await model.trainOnBatch(batch[0], batch[1]);
      tf.dispose(batch);
    }
  const after = model.getWeights().map((tensor) => tensor.dataSync() as Float32Array);
  tf.dispose([...before, x, y]);
  model.dispose();
  return after;
}

function tfModel({ spec, loss, optimizer }: Case): tf.Sequential {
  const model = tf.sequential({
    layers: spec.layers.map((layer, at) => tfLayer(layer, at === 0 ? [...spec.input] : undefined)),
  });
  model.compile({ optimizer: tfOptimizer(optimizer), loss: tfLoss(loss) });
  return model;
}

function tfLayer(layer: LayerSpec, inputShape?: number[]): tf.layers.Layer {
  const place = inputShape ? { inputShape } : {};
  const penalty = (of?: { l1: number; l2: number }) => (of ? tf.regularizers.l1l2(of) : undefined);
  if (layer.kind !== "dense" && layer.kind !== "lstm") throw new Error(`no ${layer.kind} in these tests`);
  const penalties = {
    kernelRegularizer: penalty(layer.kernelPenalty),
    biasRegularizer: penalty(layer.biasPenalty),
  };
  if (layer.kind === "dense") {
    const { units, activation, bias } = layer;
    return tf.layers.dense({ units, activation, useBias: bias, ...penalties, ...place });
  }
  const { units, returnSequences } = layer;
  const recurrentRegularizer = penalty(layer.recurrentPenalty);
  const gates = { recurrentActivation: "sigmoid", recurrentInitializer: "zeros" } as const;
  return tf.layers.lstm({ units, returnSequences, recurrentRegularizer, ...gates, ...penalties, ...place });
}

function tfOptimizer(optimizer: OptimizerSpec): tf.Optimizer {
  const { learningRate } = optimizer;
  if (optimizer.kind === "adam")
    return tf.train.adam(learningRate, optimizer.beta1, optimizer.beta2, optimizer.epsilon);
  if (optimizer.kind === "rmsprop") {
    const { rho, momentum, epsilon, centered } = optimizer;
    return tf.train.rmsprop(learningRate, rho, momentum, epsilon, centered);
  }
  const { momentum, nesterov } = optimizer;
  return momentum > 0 ? tf.train.momentum(learningRate, momentum, nesterov) : tf.train.sgd(learningRate);
}

/** tfjs has no Huber loss among its names; the one of its losses takes the targets first. */
function tfLoss(loss: LossSpec): string | ((y: tf.Tensor, p: tf.Tensor) => tf.Tensor) {
  if (loss.kind === "huber") return (y, p) => tf.losses.huberLoss(y, p, undefined, loss.delta);
  return isCategorical(loss) ? "categoricalCrossentropy" : loss.kind;
}
