import type * as tf from "@tensorflow/tfjs";
import { flopsPerRow } from "../flops";
import type { Answer } from "../protocol";
import type { FitWork } from "../settings";
import { firstRows, type Parts, partsOf } from "./data";
import { build, qualityOf } from "./network";
import { hitlab } from "./packages";

/** Trains one network, round after round, on one thread. */
export async function fitWork(settings: FitWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const { network, epochs, batch, validate, goOn, sampleEpochs = epochs } = settings;
  const parts = await partsOf(settings.data);
  const options = { batchSize: batch, ...(validate ? { validation: parts.test } : {}) };
  const epochsOf = (round: number) => (round === 0 ? (settings.warmUpEpochs ?? sampleEpochs) : sampleEpochs);
  const warmUp = firstRows(parts.train, settings.warmUpRows);
  const share = { done: sampleEpochs, all: epochs, of: "epochs" };
  let model: tf.LayersModel | undefined;
  return async (round) => {
    if (!goOn) model?.dispose();
    model = model && goOn ? model : build(network, { seed: round });
    const train = round === 0 ? warmUp : parts.train;
    const start = performance.now();
    const history = await hitlab.fit(model, train, { ...options, epochs: epochsOf(round), seed: round });
    const seconds = (performance.now() - start) / 1000;
    const quality = qualityOf(model, network, parts.test);
    const note = [`engine ${history.engine}`, parts.note].filter(Boolean).join("; ");
    return { seconds, quality, share, flops: sampleEpochs * flopsOf(settings, parts), note };
  };
}

/** Of an epoch. */
function flopsOf({ network, validate }: FitWork, { train, test }: Parts): number {
  const training = flopsPerRow(network, { training: true }) * train.x.rows;
  const validation = validate ? flopsPerRow(network, { training: false }) * test.x.rows : 0;
  return training + validation;
}
