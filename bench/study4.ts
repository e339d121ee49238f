/** The works of study 4, on its own 30,829 + 10,277 songs: classic models, the network as long as the study trains it. */
import { wide } from "./networks";
import type { AblationWork, ClassicModel, ClassicWork, FitWork } from "./settings";
import type { Work } from "./works";

/** What the study leaves out, network after network. */
export const ablations: readonly (readonly string[])[] = [
  ["key"],
  ["key", "tempo"],
  ["key", "tempo", "speechiness"],
  ["key", "tempo", "speechiness", "chorus_hit"],
  ["tempo"],
  ["tempo", "speechiness"],
  ["chorus_hit"],
  ["chorus_hit", "speechiness"],
  ["speechiness"],
];

// The study splits anew for the networks, with another number.
const standard = { name: "hits", columns: "standard", randomState: 12 } as const;
const independent = { name: "hits", columns: "independent", randomState: 12 } as const;
const minMax = { name: "hits", columns: "minMax", randomState: 10 } as const;

const forest: ClassicModel = { name: "forest", nEstimators: 200, maxDepth: 25 };
const poly: ClassicModel = { name: "svc-poly", c: 1, degree: 3 };
const boosting: ClassicModel = { name: "boosting", maxIterations: 100 };
const forestNote = "scikit-learn with n_jobs=-1, all cores";

/** Rows of the warm-up where the peer takes longer than a few seconds. */
const warmUpRows = 2000;

/** Classic models beside scikit-learn. */
export function classicWorks(quick: boolean): Work[] {
  const rounds = quick ? 1 : 3;
  return [
    {
      id: "forest-fit",
      group: "classic",
      what: "random forest, 200 trees of depth 25",
      settings: { ...classic("fit", standard, forest), warmUpRows },
      rounds,
      target: 0.3,
      tolerance: 0.01,
      note: `all cores; ${forestNote}`,
    },
    {
      id: "forest-predict",
      group: "classic",
      what: "that forest, the classes of 10,277 songs",
      settings: classic("predict", standard, forest),
      rounds,
      tolerance: 0.01,
      note: `one thread; ${forestNote}`,
    },
    {
      id: "permutation-importance",
      group: "classic",
      what: "that forest, 15 columns permuted 5 times each",
      settings: { ...classic("importance", standard, forest), warmUpRows },
      rounds,
      tolerance: 0.015,
      note: "ours with intervals, one thread; scikit-learn's importance with its default n_jobs, the forest in it with n_jobs=-1",
    },
    {
      id: "logistic-regression",
      group: "classic",
      what: "logistic regression",
      settings: classic("fit", standard, { name: "logistic-regression", c: 1 }),
      rounds,
      tolerance: 0.001,
    },
    {
      id: "svm-linear-svc",
      group: "classic",
      what: "linear SVM with squared hinge (LinearSVC)",
      settings: classic("fit", standard, { name: "linear-svc", c: 1 }),
      rounds,
      tolerance: 0.001,
    },
    {
      id: "svm-linear",
      group: "classic",
      what: 'linear SVM (SVC(kernel="linear"))',
      settings: { ...classic("fit", standard, { name: "linear-svm", c: 1 }), warmUpRows },
      rounds,
      target: 0.1,
      tolerance: 0.001,
    },
    {
      id: "svm-poly",
      group: "classic",
      what: "polynomial SVM",
      settings: { ...classic("fit", independent, poly), warmUpRows },
      rounds,
      target: 0.3,
      tolerance: 0.001,
    },
    {
      id: "svm-poly-score",
      group: "classic",
      what: "that SVM, the classes of 10,277 songs",
      settings: { ...classic("predict", independent, poly), warmUpRows },
      rounds,
      target: 0.1,
      tolerance: 0.001,
    },
    {
      id: "boosting",
      group: "classic",
      what: "gradient boosting, 100 trees",
      settings: classic("fit", standard, boosting),
      rounds,
      tolerance: 0.01,
      note: "ours one thread; scikit-learn's default, all cores, whose threads wait for each other: many times slower when the computer has other work",
    },
    {
      id: "boosting-1-thread",
      group: "classic",
      what: "gradient boosting, scikit-learn on one thread as well",
      settings: { ...classic("fit", standard, boosting), peerThreads: 1 },
      rounds,
      tolerance: 0.01,
    },
  ];
}

function classic(task: ClassicWork["task"], data: ClassicWork["data"], model: ClassicModel): ClassicWork {
  return { kind: "classic", task, data, model };
}

/** The network's 500 epochs, and the nine networks with columns left out. */
export function longWorks(quick: boolean): Work[] {
  const fit: FitWork = {
    kind: "fit",
    data: minMax,
    network: wide,
    epochs: 500,
    batch: 2000,
    validate: false,
    goOn: false,
    warmUpEpochs: 5,
    ...(quick ? { sampleEpochs: 20 } : {}),
  };
  const ablation: AblationWork = {
    kind: "ablation",
    data: minMax,
    network: wide,
    without: ablations,
    epochs: 500,
    batch: 2000,
    sampleEpochs: quick ? 10 : 50,
  };
  return [
    {
      id: "network-500",
      group: "training",
      what: "study 4's network, all 500 epochs",
      settings: fit,
      rounds: 1,
      tolerance: 0.02,
      note: "one round",
    },
    {
      id: "ablation-9x500",
      group: "training",
      what: "study 4's nine networks without some columns, 500 epochs each",
      settings: ablation,
      rounds: 1,
      tolerance: 0.01,
      note: "one round",
    },
  ];
}
