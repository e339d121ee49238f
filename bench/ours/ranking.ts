import os from "node:os";
import type { Samples, Trial } from "hitlab";
import type { Answer } from "../protocol";
import type { Network, RankingWork } from "../settings";
import { type Parts, splitsOf } from "./data";
import { build, qualityOf } from "./network";
import { hitlab } from "./packages";

/** A fit as `fitMany` takes it, and the rows that it is judged on. */
interface Prepared extends Trial {
  readonly network: Network;
  readonly test: Samples;
  /** Whether the peer does it too. */
  readonly sampled: boolean;
}

/** Trains all networks with all seeds on all splits, on all cores. The warm-up is the first fit. */
export async function rankingWork(settings: RankingWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const splits = await splitsOf(settings.data);
  const [{ train, note }] = splits;
  return async (round) => {
    const start = performance.now();
    const fits = fitsOf(settings, splits, round === 0 ? 1 : undefined);
    const results = await hitlab.fitMany(fits);
    const seconds = (performance.now() - start) / 1000;
    const sample = fits.filter(({ sampled }) => sampled);
    const quality = mean(sample.map(({ model, network, test }) => qualityOf(model, network, test)));
    const epochs = results.map(({ history }) => history.epochs);
    const inSample = mean(epochs.filter((_, at) => fits[at].sampled));
    for (const { model } of fits) model.dispose();
    const rows = `${note}, ${train.x.rows} x ${train.x.columns}`;
    const engine = `engine ${results[0].history.engine}, ${os.availableParallelism()} workers`;
    const trained = `${mean(epochs).toFixed(1)} epochs a fit (${inSample.toFixed(1)} in the sample)`;
    return { seconds, quality, note: `${rows}; ${engine}, ${trained}` };
  };
}

function fitsOf(settings: RankingWork, splits: readonly Parts[], most?: number): Prepared[] {
  const plans = splits.flatMap((parts, split) =>
    settings.seeds.flatMap((seed, at) =>
      Object.keys(settings.networks).map((name) => ({
        ...{ parts, split, seed, name },
        sampled: at === 0 && split < settings.sampleSplits,
      })),
    ),
  );
  const own = splits.map(({ train }) => withValidation(train, settings.validationShare));
  return plans.slice(0, most).map(({ parts, split, seed, name, sampled }) => {
    const network = settings.networks[name];
    const { epochs, batch, patience } = settings;
    return {
      id: `${name}, split ${split}, seed ${seed}`,
      network,
      sampled,
      model: build(network, { seed }),
      train: own[split].train,
      test: parts.test,
      options: { epochs, batchSize: batch, seed, validation: own[split].validation, earlyStopping: { patience } },
    };
  });
}

/** The last rows for validation, as many as Keras takes. */
function withValidation(samples: Samples, share: number) {
  const cut = Math.floor(samples.x.rows * (1 - share));
  const rows = Array.from({ length: samples.x.rows }, (_, row) => row);
  return { train: hitlab.takeRows(samples, rows.slice(0, cut)), validation: hitlab.takeRows(samples, rows.slice(cut)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
