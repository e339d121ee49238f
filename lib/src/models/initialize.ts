import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { type Random, random } from "../random";

/**
 * Gives every weight of a model its initial value from (seed, layer, weight), with Keras' defaults: Glorot uniform
 * for kernels, orthogonal for recurrent kernels, zero for biases, one for an LSTM's forget gate.
 *
 * tfjs' own initializers draw from `Math.random`, so that a model would depend on what was built before it.
 *
 * @throws HitlabError on a weight of a kind not listed above
 */
export function initializeWeights(model: tf.LayersModel, seed: number): void {
  model.layers.forEach((layer, at) => {
    const names = layer.weights.map((weight) => weight.name.split("/").at(-1) ?? "");
    const values = layer.weights.map((weight, w) => {
      const rng = random(seed, "weights", at, names[w]);
      return initialWeight(names[w], weight.shape as number[], layer.getClassName() === "LSTM", rng);
    });
    layer.setWeights(values);
    tf.dispose(values);
  });
}

function initialWeight(name: string, shape: number[], isLstm: boolean, rng: Random): tf.Tensor {
  if (name === "kernel") return tf.tensor(glorotUniform(shape[0], shape[1], rng), shape);
  if (name === "recurrent_kernel") return tf.tensor(orthogonal(shape[0], shape[1], rng), shape);
  if (name === "bias") {
    const bias = new Float32Array(shape[0]);
    // Gate order input, forget, cell, output. Jozefowicz et al. 2015: a forget gate that starts open learns sooner.
    if (isLstm) bias.fill(1, shape[0] / 4, shape[0] / 2);
    return tf.tensor(bias, shape);
  }
  throw new HitlabError({
    what: "no initial value is known for this weight",
    value: name,
    remedy: "extend initialize.ts",
  });
}

/** Uniform on +-sqrt(6 / (inputs + outputs)). Source: Glorot and Bengio, AISTATS 2010. */
export function glorotUniform(inputs: number, outputs: number, rng: Random): Float32Array {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return Float32Array.from({ length: inputs * outputs }, () => (2 * rng.uniform() - 1) * limit);
}

/**
 * A random matrix with orthonormal rows (rows <= columns), by modified Gram-Schmidt on normal draws.
 * Source: Saxe, McClelland, Ganguli, ICLR 2014.
 */
export function orthogonal(rows: number, columns: number, rng: Random): Float32Array {
  const q = Float64Array.from({ length: rows * columns }, () => rng.normal());
  for (let r = 0; r < rows; r++) {
    const row = q.subarray(r * columns, (r + 1) * columns);
    // Twice: the second pass removes what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) {
      for (let p = 0; p < r; p++) subtractProjection(row, q.subarray(p * columns, (p + 1) * columns));
    }
    const norm = Math.sqrt(dot(row, row));
    for (let c = 0; c < columns; c++) row[c] /= norm;
  }
  return Float32Array.from(q);
}

function subtractProjection(row: Float64Array, unit: Float64Array): void {
  const along = dot(row, unit);
  for (let c = 0; c < row.length; c++) row[c] -= along * unit[c];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
