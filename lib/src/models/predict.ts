import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { KernelNetwork, type NetworkSpec } from "../kernels";
import { checkFinite } from "../prepare/finite";
import type { Matrix } from "../samples";
import { kernelWeights, readNetwork } from "./read-network";

/**
 * What a network says for each row of `x`: [rows, outputs], row after row. A sequence is step after step.
 *
 * On the wasm and cpu backends by the kernels where they know the model (the same digits on every machine), else by
 * tfjs.
 *
 * @param x a row per sample, as many columns as the model's input has numbers ([steps, features]: step after step)
 * @throws HitlabError if the model has several inputs or outputs, the widths differ or a number is not finite
 */
export function predict(model: tf.LayersModel, x: Matrix): Float64Array {
  checkOneInputAndOutput(model);
  checkWidth(model, x);
  checkFinite(x);
  // tfjs refuses to predict for no rows.
  if (x.rows === 0) return new Float64Array(0);
  // TensorFlow is asked for by name, to run what it runs best.
  const read = tf.getBackend() === "tensorflow" ? undefined : readNetwork(model);
  return new Float64Array(read && "spec" in read ? byKernels(model, read.spec, x) : byTfjs(model, x));
}

function byKernels(model: tf.LayersModel, spec: NetworkSpec, x: Matrix): Float32Array {
  const network = new KernelNetwork(spec, kernelWeights(model));
  try {
    return network.predict(new Float32Array(x.data), x.rows);
  } finally {
    network.close();
  }
}

function byTfjs(model: tf.LayersModel, x: Matrix): Float32Array {
  const inputs = inputTensor(model, x);
  // Large batches: the cost of an operation in tfjs hardly grows with its size until about a thousand rows.
  const output = model.predict(inputs, { batchSize: 1024 }) as tf.Tensor;
  const values = output.dataSync<"float32">();
  tf.dispose([inputs, output]);
  return values;
}

/** The rows of `x` as a float32 tensor of the model's input shape. The caller disposes of it. */
export function inputTensor(model: tf.LayersModel, x: Matrix): tf.Tensor {
  checkWidth(model, x);
  return tf.tensor(new Float32Array(x.data), [x.rows, ...(model.inputs[0].shape.slice(1) as number[])]);
}

function checkOneInputAndOutput(model: tf.LayersModel): void {
  const { inputs, outputs } = model;
  if (inputs.length === 1 && outputs.length === 1) return;
  throw new HitlabError({
    what: `the model has ${inputs.length} inputs and ${outputs.length} outputs, a table of rows feeds one and gets one`,
    remedy: "call the model's own predict",
  });
}

/**
 * @param which what an error calls the rows
 * @throws HitlabError if the rows have not as many columns as the model's input has numbers
 */
export function checkWidth(model: tf.LayersModel, x: Matrix, which = "data"): void {
  const { shape } = model.inputs[0];
  const width = numbersPerRow(shape);
  if (width === x.columns) return;
  throw new HitlabError({
    what: `the model takes [${shape.slice(1).join(", ")}] = ${width} numbers per row, the ${which} have ${x.columns} columns`,
    remedy: "build the model for these data (lookBack, features), or pass the columns it was built for",
  });
}

/** How many numbers a row has in a tensor of this shape; its first entry, the batch, is left open. */
export function numbersPerRow(shape: readonly (number | null)[]): number {
  return shape.slice(1).reduce<number>((product, size) => product * (size ?? 1), 1);
}
