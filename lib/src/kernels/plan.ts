import { streamKey } from "../random";
import type { KernelInstance } from "./instance";
import { floatsOf, type Parameter } from "./parameters";
import { layerFields, penaltyFields, programFields, recordSize, type Values, writeRecord } from "./records";
import { type PlacedLayer, type PlacedNetwork, placeNetwork } from "./shapes";
import type { LossSpec, NetworkSpec, OptimizerSpec, TrainingSpec } from "./spec";

/** Where a network lies in an instance's memory. */
export interface Plan {
  /** Address of the program record. */
  readonly program: number;
  /** Address of the vector of all parameters, and its floats. */
  readonly base: number;
  readonly length: number;
  /** In tf's order: layer after layer, kernel, recurrent kernel, bias. */
  readonly parameters: readonly Parameter[];
  /** Addresses of the optimizer's vectors, each as long as the parameters. */
  readonly slots: readonly number[];
  /** Numbers of a row that come in and go out. */
  readonly inputs: number;
  readonly outputs: number;
}

type LayerRecord = Values<typeof layerFields>;

/** Rows that an evaluation takes at once, if the training's batches are not larger. */
const CAPACITY = 32;

const layerKinds = { dense: 0, lstm: 1, dropout: 2, activation: 3 };
const activationKinds = { linear: 0, relu: 1, sigmoid: 2, tanh: 3, softmax: 4 };
/** Those on probabilities; two before each of the first two is the same on logits (lib/kernels/loss.ts). */
const lossKinds = {
  binaryCrossentropy: 2,
  categoricalCrossentropy: 3,
  sparseCategoricalCrossentropy: 3,
  meanSquaredError: 4,
  meanAbsoluteError: 5,
  huber: 6,
};
const optimizerKinds = { adam: 0, rmsprop: 1, sgd: 2 };

/**
 * Lays a network out in an instance's memory: parameters, activations and, for a training, gradients and the
 * optimizer's vectors. That is done once; nothing moves afterwards.
 *
 * @throws HitlabError naming the layer that the kernels cannot take
 */
export function planNetwork(instance: KernelInstance, spec: NetworkSpec, training?: TrainingSpec): Plan {
  const network = placeNetwork(spec);
  const { layers, length, steps, features } = network;
  const capacity = Math.max(training?.batchSize ?? 1, CAPACITY);
  const program = instance.allocate(recordSize(programFields) / 4);
  const base = instance.allocate(length);
  const gradients = training ? instance.allocate(length) : 0;
  const slots = training
    ? slotsOf(training.optimizer).map((used) => (used ? instance.allocate(length) : 0))
    : [0, 0, 0];
  const x = instance.allocate(capacity * steps * features);
  const records = layerRecords(instance, network, { capacity, base, gradients, x });
  const last = records[records.length - 1];
  const { lossKind, metricKind, fused, delta } = outcome(layers[layers.length - 1], training);
  last.fused = fused ? 1 : 0;
  const penalties = penaltyRecords(layers, base, gradients);
  const outputs = layers[layers.length - 1].units;
  const record: Values<typeof programFields> = {
    power1: 1,
    power2: 1,
    layers: writeRecords(instance, records, layerFields),
    layerCount: records.length,
    penalties: writeRecords(instance, penalties, penaltyFields),
    penaltyCount: penalties.length,
    steps,
    features,
    outputs,
    batch: training?.batchSize ?? capacity,
    capacity,
    x,
    y: instance.allocate(capacity * outputs),
    w: instance.allocate(capacity),
    z: layers[layers.length - 1].spec.kind === "activation" ? last.x : last.z,
    p: last.y,
    g: last.dy,
    parameters: base,
    gradients,
    slot1: slots[0],
    slot2: slots[1],
    slot3: slots[2],
    parameterCount: length,
    lossKind,
    metricKind,
    delta,
    ...(training ? optimizerFields(training.optimizer) : {}),
    seed: training?.seed ?? 0,
    stream: streamKey("fit", "dropout"),
  };
  // Only now: what was allocated for the record may have moved the memory.
  writeRecord(instance.view(), program, programFields, record);
  const parameters = layers.flatMap((layer) => layer.parameters);
  return { program, base, length, parameters, slots: slots.filter(Boolean), inputs: steps * features, outputs };
}

