import os from "node:os";
import type { Samples, Trial } from "hitlab";
import { mean } from "../metrics";
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

/** Trains all networks on all cores, for as many epochs as the peer does. */
export async function ablationWork(settings: AblationWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const parts = await partsOf(settings.data);
  return async (round) => {
    const epochs = round === 0 ? 1 : settings.sampleEpochs;
    const trials = settings.without.map((without) => preparedTrial(settings, parts, without, epochs, round));
    const start = performance.now();
    const [first] = await hitlab.fitMany(trials);
    const seconds = (performance.now() - start) / 1000;
    const quality = mean(trials.map(({ model, network, test }) => qualityOf(model, network, test)));
    for (const { model } of trials) model.dispose();
    const note = `engine ${first.history.engine}, ${os.availableParallelism()} workers; ${parts.note}`;
    return { seconds, quality, share: { done: epochs, all: settings.epochs, of: "epochs of each" }, note };
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
