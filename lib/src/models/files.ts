import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { transformerFromJSON } from "../prepare/from-json";
import type { Transformer } from "../prepare/transformer";
import { numbersPerRow } from "./predict";

/** What a saved model says of itself: plain JSON beside the weights. */
export interface ModelCard {
  /** Anything worth knowing in words and numbers: data, settings, scores. */
  readonly about: Readonly<Record<string, string | number | boolean | null>>;
  /** Hash of the settings and data that `fitOrLoad` trained it with: it reuses a model only for the same ones. */
  readonly fingerprint?: string;
}

export interface SaveOptions extends Partial<ModelCard> {
  /** What the model's inputs go through before it: a scaler, or all the steps as one pipeline. Saved beside the model. */
  readonly pipeline?: Transformer;
}

/** A model read back, with all that was saved with it. */
export interface SavedModel {
  /** It predicts at once, and trains after `compile`. */
  readonly model: tf.LayersModel;
  /** Undefined where none was saved. */
  readonly pipeline: Transformer | undefined;
  readonly card: ModelCard;
}

const [topologyFile, weightsFile, cardFile, pipelineFile] = ["model.json", "weights.bin", "card.json", "pipeline.json"];
const ownFiles = [topologyFile, weightsFile, cardFile, pipelineFile];

/**
 * Saves a model as a folder in tfjs' format (`model.json` + `weights.bin`) with a `card.json` and, where one is given,
 * the preparation of its inputs as `pipeline.json`. The folder appears whole or not at all, in place of a model saved
 * there before. The optimizer is left out: a model compiled with metrics could not be read back otherwise.
 *
 * @throws HitlabError if the folder holds anything else, which would be lost, and if the pipeline gives another number
 *   of columns than the model takes
 * @example
 * ```ts
 * await networks.saveModel(model, "models/l2", { about: { lambda: 0.05 }, pipeline: prepared });
 * const saved = await networks.loadModel("models/l2");
 * const test = saved.pipeline ? saved.pipeline.apply(parts.test) : parts.test;
 * networks.predict(saved.model, test.x); // the same digits
 * ```
 */
export async function saveModel(model: tf.LayersModel, path: string, options: SaveOptions = {}): Promise<void> {
  const { about = {}, fingerprint, pipeline } = options;
  const unfit = pipeline && misfit(pipeline, model);
  if (unfit) throw new HitlabError({ what: unfit, remedy: "pass the pipeline that the model's inputs went through" });
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
      writeFileSync(join(part, topologyFile), JSON.stringify(json));
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  const card: ModelCard = { ...(fingerprint === undefined ? {} : { fingerprint }), about };
  writeFileSync(join(part, cardFile), `${JSON.stringify(card, null, 2)}\n`);
  if (pipeline) writeFileSync(join(part, pipelineFile), `${JSON.stringify(pipeline)}\n`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
}

/** Why what the pipeline gives cannot go into the model; undefined if it can. */
function misfit({ names }: Transformer, model: tf.LayersModel): string | undefined {
  const width = model.inputs.reduce((sum, { shape }) => sum + numbersPerRow(shape), 0);
  if (names.length === width) return undefined;
  return `the pipeline gives ${names.length} columns, the model takes ${width} numbers per row`;
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
  const file = join(folder, cardFile);
  return existsSync(file) ? readCard(file) : undefined;
}

interface ModelJson {
  modelTopology?: object;
  weightsManifest?: { weights: tf.io.WeightsManifestEntry[] }[];
}

/**
 * Loads a model that `saveModel` or `fitOrLoad` wrote, with its preparation: new rows go through the same steps with the
 * same digits.
 *
 * @throws HitlabError if there is no saved model, a file is missing or is not what `saveModel` writes, the weights'
 *   length is not what the shapes ask for, or the pipeline does not fit the model
 */
export async function loadModel(folder: string): Promise<SavedModel> {
  const card = readModelCard(folder);
  if (!card) {
    const remedy = "name the folder that saveModel or fitOrLoad wrote";
    throw new HitlabError({ what: `there is no saved model: no ${cardFile} in the folder`, value: folder, remedy });
  }
  const pipeline = loadPipeline(join(folder, pipelineFile));
  const model = await loadLayers(folder);
  const unfit = pipeline && misfit(pipeline, model);
  if (unfit) throw damaged(pipelineFile, unfit);
  return { model, pipeline, card };
}

function readCard(file: string): ModelCard {
  const card = readJson(file) as ModelCard | null;
  if (typeof card?.about === "object" && card.about) return card;
  throw damaged(file, "it says nothing about a model");
}

function loadPipeline(file: string): Transformer | undefined {
  if (!existsSync(file)) return undefined;
  const json = readJson(file);
  try {
    return transformerFromJSON(json);
  } catch (error) {
    throw error instanceof HitlabError ? damaged(file, error.fault.what, error.fault.value) : error;
  }
}

async function loadLayers(folder: string): Promise<tf.LayersModel> {
  const file = join(folder, topologyFile);
  const json = readJson(file) as ModelJson;
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

function readJson(file: string): unknown {
  return parse(read(file).toString("utf8"), file);
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

function damaged(file: string, why: string, value?: unknown): HitlabError {
  return new HitlabError({
    what: `the saved model is damaged: ${why}`,
    file: basename(file),
    value,
    remedy: "delete its folder and train again",
  });
}
