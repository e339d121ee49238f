import { studyRows } from "../../../src/data/study-charts";
import { provideKernels } from "../../../src/kernels/instance";
import { KernelNetwork } from "../../../src/kernels/network";
import type {
  Activation,
  KernelData,
  LayerSpec,
  LossSpec,
  NetworkSpec,
  OptimizerSpec,
  Penalty,
} from "../../../src/kernels/spec";
import { random } from "../../../src/random";

/**
 * Each study's network after one epoch, on the kernels. The file runs wherever WebAssembly does: in Node, and bundled
 * to one script in a page; nothing in it may depend on where it runs (no Math.exp or the like).
 */

interface Training {
  readonly spec: NetworkSpec;
  readonly loss: LossSpec["kind"];
  readonly optimizer: OptimizerSpec;
  readonly batchSize: number;
  readonly data: KernelData;
}

const adam: OptimizerSpec = { kind: "adam", learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const rmsprop: OptimizerSpec = {
  kind: "rmsprop",
  learningRate: 0.001,
  rho: 0.9,
  momentum: 0,
  epsilon: 1e-7,
  centered: false,
};
const seed = 42;

const dropout = (rate: number): LayerSpec => ({ kind: "dropout", rate });
const lstm = (units: number, returnSequences: boolean): LayerSpec => ({ kind: "lstm", units, returnSequences });
const dense = (units: number, activation: Activation, kernelPenalty?: Penalty): LayerSpec => ({
  kind: "dense",
  units,
  activation,
  bias: true,
  ...(kernelPenalty ? { kernelPenalty } : {}),
});

/** Study 5 as its notebook ran it: the first layer is not penalised. */
function study5(rates: readonly number[], penalty: Penalty, optimizer: OptimizerSpec): Training {
  const [first, second] = rates.map(dropout);
  const layers = [
    dense(128, "relu"),
    first,
    dense(64, "relu", penalty),
    second,
    dense(32, "relu", penalty),
    dense(16, "relu", penalty),
    dense(1, "sigmoid"),
  ];
  const data = madeUp(2944, 24, "5", sides(1));
  return { spec: { input: [24], layers }, loss: "binaryCrossentropy", optimizer, batchSize: 64, data };
}

/** The networks of the studies, and rows as many and as wide as theirs. */
function trainings(): Readonly<Record<string, Training>> {
  const study1 = [lstm(64, true), dropout(0.2), lstm(32, false), dropout(0.2), dense(16, "relu"), dense(1, "sigmoid")];
  const study2 = [dense(64, "relu"), dense(32, "relu"), dense(1, "sigmoid")];
  const study3 = [dense(64, "relu"), dropout(0.2), dense(32, "relu"), dense(1, "linear")];
  const study4 = [dense(14, "relu"), dense(120, "relu"), dense(80, "relu"), dense(2, "softmax")];
  return {
    "1 LSTM": {
      spec: { input: [14, 1], layers: study1 },
      loss: "binaryCrossentropy",
      optimizer: adam,
      batchSize: 32,
      data: study1Windows(),
    },
    "2 classifier": {
      spec: { input: [15], layers: study2 },
      loss: "binaryCrossentropy",
      optimizer: adam,
      batchSize: 32,
      data: madeUp(4416, 15, "2", sides(1)),
    },
    "3 regression": {
      spec: { input: [33], layers: study3 },
      loss: "meanSquaredError",
      optimizer: adam,
      batchSize: 32,
      data: madeUp(758, 33, "3", (sum) => [19.5 + sum]),
    },
    "4 comparison": {
      spec: { input: [15], layers: study4 },
      loss: "categoricalCrossentropy",
      optimizer: adam,
      batchSize: 2000,
      data: madeUp(30_829, 15, "4", sides(2)),
    },
    "5 L1": study5([0.5, 0.2], { l1: 0.0001, l2: 0 }, adam),
    "5 L2": study5([0.3, 0.2], { l1: 0, l2: 0.0001 }, rmsprop),
  };
}

/** Targets of a linear rule: one output 0 or 1, or one-hot for two. */
const sides = (outputs: 1 | 2) => (sum: number) => (outputs === 1 ? [sum > 0 ? 1 : 0] : sum > 0 ? [0, 1] : [1, 0]);

/** Rows uniform on +-1, with targets that depend on the sum of their first three numbers. */
function madeUp(rows: number, columns: number, study: string, target: (sum: number) => number[]): KernelData {
  const rng = random(seed, "same digits", study);
  const x = Float32Array.from({ length: rows * columns }, () => 2 * rng.uniform() - 1);
  const sums = Array.from({ length: rows }, (_, r) => x[r * columns] + x[r * columns + 1] + x[r * columns + 2]);
  return { rows, x, y: Float32Array.from(sums.flatMap(target)) };
}

/** 2,560 of study 1's 3,200 windows: 14 days of a song's streams, 0..1 by column; a hit within the next 7 days? */
function study1Windows(): KernelData {
  const songs = new Map<string, { day: number; rank: number; streams: number }[]>();
  for (const row of studyRows(seed)) songs.set(row.title, [...(songs.get(row.title) ?? []), row]);
  const windows = [...songs.values()].flatMap((days) =>
    Array.from({ length: days.length - 20 }, (_, from) => ({
      x: days.slice(from, from + 14).map(({ streams }) => streams),
      y: days.slice(from + 14, from + 21).some(({ rank }) => rank <= 50) ? 1 : 0,
    })),
  );
  const columns = Array.from({ length: 14 }, (_, c) => windows.map(({ x }) => x[c]));
  const [low, high] = [columns.map((values) => Math.min(...values)), columns.map((values) => Math.max(...values))];
  const chosen = Array.from(random(seed, "same digits", "1").sample(windows.length, 2560), (at) => windows[at]);
  const x = chosen.flatMap((window) => window.x.map((value, c) => (value - low[c]) / (high[c] - low[c])));
  return { rows: chosen.length, x: Float32Array.from(x), y: Float32Array.from(chosen, ({ y }) => y) };
}

/** Weights uniform on Glorot's interval, biases 0, an LSTM's forget gate 1. */
function initialWeights(spec: NetworkSpec): Float32Array[] {
  let inputs = spec.input.at(-1) as number;
  return spec.layers.flatMap((layer, at) => {
    if (layer.kind !== "dense" && layer.kind !== "lstm") return [];
    const gates = layer.kind === "lstm" ? 4 : 1;
    const kernel = glorot(inputs, gates * layer.units, at, "kernel");
    const recurrent = gates === 4 ? [glorot(layer.units, gates * layer.units, at, "recurrent")] : [];
    const bias = new Float32Array(gates * layer.units);
    if (gates === 4) bias.fill(1, layer.units, 2 * layer.units);
    inputs = layer.units;
    return [kernel, ...recurrent, bias];
  });
}

function glorot(inputs: number, outputs: number, layer: number, name: string): Float32Array {
  const limit = Math.sqrt(6 / (inputs + outputs));
  const rng = random(seed, "same digits", layer, name);
  return Float32Array.from({ length: inputs * outputs }, () => (2 * rng.uniform() - 1) * limit);
}

/**
 * Trains each study's network for one epoch.
 *
 * @param wasm kernels.wasm
 * @param stepsAtOnce batches per call
 * @returns by study the bytes of all weights, and after them those of what the network then says of the first rows
 */
export function trainStudies(wasm: Uint8Array<ArrayBuffer>, stepsAtOnce = 1_000_000): Record<string, Uint8Array> {
  provideKernels(() => new WebAssembly.Module(wasm));
  return Object.fromEntries(
    Object.entries(trainings()).map(([study, training]) => [study, trained(training, stepsAtOnce)]),
  );
}

function trained({ spec, loss, optimizer, batchSize, data }: Training, stepsAtOnce: number): Uint8Array {
  const settings = { loss: { kind: loss } as LossSpec, optimizer, batchSize, seed };
  const network = new KernelNetwork(spec, initialWeights(spec), settings);
  network.setTraining(data);
  network.beginEpoch(1, optimizer.learningRate);
  while (network.trainSteps(stepsAtOnce) < data.rows);
  const width = data.x.length / data.rows;
  const results = [...network.weights(), network.predict(data.x.slice(0, 100 * width), 100)];
  network.close();
  const bytes = new Uint8Array(results.reduce((sum, array) => sum + array.byteLength, 0));
  let at = 0;
  for (const array of results) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}
