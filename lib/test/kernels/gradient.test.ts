import { expect, test } from "vitest";
import { KernelNetwork } from "../../src/kernels";
import type { Activation, LayerSpec, LossSpec, NetworkSpec, Penalty } from "../../src/kernels/spec";
import { random } from "../../src/random";
import {
  batchesOf,
  dense,
  distance,
  drawData,
  drawWeights,
  float64,
  kernelStep,
  lstm,
  rowsOf,
  sgd,
  withNetwork,
} from "./cases";
import { accuracy, alongDirection, differences, forward, meanAbsoluteError, type Rows, totalLoss } from "./reference";

interface Case {
  readonly name: string;
  readonly spec: NetworkSpec;
  readonly loss: LossSpec;
  readonly rows: number;
  readonly weighted?: boolean;
}

const losses: readonly LossSpec[] = [
  { kind: "binaryCrossentropy" },
  { kind: "categoricalCrossentropy" },
  { kind: "sparseCategoricalCrossentropy" },
  { kind: "meanSquaredError" },
  { kind: "meanAbsoluteError" },
  { kind: "huber", delta: 0.4 },
];
const activations: readonly Activation[] = ["linear", "relu", "sigmoid", "tanh", "softmax"];
const penalties: readonly (Penalty | undefined)[] = [
  undefined,
  { l1: 0.03, l2: 0 },
  { l1: 0, l2: 0.05 },
  { l1: 0.02, l2: 0.04 },
];
const units = [1, 3, 5, 7, 13, 33];
const batches = [1, 2, 5, 7];

/** Outputs and loss that make sense together: one unit or several, cross-entropy of probabilities only. */
function ending(loss: LossSpec, at: number): { activation: Activation; units: number } {
  switch (loss.kind) {
    case "binaryCrossentropy":
      // softmax: cross-entropy of probabilities that come from no sigmoid.
      return { activation: (["sigmoid", "softmax", "sigmoid"] as const)[at % 3], units: [1, 3, 5][at % 3] };
    case "categoricalCrossentropy":
    case "sparseCategoricalCrossentropy":
      // sigmoid: probabilities that do not sum to one.
      return { activation: (["softmax", "sigmoid"] as const)[at % 2], units: [2, 3, 5, 7][at % 4] };
    default:
      return { activation: activations[at % 4], units: [1, 2, 5][at % 3] };
  }
}

function denseCases(): Case[] {
  const cases: Case[] = [];
  for (const activation of activations)
    for (const loss of losses)
      for (const kernelPenalty of penalties) {
        const at = cases.length;
        const [first, last] = [units[at % 5], ending(loss, at)];
        const biasPenalty = penalties[(at + 1) % 4];
        const layers = [
          dense(first, activation, { bias: at % 5 !== 3, kernelPenalty, biasPenalty }),
          dense(last.units, last.activation, { bias: at % 7 !== 3, kernelPenalty: biasPenalty }),
        ];
        const rows = batches[at % 4];
        const name = `dense ${first} ${activation} - ${last.units} ${last.activation}, ${loss.kind}, ${words(kernelPenalty)}, ${rows} rows`;
        cases.push({ name, spec: { input: [1 + (at % 6)], layers }, loss, rows, weighted: at % 3 === 0 });
      }
  return cases;
}

function lstmCases(): Case[] {
  const cases: Case[] = [];
  for (const first of units)
    for (const steps of [1, 2, 14])
      for (const features of [1, 2, 3]) {
        const at = cases.length;
        const loss = losses[at % losses.length];
        const last = ending(loss, at);
        const [kernelPenalty, recurrentPenalty, biasPenalty] = [0, 1, 2].map((by) => penalties[(at + by) % 4]);
        const layers = [
          lstm(first, { kernelPenalty, recurrentPenalty, biasPenalty }),
          dense(last.units, last.activation),
        ];
        const rows = batches[(at + 1) % 4];
        const name = `LSTM ${first} on ${steps} x ${features}, ${loss.kind}, ${words(kernelPenalty)}, ${rows} rows`;
        cases.push({ name, spec: { input: [steps, features], layers }, loss, rows, weighted: at % 2 === 0 });
      }
  return cases;
}

