import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";

/** What a saved model says of itself: plain JSON beside the weights. */
export interface ModelCard {
  /** Hash of the settings and data that it was trained with: a model is only reused for the same ones. */
  readonly fingerprint: string;
  /** Anything worth knowing in words and numbers: data, settings, scores. */
  readonly about: Readonly<Record<string, string | number | boolean | null>>;
}

const weightsFile = "weights.bin";
const ownFiles = ["model.json", weightsFile, "card.json"];

/**
 * Saves a model as a folder in tfjs' format (`model.json` + `weights.bin`) with a `card.json`. The folder appears
 * whole or not at all, in place of a model saved there before. The optimizer is left out: a model compiled with metrics
 * could not be read back otherwise.
 *
 * @throws HitlabError if the folder holds anything else, which would be lost
 */
export async function saveModel(model: tf.LayersModel, path: string, card: ModelCard): Promise<void> {
  const folder = resolve(path);
  const part = `${folder}.part`;
  checkModelFolder(folder);
  checkModelFolder(part);
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const data = tf.io.CompositeArrayBuffer.join(artifacts.weightData);
      writeFileSync(join(part, weightsFile), Buffer.from(data));
      const json = {
        format: artifacts.format,
        generatedBy: artifacts.generatedBy,
        modelTopology: artifacts.modelTopology,
        weightsManifest: [{ paths: [weightsFile], weights: artifacts.weightSpecs }],
      };
      writeFileSync(join(part, "model.json"), JSON.stringify(json));
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  writeFileSync(join(part, "card.json"), `${JSON.stringify(card, null, 2)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

/** @throws HitlabError if there is anything in the folder but a saved model, or a file in its place. */
export function checkModelFolder(folder: string): void {
  if (!existsSync(folder)) return;
  const foreign = statSync(folder).isDirectory()
    ? readdirSync(folder).find((name) => !ownFiles.includes(name))
    : basename(folder);
  if (foreign === undefined) return;
  throw new HitlabError({
    what: "saving the model would delete a file that is not its own",
    value: foreign,
    remedy: "name a folder of its own for the model",
  });
}

/** The card of a saved model, or undefined if the folder holds none. */
export function readModelCard(folder: string): ModelCard | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, "card.json"), "utf8");
  } catch {
    return undefined;
  }
  return parse(text, join(folder, "card.json")) as ModelCard;
}

interface ModelJson {
  modelTopology?: object;
  weightsManifest?: { weights: tf.io.WeightsManifestEntry[] }[];
}

/**
 * Loads a model that `saveModel` wrote; it predicts at once, and trains after `compile`.
 *
 * @throws HitlabError if a file is missing, is not JSON, or the weights' length is not what the shapes ask for
 */
export async function loadModel(folder: string): Promise<tf.LayersModel> {
  const file = join(folder, "model.json");
  const json = parse(read(file).toString("utf8"), file) as ModelJson;
  const weightSpecs = json.weightsManifest?.[0]?.weights;
  if (!json.modelTopology || !weightSpecs) throw damaged(file, "it lacks modelTopology or weightsManifest");
  const weights = read(join(folder, weightsFile));
  const expected = weightSpecs.reduce((sum, spec) => sum + 4 * spec.shape.reduce((a, b) => a * b, 1), 0);
  if (weights.length !== expected) {
    throw damaged(join(folder, weightsFile), `it has ${weights.length} bytes, the shapes ask for ${expected}`);
  }
  const weightData = new Uint8Array(weights).buffer;
  const artifacts = { modelTopology: json.modelTopology, weightSpecs, weightData };
  return tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw damaged(file, "it cannot be read");
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(file, "it is not JSON");
  }
}

function damaged(file: string, why: string): HitlabError {
  return new HitlabError({
    what: `the saved model is damaged: ${why}`,
    file: basename(file),
    remedy: "delete its folder and train again",
  });
}
