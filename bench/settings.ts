/** The works as both sides get them: the data, and what to do with them. */

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
  | { readonly name: "matrices"; readonly m: number; readonly k: number; readonly n: number }
  /** Study 1's chart: all windows of 14 days, scaled before the split as the study does. */
  | { readonly name: "daily-chart" }
  /** The studies' files as they were downloaded; their paths stand in files.json. */
  | { readonly name: "files" };

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
  /** Epochs, and training rows, of the round that does not count, where all would take too long. */
  readonly warmUpEpochs?: number;
  readonly warmUpRows?: number;
  /** So many of the epochs both sides train, to be scaled; default all. */
  readonly sampleEpochs?: number;
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
  /** Epochs of each that both sides train, to be scaled. */
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
  readonly data: Data & { readonly name: "hits" | "classes" };
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
  /** Values whose combinations both sides train in full on the first fold, to be scaled. */
  readonly sample: GridWork["grid"];
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
  /** Both sides train every network with the first seed on so many splits, to be scaled. */
  readonly sampleSplits: number;
}

/** A process of its own, from its start to the accuracy of a first network: imports count. */
export interface FirstResultWork {
  readonly kind: "first-result";
  readonly data: Data & { readonly name: "files" };
}

/**
 * A study from its file to its test figures, models built, and Keras' traced, within the time. Study 2: the file of the
 * 1990s, scaled, 80/10/10, 64-32, 20 epochs. Study 5: Track Score among the columns as there, vanilla, L1 and L2 with
 * the settings of its notebook.
 */
export interface StudyWork {
  readonly kind: "study";
  readonly study: 2 | 5;
  readonly data: Data & { readonly name: "files" };
}

/** Windows of 14 days with their labels ("rank <= 50 within 7 days") from the daily chart, which is in memory already. */
export interface WindowsWork {
  readonly kind: "windows";
  readonly data: Data & { readonly name: "files" };
  /** How the peer does it: the study's own loop, which filters the frame for every window; or by numpy, song by song. */
  readonly peerBy: "study-loop" | "numpy";
  /** Songs of the chart to take, from the first; default all. */
  readonly songs?: number;
  /** The peer does the windows of these first songs only, and is scaled by the number of windows. */
  readonly peerSongs?: number;
}

/** Reads the studies' files into frames. */
export interface CsvWork {
  readonly kind: "csv";
  readonly data: Data & { readonly name: "files" };
  readonly tables: readonly ("hit-predictor" | "charts" | "spotify-2023" | "spotify-2024")[];
}

/** c = a b, `repeats` times. */
export interface MatmulWork {
  readonly kind: "matmul";
  readonly data: Data & { readonly name: "matrices" };
  readonly repeats: number;
}

export type Settings =
  | FitWork
  | GridWork
  | RankingWork
  | AblationWork
  | MatmulWork
  | ClassicWork
  | FirstResultWork
  | StudyWork
  | WindowsWork
  | CsvWork;