interface Room {
  /** Most rows at once. */
  readonly capacity: number;
  /** The parameters' vector and, when training, that of their gradients. */
  readonly base: number;
  readonly gradients: number;
  /** The network's input. */
  readonly x: number;
}

/** A record per layer, each with its buffers; the last layer's `dy` is where the loss puts its gradient. */
function layerRecords(instance: KernelInstance, { layers }: PlacedNetwork, room: Room): Record<string, number>[] {
  const { capacity, gradients } = room;
  const zeros = instance.allocate(Math.max(...layers.map(({ units }) => Math.max(capacity, 4) * units)) + 8);
  const packed = instance.allocate(Math.max(...layers.map((layer) => packedFloats(instance, layer, room))));
  const records: Record<string, number>[] = [];
  for (const [index, layer] of layers.entries()) {
    const x = index > 0 ? records[index - 1].y : room.x;
    const isLast = index === layers.length - 1;
    records.push({ index, x, packed, zeros, ...ownBuffers(instance, layer, room, isLast), ...ownWeights(layer, room) });
  }
  if (gradients) linkGradients(instance, layers, records, capacity);
  return records;
}

/** What a layer is, and the buffers of its way forward. */
function ownBuffers(
  instance: KernelInstance,
  layer: PlacedLayer,
  { capacity, gradients }: Room,
  isLast: boolean,
): LayerRecord {
  const { spec, inputs, units, steps, outSteps } = layer;
  const outputs = () => instance.allocate(capacity * outSteps * units);
  const common = { kind: layerKinds[spec.kind], inputs, units, steps };
  const y = outputs();
  if (spec.kind === "dropout") return { ...common, y, rate: spec.rate, mask: gradients ? outputs() : 0 };
  if (spec.kind === "activation") return { ...common, y, activation: activationKinds[spec.activation] };
  if (spec.kind === "dense") {
    // The last layer's sums are kept apart from what the activation makes of them: some losses start from them.
    return { ...common, y, z: isLast ? outputs() : y, activation: activationKinds[spec.activation] };
  }
  const everyStep = () => instance.allocate(capacity * steps * units);
  const oneStep = () => (gradients ? instance.allocate(capacity * units) : 0);
  const h = spec.returnSequences ? y : everyStep();
  const z = instance.allocate(capacity * steps * 4 * units);
  const sequences = spec.returnSequences ? 1 : 0;
  return { ...common, y, z, h, c: everyStep(), tanhC: everyStep(), dh: oneStep(), dc: oneStep(), sequences };
}

/** Addresses of a layer's weights and of their gradients. */
function ownWeights({ spec, parameters }: PlacedLayer, { base, gradients }: Room): LayerRecord {
  const at = (parameter: Parameter | undefined, vector: number) =>
    parameter && vector ? vector + 4 * parameter.offset : 0;
  const [kernel, second, third] = parameters;
  const [recurrent, bias] = spec.kind === "lstm" ? [second, third] : [undefined, second];
  return {
    weights: at(kernel, base),
    recurrent: at(recurrent, base),
    bias: at(bias, base),
    dWeights: at(kernel, gradients),
    dRecurrent: at(recurrent, gradients),
    dBias: at(bias, gradients),
  };
}

/**
 * Buffers of the way back. A dropout or an activation works in place, so that the gradient of its input lies where that
 * of its output lay; below the first layer with weights nobody wants one.
 */
