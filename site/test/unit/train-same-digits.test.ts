import { beforeAll, describe, expect, it } from "vitest";
import { fit as fitModel, matrix, networks, openBackend, prepare, type Samples } from "../../../lib/src";
import { columnsOf } from "../../pages/train/columns";
import { trainingRows } from "../../pages/train/rows";
import { defaults, type Settings } from "../../pages/train/settings";
import type { EpochFigures, TrainingData } from "../../pages/train/trainer";
import { Training } from "../../pages/train/training";
import { allDecades, nineties, popularity } from "./train-data";

beforeAll(async () => {
  await openBackend();
});

/** The songs as a notebook has them: row after row, no page's code involved. */
function samplesOf({ features }: Settings, data: TrainingData): Samples {
  const table = "popularity" in data ? data.popularity.columns.map(({ values }) => values) : undefined;
  const names = columnsOf("popularity" in data ? "2023" : "90s");
  const at = features.map((name) => names.indexOf(name));
  const rows =
    "popularity" in data
      ? data.popularity.target.map((y, row) => ({ y, x: at.map((column) => table?.[column][row] as number) }))
      : data.songs.flatMap((songs) =>
          songs.target.map((y, row) => ({ y, x: at.map((column) => songs.features[column][row]) })),
        );
  const x = Float64Array.from(rows.flatMap((row) => row.x));
  return { x: matrix(rows.length, at.length, x, features), y: Float64Array.from(rows.map(({ y }) => y)), info: {} };
}

/** What notebook 02 does, by the library's public functions. */
async function byLibrary(settings: Settings, data: TrainingData) {
  const samples = samplesOf(settings, data);
  const { hidden, activation, dropout, l1, l2, optimizer, learningRate, batchSize, epochs, seed } = settings;
  const sizes = { by: "random", sizes: [0.8, 0.1, 0.1], seed } as const;
  const scaler = prepare.standard(settings.scaler === "all" ? samples : prepare.split(samples, sizes).train);
  const parts = prepare.split(scaler.apply(samples), sizes);
  const isNumber = "popularity" in data;
  const mean = parts.train.y.reduce((sum, y) => sum + y, 0) / parts.train.y.length;
  const squares = parts.train.y.map((y) => (y - mean) * (y - mean));
  const deviation = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
  const withTarget = (part: Samples) => (isNumber ? { ...part, y: part.y.map((y) => (y - mean) / deviation) } : part);
  const model = networks.mlp({
    inputs: samples.x.columns,
    output: isNumber ? "linear" : "sigmoid",
    ...{ hidden, activation, dropout, l1, l2, optimizer, learningRate, seed },
  });
  const validation = withTarget(parts.validation as Samples);
  const history = await fitModel(model, withTarget(parts.train), {
    epochs,
    batchSize,
    seed,
    validation,
    engine: "kernels",
  });
  const [metric, valMetric] = isNumber ? [history.mae, history.valMae] : [history.accuracy, history.valAccuracy];
  const unit = isNumber ? deviation : 1;
  const figures = history.loss.map((loss, at) => ({
    epoch: at + 1,
    loss,
    metric: metric[at] * unit,
    valLoss: history.valLoss[at],
    valMetric: valMetric[at] * unit,
  }));
  const said = networks.predict(model, parts.test.x);
  return { figures, said: isNumber ? said.map((value) => value * deviation + mean) : said };
}

function byPage(settings: Settings, data: TrainingData) {
  const rows = trainingRows(settings, data);
  const training = new Training(settings, rows);
  const figures: EpochFigures[] = [];
  while (!training.isDone) {
    const told = training.advance();
    if (told) figures.push(told);
  }
  const said = training.predict(new Float32Array(rows.test.x.data), rows.test.x.rows);
  training.close();
  return { figures, said };
}

const few: Settings = { ...defaults, hidden: [12, 6], epochs: 4 };
const cases: [string, Settings, TrainingData][] = [
  ["as in notebook 02", defaults, nineties()],
  ["dropout, tanh", { ...few, dropout: 0.3, activation: "tanh" }, nineties()],
  ["L1 and L2, RMSprop", { ...few, l1: 0.001, l2: 0.01, optimizer: "rmsprop" }, nineties()],
  ["SGD without a hidden layer", { ...few, hidden: [], optimizer: "sgd", learningRate: 0.1 }, nineties()],
  ["an odd batch, another seed", { ...few, batchSize: 7, seed: 4294967295, activation: "sigmoid" }, nineties(301)],
  ["a batch larger than the data", { ...few, batchSize: 4096 }, nineties()],
  ["batches of one, more songs than a slice", { ...few, batchSize: 1, epochs: 1 }, nineties(900)],
  ["three features, honest scaler", { ...few, features: ["energy", "mode", "tempo"], scaler: "train" }, nineties()],
  ["all decades, four layers", { ...few, data: "all", hidden: [9, 8, 7, 6], dropout: 0.1 }, allDecades()],
  ["streams of 2023", { ...few, data: "2023", features: columnsOf("2023"), dropout: 0.2 }, popularity()],
  [
    "streams from two columns, honest scaler",
    { ...few, data: "2023", features: ["artist_count", "bpm"], scaler: "train", l2: 0.01 },
    popularity(),
  ],
];

describe("a training in the page has the digits of the library's fit", () => {
  it.each(cases)("%s", async (_, settings, data) => {
    const [page, library] = [byPage(settings, data), await byLibrary(settings, data)];
    expect(page.figures).toEqual(library.figures);
    expect(page.said).toEqual(library.said);
  });

  it("in whatever order a link names the features", () => {
    const settings: Settings = { ...few, features: ["tempo", "energy", "mode"] };
    const inOrder = { ...settings, features: ["energy", "mode", "tempo"] };
    expect(byPage(settings, nineties())).toEqual(byPage(inOrder, nineties()));
  });
});
