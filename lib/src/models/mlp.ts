import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { checkPositive } from "./checks";
import { initializeWeights } from "./initialize";

export interface MlpOptions {
  /** Numbers per row. */
  readonly inputs: number;
  /** Units of each hidden layer, first to last. */
  readonly hidden: readonly number[];
  /**
   * "sigmoid": one output, the probability of class 1. "softmax": one probability per class. "linear": one output, a
   * number of any size.
   */
  readonly output: "sigmoid" | "softmax" | "linear";
  /** Classes of a softmax. Default 2. */
  readonly classes?: number;
  /**
   * What a linear output is trained to make small: Keras' Huber has delta 1, so errors above 1 count by their size, not
   * their square (scale the target first). Default "meanSquaredError". The others have their cross-entropy.
   */
  readonly loss?: "meanSquaredError" | "meanAbsoluteError" | "huber";
  /** Of the hidden layers. Default "relu". */
  readonly activation?: "relu" | "tanh" | "sigmoid";
  /** Share of each hidden layer's outputs that is dropped while training: one for all, or one per layer. Default none. */
  readonly dropout?: number | readonly number[];
  /**
   * Adds l1 * sum(|w|) over a hidden layer's kernel to the loss, as Keras' `kernel_regularizer`: one for every hidden
   * layer, or one per layer. Not over biases and the last layer. Default none.
   */
  readonly l1?: number | readonly number[];
  /** Adds l2 * sum(w^2), as `l1`; with both it is an elastic net. Default none. */
  readonly l2?: number | readonly number[];
  /** With Keras' other settings: Adam .9 and .999, RMSprop rho .9, epsilon 1e-7; SGD without momentum. Default "adam". */
  readonly optimizer?: "adam" | "rmsprop" | "sgd";
  /** Step size of the optimizer. Default Keras': 0.001, of SGD 0.01. */
  readonly learningRate?: number;
  /** Seed of the initial weights. Default 42. */
  readonly seed?: number;
}

/**
 * A multilayer perceptron, compiled: for classes with cross-entropy and accuracy, for numbers (`output: "linear"`) with
 * the chosen loss and the mean absolute error ("mae").
 *
 * From the same weights and batches it trains as Keras does. Where tfjs trains it in place of the kernels two things
 * differ: its Adam adds epsilon at another place, which shows where gradients are tiny, and l1 pushes weights that are
 * exactly 0 upwards.
 *
 * @throws HitlabError on an option out of range, a list that is not one entry per hidden layer, and a `loss` beside an
 *   output for classes
 * @example
 * ```ts
 * const model = networks.mlp({ inputs: 15, hidden: [64, 32], output: "sigmoid", seed: 42 });
 * model.countParams(); // 3137
 * const streams = networks.mlp({ inputs: 24, hidden: [64, 32], output: "linear", loss: "huber", dropout: [0.2, 0] });
 * const sparse = networks.mlp({ inputs: 30, hidden: [128, 64], output: "sigmoid", l1: [0, 1e-4], optimizer: "rmsprop" });
 * ```
 */
export function mlp(options: MlpOptions): tf.Sequential {
  const { inputs, hidden, output, classes = 2, activation = "relu", seed = 42 } = options;
  const sizes = [inputs, ...hidden, classes];
  if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
    const remedy = "give inputs, hidden and classes as whole numbers from 1";
    throw new HitlabError({ what: "a layer has no such number of units", value: sizes.join(", "), remedy });
  }
  const dropout = perLayer("dropout", options.dropout, hidden.length, 1);
  const l1 = perLayer("l1", options.l1, hidden.length, Number.POSITIVE_INFINITY);
  const l2 = perLayer("l2", options.l2, hidden.length, Number.POSITIVE_INFINITY);
  const training = { optimizer: optimizerOf(options), ...lossOf(options) };
  // Drawn by initializeWeights below; "zeros" keeps tfjs from drawing them first.
  const kernelInitializer = "zeros" as const;
  const model = tf.sequential();
  for (const [at, units] of hidden.entries()) {
    const inputShape = at === 0 ? { inputShape: [inputs] } : {};
    model.add(tf.layers.dense({ units, activation, kernelInitializer, ...penalty(l1[at], l2[at]), ...inputShape }));
    if (dropout[at] > 0) model.add(tf.layers.dropout({ rate: dropout[at] }));
  }
  const units = output === "softmax" ? classes : 1;
  const inputShape = hidden.length === 0 ? { inputShape: [inputs] } : {};
  model.add(tf.layers.dense({ units, activation: output, kernelInitializer, ...inputShape }));
  initializeWeights(model, seed);
  model.compile(training);
  return model;
}

/** One number per hidden layer, each from 0 and below `limit`. */
function perLayer(name: string, given: number | readonly number[] = 0, layers: number, limit: number): number[] {
  const list = typeof given === "number" ? new Array<number>(layers).fill(given) : [...given];
  const range = `${name} must be ${limit === 1 ? "from 0 and below 1" : "a finite number from 0"}`;
  // A lone number is judged, too, where there is no hidden layer to take it.
  const odd = [given].flat().find((value) => !(value >= 0 && value < limit));
  if (odd !== undefined) throw new HitlabError({ what: range, value: odd, remedy: "leave it out for none" });
  if (list.length === layers) return list;
  throw new HitlabError({
    what: `${name} must be one number, or one for each of the ${layers} hidden layers`,
    value: `[${list.join(", ")}]`,
    remedy: "give 0 for a layer that is to have none",
  });
}

function penalty(l1: number, l2: number) {
  return l1 > 0 || l2 > 0 ? { kernelRegularizer: tf.regularizers.l1l2({ l1, l2 }) } : {};
}

function lossOf({ output, loss }: MlpOptions): Omit<tf.ModelCompileArgs, "optimizer"> {
  if (output === "linear") {
    // tfjs has no name for Huber's; the kernels know the function, whose delta is 1 as in Keras.
    const chosen = loss === "huber" ? tf.losses.huberLoss : (loss ?? "meanSquaredError");
    return { loss: chosen, metrics: ["mae"] };
  }
  if (loss !== undefined) {
    throw new HitlabError({
      what: `a ${output} output is trained by its cross-entropy`,
      value: loss,
      remedy: 'leave out loss, or choose output: "linear"',
    });
  }
  return { loss: output === "softmax" ? "categoricalCrossentropy" : "binaryCrossentropy", metrics: ["accuracy"] };
}

/** Keras' epsilon. tfjs has the same as its default, but a smaller precision's on some GPUs. */
const epsilon = 1e-7;

function optimizerOf({ optimizer = "adam", learningRate = optimizer === "sgd" ? 0.01 : 0.001 }: MlpOptions) {
  checkPositive({ learningRate });
  if (optimizer === "adam") return tf.train.adam(learningRate, 0.9, 0.999, epsilon);
  if (optimizer === "rmsprop") return tf.train.rmsprop(learningRate, 0.9, 0, epsilon);
  return tf.train.sgd(learningRate);
}