const binary: LossSpec = { kind: "binaryCrossentropy" };
const squared: LossSpec = { kind: "meanSquaredError" };
const sequence = { returnSequences: true };
interface Stack {
  readonly name: string;
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
  /** Default binary cross-entropy. */
  readonly loss?: LossSpec;
  readonly rows?: number;
}

const ofItsOwn = (activation: Activation) => ({ kind: "activation", activation }) as const;
const stackList: readonly Stack[] = [
  { name: "LSTM - LSTM - dense", input: [5, 2], layers: [lstm(7, sequence), lstm(5), dense(1, "sigmoid")] },
  {
    name: "LSTM - dense over the sequence - LSTM - dense",
    input: [4, 3],
    layers: [lstm(5, sequence), dense(3, "tanh"), lstm(6), dense(1, "sigmoid")],
  },
  { name: "dense over the sequence - LSTM", input: [4, 3], layers: [dense(6, "relu"), lstm(3), dense(1, "sigmoid")] },
  {
    name: "three LSTMs",
    input: [3, 1],
    layers: [lstm(4, sequence), lstm(3, sequence), lstm(2), dense(1, "sigmoid")],
  },
  { name: "LSTM alone", input: [3, 2], layers: [lstm(8)], loss: squared },
  { name: "one dense layer", input: [3], layers: [dense(1, "sigmoid", { bias: false })] },
  {
    name: "activations of their own",
    input: [3],
    layers: [dense(5, "linear"), ofItsOwn("tanh"), dense(1, "linear"), ofItsOwn("sigmoid")],
  },
  {
    name: "softmax of its own",
    input: [4],
    layers: [dense(3, "relu"), ofItsOwn("softmax")],
    loss: { kind: "categoricalCrossentropy" },
  },
  {
    name: "a softmax inside",
    input: [4],
    layers: [dense(6, "softmax"), dense(3, "softmax"), dense(2, "linear")],
    loss: squared,
  },
  { name: "flatten that changes nothing", input: [4], layers: [{ kind: "flatten" }, dense(1, "sigmoid")] },
  { name: "flatten of the input", input: [4, 3], layers: [{ kind: "flatten" }, dense(1, "sigmoid")] },
  ...(["relu", "sigmoid", "softmax"] as const).map((activation) => ({
    name: `${activation} of its own on a sequence`,
    input: [4, 3],
    layers: [lstm(4, sequence), ofItsOwn(activation), lstm(2), dense(1, "sigmoid")],
  })),
  // Products over more than 256 rows go by blocks.
  { name: "600 rows", input: [3], layers: [dense(9, "tanh"), dense(5, "relu"), dense(1, "sigmoid")], rows: 600 },
  {
    name: "261 rows, 257 units",
    input: [9],
    layers: [dense(257, "relu"), dense(3, "tanh"), dense(1, "sigmoid")],
    rows: 261,
  },
  {
    name: "LSTMs, 41 rows of 14 steps",
    input: [14, 3],
    layers: [lstm(5, sequence), lstm(4), dense(1, "sigmoid")],
    rows: 41,
  },
  { name: "300 units without a bias", input: [3], layers: [dense(300, "tanh", { bias: false }), dense(1, "sigmoid")] },
  {
    name: "study 1's layers",
    input: [14, 1],
    layers: [lstm(64, sequence), lstm(32), dense(16, "relu"), dense(1, "sigmoid")],
  },
];
const stacks: readonly Case[] = stackList.map(({ name, input, layers, loss = binary, rows }, at) => ({
  name,
  spec: { input, layers },
  loss,
  rows: rows ?? [6, 3][at % 2],
}));

const words = (penalty?: Penalty) => (penalty ? `l1 ${penalty.l1} l2 ${penalty.l2}` : "no penalty");

/**
 * Compares a gradient with central differences: every entry of a small network, of a large one some entries and the
 * slopes along some directions, which take all entries in.
 */
