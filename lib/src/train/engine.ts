import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import type { NetworkSpec } from "../kernels/spec";
import { readNetwork } from "../models/read-network";
import { readTraining, type TrainingReading } from "../models/read-training";
import type { EngineOption } from "./options";

/** Which engine trains, and what the kernels need to know of the model. */
export type Engine =
  | ({ readonly name: "kernels"; readonly network: NetworkSpec } & TrainingReading)
  | { readonly name: `tfjs ${string}` };

/**
 * Chooses what trains a compiled model. "auto" takes the kernels where they stand in for a CPU's tfjs (backends wasm and
 * cpu) and support all of the model, and tfjs otherwise.
 *
 * @throws HitlabError if the kernels are asked for and do not support the model, naming what it is; or for an unknown name
 */
export function chooseEngine(model: tf.LayersModel, asked: EngineOption = "auto"): Engine {
  if (!["auto", "kernels", "tfjs"].includes(asked)) {
    throw new HitlabError({ what: "there is no such engine", value: asked, remedy: "set auto, kernels or tfjs" });
  }
  if (asked === "tfjs" || (asked === "auto" && !["wasm", "cpu"].includes(tf.getBackend()))) return byTfjs(model);
  const [network, training] = [readNetwork(model), readTraining(model)];
  if (!("unsupported" in network) && !("unsupported" in training)) {
    return { name: "kernels", network: network.spec, ...training };
  }
  if (asked === "auto") return byTfjs(model);
  const reasons = [network, training].map((read) => ("unsupported" in read ? read.unsupported : undefined));
  throw new HitlabError({
    what: `the kernels cannot train this model: ${reasons.filter(Boolean).join("; ")}`,
    remedy: 'change the model, or leave out engine: "kernels" to train it by tfjs',
  });
}

/** @throws HitlabError where tfjs 4.22 would train something else than the model says, without a word. */
function byTfjs(model: tf.LayersModel): Engine {
  const parts = ["kernelRegularizer", "recurrentRegularizer", "biasRegularizer"];
  for (const layer of model.layers) {
    const config = layer.getConfig();
    // The penalties of a recurrent layer lie with its cell, where tfjs does not look for them.
    if (!("recurrentRegularizer" in config) || parts.every((part) => !config[part])) continue;
    throw new HitlabError({
      what: `tfjs leaves the penalties of the recurrent layer ${layer.name} out of the loss`,
      remedy: "train it by the kernels, or take the penalties away",
    });
  }
  if (model.optimizer.getClassName() === "RMSProp" && model.optimizer.getConfig().centered) {
    throw new HitlabError({
      what: "tfjs' centered RMSprop takes epsilon away under the square root instead of adding it",
      remedy: "train by the kernels, or leave out centered",
    });
  }
  return { name: `tfjs ${tf.getBackend()}` };
}
