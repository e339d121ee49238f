import * as tf from "@tensorflow/tfjs";
import type { LossSpec, OptimizerSpec } from "../kernels/spec";
import {
  chainOf,
  type LayerConfig,
  NotForKernels,
  named,
  orUnsupported,
  outputsOf,
  type Unsupported,
} from "./read-network";

export type Metric = "accuracy" | "mae";

/** How a model was compiled, in the kernels' terms. */
export interface TrainingReading {
  readonly loss: LossSpec;
  readonly optimizer: OptimizerSpec;
  /** In the order of `compile`. */
  readonly metrics: readonly Metric[];
}

/**
 * How a compiled model is trained, in the kernels' terms, or why they cannot train it so. What the model computes is
 * read by `readNetwork`; both must say yes.
 *
 * @example
 * ```ts
 * const read = readTraining(networks.lstmHitPredictor({ lookBack: 14 }));
 * if ("loss" in read) read.loss; // { kind: "binaryCrossentropy" }
 * ```
 */
export function readTraining(model: tf.LayersModel): TrainingReading | Unsupported {
  return orUnsupported(() => {
    if (!model.optimizer) throw new NotForKernels("the model is not compiled");
    const layers = chainOf(model);
    if (!model.trainable) throw new NotForKernels("the model is frozen (trainable: false)");
    for (const layer of layers) checkTrainable(layer);
    const outputs = outputsOf(model);
    const loss = readLoss(model, outputs);
    return { loss, optimizer: readOptimizer(model.optimizer), metrics: readMetrics(model, outputs, loss) };
  });
}

/** @throws NotForKernels on what changes a layer's training but not what it computes */
function checkTrainable(layer: tf.layers.Layer): void {
  const config = layer.getConfig() as LayerConfig;
  if (!layer.trainable) {
    throw new NotForKernels(`${named(layer)} is frozen (trainable: false); the kernels train every layer`);
  }
  if (layer.trainableWeights.length < layer.weights.length) {
    throw new NotForKernels(`${named(layer)} has weights that are not trained; the kernels train all`);
  }
  const extras = ["kernelConstraint", "recurrentConstraint", "biasConstraint", "activityRegularizer", "noiseShape"];
  const extra = extras.find((option) => config[option] !== null && config[option] !== undefined);
  if (extra) throw new NotForKernels(`${named(layer)} has ${extra}, which the kernels do not know`);
  const inner = ["dropout", "recurrentDropout"].find((option) => config[option]);
  if (inner) {
    throw new NotForKernels(
      `${named(layer)} has ${inner}: ${config[inner]}; the kernels know dropout between layers only`,
    );
  }
  if (config.rate === 1) throw new NotForKernels(`${named(layer)} has rate: 1, which would leave nothing`);
}

/** A loss or metric as `compile` takes it: by name, or the function itself. */
type Given = string | ((...tensors: never[]) => unknown);

/** What stands for one output in `loss` or `metrics`, which may be given by name of the output. */
function ofTheOutput(model: tf.LayersModel, given: unknown): unknown {
  const isByOutput = typeof given === "object" && given !== null && !Array.isArray(given);
  return isByOutput ? (given as Record<string, unknown>)[model.outputNames[0]] : given;
}

function shown(given: Given): string {
  return typeof given === "function" ? `function "${given.name}"` : `"${given}"`;
}

const losses = new Map<unknown, LossSpec>([
  ["binaryCrossentropy", { kind: "binaryCrossentropy" }],
  ["categoricalCrossentropy", { kind: "categoricalCrossentropy" }],
  ["sparseCategoricalCrossentropy", { kind: "sparseCategoricalCrossentropy" }],
  ["meanSquaredError", { kind: "meanSquaredError" }],
  ["meanAbsoluteError", { kind: "meanAbsoluteError" }],
  [tf.metrics.binaryCrossentropy, { kind: "binaryCrossentropy" }],
  [tf.metrics.categoricalCrossentropy, { kind: "categoricalCrossentropy" }],
  [tf.metrics.meanSquaredError, { kind: "meanSquaredError" }],
  [tf.metrics.mse, { kind: "meanSquaredError" }],
  [tf.metrics.MSE, { kind: "meanSquaredError" }],
  [tf.losses.meanSquaredError, { kind: "meanSquaredError" }],
  [tf.metrics.meanAbsoluteError, { kind: "meanAbsoluteError" }],
  [tf.losses.absoluteDifference, { kind: "meanAbsoluteError" }],
  // tfjs' default; a model cannot be compiled with another delta but by a function of one's own.
  [tf.losses.huberLoss, { kind: "huber", delta: 1 }],
]);

