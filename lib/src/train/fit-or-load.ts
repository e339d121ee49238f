import * as tf from "@tensorflow/tfjs";
import { loadModel, type ModelCard, readModelCard, saveModel } from "../models/files";
import type { Samples } from "../samples";
import { fingerprint } from "./fingerprint";
import { fit } from "./fit";
import { type History, historyOf } from "./history";
import type { FitOptions } from "./options";

export interface FitOrLoadOptions extends FitOptions {
  /** Folder of the saved model. */
  readonly folder: string;
  /** Kept in the model's card: data, settings, anything worth knowing. */
  readonly about?: ModelCard["about"];
}

export interface FitOrLoadResult {
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
 * @param model compiled; trained in place when training is needed, otherwise left as it is
 */
export async function fitOrLoad(
  model: tf.LayersModel,
  train: Samples,
  options: FitOrLoadOptions,
): Promise<FitOrLoadResult> {
  const { folder, about = {}, ...settings } = options;
  const wanted = fingerprint(model, train, settings);
  const card = readModelCard(folder);
  if (card?.fingerprint === wanted) {
    const note = "training skipped: a model saved for the same data and settings was loaded";
    const history = historyOf([], { engine: `tfjs ${tf.getBackend()}`, seconds: 0, keptEpoch: 0, note });
    return { model: await loadModel(folder), history, loaded: true };
  }
  const trained = await fit(model, train, settings);
  await saveModel(model, folder, { fingerprint: wanted, about });
  if (!card) return { model, history: trained, loaded: false };
  const stale = "trained anew: the saved model was for other data or settings";
  return { model, history: { ...trained, note: [stale, trained.note].filter(Boolean).join("; ") }, loaded: false };
}