function expectGradient(
  gradient: readonly Float64Array[],
  f: (weights: readonly Float64Array[]) => number,
  at: readonly Float64Array[],
): void {
  const flat = gradient.flatMap((array) => Array.from(array));
  const rng = random(3, "entries");
  const wanted = flat.length <= 150 ? [...flat.keys()] : Array.from(rng.sample(flat.length, 20));
  const most = Math.max(...flat.map(Math.abs));
  differences(f, at, wanted).forEach((slope, i) => {
    expect(Math.abs(flat[wanted[i]] - slope), `entry ${wanted[i]}`).toBeLessThanOrEqual(1e-4 * most + 1e-9);
  });
  if (flat.length <= 150) return;
  for (let d = 0; d < 4; d++) {
    const direction = at.map((array) => array.map(() => rng.integer(0, 2) * 2 - 1));
    const ours = gradient.flatMap((array, a) => Array.from(array, (g, i) => g * direction[a][i]));
    const off = Math.abs(ours.reduce((a, b) => a + b) - alongDirection(f, at, direction));
    expect(off, "along a direction").toBeLessThanOrEqual(1e-4 * Math.hypot(...ours));
  }
}

test.each([...denseCases(), ...lstmCases(), ...stacks])("$name", ({ spec, loss, rows, weighted }) => {
  const rng = random(7, "gradient", rows);
  const weights = drawWeights(spec, rng);
  const data = drawData(spec, loss, rows, rng, weighted);
  const { gradient, measured } = kernelStep(spec, weights, loss, data);
  const [exact, float] = [rowsOf(data), float64(weights)];
  expect(measured.loss / totalLoss(spec, float, loss, exact)).toBeCloseTo(1, 5);
  expectFigures(measured, spec, float, loss, exact);
  expectGradient(gradient, (at) => totalLoss(spec, at, loss, exact), float);
});

/** Accuracy and mean absolute error of rows, without regard to their weights. */
function expectFigures(
  measured: { accuracy: number; mae: number },
  spec: NetworkSpec,
  weights: readonly Float64Array[],
  loss: LossSpec,
  data: Rows,
): void {
  const { output } = forward(spec, weights, data.x, data.rows);
  expect(measured.accuracy).toBeCloseTo(accuracy(loss, { output, y: data.y }), 6);
  expect(measured.mae).toBeCloseTo(meanAbsoluteError(output, data.y), 5);
}

test("an epoch: the last batch is short, and the figures are means over rows", () => {
  const spec = { input: [3, 2], layers: [lstm(5), dense(3, "softmax", { kernelPenalty: { l1: 0.01, l2: 0.02 } })] };
  const loss = { kind: "categoricalCrossentropy" } as const;
  const rng = random(8, "epoch");
  const data = drawData(spec, loss, 11, rng, true);
  let weights = drawWeights(spec, rng);
  const training = { loss, optimizer: sgd, batchSize: 4, seed: 5 };
  withNetwork(spec, weights, training, (network) => {
    network.setTraining(data);
    network.beginEpoch(3, 1);
    const sums = { rows: 0, loss: 0, accuracy: 0, mae: 0 };
    for (const order of batchesOf(11, 4, 5, 3)) {
      const batch = rowsOf(data, order);
      const at = float64(weights);
      const done = network.trainSteps(1);
      const after = network.weights();
      expectGradient(
        after.map((array, w) => Float64Array.from(array, (value, i) => at[w][i] - value)),
        (moved) => totalLoss(spec, moved, loss, batch),
        at,
      );
      const { output } = forward(spec, at, batch.x, batch.rows);
      sums.rows += batch.rows;
      sums.loss += batch.rows * totalLoss(spec, at, loss, batch);
      sums.accuracy += batch.rows * accuracy(loss, { output, y: batch.y });
      sums.mae += batch.rows * meanAbsoluteError(output, batch.y);
      expect(done).toBe(sums.rows);
      const measured = network.measured();
      expect(measured.loss).toBeCloseTo(sums.loss / sums.rows, 5);
      expect(measured.accuracy).toBeCloseTo(sums.accuracy / sums.rows, 6);
      expect(measured.mae).toBeCloseTo(sums.mae / sums.rows, 5);
      weights = after;
    }
    expect(sums.rows).toBe(11);
    expect(network.trainSteps(1)).toBe(11);
    expect(network.weights()).toEqual(weights);
  });
});

