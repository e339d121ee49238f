/** Small models on random songs, fitted by the library, and the same as the pages get them. */
import { type Matrix, matrix, networks, prepare, random, type Samples, trees } from "../../../lib/src";
import { audioFeatures, featureDefinitions } from "../../../lib/src/data/audio-features";
import { fitLogisticRegression } from "../../../lib/src/models/linear-models";
import type { Song } from "../../pages/hit-or-flop/judge";
import type { FeatureMarks, FittedEra, FittedModels, Reliability } from "../../pages/shared/fitted-models";
import type { Era, ForestPayload, ScalerPayload } from "../../pages/shared/payloads";

const rows = 200;
const score = { songs: 0, accuracy: 0, rocAuc: 0, brier: 0 };

/** Features in about the ranges of real ones; hits are loud, danceable and sung. */
export function randomSongs(seed: number, count = rows): Samples {
  const rng = random(seed, "songs");
  const song = () =>
    featureDefinitions.map(({ name, high, whole }) => {
      if (high !== null) return whole ? rng.integer(0, high + 1) : rng.uniform();
      if (name === "loudness") return -20 * rng.uniform();
      const value = 200 * (0.2 + rng.uniform());
      return whole ? Math.round(value) : value;
    });
  const songs = Array.from({ length: count }, song);
  const y = Float64Array.from(songs, (own) => Number(own[0] + own[3] / 20 - own[7] + rng.normal(0, 0.3) > -0.5));
  return { x: matrix(count, audioFeatures.length, Float64Array.from(songs.flat()), audioFeatures), y, info: {} };
}

export function songAt({ data, columns }: Matrix, row: number): Song {
  return [...data.subarray(row * columns, (row + 1) * columns)];
}

export async function smallModels() {
  const samples = randomSongs(1);
  const scaler = prepare.standard(samples);
  const scaled = scaler.apply(samples);
  const forest = await trees.fitRandomForest(scaled, { nEstimators: 5, maxDepth: 4, seed: 3 });
  const logistic = fitLogisticRegression(scaled);
  const network = networks.mlp({ inputs: audioFeatures.length, hidden: [8, 4], dropout: [0.2, 0], output: "sigmoid" });
  const scalerPayload: ScalerPayload = { mean: [...scaler.center], deviation: [...scaler.scale] };
  const packed = Buffer.from(trees.packForest(forest)).toString("base64");
  const era: FittedEra = {
    songs: rows,
    features: marksOf(samples),
    logistic: {
      scaler: scalerPayload,
      weights: [...logistic.coefficients],
      intercept: logistic.intercept,
      test: score,
    },
    network: { scaler: scalerPayload, ...packedNetwork(network), test: score },
    reliability: { forest: reliability, network: reliability, logistic: reliability },
  };
  const forestPayload: ForestPayload = {
    era: "60s",
    kind: "stand-in",
    trees: 5,
    maxDepth: 4,
    scaler: scalerPayload,
    packed,
    testRows: [1, 3],
    outOfBag: [0.25, null, null, null],
    test: score,
  };
  return { samples, scaled, scaler, forest, logistic, network, era, forestPayload, fitted: fittedOf(era) };
}

/** Ranges of predicted probability of a tenth each. */
export const reliability: Reliability = {
  accuracy: { estimate: 0.8, low: 0.7, high: 0.9 },
  rocAuc: { estimate: 0.8, low: 0.7, high: 0.9 },
  brier: { estimate: 0.1, low: 0, high: 0.2 },
  bins: Array.from({ length: 10 }, (_, k) => ({
    from: k / 10,
    to: (k + 1) / 10,
    songs: 1000 + k,
    hits: { estimate: (k + 0.5) / 10, low: k / 10, high: (k + 1) / 10 },
  })),
};

function fittedOf(era: FittedEra): FittedModels {
  const all: Era[] = ["00s+10s", "all", "60s", "70s", "80s", "90s", "00s", "10s"];
  const eras = Object.fromEntries(all.map((name) => [name, era])) as { [name in Era]: FittedEra };
  return { sha256: "", rows, made: "", eras };
}

function packedNetwork(network: Parameters<typeof networks.portable>[0]) {
  const { spec, weights } = networks.portable(network);
  const numbers = Float32Array.from(weights.flat());
  return { spec, weights: Buffer.from(numbers.buffer).toString("base64") };
}

function marksOf({ x }: Samples): FeatureMarks[] {
  return featureDefinitions.map(({ whole }, j) => {
    const values = Array.from({ length: x.rows }, (_, row) => x.data[row * x.columns + j]).sort((a, b) => a - b);
    const at = (share: number) => values[Math.floor(share * (values.length - 1))];
    const three = [at(0.25), at(0.5), at(0.75)] as const;
    const median = whole ? Math.round(at(0.5)) : at(0.5);
    return { low: at(0), high: at(1), p01: at(0.01), p99: at(0.99), median, hit: three, flop: three };
  });
}
