/** What is measured: every work with its sizes, so that both sides do the same. To add a row, add it here (README.md). */
import { gridSearch, ranking } from "./many-fits";
import { classicWorks, longWorks, wide } from "./study4";

/** A layer: LSTM or dense units with Keras' defaults, or a dropout rate. */
export type Layer = { readonly lstm: number; readonly sequences?: boolean } | Dense | { readonly dropout: number };

export interface Dense {
  readonly dense: number;
  readonly activation: "linear" | "relu" | "sigmoid" | "softmax";
  /** Lambda of a penalty on the weights: times the sum of |w|, and of w * w. */
  readonly l1?: number;
  readonly l2?: number;
}

/** A network trained by Adam. `metric` is what shows that both sides learn alike, on held-out rows. */
export interface Network {
  /** [features] or [steps, features]. */
  readonly input: readonly number[];
  readonly layers: readonly Layer[];
  readonly loss: "binaryCrossentropy" | "categoricalCrossentropy" | "meanSquaredError";
  readonly metric: "accuracy" | "R2";
}

/** Arrays that our side makes and writes, and both read. */
export type Data =
  /** Study 1's own set: 2,560 + 640 windows of 14 days. */
  | { readonly name: "study-1" }
  /**
   * Study 4's 15 columns and its own split: standardised, as float64; "independent" (loudness + 50, seven columns divided
   * by their maximum), as float64; or scaled to 0 .. 1, as float32.
   */
  | { readonly name: "hits"; readonly columns: "standard" | "independent" | "minMax"; readonly randomState: number }
  /** Study 3's 33 columns and log streams, its own split, standardised by the training songs. */
  | { readonly name: "spotify-2023" }
  /**
   * Study 5's 21 columns, Track Score and its rank left out; a split for each random state, each filled and scaled to
   * 0 .. 1 by its training songs.
   */
  | { readonly name: "spotify-2024"; readonly splits: readonly number[] }
  /** Generated: targets of mean 0 and deviation about 1, or classes 0 and 1, of which the columns tell a part. */
  | { readonly name: "regression" | "classes"; readonly rows: number; readonly test: number; readonly columns: number }
  /** Generated: a [m, k] and b [k, n]. */
  | { readonly name: "matrices"; readonly m: number; readonly k: number; readonly n: number };

export interface FitWork {
  readonly kind: "fit";
  readonly data: Data;
  readonly network: Network;
  readonly epochs: number;
  readonly batch: number;
  /** Measure the held-out rows after each epoch, within the time. */
  readonly validate: boolean;
  /** Each round goes on with the training of the round before, else each begins anew. */
  readonly goOn: boolean;
  /** Epochs of the round that does not count, where all would take too long. */
  readonly warmUpEpochs?: number;
}

/** Networks that differ in the columns they see, trained by `fitMany`. The warm-up is an epoch of each. */
export interface AblationWork {
  readonly kind: "ablation";
  readonly data: Data & { readonly name: "hits" };
  /** The network on all columns. */
  readonly network: Network;
  /** The columns that each one does without. */
  readonly without: readonly (readonly string[])[];
  readonly epochs: number;
  readonly batch: number;
  /** Epochs of each that the peer trains; equal quality is judged after these. */
  readonly sampleEpochs: number;
}

/** A model by name with what is not its default; both sides have a table of them (classic.ts, classic.py). */
export type ClassicModel =
  | { readonly name: "forest"; readonly nEstimators: number; readonly maxDepth: number }
  | { readonly name: "logistic-regression"; readonly c: number }
  | { readonly name: "linear-svc"; readonly c: number }
  | { readonly name: "linear-svm"; readonly c: number }
  | { readonly name: "svc-poly"; readonly c: number; readonly degree: number }
  | { readonly name: "boosting"; readonly maxIterations: number };

/** Fits a model, or tells the test rows' classes, or permutes their columns, 5 times each, with a model fit before. */
export interface ClassicWork {
  readonly kind: "classic";
  readonly task: "fit" | "predict" | "importance";
  readonly data: Data & { readonly name: "hits" };
  readonly model: ClassicModel;
  /** Rows that the round that does not count takes, where all would take too long. */
  readonly warmUpRows?: number;
  /** Threads that the peer may use at most, if not its default. */
  readonly peerThreads?: number;
}

/** A setting of study 3's grid. */
export interface GridSetting {
  readonly rate: number;
  readonly dropout: number;
  readonly neurons: number;
  readonly batch: number;
  readonly epochs: number;
}

/** Every combination of the grid's values on every fold: blocks of neighbouring training rows, scikit-learn's KFold. */
export interface GridWork {
  readonly kind: "grid";
  readonly data: Data & { readonly name: "spotify-2023" };
  readonly grid: { readonly [Parameter in keyof GridSetting]: readonly number[] };
  readonly folds: number;
  /** Settings that the peer trains, each on the first fold; equal quality is judged on these fits. */
  readonly sample: readonly GridSetting[];
}

