import type * as tfjs from "@tensorflow/tfjs";
import type { Samples } from "hitlab";
import { metricOf } from "../metrics";
import type { Dense, Layer, Network } from "../settings";
import { initializeWeights, tf } from "./packages";

/** The network in tf.layers, with Keras' defaults, compiled. */
export function build(network: Network, { rate = 0.001, seed }: { rate?: number; seed: number }): tfjs.Sequential {
  const layers = network.layers.map((layer, at) => layerOf(layer, at === 0 ? { inputShape: [...network.input] } : {}));
  const model = tf.sequential({ layers });
  initializeWeights(model, seed);
  const metrics = network.metric === "accuracy" ? ["accuracy"] : ["mae"];
  model.compile({ optimizer: tf.train.adam(rate), loss: network.loss, metrics });
  return model;
}

function layerOf(layer: Layer, input: { inputShape?: number[] }): tfjs.layers.Layer {
  // initializeWeights draws the weights; "zeros" keeps tfjs from drawing them first.
  const undrawn = { kernelInitializer: "zeros", ...input } as const;
  if ("dropout" in layer) return tf.layers.dropout({ rate: layer.dropout, ...input });
  if ("dense" in layer) {
    return tf.layers.dense({ units: layer.dense, activation: layer.activation, ...penaltyOf(layer), ...undrawn });
  }
  return tf.layers.lstm({
    units: layer.lstm,
    returnSequences: layer.sequences ?? false,
    recurrentActivation: "sigmoid",
    recurrentInitializer: "zeros",
    ...undrawn,
  });
}

function penaltyOf({ l1 = 0, l2 = 0 }: Dense) {
  return l1 > 0 || l2 > 0 ? { kernelRegularizer: tf.regularizers.l1l2({ l1, l2 }) } : {};
}

/** The network's metric on rows that it was not trained on. */
export function qualityOf(model: tfjs.LayersModel, { metric, input }: Network, test: Samples): number {
  const x = tf.tensor(Float32Array.from(test.x.data), [test.x.rows, ...input]);
  const output = model.predict(x, { batchSize: 1024 }) as tfjs.Tensor;
  const values = output.dataSync();
  tf.dispose([x, output]);
  return metricOf(metric, test.y, values);
}
