import os from "node:os";
import type { Samples } from "hitlab";
import { gridSettings } from "../many-fits";
import { median } from "../metrics";
import { regressionNetwork } from "../networks";
import type { Answer } from "../protocol";
import type { GridSetting, GridWork } from "../settings";
import { partsOf } from "./data";
import { build } from "./network";
import { hitlab } from "./packages";

const { prepare, search } = hitlab;

/**
 * What `search.grid` does, on all cores: the sample that the peer does too, every fit trained in full. Then, told in the
 * note, the whole grid as a user would run it: fits that differ in their epochs only share a run. The warm-up is a
 * single fit.
 */
export async function gridWork(settings: GridWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const { train, note } = await partsOf(settings.data);
  const folds = prepare.kFold(train, { folds: settings.folds, shuffle: false });
  const first = folds.slice(0, 1);
  return async (round) => {
    const sample = round === 0 ? firstOf(settings.sample) : settings.sample;
    // A seed of its own for every number of epochs: fits that differ in epochs only share no run.
    const { fits, seconds } = await timed({ grid: sample, folds: first }, ({ epochs }) => epochs);
    // Not the mean: single fits go far astray (R2 of -2), and which ones is chance.
    const quality = median(fits.map(({ score }) => score ?? Number.NaN));
    if (round === 0) return { seconds, quality };
    const rows = `${note}, ${train.x.rows} x ${train.x.columns}`;
    const engine = `engine ${fits[0].history?.engine}, ${os.availableParallelism()} workers`;
    const settingsInAll = gridSettings(settings.grid).length;
    const share = { done: fits.length, all: settingsInAll * folds.length, of: "fits" };
    // A quick run's sample of the settings leaves it there.
    const isQuick = fits.length < settingsInAll;
    const together = isQuick ? [] : [await withSharing({ grid: settings.grid, folds })];
    return { seconds, quality, share, note: [rows, engine, ...together].join("; ") };
  };
}

interface Search {
  readonly grid: GridWork["grid"];
  readonly folds: ReturnType<typeof prepare.kFold<Samples>>;
}

/** What the whole grid takes where fits that differ in epochs only share a run. */
async function withSharing(all: Search): Promise<string> {
  const { fits, seconds } = await timed(all, () => 42);
  const epochs = all.grid.epochs.join(" and ");
  return `ours all ${fits.length} fits in ${seconds.toPrecision(3)} s where those of ${epochs} epochs share a run`;
}

async function timed({ grid, folds }: Search, seedOf: (params: GridSetting) => number) {
  const start = performance.now();
  const { fits } = await search.grid({
    grid,
    folds,
    build: ({ rate, dropout, neurons }, { inputs, seed }) =>
      build(regressionNetwork(inputs, neurons, dropout), { rate, seed }),
    options: (params) => ({ epochs: params.epochs, batchSize: params.batch, seed: seedOf(params) }),
    score: "r2",
  });
  return { fits, seconds: (performance.now() - start) / 1000 };
}

function firstOf(grid: GridWork["grid"]): GridWork["grid"] {
  const { rate, dropout, neurons, batch, epochs } = gridSettings(grid)[0];
  return { rate: [rate], dropout: [dropout], neurons: [neurons], batch: [batch], epochs: [epochs] };
}
