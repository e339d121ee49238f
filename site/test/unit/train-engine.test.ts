import { describe, expect, it } from "vitest";
import { evaluate, linear } from "../../../lib/src";
import { columnsOf } from "../../pages/train/columns";
import { Engine } from "../../pages/train/engine";
import { trainingRows } from "../../pages/train/rows";
import { defaults, type Settings } from "../../pages/train/settings";
import { type SurfaceGrid, surfaceGrid } from "../../pages/train/surface";
import type { EpochFigures, Picture, Surface, TrainingData, TrainOptions } from "../../pages/train/trainer";
import { Training } from "../../pages/train/training";
import { weightsPicture } from "../../pages/train/weights-picture";
import { allDecades, nineties, popularity } from "./train-data";

const small: Settings = { ...defaults, hidden: [8, 4], epochs: 3 };
const deaf: TrainOptions = { onEpoch: () => {}, onPicture: () => {} };

/** A training with all that it told on the way. */
async function heard(settings: Settings, data: TrainingData, options: Partial<TrainOptions> = {}) {
  const [epochs, pictures]: [EpochFigures[], Picture[]] = [[], []];
  const result = await new Engine().train(settings, data, {
    onEpoch: (figures) => epochs.push(figures),
    onPicture: (picture) => pictures.push(picture),
    ...options,
  });
  return { result, epochs, pictures };
}

