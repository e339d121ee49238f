import * as tf from "@tensorflow/tfjs";
import type { LossSpec, OptimizerSpec, Penalty } from "../kernels/spec";
import { initializeWeights } from "./initialize";
import { type MlpOptions, mlpSpec } from "./mlp-spec";

/**
 * A multilayer perceptron, compiled: for classes with cross-entropy and accuracy, for numbers (`output: "linear"`) with
 * the chosen loss and the mean absolute error ("mae").
 *
 * From the same weights and batches it trains as Keras does. Where tfjs trains it in place of the kernels, l1 pushes
 * weights that are exactly 0 upwards.
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
  const { network, loss, optimizer, metrics } = mlpSpec(options);
  const model = tf.sequential();
  for (const [at, layer] of network.layers.entries()) {
    if (layer.kind === "dropout") model.add(tf.layers.dropout({ rate: layer.rate }));
    if (layer.kind !== "dense") continue;
    const { units, activation, kernelPenalty } = layer;
    const inputShape = at === 0 ? { inputShape: [...network.input] } : {};
    // Drawn by initializeWeights below; "zeros" keeps tfjs from drawing them first.
    const kernelInitializer = "zeros" as const;
    model.add(tf.layers.dense({ units, activation, kernelInitializer, ...regularizer(kernelPenalty), ...inputShape }));
  }
  initializeWeights(model, options.seed ?? 42);
  model.compile({ optimizer: optimizerOf(optimizer), loss: lossOf(loss), metrics: [...metrics] });
  return model;
}

function regularizer(penalty?: Penalty) {
  return penalty ? { kernelRegularizer: tf.regularizers.l1l2(penalty) } : {};
}

/** tfjs has no name for Huber's; the kernels know the function, whose delta is 1 as in Keras. */
function lossOf({ kind }: LossSpec): tf.ModelCompileArgs["loss"] {
  return kind === "huber" ? tf.losses.huberLoss : kind;
}

function optimizerOf(spec: OptimizerSpec): tf.Optimizer {
  if (spec.kind === "adam") return tf.train.adam(spec.learningRate, spec.beta1, spec.beta2, spec.epsilon);
  if (spec.kind === "rmsprop") return tf.train.rmsprop(spec.learningRate, spec.rho, spec.momentum, spec.epsilon);
  return tf.train.sgd(spec.learningRate);
}
