import { createHash } from "node:crypto";
import type * as tf from "@tensorflow/tfjs";
import type { Samples } from "../samples";
import { weightsOf } from "./early-stop";
import type { FitOptions } from "./options";

/**
 * SHA-256 over all that decides a training's result: layers, initial weights, optimizer, data, settings. Two
 * trainings with the same fingerprint end with the same weights. Of a loss given as a function its text counts; what
 * it takes from outside itself is not seen.
 */
export function fingerprint(model: tf.LayersModel, train: Samples, options: FitOptions): string {
  const { epochs, batchSize = 32, seed = 42, schedule, earlyStopping, validation } = options;
  const layers = model.layers.map((layer) => ({ ...layer.getConfig(), name: layer.getClassName() }));
  const optimizer = [model.optimizer.getClassName(), model.optimizer.getConfig()];
  const hash = createHash("sha256");
  hash.update(JSON.stringify({ layers, optimizer, loss: model.loss, epochs, batchSize, seed }, withFunctions));
  hash.update(JSON.stringify({ schedule: schedule?.name, earlyStopping }));
  for (const weights of weightsOf(model)) hash.update(weights);
  for (const samples of validation ? [train, validation] : [train]) hash.update(samples.x.data).update(samples.y);
  return hash.digest("hex");
}

/** JSON leaves functions out: they are written as their text. */
function withFunctions(_key: string, value: unknown): unknown {
  return typeof value === "function" ? String(value) : value;
}
