import { KernelNetwork } from "../../src/kernels";
import type {
  Activation,
  DenseSpec,
  KernelData,
  LayerSpec,
  LossSpec,
  LstmSpec,
  NetworkSpec,
  OptimizerSpec,
  TrainingSpec,
} from "../../src/kernels/spec";
import { type Random, random } from "../../src/random";
import { isCategorical, type Rows } from "./reference";

/** Small networks and data to try the kernels on; everything is drawn from a seed. */

export function dense(units: number, activation: Activation, more: Partial<DenseSpec> = {}): DenseSpec {
  return { kind: "dense", units, activation, bias: true, ...more };
}

export function lstm(units: number, more: Partial<LstmSpec> = {}): LstmSpec {
  return { kind: "lstm", units, returnSequences: false, ...more };
}

export function dropout(rate: number): LayerSpec {
  return { kind: "dropout", rate };
}

/** Sizes of a network's weights, in their order: kernel, recurrent kernel, bias of layer after layer. */
export function weightShapes(spec: NetworkSpec): number[][] {
  let features = spec.input.at(-1) as number;
  // Elsewhere a flatten changes nothing.
  if (spec.layers[0].kind === "flatten") features = spec.input.reduce((a, b) => a * b);
  return spec.layers.flatMap((layer) => {
    if (layer.kind !== "dense" && layer.kind !== "lstm") return [];
    const from = features;
    features = layer.units;
    const width = layer.units * (layer.kind === "lstm" ? 4 : 1);
    const recurrent = layer.kind === "lstm" ? [[layer.units, width]] : [];
    const bias = layer.kind === "lstm" || layer.bias ? [[width]] : [];
    return [[from, width], ...recurrent, ...bias];
  });
}

/** Numbers that come out per row. */
export function outputWidth(spec: NetworkSpec): number {
  let [steps, features] = spec.input.length === 2 ? spec.input : [1, spec.input[0]];
  for (const layer of spec.layers) {
    if (layer.kind === "flatten") steps = 1;
    if (layer.kind === "dense" || layer.kind === "lstm") features = layer.units;
    if (layer.kind === "lstm" && !layer.returnSequences) steps = 1;
  }
  return steps * features;
}

/** Weights uniform on +-sqrt(3 / inputs), biases on +-0.5: neither vanishing nor saturated, and no bias at zero. */
export function drawWeights(spec: NetworkSpec, rng: Random): Float32Array[] {
  return weightShapes(spec).map((shape) => {
    const limit = shape.length === 1 ? 0.5 : Math.sqrt(3 / shape[0]);
    return Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => (2 * rng.uniform() - 1) * limit);
  });
}

/** Rows whose inputs are uniform on +-1.5 and whose targets suit the loss. */
export function drawData(spec: NetworkSpec, loss: LossSpec, rows: number, rng: Random, weighted = false): KernelData {
  const inputs = spec.input.reduce((a, b) => a * b);
  const width = outputWidth(spec);
  const x = Float32Array.from({ length: rows * inputs }, () => 3 * rng.uniform() - 1.5);
  const y = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    if (isCategorical(loss)) y[row * width + rng.integer(0, width)] = 1;
    else for (let u = 0; u < width; u++) y[row * width + u] = target(loss, rng);
  }
  const weights = Float32Array.from({ length: rows }, () => 0.25 + 2 * rng.uniform());
  return weighted ? { rows, x, y, weights } : { rows, x, y };
}

function target(loss: LossSpec, rng: Random): number {
  return loss.kind === "binaryCrossentropy" ? rng.integer(0, 2) : 3 * rng.uniform() - 1.5;
}

export const sgd: OptimizerSpec = { kind: "sgd", learningRate: 1, momentum: 0, nesterov: false };

/** Does something with a network and gives its memory back. */
export function withNetwork<T>(
  spec: NetworkSpec,
  weights: readonly Float32Array[],
  training: TrainingSpec | undefined,
  work: (network: KernelNetwork) => T,
): T {
  const network = new KernelNetwork(spec, weights, training);
  try {
    return work(network);
  } finally {
    network.close();
  }
}

/**
 * The gradient that a step on the given batch uses: one step of plain descent, and what it took off the weights.
 *
 * The rate is a large power of two: dividing by it is exact, and the old weight no longer swallows the small change.
 */
export function kernelStep(
  spec: NetworkSpec,
  weights: readonly Float32Array[],
  loss: LossSpec,
  data: KernelData,
  seed = 1,
) {
  const rate = 4096;
  const training = { loss, optimizer: sgd, batchSize: data.rows, seed };
  return withNetwork(spec, weights, training, (network) => {
    network.setTraining(data);
    network.beginEpoch(1, rate);
    network.trainSteps(1);
    const gradient = network
      .weights()
      .map((after, w) => Float64Array.from(after, (v, i) => (weights[w][i] - v) / rate));
    return { gradient, measured: network.measured() };
  });
}

/** Rows of the data in float64, in the given order. */
export function rowsOf(data: KernelData, order?: Iterable<number>): Rows {
  const chosen = [...(order ?? Array(data.rows).keys())];
  const pick = (values: Float32Array) => {
    const width = values.length / data.rows;
    return Float64Array.from(chosen.flatMap((row) => Array.from(values.subarray(row * width, (row + 1) * width))));
  };
  const weights = data.weights && pick(data.weights);
  return { rows: chosen.length, x: pick(data.x), y: pick(data.y), ...(weights ? { weights } : {}) };
}

/** The rows of each batch of an epoch, as `fit` cuts them. */
export function batchesOf(rows: number, batchSize: number, seed: number, epoch: number): Int32Array[] {
  const order = random(seed, "fit", epoch, "order").permutation(rows);
  return Array.from({ length: Math.ceil(rows / batchSize) }, (_, b) =>
    order.subarray(b * batchSize, (b + 1) * batchSize),
  );
}

export const float64 = (arrays: readonly Float32Array[]) => arrays.map((array) => Float64Array.from(array));

/** Largest difference between two lists, in units of the largest number of the second. */
export function distance(ours: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (ours.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  let off = 0;
  for (let i = 0; i < wanted.length; i++) {
    most = Math.max(most, Math.abs(wanted[i]));
    // A NaN must not hide: max(NaN, ...) stays NaN and fails every comparison.
    off = Math.max(off, Math.abs(ours[i] - wanted[i]));
  }
  return off === 0 ? 0 : off / most;
}
