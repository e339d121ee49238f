import { nearZero, type SizesOfLayer, sizeBin, sizeBins, type WeightsPicture } from "./trainer";

/**
 * What the weights look like.
 *
 * @param weights in tfjs' order: kernel, bias, kernel, bias ...
 * @param features names of the network's inputs
 */
export function weightsPicture(weights: readonly Float32Array[], features: readonly string[]): WeightsPicture {
  const kernels = kernelsOf(weights);
  const units = kernels[0].length / features.length;
  const first = features.map((_, feature) => Array.from(kernels[0].subarray(feature * units, (feature + 1) * units)));
  return { first, features, sizes: kernels.map((kernel, layer) => sizesOf(kernel, biasOf(weights, layer))) };
}

/** How many weights there are, biases left out, and how many lie next to 0. */
export function countWeights(weights: readonly Float32Array[]): { readonly all: number; readonly nearZero: number } {
  const kernels = kernelsOf(weights);
  const sum = (count: (kernel: Float32Array) => number) => kernels.reduce((total, kernel) => total + count(kernel), 0);
  return { all: sum(({ length }) => length), nearZero: sum(countNearZero) };
}

function kernelsOf(weights: readonly Float32Array[]): Float32Array[] {
  return weights.filter((_, at) => at % 2 === 0);
}

function biasOf(weights: readonly Float32Array[], layer: number): Float32Array {
  return weights[2 * layer + 1];
}

function sizesOf(kernel: Float32Array, { length: units }: Float32Array): SizesOfLayer {
  const counts = new Array<number>(sizeBins).fill(0);
  for (const weight of kernel) counts[Math.min(Math.floor(Math.abs(weight) / sizeBin), sizeBins - 1)]++;
  return {
    layer: `${kernel.length / units} to ${units}`,
    weights: kernel.length,
    nearZero: countNearZero(kernel),
    counts,
  };
}

function countNearZero(kernel: Float32Array): number {
  return kernel.reduce((count, weight) => count + Number(Math.abs(weight) < nearZero), 0);
}
