import type { Activation, LossSpec, NetworkSpec, Penalty } from "../../src/kernels/spec";

/**
 * What the kernels compute, once more: plain loops over float64, one formula per function, no attention to speed.
 * It shares nothing with lib/kernels but the types that describe a network.
 */

/** Numbers on their way through a network: [rows, steps, features]; one step where there is no sequence. */
export interface Signal {
  readonly rows: number;
  readonly steps: number;
  readonly features: number;
  readonly data: Float64Array;
}

/** For each dropout layer, in their order, what each of its numbers is multiplied by: [rows, steps, features]. */
export type Masks = readonly Float64Array[];

export interface Pass {
  readonly output: Signal;
  /** What the last activation was applied to; a loss on logits takes this. */
  readonly before: Signal;
  readonly last: Activation;
}

/** The network's answer to `rows` rows of `x`, [rows, inputs]. */
export function forward(
  spec: NetworkSpec,
  weights: readonly Float64Array[],
  x: Float64Array,
  rows: number,
  masks: Masks = [],
): Pass {
  const [steps, features] = spec.input.length === 2 ? spec.input : [1, spec.input[0]];
  const left = [...weights];
  const masksLeft = [...masks];
  let output: Signal = { rows, steps, features, data: x };
  let before = output;
  let last: Activation = "linear";
  for (const layer of spec.layers) {
    if (layer.kind === "dense") {
      const kernel = left.shift() as Float64Array;
      before = dense(output, layer.units, kernel, layer.bias ? (left.shift() as Float64Array) : undefined);
      output = activate(layer.activation, before);
      last = layer.activation;
    } else if (layer.kind === "lstm") {
      const [kernel, recurrent, bias] = left.splice(0, 3);
      output = lstm(output, layer.units, kernel, recurrent, bias);
      if (!layer.returnSequences) output = lastStep(output);
      before = output;
      last = "linear";
    } else if (layer.kind === "activation") {
      before = output;
      output = activate(layer.activation, before);
      last = layer.activation;
    } else if (layer.kind === "flatten") {
      output = { rows, steps: 1, features: output.steps * output.features, data: output.data };
    } else {
      const mask = masksLeft.shift();
      if (mask) output = { ...output, data: output.data.map((value, i) => value * mask[i]) };
      last = "linear";
    }
  }
  return { output, before, last };
}

/** y = x W + b for every row and step; W is [features, units]. */
function dense(x: Signal, units: number, kernel: Float64Array, bias?: Float64Array): Signal {
  const lines = x.rows * x.steps;
  const data = new Float64Array(lines * units);
  for (let line = 0; line < lines; line++) {
    for (let u = 0; u < units; u++) {
      let sum = bias ? bias[u] : 0;
      for (let f = 0; f < x.features; f++) sum += x.data[line * x.features + f] * kernel[f * units + u];
      data[line * units + u] = sum;
    }
  }
  return { ...x, features: units, data };
}

/**
 * z = x_t W + h_(t-1) U + b in four blocks of `units`: i, f, g, o;
 * c_t = sigmoid(f) c_(t-1) + sigmoid(i) tanh(g), h_t = sigmoid(o) tanh(c_t).
 * Source: Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000; the order of the gates is Keras'.
 */
function lstm(x: Signal, units: number, kernel: Float64Array, recurrent: Float64Array, bias: Float64Array): Signal {
  const data = new Float64Array(x.rows * x.steps * units);
  for (let row = 0; row < x.rows; row++) {
    let h = new Float64Array(units);
    const c = new Float64Array(units);
    for (let step = 0; step < x.steps; step++) {
      const at = row * x.steps + step;
      const z = Float64Array.from(bias);
      for (let k = 0; k < z.length; k++) {
        for (let f = 0; f < x.features; f++) z[k] += x.data[at * x.features + f] * kernel[f * z.length + k];
        for (let u = 0; u < units; u++) z[k] += h[u] * recurrent[u * z.length + k];
      }
      h = new Float64Array(units);
      for (let u = 0; u < units; u++) {
        c[u] = sigmoid(z[units + u]) * c[u] + sigmoid(z[u]) * Math.tanh(z[2 * units + u]);
        h[u] = sigmoid(z[3 * units + u]) * Math.tanh(c[u]);
      }
      data.set(h, at * units);
    }
  }
  return { ...x, features: units, data };
}

