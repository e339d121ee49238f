import { HitlabError } from "../errors";
import type { DenseSpec, LayerSpec, NetworkSpec, OptimizerSpec, Penalty } from "../kernels/spec";
import { checkPositive } from "./checks";
import type { TrainingReading } from "./read-training";

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

/** A multilayer perceptron in the kernels' terms: the layers, and how they are trained. */
export interface MlpSpec extends TrainingReading {
  readonly network: NetworkSpec;
}

/**
 * What `networks.mlp` builds and compiles, without tfjs, so that a page has it, too. The seed is not part of it: the
 * weights to start from are `initialWeights(spec.network, seed)`.
 *
 * @throws HitlabError as `networks.mlp`
 * @example
 * ```ts
 * const { network, loss, optimizer } = mlpSpec({ inputs: 15, hidden: [64, 32], output: "sigmoid" });
 * new KernelNetwork(network, initialWeights(network, 42), { loss, optimizer, batchSize: 32, seed: 42 });
 * ```
 */
export function mlpSpec(options: MlpOptions): MlpSpec {
  const { inputs, hidden, output, classes = 2, activation = "relu" } = options;
  const sizes = [inputs, ...hidden, classes];
  if (!sizes.every((size) => Number.isInteger(size) && size > 0)) {
    const remedy = "give inputs, hidden and classes as whole numbers from 1";
    throw new HitlabError({ what: "a layer has no such number of units", value: sizes.join(", "), remedy });
  }
  const dropout = perLayer("dropout", options.dropout, hidden.length, 1);
  const l1 = perLayer("l1", options.l1, hidden.length, Number.POSITIVE_INFINITY);
  const l2 = perLayer("l2", options.l2, hidden.length, Number.POSITIVE_INFINITY);
  const training = { optimizer: optimizerOf(options), ...lossOf(options) };
  const layers = hidden.flatMap((units, at): LayerSpec[] => {
    const dense = denseOf(units, activation, { l1: l1[at], l2: l2[at] });
    return dropout[at] > 0 ? [dense, { kind: "dropout", rate: dropout[at] }] : [dense];
  });
  const last = denseOf(output === "softmax" ? classes : 1, output, { l1: 0, l2: 0 });
  return { network: { input: [inputs], layers: [...layers, last] }, ...training };
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

function denseOf(units: number, activation: DenseSpec["activation"], kernelPenalty: Penalty): DenseSpec {
  const hasPenalty = kernelPenalty.l1 > 0 || kernelPenalty.l2 > 0;
  return { kind: "dense", units, activation, bias: true, ...(hasPenalty ? { kernelPenalty } : {}) };
}

function lossOf({ output, loss }: MlpOptions): Pick<TrainingReading, "loss" | "metrics"> {
  if (output === "linear") {
    const kind = loss ?? "meanSquaredError";
    // Keras' default; tfjs knows no other for a model.
    return { loss: kind === "huber" ? { kind, delta: 1 } : { kind }, metrics: ["mae"] };
  }
  if (loss !== undefined) {
    throw new HitlabError({
      what: `a ${output} output is trained by its cross-entropy`,
      value: loss,
      remedy: 'leave out loss, or choose output: "linear"',
    });
  }
  const kind = output === "softmax" ? "categoricalCrossentropy" : "binaryCrossentropy";
  return { loss: { kind }, metrics: ["accuracy"] };
}

/** Keras' epsilon. tfjs has the same as its default, but a smaller precision's on some GPUs. */
const epsilon = 1e-7;

function optimizerOf(options: MlpOptions): OptimizerSpec {
  const { optimizer = "adam", learningRate = optimizer === "sgd" ? 0.01 : 0.001 } = options;
  checkPositive({ learningRate });
  if (optimizer === "adam") return { kind: "adam", learningRate, beta1: 0.9, beta2: 0.999, epsilon };
  if (optimizer === "rmsprop") {
    return { kind: "rmsprop", learningRate, rho: 0.9, momentum: 0, epsilon, centered: false };
  }
  return { kind: "sgd", learningRate, momentum: 0, nesterov: false };
}
