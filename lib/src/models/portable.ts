import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import type { NetworkSpec } from "../kernels/spec";
import { kernelWeights, readNetwork } from "./read-network";

/** A network as plain JSON: what a page needs to predict without tfjs. */
export interface PortableNetwork {
  readonly spec: NetworkSpec;
  /** Kernel, [recurrent kernel] and bias of each layer; each number is a float32. */
  readonly weights: readonly (readonly number[])[];
}

/**
 * A network as plain JSON, from which the kernels predict without tfjs, in Node or in a page, to the same digits. (A
 * page says with `provideKernels` where its kernels.wasm is.)
 *
 * @throws HitlabError if the kernels do not know the model, naming the layer
 * @example
 * ```ts
 * const { spec, weights } = JSON.parse(JSON.stringify(networks.portable(model)));
 * const network = new KernelNetwork(spec, weights.map((numbers) => Float32Array.from(numbers)));
 * network.predict(x, rows); // [rows, outputs]
 * network.close();
 * ```
 */
export function portable(model: tf.LayersModel): PortableNetwork {
  const read = readNetwork(model);
  if ("spec" in read) return { spec: read.spec, weights: kernelWeights(model).map((numbers) => [...numbers]) };
  throw new HitlabError({
    what: `the kernels cannot compute this model: ${read.unsupported}`,
    remedy: "build it of the layers and options that they know",
  });
}
