import os from "node:os";
import type { Samples, Trial } from "hitlab";
import { mean } from "../metrics";
import type { Answer } from "../protocol";
import type { Network, RankingWork } from "../settings";
import { type Parts, splitsOf } from "./data";
import { build, qualityOf } from "./network";
import { hitlab } from "./packages";

/** A fit as `fitMany` takes it, and the rows that it is judged on. */
interface Prepared extends Trial {
  readonly network: Network;
  readonly test: Samples;
}

/**
 * Trains every network with the first seed on the sample's splits, on all cores, as the peer does. Then, told in the note,
 * all fits. The warm-up is the first split.
 */
export async function rankingWork(settings: RankingWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const splits = await splitsOf(settings.data);
  const [{ train, note }] = splits;
  const seeds = settings.seeds.slice(0, 1);
  return async (round) => {
    const sampled = splits.slice(0, round === 0 ? 1 : settings.sampleSplits);
    const found = await ranked(() => fitsOf(settings, sampled, seeds));
    const { seconds, quality } = found;
    if (round === 0) return { seconds, quality };
    const fits = Object.keys(settings.networks).length * settings.seeds.length * splits.length;
    const share = { done: found.fits, all: fits, of: "fits" };
    const rows = `${note}, ${train.x.rows} x ${train.x.columns}`;
    const engine = `engine ${found.engine}, ${os.availableParallelism()} workers`;
    const trained = `${engine}, ${found.epochs.toFixed(1)} epochs a fit`;
    // A quick run's sample of the splits leaves it there.
    const isQuick = sampled.length < splits.length;
    const all = isQuick ? [] : [allText(await ranked(() => fitsOf(settings, splits, settings.seeds)))];
    return { seconds, quality, share, note: [rows, trained, ...all].join("; ") };
  };
}

type Ranked = Awaited<ReturnType<typeof ranked>>;

function allText({ fits, seconds, epochs }: Ranked): string {
  return `ours all ${fits} fits in ${seconds.toPrecision(3)} s, ${epochs.toFixed(1)} epochs a fit`;
}

/** Models are built within the time. */
async function ranked(make: () => Prepared[]) {
  const start = performance.now();
  const fits = make();
  const results = await hitlab.fitMany(fits);
  const seconds = (performance.now() - start) / 1000;
  const quality = mean(fits.map(({ model, network, test }) => qualityOf(model, network, test)));
  const epochs = mean(results.map(({ history }) => history.epochs));
  for (const { model } of fits) model.dispose();
  return { fits: fits.length, seconds, quality, epochs, engine: results[0].history.engine };
}

function fitsOf(settings: RankingWork, splits: readonly Parts[], seeds: readonly number[]): Prepared[] {
  const { epochs, batch, patience } = settings;
  return splits.flatMap(({ train, test }, split) => {
    const own = withValidation(train, settings.validationShare);
    return seeds.flatMap((seed) =>
      Object.entries(settings.networks).map(([name, network]) => ({
        id: `${name}, split ${split}, seed ${seed}`,
        network,
        model: build(network, { seed }),
        train: own.train,
        test,
        options: { epochs, batchSize: batch, seed, validation: own.validation, earlyStopping: { patience } },
      })),
    );
  });
}

/** The last rows for validation, as many as Keras takes. */
function withValidation(samples: Samples, share: number) {
  const cut = Math.floor(samples.x.rows * (1 - share));
  const rows = Array.from({ length: samples.x.rows }, (_, row) => row);
  return { train: hitlab.takeRows(samples, rows.slice(0, cut)), validation: hitlab.takeRows(samples, rows.slice(cut)) };
}
