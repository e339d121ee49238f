import { HitlabError } from "../errors";
import type { LayerSpec, NetworkSpec } from "../kernels/spec";
import { type Random, random } from "../random";

/** A weight of a layer, by the name that tfjs gives it. */
export interface WeightToDraw {
  /** "kernel", "recurrent_kernel" or "bias". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly isLstm: boolean;
}

/**
 * The weights that `initializeWeights` gives a tf.Sequential of these layers, without tfjs: layer after layer kernel,
 * recurrent kernel, bias.
 */
export function initialWeights({ input, layers }: NetworkSpec, seed: number): Float32Array[] {
  let inputs = input[input.length - 1];
  return layers.flatMap((layer, at) => {
    const weights = weightsOf(layer, inputs);
    if (layer.kind === "flatten") inputs = input.reduce((product, size) => product * size, 1);
    if ("units" in layer) inputs = layer.units;
    // The stream counts layers without weights, too, as the model's list of layers does.
    return weights.map((weight) => initialWeight(weight, random(seed, "weights", at, weight.name)));
  });
}

function weightsOf(layer: LayerSpec, inputs: number): WeightToDraw[] {
  if (layer.kind !== "dense" && layer.kind !== "lstm") return [];
  const isLstm = layer.kind === "lstm";
  const across = isLstm ? 4 * layer.units : layer.units;
  const kernel = { name: "kernel", shape: [inputs, across], isLstm };
  const recurrent = { name: "recurrent_kernel", shape: [layer.units, across], isLstm };
  const bias = { name: "bias", shape: [across], isLstm };
  if (isLstm) return [kernel, recurrent, bias];
  return layer.bias ? [kernel, bias] : [kernel];
}

/** @throws HitlabError on a weight of another name than those of dense layers and LSTMs */
export function initialWeight({ name, shape, isLstm }: WeightToDraw, rng: Random): Float32Array {
  if (name === "kernel") return glorotUniform(shape[0], shape[1], rng);
  if (name === "recurrent_kernel") return orthogonal(shape[0], shape[1], rng);
  if (name === "bias") {
    const bias = new Float32Array(shape[0]);
    // Gate order input, forget, cell, output. Jozefowicz et al. 2015: a forget gate that starts open learns sooner.
    return isLstm ? bias.fill(1, shape[0] / 4, shape[0] / 2) : bias;
  }
  throw new HitlabError({
    what: "no initial value is known for this weight",
    value: name,
    remedy: "extend initial-weights.ts",
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
