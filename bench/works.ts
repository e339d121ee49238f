/** What is measured: every work with its sizes, so that both sides do the same. To add a row, add it here (README.md). */
import { dataWorks } from "./data-works";
import { growthWorks } from "./growth";
import { gridSearch, ranking } from "./many-fits";
import { lstm, regressionNetwork, wide } from "./networks";
import type { FitWork, Settings } from "./settings";
import { classicWorks, longWorks } from "./study4";

/** Under which heading a row stands, in this order. */
export const groups = {
  study: "The studies",
  start: "Beginning",
  training: "Training",
  classic: "Classic models",
  data: "Data",
  tfjs: "tfjs as it comes",
  matmul: "Matrix products",
  growth: "Growth",
} as const;

export type Group = keyof typeof groups;

/** Beside whom we are timed: Keras, scikit-learn and pandas in one Python; or tfjs without hitlab, on a backend. */
export type PeerName = "python" | "tfjs-wasm" | "tfjs-tensorflow";

export interface Work {
  readonly id: string;
  readonly group: Group;
  /** Default python. */
  readonly peer?: PeerName;
  /** In words, for the table. */
  readonly what: string;
  readonly settings: Settings;
  /**
   * Timed rounds of each side; before them each does one that does not count. Three, but one where the peer takes more
   * than a minute, and in a quick run.
   */
  readonly rounds: number;
  /** Ours may take at most this share of the peer's time. Information, not a test. */
  readonly target?: number;
  /** How far apart the qualities of equal work may lie. */
  readonly tolerance: number;
  readonly note?: string;
}

const study3 = { name: "regression", rows: 758, test: 190, columns: 33 } as const;
const study4 = { name: "classes", rows: 30_829, test: 10_277, columns: 15 } as const;
const fit = { kind: "fit", validate: false, goOn: false } as const;
const lstmEpoch: FitWork = { ...fit, data: { name: "study-1" }, network: lstm, epochs: 1, batch: 32, goOn: true };
const mlp32: FitWork = { ...fit, data: study3, network: regressionNetwork(33, 64, 0.2), epochs: 50, batch: 32 };
const mlp2000: FitWork = { ...fit, data: study4, network: wide, epochs: 20, batch: 2000 };

/** All works, in the order in which they run. */
export function allWorks({ quick }: { quick: boolean }): Work[] {
  const rounds = quick ? 1 : 3;
  return [
    ...matmuls(rounds),
    ...trainings(rounds),
    ...longWorks(quick),
    gridSearch(quick),
    ranking(quick),
    ...classicWorks(quick),
    ...dataWorks(quick),
    ...tfjsWorks(rounds),
    ...growthWorks(rounds),
  ];
}

function trainings(rounds: number): Work[] {
  return [
    {
      id: "lstm-epoch",
      group: "training",
      what: "study 1's LSTM, one epoch",
      settings: lstmEpoch,
      rounds,
      target: 0.6,
      tolerance: 0.04,
    },
    {
      id: "lstm-study-1",
      group: "training",
      what: "study 1's LSTM, all ten epochs",
      settings: { ...fit, data: { name: "study-1" }, network: lstm, epochs: 10, batch: 32, validate: true },
      rounds,
      target: 0.6,
      tolerance: 0.02,
      note: "validated after each epoch, as the study does",
    },
    {
      id: "lstm-chart-epoch",
      group: "training",
      what: "study 1's LSTM on the daily chart, one epoch",
      settings: { ...lstmEpoch, data: { name: "daily-chart" }, goOn: false, warmUpRows: 3200 },
      rounds,
      target: 0.6,
      tolerance: 0.02,
    },
    {
      id: "mlp-batch-32",
      group: "training",
      what: "study 3's network, 50 epochs",
      settings: mlp32,
      rounds,
      target: 0.05,
      tolerance: 0.05,
      note: "generated data of the study's shape",
    },
    {
      id: "mlp-batch-2000",
      group: "training",
      what: "study 4's network, 20 epochs",
      settings: mlp2000,
      rounds,
      target: 0.7,
      tolerance: 0.02,
      note: "generated data of the study's shape",
    },
  ];
}

/** What a TypeScript user would take otherwise: `tf.layers` and `model.fit`, on WebAssembly and on native TensorFlow. */
function tfjsWorks(rounds: number): Work[] {
  const trained = [
    { id: "lstm-epoch", what: "study 1's LSTM, one epoch", settings: lstmEpoch, tolerance: 0.04 },
    { id: "mlp-batch-32", what: "study 3's network, 50 epochs", settings: mlp32, tolerance: 0.05 },
    { id: "mlp-batch-2000", what: "study 4's network, 5 epochs", settings: { ...mlp2000, epochs: 5 }, tolerance: 0.05 },
  ];
  return (["tfjs-wasm", "tfjs-tensorflow"] as const).flatMap((peer) =>
    trained.map(({ id, ...work }): Work => ({ id: `${peer}-${id}`, group: "tfjs", peer, rounds, ...work })),
  );
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
    group: "matmul",
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