function lastStep(x: Signal): Signal {
  const data = new Float64Array(x.rows * x.features);
  for (let row = 0; row < x.rows; row++) {
    const from = ((row + 1) * x.steps - 1) * x.features;
    data.set(x.data.subarray(from, from + x.features), row * x.features);
  }
  return { rows: x.rows, steps: 1, features: x.features, data };
}

function activate(kind: Activation, z: Signal): Signal {
  if (kind === "softmax") return softmax(z);
  const functions = { linear: (v: number) => v, relu: (v: number) => Math.max(v, 0), sigmoid, tanh: Math.tanh };
  return { ...z, data: z.data.map(functions[kind]) };
}

function softmax(z: Signal): Signal {
  const data = new Float64Array(z.data.length);
  for (let from = 0; from < data.length; from += z.features) {
    const line = z.data.subarray(from, from + z.features);
    const most = Math.max(...line);
    const sum = line.reduce((total, value) => total + Math.exp(value - most), 0);
    line.forEach((value, u) => {
      data[from + u] = Math.exp(value - most) / sum;
    });
  }
  return { ...z, data };
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/** The loss of each row, before row weights. */
export function rowLosses(loss: LossSpec, pass: Pass, y: Float64Array): number[] {
  const { rows } = pass.output;
  const width = pass.output.data.length / rows;
  const fused = isFused(loss, pass);
  return Array.from({ length: rows }, (_, row) => {
    const of = (values: Float64Array) => Array.from(values.subarray(row * width, (row + 1) * width));
    return rowLoss(loss, of(fused ? pass.before.data : pass.output.data), of(y), fused);
  });
}

/** Cross-entropy right after its own activation is computed from what went into the activation, as Keras does. */
function isFused(loss: LossSpec, pass: Pass): boolean {
  if (loss.kind === "binaryCrossentropy") return pass.last === "sigmoid";
  return isCategorical(loss) && pass.last === "softmax";
}

export function isCategorical(loss: LossSpec): boolean {
  return loss.kind === "categoricalCrossentropy" || loss.kind === "sparseCategoricalCrossentropy";
}

/** The loss of one row: p are its outputs, or its logits where `fused`. */
function rowLoss(loss: LossSpec, p: number[], y: number[], fused: boolean): number {
  const mean = (each: (u: number) => number) => sum(p.map((_, u) => each(u))) / p.length;
  switch (loss.kind) {
    case "binaryCrossentropy":
      if (fused) return mean((u) => Math.max(p[u], 0) - p[u] * y[u] + Math.log1p(Math.exp(-Math.abs(p[u]))));
      return mean((u) => -y[u] * Math.log(clip(p[u])) - (1 - y[u]) * Math.log(1 - clip(p[u])));
    case "categoricalCrossentropy":
    case "sparseCategoricalCrossentropy": {
      if (!fused) return -sum(p.map((value, u) => y[u] * Math.log(clip(value / sum(p)))));
      const most = Math.max(...p);
      const logSum = most + Math.log(sum(p.map((z) => Math.exp(z - most))));
      return sum(p.map((z, u) => y[u] * (logSum - z)));
    }
    case "meanSquaredError":
      return mean((u) => (p[u] - y[u]) ** 2);
    case "meanAbsoluteError":
      return mean((u) => Math.abs(p[u] - y[u]));
    case "huber":
      return mean((u) => {
        const off = Math.abs(p[u] - y[u]);
        return off <= loss.delta ? off ** 2 / 2 : loss.delta * (off - loss.delta / 2);
      });
  }
}

/** Keras keeps probabilities 1e-7 away from 0 and 1. */
function clip(p: number): number {
  return Math.min(Math.max(p, 1e-7), 1 - 1e-7);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What the penalties of all layers add to the loss. */
export function penalties(spec: NetworkSpec, weights: readonly Float64Array[]): number {
  return sum(penaltyOfWeights(spec).map((penalty, w) => (penalty ? penaltyOf(penalty, weights[w]) : 0)));
}

function penaltyOf({ l1, l2 }: Penalty, weights: Float64Array): number {
  return weights.reduce((total, w) => total + l1 * Math.abs(w) + l2 * w * w, 0);
}

/** The penalty on each weight of the network, in the weights' order. */
function penaltyOfWeights(spec: NetworkSpec): (Penalty | undefined)[] {
  return spec.layers.flatMap((layer) => {
    if (layer.kind === "lstm") return [layer.kernelPenalty, layer.recurrentPenalty, layer.biasPenalty];
    if (layer.kind === "dense") return layer.bias ? [layer.kernelPenalty, layer.biasPenalty] : [layer.kernelPenalty];
    return [];
  });
}

/** Rows with targets, in float64. */
export interface Rows {
  readonly rows: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weights?: Float64Array;
}

/** Loss of a batch: the rows' losses times their weights, divided by the number of rows, plus the penalties. */
export function totalLoss(
  spec: NetworkSpec,
  weights: readonly Float64Array[],
  loss: LossSpec,
  data: Rows,
  masks?: Masks,
): number {
  const losses = rowLosses(loss, forward(spec, weights, data.x, data.rows, masks), data.y);
  const weighted = losses.map((value, row) => value * (data.weights?.[row] ?? 1));
  return sum(weighted) / data.rows + penalties(spec, weights);
}

/** Share of right answers: the largest output for classes, else each output on its side of one half. */
export function accuracy(loss: LossSpec, { output, y }: { output: Signal; y: Float64Array }): number {
  const width = output.data.length / output.rows;
  const right = Array.from({ length: output.rows }, (_, row) => {
    const p = Array.from(output.data.subarray(row * width, (row + 1) * width));
    const truth = Array.from(y.subarray(row * width, (row + 1) * width));
    if (isCategorical(loss)) return largest(p) === largest(truth) ? 1 : 0;
    return sum(p.map((value, u) => (Number(value > 0.5) === truth[u] ? 1 : 0))) / width;
  });
  return sum(right) / output.rows;
}

function largest(values: readonly number[]): number {
  return values.indexOf(Math.max(...values));
}

export function meanAbsoluteError(output: Signal, y: Float64Array): number {
  return sum(Array.from(output.data, (value, i) => Math.abs(value - y[i]))) / y.length;
}

/**
 * Derivatives of `f` at `weights` by central differences, (f(w + h) - f(w - h)) / 2h with h = 1e-6: good to about
 * 1e-9 in float64.
 *
 * @param wanted which entries, counted through all weights; default all
 */
export function differences(
  f: (weights: readonly Float64Array[]) => number,
  weights: readonly Float64Array[],
  wanted?: readonly number[],
): Float64Array {
  const places = weights.flatMap((array) => Array.from(array, (_, i) => [array, i] as const));
  const h = 1e-6;
  return Float64Array.from(wanted ?? places.keys(), (entry) => {
    const [array, i] = places[entry];
    const kept = array[i];
    array[i] = kept + h;
    const above = f(weights);
    array[i] = kept - h;
    const below = f(weights);
    array[i] = kept;
    return (above - below) / (2 * h);
  });
}

/** Derivative of `f` at `weights` along `direction`, by a central difference. */
export function alongDirection(
  f: (weights: readonly Float64Array[]) => number,
  weights: readonly Float64Array[],
  direction: readonly Float64Array[],
): number {
  // Shorter than above: all weights move at once, and each may pass a kink of its own on the way.
  const h = 1e-8;
  const moved = (by: number) => weights.map((array, a) => array.map((value, i) => value + by * direction[a][i]));
  return (f(moved(h)) - f(moved(-h))) / (2 * h);
}
