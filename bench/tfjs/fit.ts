import { join } from "node:path";
import type * as tfjs from "@tensorflow/tfjs";
import type { Round } from "../answering";
import { metricOf } from "../metrics";
import { readNpy } from "../npy";
import type { FitWork, Layer, Network } from "../settings";

type Tf = typeof tfjs;

interface Part {
  readonly x: tfjs.Tensor;
  /** As the loss wants them. */
  readonly targets: tfjs.Tensor;
  readonly y: Float32Array;
}

/** Trains one network by `model.fit`, round after round, on the arrays that our side wrote. */
export async function fitWork(tf: Tf, settings: FitWork, folder: string): Promise<Round> {
  const { network, batch: batchSize, validate, goOn, warmUpEpochs } = settings;
  const [train, test] = ["train", "test"].map((name) => part(tf, network, join(folder, name)));
  const validation = validate ? { validationData: [test.x, test.targets] as [tfjs.Tensor, tfjs.Tensor] } : {};
  let model: tfjs.LayersModel | undefined;
  return async (round) => {
    if (!goOn) model?.dispose();
    model = model && goOn ? model : build(tf, network);
    const epochs = round === 0 ? (warmUpEpochs ?? settings.epochs) : settings.epochs;
    const start = performance.now();
    await model.fit(train.x, train.targets, { epochs, batchSize, verbose: 0, ...validation });
    const seconds = (performance.now() - start) / 1000;
    const output = model.predict(test.x, { batchSize: 1024 }) as tfjs.Tensor;
    const quality = metricOf(network.metric, test.y, output.dataSync());
    output.dispose();
    return { seconds, quality };
  };
}

function part(tf: Tf, { input, loss }: Network, name: string): Part {
  const [x, y] = ["x", "y"].map((which) => readNpy(`${name}-${which}.npy`));
  const oneHot = () => tf.oneHot(tf.tensor1d(y.values, "int32"), 2).toFloat();
  return {
    x: tf.tensor(x.values, [x.shape[0], ...input]),
    targets: loss === "categoricalCrossentropy" ? oneHot() : tf.tensor2d(y.values, [y.values.length, 1]),
    y: y.values,
  };
}

function build(tf: Tf, network: Network): tfjs.Sequential {
  const model = tf.sequential();
  for (const [at, layer] of network.layers.entries()) {
    model.add(layerOf(tf, layer, at === 0 ? { inputShape: [...network.input] } : {}));
  }
  const metrics = network.metric === "accuracy" ? ["accuracy"] : ["mae"];
  model.compile({ optimizer: tf.train.adam(0.001), loss: network.loss, metrics });
  return model;
}

/** The defaults of Keras: tfjs' own recurrent activation is the hard sigmoid. */
function layerOf(tf: Tf, layer: Layer, input: { inputShape?: number[] }): tfjs.layers.Layer {
  if ("dropout" in layer) return tf.layers.dropout({ rate: layer.dropout, ...input });
  if ("dense" in layer) return tf.layers.dense({ units: layer.dense, activation: layer.activation, ...input });
  return tf.layers.lstm({
    units: layer.lstm,
    returnSequences: layer.sequences ?? false,
    recurrentActivation: "sigmoid",
    ...input,
  });
}