function readLoss(model: tf.LayersModel, outputs: number): LossSpec {
  const given = [ofTheOutput(model, model.loss)].flat()[0] as Given;
  const loss = losses.get(given);
  if (!loss) {
    const known = "the cross-entropies, squared and absolute error, and Huber's";
    throw new NotForKernels(`the loss ${shown(given)} is none that the kernels know: ${known}`);
  }
  const isCategorical = loss.kind.endsWith("ategoricalCrossentropy");
  if (isCategorical !== outputs >= 2) {
    const needed = isCategorical ? "two outputs or more" : "one output";
    throw new NotForKernels(`the loss ${shown(given)} needs ${needed} here, the model has ${outputs}`);
  }
  return loss;
}

/** What the optimizers' configs hold, each those that are its own. */
interface OptimizerConfig {
  readonly learningRate: number;
  readonly epsilon: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly decay: number;
  readonly momentum: number;
  readonly centered: boolean;
  readonly useNesterov: boolean;
}

/** From an optimizer's own `getConfig`; its learning rate is the one set last. */
function readOptimizer(optimizer: tf.Optimizer): OptimizerSpec {
  // `instanceof` is of no use: tfjs lets every optimizer pass for every other.
  const name = optimizer.getClassName();
  const config = optimizer.getConfig() as unknown as OptimizerConfig;
  const { learningRate, epsilon, momentum } = config;
  // Without it a weight that has no gradient divides 0 by 0, as those do that an LSTM is filled up with.
  if (epsilon !== undefined && !(Math.fround(epsilon) > 0)) {
    throw new NotForKernels(`the optimizer ${name} has epsilon: ${epsilon}; the kernels need one above 0`);
  }
  if (name === "Adam") return { kind: "adam", learningRate, beta1: config.beta1, beta2: config.beta2, epsilon };
  if (name === "RMSProp") {
    return { kind: "rmsprop", learningRate, rho: config.decay, momentum, epsilon, centered: config.centered };
  }
  if (name === "SGD") return { kind: "sgd", learningRate, momentum: 0, nesterov: false };
  if (name === "Momentum") return { kind: "sgd", learningRate, momentum, nesterov: config.useNesterov };
  throw new NotForKernels(`the optimizer ${name} is none that the kernels know: Adam, RMSProp, SGD, Momentum`);
}

const anyAccuracy: readonly unknown[] = ["accuracy", "acc"];
const binaryAccuracy: readonly unknown[] = ["binaryAccuracy", tf.metrics.binaryAccuracy];
const classAccuracy: readonly unknown[] = ["categoricalAccuracy", tf.metrics.categoricalAccuracy];
const sparseAccuracy: readonly unknown[] = [tf.metrics.sparseCategoricalAccuracy];
const absoluteErrors: readonly unknown[] = ["mae", "MAE", tf.metrics.meanAbsoluteError];

function readMetrics(model: tf.LayersModel, outputs: number, loss: LossSpec): Metric[] {
  const given = [ofTheOutput(model, model.metrics) ?? []].flat() as Given[];
  const isSparse = loss.kind === "sparseCategoricalCrossentropy";
  // One output is right above one half, several are right where the largest is.
  const several = isSparse ? sparseAccuracy : classAccuracy;
  const accuracies = [...anyAccuracy, ...(outputs === 1 ? binaryAccuracy : several)];
  return given.map((metric) => {
    if (accuracies.includes(metric)) return "accuracy";
    // tfjs would compare the class number with every output.
    if (absoluteErrors.includes(metric) && !isSparse) return "mae";
    throw new NotForKernels(`the metric ${shown(metric)} is none that the kernels measure here: accuracy, mae`);
  });
}
