import { evaluate, linear, networks, prepare, trees } from "hitlab";
import type { Interval, ModelName, Reliability, ReliabilityBin } from "../pages/shared/fitted-models";
import { type Songs, seed } from "./era-songs";
import { fitNetwork } from "./fit-network";
import { rounded } from "./scores";

/** With fewer songs an interval over their artists would be too wide to tell anything, or too narrow to be true. */
const leastSongs = 100;

type FitPredict = (train: Songs, test: Songs, fold: number) => Promise<Float64Array> | Float64Array;

/** The models of the page, each as it is fitted for the page, in notebook 04's folds by artist. */
const models: Readonly<Record<ModelName, FitPredict>> = {
  async forest(train, test, fold) {
    const model = await trees.fitRandomForest(train, { nEstimators: 200, maxDepth: 25, seed: seed + fold });
    return model.predictProbability(test.x);
  },
  async network(train, test, fold) {
    const scaler = prepare.standard(train);
    return networks.predictProbability(await fitNetwork(scaler.apply(train), seed + fold), scaler.apply(test).x);
  },
  logistic(train, test) {
    const scaler = prepare.standard(train);
    return linear.fitLogisticRegression(scaler.apply(train)).predictProbability(scaler.apply(test).x);
  },
};

/**
 * How far to trust a model's probabilities: each song is judged by a model that knows no song of its artist.
 *
 * Artists are told apart by their written names, as in the notebooks: "A Featuring B" is another one than "A". Joined by
 * the name before "Featuring", the forest of 00s+10s has a ROC AUC of 0.9104 in place of 0.9109, that of all decades
 * 0.8549 in place of 0.8545: it does not live on such names.
 */
export async function reliabilityOf(songs: Songs, model: ModelName): Promise<Reliability> {
  const folds = prepare.kFold(songs, { folds: 5, seed, group: "artist" });
  const { probabilities } = await evaluate.crossValidate(folds, models[model]);
  const { accuracy, rocAuc, brier } = evaluate.bootstrap(songs.y, probabilities, {
    metrics: ["accuracy", "rocAuc", "brier"],
    groups: songs.info.artist,
    seed,
  });
  return {
    accuracy: intervalOf(accuracy),
    rocAuc: intervalOf(rocAuc),
    brier: intervalOf(brier),
    bins: reliabilityBins(songs.y, probabilities, songs.info.artist),
  };
}

/** Tenths of the predicted probability; one with too few songs is joined with those above it, the last with those below. */
export function reliabilityBins(y: Float64Array, probabilities: Float64Array, artist: ArrayLike<number>) {
  const groups = Int32Array.from(artist);
  return joinedTenths(probabilities).map(({ from, to, rows }): ReliabilityBin => {
    const share = (drawn: Int32Array) => drawn.reduce((sum, row) => sum + y[row], 0) / drawn.length;
    const hits = evaluate.bootstrapStatistic(y.length, share, { groups, rows: Int32Array.from(rows), seed });
    return { from, to, songs: rows.length, hits: intervalOf(hits) };
  });
}

/** Adjoining ranges: a probability p lies in the one with from <= p < to, 1 in the last one. */
function joinedTenths(probabilities: Float64Array) {
  const bins: { from: number; to: number; rows: number[] }[] = [];
  for (let tenth = 0; tenth < 10; tenth++) {
    const rows = [...probabilities.keys()].filter((row) => Math.min(9, Math.floor(10 * probabilities[row])) === tenth);
    const last = bins.at(-1);
    if (last && last.rows.length < leastSongs)
      Object.assign(last, { to: (tenth + 1) / 10, rows: [...last.rows, ...rows] });
    else bins.push({ from: tenth / 10, to: (tenth + 1) / 10, rows });
  }
  const last = bins[bins.length - 1];
  const before = bins[bins.length - 2];
  if (before && last.rows.length < leastSongs)
    bins.splice(-2, 2, { from: before.from, to: last.to, rows: [...before.rows, ...last.rows] });
  return bins;
}

/** To three digits, tenths of a percent: the intervals are far wider. */
function intervalOf({ estimate, low, high }: Readonly<Record<keyof Interval, number | null>>): Interval {
  return { estimate: rounded(estimate, 3), low: rounded(low, 3), high: rounded(high, 3) };
}
