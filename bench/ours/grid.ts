import os from "node:os";
import type { Samples } from "hitlab";
import { regressionNetwork } from "../networks";
import type { Answer } from "../protocol";
import type { GridSetting, GridWork } from "../settings";
import { partsOf } from "./data";
import { build } from "./network";
import { hitlab } from "./packages";

const { prepare, search } = hitlab;

/** What `search.grid` does, on all cores. The warm-up is a single fit. */
export async function gridWork(settings: GridWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const { train, note } = await partsOf(settings.data);
  const folds = prepare.kFold(train, { folds: settings.folds, shuffle: false });
  return async (round) => {
    const first = { grid: firstSetting(settings.grid), folds: folds.slice(0, 1) };
    const { found, seconds } = await timed(round === 0 ? first : { grid: settings.grid, folds });
    const judged = new Set(settings.sample.map(textOf));
    const scores = found.fits
      .filter(({ params, fold }) => fold === 0 && (round === 0 || judged.has(textOf(params))))
      .map(({ score }) => score ?? Number.NaN);
    const quality = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    if (round === 0) return { seconds, quality };
    const rows = `${note}, ${train.x.rows} x ${train.x.columns}`;
    const engine = `engine ${found.fits[0].history?.engine}, ${os.availableParallelism()} workers`;
    return { seconds, quality, note: `${rows}; ${engine}; ${await withoutSharing(settings.grid, folds)}` };
  };
}

type Folds = ReturnType<typeof prepare.kFold<Samples>>;
interface Search {
  readonly grid: GridWork["grid"];
  readonly folds: Folds;
}

/** What it would take if fits that differ only in epochs did not share a run: a seed of their own parts them. */
async function withoutSharing(grid: GridWork["grid"], folds: Folds): Promise<string> {
  const { seconds } = await timed({ grid, folds }, ({ epochs }) => epochs);
  return `${seconds.toPrecision(3)} s without sharing the runs of ${grid.epochs.join(" and ")} epochs`;
}

async function timed({ grid, folds }: Search, seedOf: (params: GridSetting) => number = () => 42) {
  const start = performance.now();
  const found = await search.grid({
    grid,
    folds,
    build: ({ rate, dropout, neurons }, { inputs, seed }) =>
      build(regressionNetwork(inputs, neurons, dropout), { rate, seed }),
    options: (params) => ({ epochs: params.epochs, batchSize: params.batch, seed: seedOf(params) }),
    score: "r2",
  });
  return { found, seconds: (performance.now() - start) / 1000 };
}

function firstSetting({ rate, dropout, neurons, batch, epochs }: GridWork["grid"]): GridWork["grid"] {
  const first = (values: readonly number[]) => values.slice(0, 1);
  return {
    rate: first(rate),
    dropout: first(dropout),
    neurons: first(neurons),
    batch: first(batch),
    epochs: first(epochs),
  };
}

function textOf({ rate, dropout, neurons, batch, epochs }: GridSetting): string {
  return [rate, dropout, neurons, batch, epochs].join(", ");
}