function linkGradients(
  instance: KernelInstance,
  layers: readonly PlacedLayer[],
  records: Record<string, number>[],
  capacity: number,
): void {
  const first = layers.findIndex(({ parameters }) => parameters.length > 0);
  for (let index = layers.length - 1; index >= first; index--) {
    const above = layers[index + 1];
    const { units, outSteps } = layers[index];
    const inPlace = above !== undefined && above.parameters.length === 0;
    const dy = inPlace ? records[index + 1].dy : instance.allocate(capacity * outSteps * units);
    records[index].dy = dy;
    if (above && !inPlace) records[index + 1].dx = dy;
  }
}

/** Floats of the largest matrix that a layer packs (lib/kernels/matmul.ts). */
function packedFloats(instance: KernelInstance, layer: PlacedLayer, { capacity, gradients }: Room): number {
  const { packedSize } = instance.exports;
  const { spec, inputs, units, steps } = layer;
  if (layer.parameters.length === 0) return 0;
  const across = spec.kind === "lstm" ? 4 * units : units;
  const forward = [packedSize(inputs, across), ...(spec.kind === "lstm" ? [packedSize(units, across)] : [])];
  const back = [packedSize(steps * capacity, across), packedSize(across, Math.max(inputs, units))];
  return Math.max(...forward, ...(gradients ? back : []));
}

function penaltyRecords(
  layers: readonly PlacedLayer[],
  base: number,
  gradients: number,
): Values<typeof penaltyFields>[] {
  return layers
    .flatMap(({ parameters }) => parameters)
    .filter(({ penalty }) => penalty && (penalty.l1 > 0 || penalty.l2 > 0))
    .map((parameter) => {
      const from = 4 * parameter.offset;
      const gradient = gradients + from;
      return { weights: base + from, gradient, count: floatsOf(parameter), ...parameter.penalty };
    });
}

/** Writes records one after another and returns the address of the first. */
function writeRecords<F extends Parameters<typeof recordSize>[0]>(
  instance: KernelInstance,
  records: readonly Values<F>[],
  fields: F,
): number {
  const size = recordSize(fields);
  const first = instance.allocate((records.length * size) / 4);
  const view = instance.view();
  for (const [index, values] of records.entries()) writeRecord(view, first + index * size, fields, values);
  return first;
}

/** Which loss and metric the kernels measure; fused: the loss starts from the sums before the last activation. */
function outcome(last: PlacedLayer, training: TrainingSpec | undefined) {
  const activation = "activation" in last.spec ? last.spec.activation : "linear";
  const loss: LossSpec = training?.loss ?? { kind: "meanSquaredError" };
  const categorical = lossKinds[loss.kind] === lossKinds.categoricalCrossentropy;
  const fused = loss.kind === "binaryCrossentropy" ? activation === "sigmoid" : categorical && activation === "softmax";
  return {
    lossKind: lossKinds[loss.kind] - (fused ? 2 : 0),
    metricKind: categorical ? 1 : 0,
    fused,
    delta: loss.kind === "huber" ? loss.delta : 0,
  };
}

/** Which of the three vectors an optimizer needs. */
function slotsOf(optimizer: OptimizerSpec): boolean[] {
  if (optimizer.kind === "adam") return [true, true, false];
  if (optimizer.kind === "rmsprop") return [true, optimizer.centered, optimizer.momentum > 0];
  return [optimizer.momentum > 0, false, false];
}

function optimizerFields(optimizer: OptimizerSpec): Values<typeof programFields> {
  const common = { optimizer: optimizerKinds[optimizer.kind], rate: optimizer.learningRate };
  if (optimizer.kind === "adam") {
    const { beta1, beta2, epsilon } = optimizer;
    return { ...common, setting1: 1 - beta1, setting2: 1 - beta2, epsilon };
  }
  if (optimizer.kind === "rmsprop") {
    return { ...common, setting1: optimizer.rho, setting2: optimizer.momentum, epsilon: optimizer.epsilon };
  }
  return { ...common, setting1: optimizer.momentum, setting2: optimizer.nesterov ? 1 : 0 };
}