/** Networks that are ranked, each trained with every seed on every split, until its validation loss falls no more. */
export interface RankingWork {
  readonly kind: "ranking";
  readonly data: Data & { readonly name: "spotify-2024" };
  readonly networks: Readonly<Record<string, Network>>;
  readonly seeds: readonly number[];
  /** At most. */
  readonly epochs: number;
  readonly batch: number;
  /** Epochs without a lower validation loss before training stops; the best weights are put back. */
  readonly patience: number;
  /** The last rows of the training songs, as Keras' `validation_split` takes them. */
  readonly validationShare: number;
  /** The peer trains every network with the first seed on the first splits; equal quality is judged on these fits. */
  readonly sampleSplits: number;
}

/** c = a b, `repeats` times. */
export interface MatmulWork {
  readonly kind: "matmul";
  readonly data: Data & { readonly name: "matrices" };
  readonly repeats: number;
}

export type Settings = FitWork | GridWork | RankingWork | AblationWork | MatmulWork | ClassicWork;

export interface Work {
  readonly id: string;
  /** In words, for the table. */
  readonly what: string;
  readonly settings: Settings;
  /** Timed rounds of each side; before them each does one that does not count. */
  readonly rounds: number;
  /** Ours may take at most this share of the peer's time. Information, not a test. */
  readonly target?: number;
  /** How far apart the qualities of equal work may lie. */
  readonly tolerance: number;
  readonly note?: string;
}

const lstm: Network = {
  input: [14, 1],
  layers: [
    { lstm: 64, sequences: true },
    { dropout: 0.2 },
    { lstm: 32 },
    { dropout: 0.2 },
    { dense: 16, activation: "relu" },
    { dense: 1, activation: "sigmoid" },
  ],
  loss: "binaryCrossentropy",
  metric: "accuracy",
};

/** Study 3's network. */
export function regressionNetwork(columns: number, neurons: number, dropout: number): Network {
  return {
    input: [columns],
    layers: [
      { dense: neurons, activation: "relu" },
      { dropout },
      { dense: Math.floor(neurons / 2), activation: "relu" },
      { dense: 1, activation: "linear" },
    ],
    loss: "meanSquaredError",
    metric: "R2",
  };
}

const study3 = { name: "regression", rows: 758, test: 190, columns: 33 } as const;
const study4 = { name: "classes", rows: 30_829, test: 10_277, columns: 15 } as const;

/** All works, in the order in which they run. */
export function allWorks({ quick }: { quick: boolean }): Work[] {
  const rounds = quick ? 3 : 5;
  const fit = { kind: "fit", validate: false, goOn: false } as const;
  return [
    ...matmuls(rounds),
    {
      id: "lstm-epoch",
      what: "study 1's LSTM, one epoch",
      settings: { ...fit, data: { name: "study-1" }, network: lstm, epochs: 1, batch: 32, goOn: true },
      rounds,
      target: 0.6,
      tolerance: 0.04,
    },
    {
      id: "lstm-study-1",
      what: "study 1's LSTM, all ten epochs",
      settings: { ...fit, data: { name: "study-1" }, network: lstm, epochs: 10, batch: 32, validate: true },
      rounds,
      target: 0.6,
      tolerance: 0.02,
      note: "validated after each epoch, as the study does",
    },
    {
      id: "mlp-batch-32",
      what: "study 3's network, 50 epochs",
      settings: { ...fit, data: study3, network: regressionNetwork(33, 64, 0.2), epochs: 50, batch: 32 },
      rounds,
      target: 0.05,
      tolerance: 0.05,
      note: "generated data of the study's shape",
    },
    {
      id: "mlp-batch-2000",
      what: "study 4's network, 20 epochs",
      settings: { ...fit, data: study4, network: wide, epochs: 20, batch: 2000 },
      rounds,
      target: 0.7,
      tolerance: 0.02,
      note: "generated data of the study's shape",
    },
    ...longWorks(quick),
    gridSearch(quick),
    ranking(quick),
    ...classicWorks(quick),
  ];
}

/** The matrix products that the networks consist of. */
function matmuls(rounds: number): Work[] {
  const shapes = [
    [32, 64, 256],
    [448, 64, 256],
    [64, 448, 256],
    [32, 256, 64],
    [2000, 120, 80],
  ];
  return shapes.map(([m, k, n]) => ({
    id: `matmul-${m}x${k}x${n}`,
    what: "matrix product",
    // About 4 GFLOP in all.
    settings: { kind: "matmul", data: { name: "matrices", m, k, n }, repeats: Math.round(2e9 / (m * k * n)) },
    rounds,
    tolerance: 1e-4,
    note: "ours one thread, vectors of 4 floats, no fused multiply-add (WebAssembly); numpy's BLAS AVX and all cores",
  }));
}

/** The works that `--only` names: by id, or else by the first word(s) of it ("matmul", "mlp-batch"). */
export function pickWorks(works: readonly Work[], only: readonly string[] | undefined): Work[] {
  const ids = new Set(works.map(({ id }) => id));
  const names = ({ id }: Work, name: string) => (ids.has(name) ? id === name : id.startsWith(`${name}-`));
  return works.filter((work) => !only || only.some((name) => names(work, name)));
}

/** Those of `only` that name no work. */
export function unknownNames(works: readonly Work[], only: readonly string[] = []): string[] {
  return only.filter((name) => pickWorks(works, [name]).length === 0);
}
