import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";

/**
 * `trainOnBatch` with a weight per row: takes inputs, targets and weights; tells the mean loss and the metrics.
 *
 * tfjs 4.22 has no public way, but the function that its `trainOnBatch` makes and calls multiplies the losses of the rows
 * by weights, where it gets any, before it takes their mean (tfjs-layers, engine/training.ts, makeTrainFunction).
 *
 * @throws HitlabError where tfjs is another version, without that function
 */
export function trainWeighted(model: tf.LayersModel, batch: readonly tf.Tensor[]): number[] {
  const inner = innerModel(model);
  const make = Reflect.get(inner, "makeTrainFunction");
  if (typeof make !== "function") throw otherVersion();
  const train = make.call(inner) as (data: readonly tf.Tensor[]) => tf.Scalar[];
  const measured = train(batch);
  const values = measured.map((scalar) => scalar.dataSync()[0]);
  tf.dispose(measured);
  return values;
}

/** @throws HitlabError if the loss is one number for all rows, in which their weights would be lost */
export function checkWeighable(model: tf.LayersModel, inputs: tf.Tensor, targets: tf.Tensor): void {
  const [loss] = Reflect.get(innerModel(model), "lossFunctions") ?? [];
  if (typeof loss !== "function") throw otherVersion();
  const rows = Math.min(2, inputs.shape[0]);
  const shape = tf.tidy(() => {
    const [x, y] = [inputs, targets].map((tensor) => tensor.slice(0, rows));
    return (loss as (labels: tf.Tensor, output: tf.Tensor) => tf.Tensor)(y, model.predict(x) as tf.Tensor).shape;
  });
  if (shape.length === 1 && shape[0] === rows) return;
  throw new HitlabError({
    what: "sample weights need a loss that gives one number per row",
    value: `[${shape.join(", ")}] for ${rows} rows`,
    remedy: 'name the loss, for example "meanSquaredError", or return the losses of the rows without their mean',
  });
}

/** A Sequential keeps the model that does the work inside. */
function innerModel(model: tf.LayersModel): tf.LayersModel {
  return Reflect.get(model, "model") ?? model;
}

function otherVersion(): HitlabError {
  return new HitlabError({
    what: "this version of tfjs cannot weigh rows",
    value: tf.version.tfjs,
    remedy: "install tfjs 4.22, or leave out sampleWeights",
  });
}
