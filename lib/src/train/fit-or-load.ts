import { createHash } from "node:crypto";
import { resolve, sep } from "node:path";
import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { checkModelFolder, loadModel, type ModelCard, readModelCard, saveModel } from "../models/files";
import { sameNames } from "../prepare/names";
import type { Transformer } from "../prepare/transformer";
import type { Samples } from "../samples";
import { checkModel } from "./checks";
import { chooseEngine } from "./engine";
import { fingerprint } from "./fingerprint";
import { fitUnsettled } from "./fit";
import { type History, historyOf } from "./history";
import type { FitOptions } from "./options";
import { setWeights, weightsOf } from "./weights";

export interface FitOrLoadOptions extends FitOptions {
  /** Folder of the saved model, with nothing else in it. */
  readonly folder: string;
  /** Kept in the model's card: data, settings, anything worth knowing. */
  readonly about?: ModelCard["about"];
  /** What the inputs went through before: saved with the model, `networks.loadModel` gives it back. */
  readonly pipeline?: Transformer;
  /** Train even if a fitting saved model is there. Default false. */
  readonly retrain?: boolean;
}

export interface FitOrLoadResult {
  /** The model that was passed in, with the trained weights. */
  readonly model: tf.LayersModel;
  /** Without epochs when the model was loaded; its note says so. */
  readonly history: History;
  readonly loaded: boolean;
}

/**
 * Loads the saved model if there is one, else trains and saves it, as study 1 does.
 *
 * Study note: the study loads whatever file it finds. Here a saved model is only taken for the very data, layers and
 * settings that it was trained with; a stale one is trained anew and the history's note says so.
 *
 * @param model compiled; it gets the trained weights either way and can be trained further. The optimizer starts anew
 *   after loading, since its state is not saved.
 * @throws HitlabError as `fit` does, on a damaged saved model, on a pipeline that gives other columns than the train
 *   rows have, and if the folder holds anything else
 * @example
 * ```ts
 * const prepared = prepare.pipeline(parts.train, [prepare.standard]);
 * const model = networks.mlp({ inputs: prepared.names.length, hidden: [64], output: "linear" });
 * const how = { folder: "models/mlp", epochs: 50, batchSize: 32, pipeline: prepared };
 * const { history, loaded } = await fitOrLoad(model, prepared.apply(parts.train), how);
 * ```
 */
export async function fitOrLoad(
  model: tf.LayersModel,
  train: Samples,
  options: FitOrLoadOptions,
): Promise<FitOrLoadResult> {
  const { folder, about = {}, pipeline, retrain = false, ...settings } = options;
  checkModel(model, settings);
  checkFolders(folder, settings.checkpoint);
  if (pipeline) checkPipeline(pipeline, train);
  const engine = chooseEngine(model, settings.engine);
  const wanted = withPipeline(fingerprint(model, train, settings, engine), pipeline);
  const card = readModelCard(folder);
  if (card?.fingerprint === wanted && !retrain) {
    await loadInto(model, folder);
    const note = "training skipped: a model saved for the same data and settings was loaded";
    const history = historyOf([], { engine: engine.name, seconds: 0, keptEpoch: 0, note });
    return { model, history, loaded: true };
  }
  const { history: trained, settle } = await fitUnsettled(model, train, settings);
  await saveModel(model, folder, { fingerprint: wanted, about, pipeline });
  settle();
  if (!card || card.fingerprint === wanted) return { model, history: trained, loaded: false };
  const stale = "trained anew: the saved model was for other data or settings";
  return { model, history: { ...trained, note: [stale, trained.note].filter(Boolean).join("; ") }, loaded: false };
}

/** A model saved without its pipeline, or with another one, is not what is wanted. */
function withPipeline(settings: string, pipeline: Transformer | undefined): string {
  if (!pipeline) return settings;
  return createHash("sha256").update(settings).update(JSON.stringify(pipeline)).digest("hex");
}

/** Gives a model the weights of a saved one with the same layers. */
async function loadInto(model: tf.LayersModel, folder: string): Promise<void> {
  const saved = await loadModel(folder);
  setWeights(model, weightsOf(saved.model));
  saved.model.dispose();
}

/** @throws HitlabError if the train rows cannot have come out of the pipeline */
function checkPipeline({ names }: Transformer, { x }: Samples): void {
  if (sameNames(names, x.names)) return;
  throw new HitlabError({
    what: `the pipeline gives the columns ${names.join(", ")}, the train rows have others`,
    value: x.names.join(", "),
    remedy: "apply the pipeline to the train rows, or pass the one that they went through",
  });
}

/** Finds before the training what would keep the model from being saved after it. */
function checkFolders(folder: string, checkpoint: string | undefined): void {
  if (checkpoint !== undefined && `${resolve(checkpoint)}${sep}`.startsWith(`${resolve(folder)}${sep}`)) {
    throw new HitlabError({
      what: "the checkpoint would lie in the folder of the saved model, which holds nothing else",
      value: checkpoint,
      remedy: "name another folder for the checkpoint",
    });
  }
  checkModelFolder(folder);
}
