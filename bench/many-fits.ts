/** The works of many small trainings: study 3's grid search and study 5's ranking, on the studies' own songs. */
import { rankedNetwork } from "./networks";
import type { GridSetting, GridWork, RankingWork } from "./settings";
import type { Work } from "./works";

/** The two values of each of study 3's hyperparameters. */
const grid: GridWork["grid"] = {
  rate: [0.001, 0.01],
  dropout: [0.2, 0.3],
  neurons: [64, 128],
  batch: [16, 32],
  epochs: [50, 100],
};

/** Study 3's grid search: 32 settings, five folds each. */
export function gridSearch(quick: boolean): Work {
  // The time of a fit hangs on epochs, batch and neurons: these are sampled in all their combinations.
  const sample = quick ? { ...grid, rate: [0.001], dropout: [0.2] } : grid;
  return {
    id: "grid-160",
    group: "training",
    what: "study 3's grid, 160 fits",
    settings: { kind: "grid", data: { name: "spotify-2023" }, grid, folds: 5, sample },
    rounds: 1,
    target: 0.02,
    // Another seed moves our own median by 0.05 (standard deviation; seven seeds: -0.20 to -0.35), so two sides' by 0.07:
    // twice that is allowed, and as much again for a quick sample.
    tolerance: quick ? 0.3 : 0.15,
    note: "one round; models built, and Keras' traced, and scored within the time",
  };
}

/** Every combination of the values. */
export function gridSettings(values: GridWork["grid"]): GridSetting[] {
  const { rate, dropout, neurons, batch, epochs } = values;
  return rate.flatMap((r) =>
    dropout.flatMap((d) =>
      neurons.flatMap((n) =>
        batch.flatMap((b) => epochs.map((e) => ({ rate: r, dropout: d, neurons: n, batch: b, epochs: e }))),
      ),
    ),
  );
}

/**
 * Study 5's ranking as its notebook runs it: three networks that differ in their penalty only, 50 fits of each. The
 * notebook chooses lambda for each split; here it is the .0001 of the study's own run.
 */
export function ranking(quick: boolean): Work {
  const settings: RankingWork = {
    kind: "ranking",
    data: { name: "spotify-2024", splits: [42, 43, 44, 45, 46] },
    networks: { vanilla: rankedNetwork({}), L1: rankedNetwork({ l1: 0.0001 }), L2: rankedNetwork({ l2: 0.0001 }) },
    seeds: [42, 43, 44, 45, 46, 47, 48, 49, 50, 51],
    epochs: 100,
    batch: 64,
    patience: 10,
    validationShare: 0.2,
    sampleSplits: quick ? 1 : 5,
  };
  return {
    id: "ranking-150",
    group: "training",
    what: "study 5's ranking, 150 fits",
    settings,
    rounds: 1,
    target: 0.05,
    tolerance: 0.015,
    note: "one round; models built, and Keras' traced, within the time",
  };
}
