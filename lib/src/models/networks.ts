import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import type { Matrix } from "../samples";
import { initializeWeights } from "./initialize";
import { numbersPerRow, predict } from "./predict";

export { initializeWeights } from "./initialize";
export { type PortableNetwork, portable } from "./portable";
export { inputTensor, predict } from "./predict";
export { readNetwork, type Unsupported } from "./read-network";
export { readTraining, type TrainingReading } from "./read-training";

export interface LstmHitPredictorOptions {
  /** Days that the network looks back. */
  readonly lookBack: number;
  /** Series per day: 1 for the streams alone, 2 for streams and rank. Default 1. */
  readonly features?: number;
  /** Step size of Adam. Default 0.001. */
  readonly learningRate?: number;
  /** Seed of the initial weights. Default 42. */
  readonly seed?: number;
}

/**
 * Study 1's network: LSTM 64 - dropout 0.2 - LSTM 32 - dropout 0.2 - dense 16 relu - dense 1 sigmoid, compiled with
 * Adam, binary cross-entropy and accuracy. 29,857 parameters with one feature.
 *
 * Input [n, lookBack, features], output [n, 1]: the probability of a hit.
 *
 * @example
 * ```ts
 * const model = networks.lstmHitPredictor({ lookBack: 14 });
 * model.countParams(); // 29857
 * ```
 */
export function lstmHitPredictor(options: LstmHitPredictorOptions): tf.Sequential {
  const { lookBack, features = 1, learningRate = 0.001, seed = 42 } = options;
  // Drawn by initializeWeights below; "zeros" keeps tfjs from drawing them first.
  const undrawn = { kernelInitializer: "zeros" as const };
  // Keras' gates are sigmoids; tfjs would take the piecewise linear "hard sigmoid" of Keras 1.
  const gates = { recurrentActivation: "sigmoid" as const, recurrentInitializer: "zeros" as const };
  const recurrent = { ...undrawn, ...gates };
  const model = tf.sequential({
    layers: [
      tf.layers.lstm({ units: 64, returnSequences: true, inputShape: [lookBack, features], ...recurrent }),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.lstm({ units: 32, ...recurrent }),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.dense({ units: 16, activation: "relu", ...undrawn }),
      tf.layers.dense({ units: 1, activation: "sigmoid", ...undrawn }),
    ],
  });
  initializeWeights(model, seed);
  model.compile({ optimizer: tf.train.adam(learningRate), loss: "binaryCrossentropy", metrics: ["accuracy"] });
  return model;
}

export interface MlpOptions {
  /** Numbers per row. */
  readonly inputs: number;
  /** Units of each hidden layer, first to last. */
  readonly hidden: readonly number[];
  /** "sigmoid": one output, the probability of class 1. "softmax": one probability per class. */
  readonly output: "sigmoid" | "softmax";
  /** Classes of a softmax. Default 2. */
  readonly classes?: number;
  /** Of the hidden layers. Default "relu". */
  readonly activation?: "relu" | "tanh" | "sigmoid";
  /** Share of each hidden layer's outputs that is dropped while training. Default none. */
  readonly dropout?: number;
  /** Step size of Adam. Default 0.001. */
  readonly learningRate?: number;
  /** Seed of the initial weights. Default 42. */
  readonly seed?: number;
}

/**
 * A multilayer perceptron for classes, compiled with Adam, cross-entropy and accuracy.
 *
 * @example
 * ```ts
 * const model = networks.mlp({ inputs: 15, hidden: [64, 32], output: "sigmoid", seed: 42 });
 * model.countParams(); // 3137
 * ```
 */
export function mlp(options: MlpOptions): tf.Sequential {
  const {
    inputs,
    hidden,
    output,
    classes = 2,
    activation = "relu",
    dropout,
    learningRate = 0.001,
    seed = 42,
  } = options;
  const sizes = [inputs, ...hidden, classes];
  if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
    const remedy = "give inputs, hidden and classes as whole numbers from 1";
    throw new HitlabError({ what: "a layer has no such number of units", value: sizes.join(", "), remedy });
  }
  // Drawn by initializeWeights below; "zeros" keeps tfjs from drawing them first.
  const kernelInitializer = "zeros" as const;
  const model = tf.sequential();
  for (const [at, units] of hidden.entries()) {
    const inputShape = at === 0 ? { inputShape: [inputs] } : {};
    model.add(tf.layers.dense({ units, activation, kernelInitializer, ...inputShape }));
    if (dropout) model.add(tf.layers.dropout({ rate: dropout }));
  }
  const units = output === "softmax" ? classes : 1;
  const inputShape = hidden.length === 0 ? { inputShape: [inputs] } : {};
  model.add(tf.layers.dense({ units, activation: output, kernelInitializer, ...inputShape }));
  initializeWeights(model, seed);
  const loss = output === "softmax" ? "categoricalCrossentropy" : "binaryCrossentropy";
  model.compile({ optimizer: tf.train.adam(learningRate), loss, metrics: ["accuracy"] });
  return model;
}

/** One row of `summary`. */
export interface LayerSummary {
  readonly layer: string;
  /** Shape of the output; the first entry, the batch, is left open. */
  readonly output: string;
  readonly parameters: number;
}

/** The layers of a model with their output shapes and parameter counts, as Keras' `model.summary()` prints them. */
export function summary(model: tf.LayersModel): LayerSummary[] {
  return model.layers.map((layer) => ({
    layer: describeLayer(layer),
    output: `[${(layer.outputShape as (number | null)[]).map((size) => size ?? "n").join(", ")}]`,
    parameters: layer.countParams(),
  }));
}

function describeLayer(layer: tf.layers.Layer): string {
  const { units, rate, activation } = layer.getConfig() as { units?: number; rate?: number; activation?: string };
  const name = layer.getClassName();
  const isDense = name === "Dense";
  return [name, units ?? rate, isDense ? activation : undefined].filter((part) => part !== undefined).join(" ");
}

/**
 * What the network says for each row of `x`: one probability per row.
 *
 * @param x a row per sample, as many columns as the model's input has numbers ([steps, features]: step after step)
 * @throws HitlabError if the widths differ, a number is not finite, or the model has more than one output per row
 */
export function predictProbability(model: tf.LayersModel, x: Matrix): Float64Array {
  const perRow = model.outputs.reduce((sum, { shape }) => sum + numbersPerRow(shape), 0);
  if (perRow !== 1) {
    throw new HitlabError({
      what: `the model gives ${perRow} numbers per row, not one probability`,
      remedy: "use a model with one sigmoid output",
    });
  }
  return predict(model, x);
}
