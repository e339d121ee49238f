import type * as tf from "@tensorflow/tfjs";
import type { Activation, LayerSpec, NetworkSpec, Penalty } from "../kernels/spec";

/** Why the kernels cannot do what is asked: a sentence without its full stop, naming the layer, loss or optimizer. */
export interface Unsupported {
  readonly unsupported: string;
}

/** Thrown inside the readers only; they turn it into an `Unsupported`. */
export class NotForKernels extends Error {}

/** What a reader found, or the sentence of the `NotForKernels` it threw. */
export function orUnsupported<Read>(read: () => Read): Read | Unsupported {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotForKernels) return { unsupported: error.message };
    throw error;
  }
}

/**
 * What a model computes, in the kernels' terms, or why they cannot compute it.
 *
 * Read are a tf.Sequential and any other model whose layers form one chain. What only matters in training (frozen
 * layers, constraints, the dropout inside an LSTM) is judged by `readTraining`, so that such models still predict here.
 * The `seed` of a dropout layer is left out: tfjs would repeat one mask at every step because of it, the kernels draw
 * each mask from the seed of `fit`.
 *
 * @example
 * ```ts
 * const read = readNetwork(networks.lstmHitPredictor({ lookBack: 14 }));
 * if ("spec" in read) read.spec.input; // [14, 1]
 * ```
 */
export function readNetwork(model: tf.LayersModel): { readonly spec: NetworkSpec } | Unsupported {
  return orUnsupported(() => {
    const chain = chainOf(model);
    const input = inputOf(model);
    outputsOf(model);
    const layers = chain.map((layer, at) => layerSpec(layer, at === 0));
    checkLayout(chain, layers);
    return { spec: { input, layers } };
  });
}

/**
 * The layers between input and output, in order, without the input layer.
 *
 * @throws NotForKernels if they are not one chain
 */
export function chainOf(model: tf.LayersModel): tf.layers.Layer[] {
  for (const [what, { length }] of Object.entries({ inputs: model.inputs, outputs: model.outputs })) {
    if (length !== 1) throw new NotForKernels(`the model has ${length} ${what}; the kernels know models with one`);
  }
  const chain: tf.layers.Layer[] = [];
  let tensor = model.outputs[0];
  while (tensor !== model.inputs[0]) {
    const layer = tensor.sourceLayer;
    if (tensor.inputs.length !== 1) {
      throw new NotForKernels(
        `${named(layer)} has ${tensor.inputs.length} inputs; the kernels know one chain of layers`,
      );
    }
    if (chain.includes(layer))
      throw new NotForKernels(`${named(layer)} is used twice; the kernels know no shared weights`);
    chain.unshift(layer);
    tensor = tensor.inputs[0];
  }
  return chain;
}

/** `layer "dense_Dense1" (Dense)` */
export function named(layer: tf.layers.Layer): string {
  return `layer "${layer.name}" (${layer.getClassName()})`;
}

function inputOf(model: tf.LayersModel): number[] {
  const shape = model.inputs[0].shape.slice(1);
  if (shape.length >= 1 && shape.length <= 2 && shape.every((size) => size !== null)) return shape as number[];
  const shown = shape.map((size) => size ?? "any").join(", ");
  throw new NotForKernels(`the model's input is [${shown}]; the kernels take [features] or [steps, features]`);
}

/**
 * Size of the output [n, outputs].
 *
 * @throws NotForKernels if the output is a sequence
 */
export function outputsOf(model: tf.LayersModel): number {
  const shape = model.outputs[0].shape.slice(1);
  if (shape.length === 1) return shape[0] as number;
  throw new NotForKernels(`the model's output is [n, ${shape.join(", ")}]; the kernels know [n, outputs]`);
}

/**
 * The kernels fill the units of an LSTM up to a multiple of four. The filling is zero, and a next layer with weights
 * takes no notice of it; an activation would make something of it, and at the end it would show.
 */
function checkLayout(chain: readonly tf.layers.Layer[], specs: readonly LayerSpec[]): void {
  const hasWeights = (spec?: LayerSpec) => spec?.kind === "dense" || spec?.kind === "lstm";
  if (!specs.some(hasWeights)) throw new NotForKernels("the model has no weights");
  for (const [at, spec] of specs.entries()) {
    if (spec.kind !== "lstm" || spec.units % 4 === 0) continue;
    if (hasWeights(specs.slice(at + 1).find(({ kind }) => kind !== "dropout"))) continue;
    throw new NotForKernels(
      `${named(chain[at])} has ${spec.units} units, not a multiple of four, with no Dense or LSTM layer next to it`,
    );
  }
}

