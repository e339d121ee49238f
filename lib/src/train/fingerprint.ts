import { createHash } from "node:crypto";
import * as tf from "@tensorflow/tfjs";
import { kernelsHash } from "../kernels/load";
import type { Samples } from "../samples";
import type { Engine } from "./engine";
import { learningRates } from "./learning-rate";
import { epochsBefore, memoryOf } from "./memory";
import type { FitOptions } from "./options";
import { weightsOf } from "./weights";

/**
 * SHA-256 over all that decides a training's result: engine and its version, layers, initial weights, optimizer, data,
 * settings, metrics. Two trainings with the same fingerprint end with the same weights and history. Of a loss given as a function its text counts; what
 * it takes from outside itself is not seen.
 */
export function fingerprint(model: tf.LayersModel, train: Samples, options: FitOptions, engine: Engine): string {
  const { epochs, batchSize = 32, seed = 42, earlyStopping, validation, sampleWeights } = options;
  const layers = model.layers.map((layer) => ({ ...layer.getConfig(), name: layer.getClassName() }));
  // With the initial weights the number of steps taken before stands for the optimizer's memory.
  const steps = engine.name === "kernels" ? memoryOf(model)?.numbers.step : model.optimizer.iterations;
  const before = [steps ?? 0, epochsBefore(model)];
  const optimizer = [model.optimizer.getClassName(), model.optimizer.getConfig(), ...before];
  const hash = createHash("sha256");
  hash.update(JSON.stringify({ layers, optimizer, loss: model.loss, epochs, batchSize, seed }, withFunctions));
  const version = engine.name === "kernels" ? kernelsHash() : `${tf.version.tfjs}, our Adam and cross-entropy`;
  const metrics = model.metricsNames;
  hash.update(
    JSON.stringify({ engine: engine.name, version, metrics, rates: learningRates(model, options), earlyStopping }),
  );
  for (const weights of weightsOf(model)) hash.update(weights);
  for (const samples of validation ? [train, validation] : [train]) hash.update(samples.x.data).update(samples.y);
  if (sampleWeights) hash.update("sample weights").update(sampleWeights);
  return hash.digest("hex");
}

/** JSON leaves functions out: they are written as their text. */
function withFunctions(_key: string, value: unknown): unknown {
  return typeof value === "function" ? String(value) : value;
}
