import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { binaryCrossentropy } from "./cross-entropy";
import { FlatAdam, isAdam } from "./flat-adam";

/** One step of the optimizer: takes inputs, targets and, if rows are weighed, weights; tells mean loss and metrics. */
export type TrainStep = (batch: readonly tf.Tensor[]) => number[];

/** The parts of a model of tfjs-layers 4.22 that a step is made of, which its types do not show. */
interface Inside {
  /** Makes what `trainOnBatch` calls (engine/training.ts): it weighs the losses of the rows, where it gets weights. */
  makeTrainFunction?(): (batch: readonly tf.Tensor[]) => tf.Scalar[];
  optimizer_: unknown;
  readonly collectedTrainableWeights: readonly { read(): tf.Variable }[];
  lossFunctions?: readonly ((labels: tf.Tensor, output: tf.Tensor) => tf.Tensor)[];
}

/**
 * The steps of a model's training. Unlike `trainOnBatch` they do not check every batch, and they take weights; Adam and the
 * binary cross-entropy are our own, which need fewer operations.
 *
 * @throws HitlabError for a model of several inputs or outputs, and where tfjs is another version
 */
export function trainSteps(model: tf.LayersModel): { readonly step: TrainStep; readonly adam?: FlatAdam } {
  if (model.inputs.length + model.outputs.length > 2) {
    throw new HitlabError({
      what: "the model has several inputs or outputs",
      value: `${model.inputs.length} and ${model.outputs.length}`,
      remedy: "train a model of one input and one output, or this one by its own fit",
    });
  }
  const inside = insideOf(model);
  const { optimizer } = model;
  if (typeof inside.makeTrainFunction !== "function") throw otherVersion();
  const train = inside.makeTrainFunction();
  const theirs = { optimizer_: inside.optimizer_, lossFunctions: inside.lossFunctions };
  const variables = () => inside.collectedTrainableWeights.map((weight) => weight.read());
  const adam = isAdam(optimizer) ? new FlatAdam(optimizer, variables()) : undefined;
  const ours = {
    optimizer_: adam ?? theirs.optimizer_,
    lossFunctions: model.loss === "binaryCrossentropy" ? [binaryCrossentropy] : theirs.lossFunctions,
  };
  const step: TrainStep = (batch) => {
    // For the length of a step, so that all else finds the model as it was compiled.
    Object.assign(inside, ours);
    try {
      return numbers(train(batch));
    } finally {
      Object.assign(inside, theirs);
    }
  };
  return { step, adam };
}

/** @throws HitlabError if the loss is one number for all rows, in which their weights would be lost */
export function checkWeighable(model: tf.LayersModel, inputs: tf.Tensor, targets: tf.Tensor): void {
  const [loss] = insideOf(model).lossFunctions ?? [];
  if (typeof loss !== "function") throw otherVersion();
  const rows = Math.min(2, inputs.shape[0]);
  const shape = tf.tidy(() => {
    const [x, y] = [inputs, targets].map((tensor) => tensor.slice(0, rows));
    return loss(y, model.predict(x) as tf.Tensor).shape;
  });
  if (shape.length === 1 && shape[0] === rows) return;
  throw new HitlabError({
    what: "sample weights need a loss that gives one number per row",
    value: `[${shape.join(", ")}] for ${rows} rows`,
    remedy: 'name the loss, for example "meanSquaredError", or return the losses of the rows without their mean',
  });
}

/** A Sequential keeps the model that does the work inside. */
function insideOf(model: tf.LayersModel): Inside {
  return (Reflect.get(model, "model") ?? model) as Inside;
}

function numbers(measured: readonly tf.Scalar[]): number[] {
  const values = measured.map((scalar) => scalar.dataSync()[0]);
  tf.dispose([...measured]);
  return values;
}

function otherVersion(): HitlabError {
  return new HitlabError({
    what: "tfjs cannot train here in this version",
    value: tf.version.tfjs,
    remedy: "install tfjs 4.22",
  });
}
