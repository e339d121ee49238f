import os from "node:os";
import type { Samples, Trial } from "hitlab";
import type { Answer } from "../protocol";
import { type GridTrial, type GridWork, type Network, regressionNetwork } from "../works";
import { partsOf } from "./data";
import { build, qualityOf } from "./network";
import { hitlab } from "./packages";

/** A fit of the grid as `fitMany` takes it, and what it is judged on. */
interface Prepared extends Trial {
  readonly network: Network;
  readonly heldOut: Samples;
}

/** All fits of a grid on all cores. The warm-up trains the first fit alone. */
export async function gridWork(settings: GridWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const { train } = await partsOf(settings.data);
  return async (round) => {
    const trials = round === 0 ? settings.trials.slice(0, 1) : settings.trials;
    const first = await timed(trials, train);
    const judged = first.prepared.filter(({ id }) => round === 0 || settings.sample.includes(id));
    const scores = judged.map(({ model, network, heldOut }) => qualityOf(model, network, heldOut));
    const quality = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const note = round === 0 ? "" : `engine ${first.engine}, ${await withoutSharing(trials, train)}`;
    dispose(first.prepared);
    return { seconds: first.seconds, quality, note };
  };
}

/** What it would take if fits that differ only in epochs did not share a run: a seed of their own parts them. */
async function withoutSharing(trials: readonly GridTrial[], train: Samples): Promise<string> {
  const { seconds, prepared } = await timed(trials, train, ({ epochs }) => epochs);
  dispose(prepared);
  return `${os.availableParallelism()} workers; ${seconds.toPrecision(3)} s without sharing the runs of 50 and 100 epochs`;
}

/** Builds and trains the models, timed; the caller disposes of them. */
async function timed(trials: readonly GridTrial[], train: Samples, seedOf: (trial: GridTrial) => number = () => 1) {
  const start = performance.now();
  const prepared = trials.map((trial) => preparedTrial(trial, train, seedOf(trial)));
  const [first] = await hitlab.fitMany(prepared);
  return { seconds: (performance.now() - start) / 1000, prepared, engine: first.history.engine };
}

function preparedTrial(trial: GridTrial, train: Samples, seed: number): Prepared {
  const { id, rate, dropout, neurons, batch, epochs, fold } = trial;
  const network = regressionNetwork(train.x.columns, neurons, dropout);
  const rows = Array.from({ length: train.x.rows }, (_, row) => row);
  const held = rows.filter((row) => row >= fold[0] && row < fold[1]);
  const rest = rows.filter((row) => row < fold[0] || row >= fold[1]);
  return {
    id,
    network,
    model: build(network, { rate, seed }),
    train: hitlab.takeRows(train, rest),
    heldOut: hitlab.takeRows(train, held),
    options: { epochs, batchSize: batch, seed },
  };
}

function dispose(prepared: readonly Prepared[]): void {
  for (const { model } of prepared) model.dispose();
}