test("validation: loss with penalties, and the figures of the rows", () => {
  const kernelPenalty = { l1: 0.01, l2: 0.02 };
  const spec = { input: [4], layers: [dense(7, "tanh", { kernelPenalty }), dense(1, "sigmoid")] };
  const rng = random(9, "validation");
  const weights = drawWeights(spec, rng);
  const training = { loss: binary, optimizer: sgd, batchSize: 4, seed: 5 };
  for (const rows of [1, 37, 1500]) {
    const data = drawData(spec, binary, rows, rng);
    withNetwork(spec, weights, training, (network) => {
      network.setValidation(data);
      const measured = network.validate();
      const [exact, float] = [rowsOf(data), float64(weights)];
      expect(measured.loss).toBeCloseTo(totalLoss(spec, float, binary, exact), 5);
      expectFigures(measured, spec, float, binary, exact);
      expect(network.weights()).toEqual(weights);
    });
  }
});

test("saturated outputs: the loss and its gradient stay what they are", () => {
  const spec = { input: [1], layers: [dense(1, "sigmoid")] };
  const weights = [Float32Array.of(60), Float32Array.of(0)];
  const data = { rows: 2, x: Float32Array.of(1, -1), y: Float32Array.of(0, 0) };
  const { gradient, measured } = kernelStep(spec, weights, binary, data);
  expect(measured.loss).toBeCloseTo(30, 4);
  expect(distance([gradient[0][0], gradient[1][0]], [0.5, 0.5])).toBeLessThan(1e-5);
});

test("predictions of 1, 3 and 2,000 rows equal the reference row by row", () => {
  const spec = { input: [14, 1], layers: [lstm(9, sequence), lstm(5), dense(3, "relu"), dense(2, "softmax")] };
  const rng = random(10, "predict");
  const weights = drawWeights(spec, rng);
  withNetwork(spec, weights, undefined, (network) => {
    expect(network.outputs).toBe(2);
    for (const rows of [1, 3, 2000]) {
      const data = drawData(spec, { kind: "categoricalCrossentropy" }, rows, rng);
      const ours = network.predict(data.x, rows);
      expect(distance(ours, forward(spec, float64(weights), rowsOf(data).x, rows).output.data)).toBeLessThan(1e-5);
      // A row's digits do not depend on its neighbours.
      expect(network.predict(data.x.slice(0, 14), 1)).toEqual(ours.slice(0, 2));
    }
    expect(network.predict(new Float32Array(0), 0)).toEqual(new Float32Array(0));
  });
});

test("an LSTM is filled up with zeros inside; what would let them be seen is refused", () => {
  const rng = random(11, "filled up");
  for (const layers of [[lstm(5)], [lstm(5), ofItsOwn("sigmoid"), dense(1, "sigmoid")]]) {
    const spec = { input: [3, 2], layers };
    expect(() => new KernelNetwork(spec, drawWeights(spec, rng))).toThrow(/the kernels take layer \d .*only /);
  }
});

test("after many steps the network is still the one that its weights describe", () => {
  const layers = [lstm(3, sequence), lstm(5, sequence), dense(3, "sigmoid"), lstm(6), dense(1, "sigmoid")];
  const spec = { input: [4, 2], layers };
  const rng = random(12, "many steps");
  const data = drawData(spec, binary, 20, rng);
  const optimizer = { kind: "adam", learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
  const training = { loss: binary, optimizer, batchSize: 7, seed: 5 };
  withNetwork(spec, drawWeights(spec, rng), training, (network) => {
    network.setTraining(data);
    for (let epoch = 1; epoch <= 20; epoch++) {
      network.beginEpoch(epoch, 0.05);
      network.trainSteps(3);
    }
    const { output } = forward(spec, float64(network.weights()), rowsOf(data).x, 20);
    expect(distance(network.predict(data.x, 20), output.data)).toBeLessThan(1e-5);
  });
});

test.each(activations)("what is no number shows in the loss and in that row's prediction: %s", (activation) => {
  const rng = random(13, "NaN");
  const loss = losses[activation === "softmax" ? 1 : 3];
  for (const [input, layers] of [
    [[3], [dense(3, activation), dense(2, activation)]],
    [
      [2, 3],
      [lstm(3), dense(2, activation)],
    ],
  ] as const) {
    const spec = { input, layers };
    const [weights, data] = [drawWeights(spec, rng), drawData(spec, loss, 4, rng)];
    data.x[1] = Number.NaN;
    expect(kernelStep(spec, weights, loss, data).measured.loss).toBeNaN();
    withNetwork(spec, weights, undefined, (network) => {
      const shown = Array.from(network.predict(data.x, 4), Number.isNaN);
      expect(shown).toEqual([true, true, false, false, false, false, false, false]);
    });
  }
});