/** The config of a layer as tfjs gives it; what is read from it is checked where it is read. */
export type LayerConfig = Readonly<Record<string, unknown>>;

type LayerReader = (config: LayerConfig, layer: tf.layers.Layer, isFirst: boolean) => LayerSpec;

const readers: Readonly<Record<string, LayerReader>> = {
  Dense: readDense,
  LSTM: readLstm,
  Dropout: (config) => ({ kind: "dropout", rate: config.rate as number }),
  Activation: (config, layer) => ({ kind: "activation", activation: activationOf(config, layer) }),
  Flatten: readFlatten,
};

function layerSpec(layer: tf.layers.Layer, isFirst: boolean): LayerSpec {
  const name = layer.getClassName();
  if (!Object.hasOwn(readers, name)) {
    const known = Object.keys(readers).join(", ");
    throw new NotForKernels(`${named(layer)} is of a class that the kernels do not know; they know ${known}`);
  }
  return readers[name](layer.getConfig() as LayerConfig, layer, isFirst);
}

function readDense(config: LayerConfig, layer: tf.layers.Layer): LayerSpec {
  return {
    kind: "dense",
    units: config.units as number,
    activation: activationOf(config, layer),
    bias: config.useBias === true,
    ...penalties(config, layer, ["kernel", "bias"]),
  };
}

function readLstm(config: LayerConfig, layer: tf.layers.Layer): LayerSpec {
  const wanted = { activation: "tanh", recurrentActivation: "sigmoid", useBias: true };
  const unwanted = { returnState: false, goBackwards: false, stateful: false };
  for (const [option, value] of Object.entries({ ...wanted, ...unwanted })) {
    if (config[option] === value) continue;
    const shown = JSON.stringify(value);
    throw new NotForKernels(
      `${named(layer)} has ${option}: ${JSON.stringify(config[option])}; the kernels know ${shown} only`,
    );
  }
  return {
    kind: "lstm",
    units: config.units as number,
    returnSequences: config.returnSequences === true,
    ...penalties(config, layer, ["kernel", "recurrent", "bias"]),
  };
}

/** On the network's input alone: the kernels keep later sequences step by step for all rows, not row by row. */
function readFlatten(config: LayerConfig, layer: tf.layers.Layer, isFirst: boolean): LayerSpec {
  if (!isFirst) throw new NotForKernels(`${named(layer)} is not the first layer; the kernels flatten the input only`);
  if (config.dataFormat === "channelsFirst") {
    throw new NotForKernels(`${named(layer)} has dataFormat: "channelsFirst", which reorders its input`);
  }
  return { kind: "flatten" };
}

const activations: readonly string[] = ["linear", "relu", "sigmoid", "tanh", "softmax"] satisfies Activation[];

function activationOf(config: LayerConfig, layer: tf.layers.Layer): Activation {
  const name = String(config.activation);
  if (activations.includes(name)) return name as Activation;
  throw new NotForKernels(`${named(layer)} has the activation "${name}"; the kernels know ${activations.join(", ")}`);
}

type Part = "kernel" | "recurrent" | "bias";

function penalties(config: LayerConfig, layer: tf.layers.Layer, parts: readonly Part[]): Record<string, Penalty> {
  const found = parts.flatMap((part) => {
    const penalty = penaltyOf(config[`${part}Regularizer`], layer, part);
    return penalty ? [[`${part}Penalty`, penalty]] : [];
  });
  return Object.fromEntries(found);
}

/** `l1 * sum(|w|) + l2 * sum(w^2)` from tfjs' `{ className: "L1L2", config: { l1, l2 } }`; none where both are 0. */
function penaltyOf(regularizer: unknown, layer: tf.layers.Layer, part: Part): Penalty | undefined {
  if (regularizer === null || regularizer === undefined) return undefined;
  const { className, config } = regularizer as { className: string; config: Penalty };
  if (className !== "L1L2") {
    throw new NotForKernels(`${named(layer)} has the ${part} regularizer "${className}"; the kernels know L1 and L2`);
  }
  const { l1, l2 } = config;
  return l1 === 0 && l2 === 0 ? undefined : { l1, l2 };
}

/**
 * The weights in the order that the kernels take them: kernel, [recurrent kernel], bias of each layer. Copies.
 *
 * Not `model.getWeights()`: that has the weights of frozen layers at its end.
 */
export function kernelWeights(model: tf.LayersModel): Float32Array[] {
  return chainOf(model).flatMap((layer) =>
    layer.getWeights().map((weight) => Float32Array.from(weight.dataSync<"float32">())),
  );
}
