/** The works of many small trainings: study 3's grid search and study 5's ranking, on the studies' own songs. */
import type { GridSetting, GridWork, Layer, Network, RankingWork, Work } from "./works";

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
  const sample = gridSettings(grid).filter(({ rate, dropout }) => !quick || (rate === 0.001 && dropout === 0.2));
  return {
    id: "grid-160",
    what: "study 3's grid, 160 fits",
    settings: { kind: "grid", data: { name: "spotify-2023" }, grid, folds: 5, sample },
    rounds: 1,
    target: 0.02,
    // Another seed moves our own mean by 0.03 (standard deviation), that of the quick sample by 0.06.
    tolerance: quick ? 0.2 : 0.1,
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
    sampleSplits: quick ? 2 : 5,
  };
  return {
    id: "ranking-150",
    what: "study 5's ranking, 150 fits",
    settings,
    rounds: 1,
    target: 0.05,
    tolerance: 0.015,
    note: "one round; models built, and Keras' traced, within the time",
  };
}

/** 21 columns, 128-64-32-16 with a penalty on every hidden layer but the first, and a sigmoid. */
function rankedNetwork(penalty: { readonly l1?: number; readonly l2?: number }): Network {
  const hidden = [128, 64, 32, 16].map(
    (units, at): Layer => ({ dense: units, activation: "relu", ...(at > 0 ? penalty : {}) }),
  );
  return {
    input: [21],
    layers: [...hidden, { dense: 1, activation: "sigmoid" }],
    loss: "binaryCrossentropy",
    metric: "accuracy",
  };
}
