import type * as tf from "@tensorflow/tfjs";
import type { KernelData } from "../kernels/spec";
import { checkWidth, numbersPerRow } from "../models/predict";
import type { Samples } from "../samples";
import { checkModel, checkOptions, checkSamples, checkSampleWeights } from "./checks";
import { chooseEngine, type Engine } from "./engine";
import { fingerprint } from "./fingerprint";
import type { KernelJob } from "./kernel-trainer";
import { learningRates } from "./learning-rate";
import { epochsBefore, memoryOf } from "./memory";
import type { FitOptions } from "./options";
import type { RunSettings } from "./run";
import { type TargetForm, targetRows } from "./targets";
import type { TfjsJob } from "./tfjs-trainer";
import { weightsOf } from "./weights";

/** A training that was checked and laid out, but not begun. */
export type FitPlan = { readonly settings: RunSettings } & (
  | { readonly engine: "kernels"; readonly job: KernelJob }
  | { readonly engine: "tfjs"; readonly job: TfjsJob }
);

/**
 * Checks a training and lays out its data for the engine that is to carry it out.
 *
 * @throws HitlabError as `fit` does before it trains
 */
export function planFit(model: tf.LayersModel, train: Samples, options: FitOptions): FitPlan {
  const { batchSize = 32, seed = 42, validation, sampleWeights } = options;
  checkOptions(options);
  checkModel(model, options);
  checkSamples(train, "training");
  if (validation) checkSamples(validation, "validation");
  if (sampleWeights) checkSampleWeights(sampleWeights, train);

  const engine = chooseEngine(model, options.engine);
  const settings = runSettings(model, train, options, engine);
  const form = targetForm(model, engine);
  const data = {
    train: {
      ...rowsOf(model, train, "training", form),
      ...(sampleWeights ? { weights: new Float32Array(sampleWeights) } : {}),
    },
    ...(validation ? { validation: rowsOf(model, validation, "validation", form) } : {}),
  };
  const before = epochsBefore(model);
  if (engine.name !== "kernels")
    return { settings, engine: "tfjs", job: { ...data, batchSize, seed, epochsBefore: before } };
  const { network, loss, optimizer, metrics } = engine;
  // The kernels lay out room for a whole batch.
  const training = { loss, optimizer, batchSize: Math.min(batchSize, train.x.rows), seed };
  const job = {
    ...data,
    network,
    weights: weightsOf(model),
    training,
    metrics,
    memory: memoryOf(model),
    epochsBefore: before,
  };
  return { settings, engine: "kernels", job };
}

function runSettings(model: tf.LayersModel, train: Samples, options: FitOptions, engine: Engine): RunSettings {
  const { epochs, earlyStopping, checkpoint, progress, signal, validation } = options;
  return {
    epochs,
    rates: learningRates(model, options),
    earlyStopping,
    ...(checkpoint
      ? { checkpoint: { folder: checkpoint, fingerprint: fingerprint(model, train, options, engine) } }
      : {}),
    hasValidation: validation !== undefined,
    progress,
    signal,
  };
}

function targetForm(model: tf.LayersModel, engine: Engine): TargetForm {
  return {
    loss: engine.name === "kernels" ? engine.loss.kind : lossName(model),
    units: numbersPerRow(model.outputs[0].shape),
    sparse: engine.name === "kernels" ? "one-hot" : "number",
  };
}

/** The loss, if it was given by its name: alone, in a list, or by the name of the output. */
function lossName({ loss }: tf.LayersModel): string | undefined {
  const [given] = typeof loss === "object" ? Object.values(loss) : [loss];
  return typeof given === "string" ? given : undefined;
}

function rowsOf(model: tf.LayersModel, samples: Samples, which: string, form: TargetForm): KernelData {
  checkWidth(model, samples.x, `${which} data`);
  const { rows, data } = samples.x;
  return { rows, x: new Float32Array(data), y: targetRows(samples, which, form) };
}
