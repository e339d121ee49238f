import os from "node:os";
import type { Samples, Trial } from "hitlab";
import type { Answer } from "../protocol";
import type { AblationWork, Network } from "../settings";
import { type Parts, partsOf } from "./data";
import { build, qualityOf } from "./network";
import { hitlab } from "./packages";

/** A network without some columns, for so many epochs, and the rows that it is judged on. */
interface Prepared extends Trial {
  readonly network: Network;
  readonly test: Samples;
}

/**
 * Trains all networks on all cores. Each is there twice: with all epochs, and with as many as the peer does, so that
 * equal work is compared; the two share a run, which costs no epoch more.
 */
export async function ablationWork(settings: AblationWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const parts = await partsOf(settings.data);
  return async (round) => {
    const [all, sample] = round === 0 ? [2, 1] : [settings.epochs, settings.sampleEpochs];
    const whole = settings.without.map((without) => preparedTrial(settings, parts, without, all, round));
    const short = settings.without.map((without) => preparedTrial(settings, parts, without, sample, round));
    const start = performance.now();
    const [first] = await hitlab.fitMany([...whole, ...short]);
    const seconds = (performance.now() - start) / 1000;
    const [quality, end] = [meanQuality(short), meanQuality(whole)];
    for (const { model } of [...whole, ...short]) model.dispose();
    const workers = `${os.availableParallelism()} workers`;
    const note = `engine ${first.history.engine}, ${workers}; ours after ${all} epochs ${end.toFixed(4)}; ${parts.note}`;
    return { seconds, quality, note };
  };
}

function preparedTrial(
  { network, batch }: AblationWork,
  { train, test }: Parts,
  without: readonly string[],
  epochs: number,
  seed: number,
): Prepared {
  const input = [train.x.columns - without.length];
  const smaller: Network = { ...network, input };
  return {
    id: `without ${without.join(", ")}, ${epochs} epochs, ${seed}`,
    network: smaller,
    model: build(smaller, { seed }),
    train: { ...train, x: leaveOut(train.x, without) },
    test: { ...test, x: leaveOut(test.x, without) },
    options: { epochs, batchSize: batch, seed },
  };
}

function leaveOut(x: Samples["x"], without: readonly string[]): Samples["x"] {
  const kept = x.names.flatMap((name, column) => (without.includes(name) ? [] : [column]));
  const data = Float64Array.from(
    { length: x.rows * kept.length },
    (_, i) => x.data[Math.floor(i / kept.length) * x.columns + kept[i % kept.length]],
  );
  return hitlab.matrix(
    x.rows,
    kept.length,
    data,
    kept.map((column) => x.names[column]),
  );
}

function meanQuality(trained: readonly Prepared[]): number {
  const all = trained.map(({ model, network, test }) => qualityOf(model, network, test));
  return all.reduce((sum, quality) => sum + quality, 0) / all.length;
}
