import { KernelNetwork } from "../../../lib/src/kernels/network";
import type { NetworkSpec } from "../../../lib/src/kernels/spec";
import type { FittedNetwork } from "../shared/fitted-models";
import { bytesOf } from "./base64";
import { type Predictor, width } from "./predictor";
import { scaleRows } from "./scale-rows";

/** A network in the kernels, as Node computes it: the digits of `networks.predictProbability`. */
export function networkPredictor({ scaler, spec, weights }: FittedNetwork): Predictor {
  const network = new KernelNetwork(spec, split(spec, new Float32Array(bytesOf(weights).buffer)));
  return (rows) => {
    const inputs = new Float32Array(scaleRows(rows, scaler));
    return new Float64Array(network.predict(inputs, rows.length / width));
  };
}

/** The kernel and bias of each dense layer, out of all weights one after another. */
function split({ input, layers }: NetworkSpec, all: Float32Array): Float32Array[] {
  const parts: Float32Array[] = [];
  let inputs = input[0];
  let at = 0;
  const take = (count: number) => {
    parts.push(all.subarray(at, at + count));
    at += count;
  };
  for (const layer of layers) {
    if (layer.kind !== "dense") continue;
    take(inputs * layer.units);
    if (layer.bias) take(layer.units);
    inputs = layer.units;
  }
  return parts;
}
