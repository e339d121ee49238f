import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import type { Matrix } from "../samples";
import { initializeWeights } from "./initialize";
import { numbersPerRow, predict } from "./predict";

export { loadModel, type ModelCard, type SavedModel, type SaveOptions, saveModel } from "./files";
export { initializeWeights } from "./initialize";
export { mlp } from "./mlp";
export type { MlpOptions } from "./mlp-spec";
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

/** One row of `summary`. */
export interface LayerSummary {
  /** Class, units or rate, activation, penalties of the kernel: "Dense 64 relu l2 0.05". */
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
  const { units, rate, activation, kernelRegularizer } = layer.getConfig() as LayerOptions;
  const name = layer.getClassName();
  const isDense = name === "Dense";
  const words = [name, units ?? rate, isDense ? activation : undefined, ...penaltiesOf(kernelRegularizer)];
  return words.filter((part) => part !== undefined).join(" ");
}

/** What the config of a layer may hold. */
interface LayerOptions {
  readonly units?: number;
  readonly rate?: number;
  readonly activation?: string;
  readonly kernelRegularizer?: { readonly config: Readonly<Record<string, unknown>> } | null;
}

/** The penalties of a kernel that are not 0: `l1 0.01`. */
function penaltiesOf(regularizer: LayerOptions["kernelRegularizer"]): string[] {
  const { l1, l2 } = regularizer?.config ?? {};
  return Object.entries({ l1, l2 }).flatMap(([name, size]) => (size ? [`${name} ${size}`] : []));
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