describe("a training", () => {
  it("tells every epoch, and what the network looks like before and after", async () => {
    const { result, epochs, pictures } = await heard(small, nineties(), { surface: ["energy", "tempo"] });
    expect(epochs).toEqual(result.history);
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect([pictures[0].epoch, pictures.at(-1)?.epoch]).toEqual([0, 3]);
    expect(pictures[0].surface?.values).not.toEqual(pictures.at(-1)?.surface?.values);
    expect(result).toMatchObject({ task: "classification", kind: "stand-in", stopped: false, settings: small });
    expect(result.songs).toEqual({ train: 320, validation: 40, test: 40 });
    expect(result.parameters).toBe(15 * 8 + 8 + 8 * 4 + 4 + 4 + 1);
    expect(result.weights.all).toBe(15 * 8 + 8 * 4 + 4);
  });

  it("shows the untrained network without training it, as the first picture of a training does", async () => {
    const { pictures } = await heard(small, nineties(), { surface: ["danceability", "energy"] });
    const picture = new Engine().showUntrained(small, nineties(), ["danceability", "energy"]);
    expect(picture).toEqual(pictures[0]);
    expect(() => new Engine().showUntrained({ ...small, epochs: 0 }, nineties(), undefined)).toThrow("Epochs");
  });

  it("has the library's scores on the test songs, beside baselines fitted on the training songs", async () => {
    const rows = trainingRows(small, nineties());
    const training = new Training(small, rows);
    while (!training.isDone) training.advance();
    const said = training.predict(new Float32Array(rows.test.x.data), rows.test.x.rows);
    const pick = ({ accuracy, rocAuc, brier }: evaluate.ClassifierScores) => ({ accuracy, rocAuc, brier });
    const share = rows.train.y.reduce((sum, y) => sum + y, 0) / rows.train.y.length;
    const same = rows.test.y.map(() => share);
    const logistic = linear.fitLogisticRegression(rows.train).predictProbability(rows.test.x);
    const { result } = await heard(small, nineties());
    const task = "classification";
    expect(result.test).toEqual({ task, ...pick(evaluate.scores(rows.test.y, said)) });
    expect(result.baselines).toEqual([
      expect.objectContaining({
        name: share > 0.5 ? "always “hit”" : "always “flop”",
        test: { task, ...pick(evaluate.scores(rows.test.y, same)) },
      }),
      expect.objectContaining({
        name: "logistic regression",
        test: { task, ...pick(evaluate.scores(rows.test.y, logistic)) },
      }),
    ]);
    // The differences song by song, and their interval by the four counts of a paired table.
    const isRight = (answers: Float64Array, row: number) => answers[row] > 0.5 === (rows.test.y[row] === 1);
    const songs = [...rows.test.y.keys()];
    const [won, lost] = [
      songs.filter((row) => isRight(said, row) && !isRight(logistic, row)).length,
      songs.filter((row) => !isRight(said, row) && isRight(logistic, row)).length,
    ];
    const gain = (won - lost) / songs.length;
    const variance = (won + lost - songs.length * gain ** 2) / (songs.length - 1);
    const half = 1.96 * Math.sqrt(variance / songs.length);
    expect(result.baselines[1].gain.mean).toBeCloseTo(gain, 12);
    expect(result.baselines[1].gain.low).toBeCloseTo(gain - half, 12);
    expect(result.baselines[1].gain.high).toBeCloseTo(gain + half, 12);
  });

  it("of streams is scored in natural logarithms", async () => {
    const settings: Settings = { ...small, data: "2023", features: columnsOf("2023") };
    const rows = trainingRows(settings, popularity());
    const { mean, deviation } = rows.target as { mean: number; deviation: number };
    const truth = rows.test.y.map((y) => y * deviation + mean);
    const all = popularity().popularity.target;
    for (const y of truth) expect(Math.min(...all.map((given) => Math.abs(given - y)))).toBeLessThan(1e-12);
    const { result } = await heard(settings, popularity());
    const line = linear.fitLinearRegression(rows.train).predict(rows.test.x);
    const { r2, mae } = evaluate.regression(
      truth,
      Array.from(line, (z) => z * deviation + mean),
    );
    expect(result.baselines[1]).toMatchObject({ name: "linear regression", test: { task: "regression", r2, mae } });
    const { mae: own } = result.test as { mae: number };
    expect(result.baselines[1].gain.mean).toBeCloseTo(mae - own, 12);
    expect(result.target).toEqual({ mean, deviation });
    const [constant] = result.baselines;
    expect(constant.test.task === "regression" && constant.test.r2).toBeLessThanOrEqual(0);
  });

  it("when stopped, ends as one of so many epochs", async () => {
    const long = { ...small, epochs: 500, batchSize: 1 };
    const engine = new Engine();
    const onEpoch = ({ epoch }: EpochFigures) => {
      if (epoch === 2) setTimeout(() => engine.stop());
    };
    const stopped = await engine.train(long, nineties(2000), { ...deaf, onEpoch });
    expect(stopped.stopped).toBe(true);
    const done = stopped.history.length;
    expect(done).toBeGreaterThanOrEqual(2);
    expect(done).toBeLessThan(500);
    const { result } = await heard({ ...long, epochs: done }, nineties(2000));
    expect(result.history).toEqual(stopped.history);
    expect(result.test).toEqual(stopped.test);
    expect(result.stopped).toBe(false);
  });

  it("gives way to the next one, whose digits it leaves alone", async () => {
    const engine = new Engine();
    const first = engine.train({ ...small, epochs: 500, batchSize: 1 }, nineties(2000), deaf);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const second = await engine.train(small, nineties(), deaf);
    expect((await first).stopped).toBe(true);
    expect(second.history).toEqual((await heard(small, nineties())).result.history);
  });

  it("ends before its first epoch when it is stopped, or gives way, while another still ends", async () => {
    const engine = new Engine();
    const slow = { ...small, epochs: 500 };
    const running = engine.train(slow, nineties(), { ...deaf, epochsPerSecond: 5 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const overtaken = engine.train(slow, nineties(), deaf);
    const stopped = engine.train(slow, nineties(), deaf);
    engine.stop();
    for (const ended of [await overtaken, await stopped]) {
      expect([ended.stopped, ended.history]).toEqual([true, []]);
    }
    expect((await running).stopped).toBe(true);
    expect((await engine.train(small, nineties(), deaf)).stopped).toBe(false);
  });

  it("has the same digits when it is slowed down and its surface asked for on the way", async () => {
    const engine = new Engine();
    const settings = { ...small, batchSize: 1, dropout: 0.2 };
    let asking: NodeJS.Timeout | undefined;
    const onPicture = () => {
      asking ??= setInterval(() => engine.showSurface(["mode", "valence"]), 1);
    };
    const options = { ...deaf, onPicture, epochsPerSecond: 20, surface: ["key", "mode"] } as const;
    const slow = await engine.train(settings, nineties(2000), options);
    clearInterval(asking);
    expect(slow.history).toEqual((await heard(settings, nineties(2000))).result.history);
  });

  it("that runs away names the epoch and the remedy", async () => {
    const wild: Settings = { ...small, data: "2023", features: columnsOf("2023"), optimizer: "sgd", learningRate: 10 };
    const remedy =
      /stopped being a finite number in epoch \d+: at a learning rate of 10 .* To mend it: choose a smaller learning rate\.$/;
    const engine = new Engine();
    await expect(engine.train(wild, popularity(), deaf)).rejects.toThrow(remedy);
    expect(() => engine.showSurface(["bpm", "energy"])).toThrow(/no network yet/);
    await expect(engine.train(small, nineties(), deaf)).resolves.toMatchObject({ stopped: false });
  });

  it("refuses settings and songs that do not fit, in words for the visitor", async () => {
    const refused = (settings: Settings, data: TrainingData) => new Engine().train(settings, data, deaf);
    await expect(refused({ ...small, epochs: 0 }, nineties())).rejects.toThrow(/Epochs: a whole number from 1 to 500/);
    for (const [settings, data] of [
      [{ ...small, data: "60s" }, nineties()],
      [{ ...small, data: "all" }, nineties()],
      [small, allDecades()],
      [small, popularity()],
    ] as const) {
      await expect(refused(settings, data)).rejects.toThrow(/not the songs that the settings name/);
    }
    const { popularity: payload } = popularity();
    const without = { popularity: { ...payload, columns: payload.columns.slice(1) } };
    const settings: Settings = { ...small, data: "2023", features: columnsOf("2023") };
    await expect(refused(settings, without)).rejects.toThrow(/no such column \(found "artist_count"\)/);
  });
});

describe("the surface", () => {
  const rows = trainingRows(small, nineties());
  const names = rows.train.x.names;
  const column = (name: string) =>
    Array.from(rows.unscaled.y, (_, row) => rows.unscaled.x.data[row * names.length + names.indexOf(name)]);

  it("asks the network about its two features, the others at their medians", () => {
    const grid = surfaceGrid(rows, ["tempo", "energy"], 1) as SurfaceGrid;
    const x = { ...rows.train.x, rows: grid.rows, data: Float64Array.from(grid.inputs) };
    const { data } = rows.scaler.inverse(x);
    const at = (row: number, name: string) => data[row * names.length + names.indexOf(name)];
    // Each place is given its number, so that the surface says which of the inputs it shows where.
    const surface = grid.of(Array.from({ length: grid.rows }, (_, place) => place));
    const sorted = column("valence").sort((a, b) => a - b);
    const median = (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    for (const [onX, onY] of [
      [0, 0],
      [39, 0],
      [0, 39],
      [23, 17],
    ]) {
      const place = surface.values[onY][onX];
      expect(at(place, "tempo")).toBeCloseTo(surface.x.values[onX], 5);
      expect(at(place, "energy")).toBeCloseTo(surface.y.values[onY], 5);
      expect(at(place, "valence")).toBeCloseTo(median, 5);
    }
    expect([surface.x.feature, surface.y.feature]).toEqual(["tempo", "energy"]);
  });

  it("shows songs of the training with their class, the same ones every time", () => {
    const dotsOf = (seed: number) => surfaceGrid(rows, ["tempo", "energy"], seed)?.of([]).dots ?? [];
    const [tempo, energy] = [column("tempo"), column("energy")];
    expect(dotsOf(1).length).toBeGreaterThan(250);
    for (const { x, y, target } of dotsOf(1)) {
      const row = tempo.findIndex((value, at) => value === x && energy[at] === y);
      expect(target).toBe(rows.unscaled.y[row]);
    }
    expect(dotsOf(1)).toEqual(dotsOf(1));
    expect(dotsOf(1)).not.toEqual(dotsOf(2));
  });

  it("is none where the network does not see both features, or they are one", async () => {
    expect(surfaceGrid(rows, ["energy", "energy"], 1)).toBeUndefined();
    const one = { ...small, features: ["energy"] };
    const { pictures } = await heard(one, nineties(), { surface: ["energy", "tempo"] });
    expect(pictures[0].surface).toBeUndefined();
    const engine = new Engine();
    await engine.train(one, nineties(), deaf);
    expect(() => engine.showSurface(["energy", "tempo"])).toThrow(/choose two of its own/);
  });

  it("stands on an axis even where all songs are alike, and is in logarithms for streams", async () => {
    const { popularity: payload } = popularity();
    const columns = payload.columns.map((each) =>
      each.name === "bpm" ? { ...each, values: each.values.map(() => 120) } : each,
    );
    const settings: Settings = { ...small, data: "2023", features: ["artist_count", "bpm"], epochs: 30 };
    const data = { popularity: { ...payload, columns } };
    const { pictures } = await heard(settings, data, { surface: ["artist_count", "bpm"] });
    const { y, values, dots } = pictures[pictures.length - 1].surface as Surface;
    expect(y.values[39]).toBeGreaterThan(y.values[0]);
    expect(y.values[0]).toBe(120);
    for (const value of [...values.flat(), ...dots.map(({ target }) => target)]) {
      expect(value).toBeGreaterThan(14);
      expect(value).toBeLessThan(24);
    }
  });
});

describe("the picture of the weights", () => {
  it("has the first layer by feature and unit, and counts the sizes of each layer without its biases", () => {
    const weights = [[0.5, -0.2, 0.0001, -3, 0.04, 0], [9, 9, 9], [0.05, 0.0999, -1], [9]];
    const picture = weightsPicture(
      weights.map((values) => Float32Array.from(values)),
      ["energy", "tempo"],
    );
    expect(picture.first.map((units) => units.map((weight) => Number(weight.toFixed(4))))).toEqual([
      [0.5, -0.2, 0.0001],
      [-3, 0.04, 0],
    ]);
    const [first, second] = picture.sizes;
    expect(first).toMatchObject({ layer: "2 to 3", weights: 6, nearZero: 2 });
    expect(Object.entries(first.counts).filter(([, count]) => count > 0)).toEqual([
      ["0", 3],
      ["4", 1],
      ["10", 1],
      ["19", 1],
    ]);
    expect(second).toMatchObject({ layer: "3 to 1", weights: 3, nearZero: 0 });
    expect(Object.entries(second.counts).filter(([, count]) => count > 0)).toEqual([
      ["1", 2],
      ["19", 1],
    ]);
  });
});
