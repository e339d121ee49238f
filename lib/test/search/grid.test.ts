import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from "vitest";
import { openBackend } from "../../src/backend";
import { mainEffects } from "../../src/evaluate/main-effects";
import { regression } from "../../src/evaluate/regression";
import { predict } from "../../src/models/predict";
import { kFold } from "../../src/prepare/folds";
import { standard } from "../../src/prepare/scalers";
import { split } from "../../src/prepare/split";
import { type Found, grid, gridFromJSON, random } from "../../src/search";
import { fit } from "../../src/train";
import { scaled, toyGrid, toyNetwork, toyRows, toySearch } from "./toy";

const folder = mkdtempSync(join(tmpdir(), "hitlab-search-"));
let found: Found<typeof toyGrid>;
beforeAll(async () => {
  await openBackend();
  found = await toySearch();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** All that must be the same however the fits were done. */
const digits = ({ fits, settings }: Found<typeof toyGrid>) => ({
  fits: fits.map(({ history, ...fit }) => ({ ...fit, loss: history?.loss })),
  settings: settings.map(({ seconds, ...setting }) => setting),
});

describe("grid", () => {
  it("trains and scores each setting on each fold as fit does", async () => {
    const folds = kFold(toyRows(), { folds: 3 });
    for (const { params, fold, seed, score, trainScore, predicted, history } of found.fits.filter(
      ({ error }) => !error,
    )) {
      const { train, test } = scaled(folds[fold].train, folds[fold].test);
      const model = toyNetwork(params, { fold, seed, inputs: 3 });
      const alone = await fit(model, train, { epochs: params.epochs, batchSize: 16, seed });
      expect(predicted).toEqual(predict(model, test.x));
      expect(history?.loss).toEqual(alone.loss);
      expect(score).toBe(regression(test.y, predict(model, test.x)).mse);
      expect(trainScore).toBe(regression(train.y, predict(model, train.x)).mse);
    }
    expect(found.fits.map(({ fold }) => fold)).toEqual(Array.from({ length: 24 }, (_, at) => at % 3));
  });

  it("gives the same whatever the workers", async () => {
    for (const workers of [1, 2]) expect(digits(await toySearch({ workers }))).toEqual(digits(found));
  });

  it("ranks the settings by their mean over the folds, those that failed last and without figures", () => {
    const [first, second, ...others] = found.settings;
    expect(found.best).toBe(first);
    expect(first.mean).toBeLessThan(second.mean as number);
    const scores = found.fits.filter(({ params }) => params === first.params).map(({ score }) => score as number);
    expect(scores).toHaveLength(3);
    expect(first.mean).toBeCloseTo((scores[0] + scores[1] + scores[2]) / 3, 12);
    expect(first.se).toBeCloseTo((first.sd as number) / Math.sqrt(3), 12);
    expect(found.settings.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, null, null, null, null]);
    for (const { mean, sd, se, low, high, failed, seconds } of others.slice(2)) {
      expect({ mean, sd, se, low, high, failed, seconds }).toEqual({
        ...{ mean: null, sd: null, se: null, low: null, high: null, failed: 3, seconds: null },
      });
    }
  });

  it("keeps why a fit failed, and the others are as if it were not there", async () => {
    const steep = found.fits.filter(({ params }) => params.learningRate === 1e10);
    expect(new Set(steep.map(({ score, error }) => `${score}: ${error}`))).toEqual(
      new Set([
        "null: the loss stopped being a finite number in epoch 1. To mend it: lower the learning rate or scale the inputs.",
      ]),
    );
    const without = await toySearch({ grid: { ...toyGrid, learningRate: [0.01] } as never });
    expect(digits(without).settings).toEqual(digits(found).settings.slice(0, 4));
  });

  it("trains settings that differ in their epochs only once", () => {
    const notes = found.fits.flatMap(({ params, history }) => (history ? [[params.epochs, history.note]] : []));
    expect(notes).toHaveLength(12);
    expect(notes[0]).toEqual([5, 'trained together with "learningRate 0.01, units 4, epochs 10, fold 1"']);
    expect(notes.every(([, note]) => /^trained together with/.test(String(note)))).toBe(true);
  });

  it("leaves no tensors behind, also when it ends with an error", async () => {
    const before = tf.memory().numTensors;
    await toySearch();
    const score = () => {
      throw new TypeError("own mistake");
    };
    await expect(toySearch({ score, better: "less" })).rejects.toThrow("own mistake");
    await expect(toySearch({ signal: AbortSignal.abort() })).rejects.toThrow(/stopped when 0 of 24/);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("tells its progress in fits, up to the whole", async () => {
    const told: [number, number][] = [];
    await toySearch({ progress: (done, total) => told.push([done, total]) });
    expect(told[0]).toEqual([0, 24]);
    expect(told.at(-1)).toEqual([24, 24]);
  });

  it("goes on from its log, with the same table", async () => {
    const log = join(folder, "log.jsonl");
    await toySearch({ log });
    const lines = readFileSync(log, "utf8");
    const again = await toySearch({ log });
    expect(digits(again)).toEqual(digits(found));
    expect(again.fits.every(({ history }) => !history || history.note?.endsWith("taken from the log"))).toBe(true);
    expect(readFileSync(log, "utf8")).toBe(lines);
    expect(lines.trimEnd().split("\n")).toHaveLength(12);
  });

  it("takes nothing from the log that another preparation, seed, network or number of folds would give", async () => {
    const log = join(folder, "others.jsonl");
    await toySearch({ log });
    const others: Parameters<typeof toySearch>[0][] = [
      { prepare: undefined },
      { seeds: [7] },
      { build: ({ learningRate, units }, context) => toyNetwork({ learningRate: learningRate / 2, units }, context) },
      { folds: kFold(toyRows(), { folds: 3, seed: 1 }) },
      { options: ({ epochs }) => ({ epochs, batchSize: 32 }) },
    ];
    for (const options of others) {
      const { fits } = await toySearch({ log, ...options });
      expect(fits.filter(({ history }) => history?.note?.includes("log"))).toEqual([]);
    }
    // How it is scored is not how it is trained.
    const { fits } = await toySearch({ log, score: "mae" });
    expect(fits.filter(({ history }) => history && !history.note?.includes("log"))).toEqual([]);
  });
});

describe("prepare", () => {
  it("is asked once per fold, and restore brings predictions and targets back", async () => {
    const asked: number[] = [];
    const rows = toyRows();
    const centred = await toySearch({
      grid: { learningRate: [0.01], units: [4], epochs: [5] } as never,
      prepare: (train, test, fold) => {
        asked.push(fold);
        const mean = train.y.reduce((sum, value) => sum + value, 0) / train.y.length;
        const part = (samples: typeof train) => ({ ...samples, y: samples.y.map((value) => (value - mean) / 2) });
        return { train: part(train), test: part(test), restore: (values) => values.map((value) => 2 * value + mean) };
      },
    });
    expect(asked).toEqual([0, 1, 2]);
    const folds = kFold(rows, { folds: 3 });
    for (const { fold, score, predicted = new Float64Array() } of centred.fits) {
      expect(score).toBeCloseTo(regression(folds[fold].test.y, predicted).mse, 9);
    }
  });

  it("may restore in place what it is given", async () => {
    const shifted = (restore: (values: Float64Array) => Float64Array) =>
      toySearch({
        prepare: (train, test) => {
          const part = (samples: typeof train) => ({ ...samples, y: samples.y.map((value) => value - 3) });
          return { train: part(train), test: part(test), restore };
        },
      });
    const inPlace = await shifted((values) => {
      for (let i = 0; i < values.length; i++) values[i] += 3;
      return values;
    });
    expect(digits(inPlace)).toEqual(digits(await shifted((values) => values.map((value) => value + 3))));
  });

  it("is given the validation rows of a split, and must not lose them", async () => {
    const folds = [split(toyRows(), { by: "random", sizes: [0.6, 0.2, 0.2], seed: 1 })];
    const options = { folds, grid: { learningRate: [0.01], units: [4], epochs: [3] } as never };
    const { fits } = await toySearch({
      ...options,
      prepare: (train, test, _fold, validation) => {
        const scaler = standard(train);
        return { ...scaled(train, test), validation: validation && scaler.apply(validation) };
      },
    });
    expect(fits[0].history?.valLoss).toHaveLength(3);
    await expect(toySearch(options)).rejects.toThrow(
      "prepare must keep the validation rows of fold 0 (counted from 0), which it is given as its fourth argument",
    );
  });

  it("may keep rows of train for validation, but must keep all rows of test", async () => {
    const stopping = await toySearch({
      grid: { learningRate: [0.3], units: [4], epochs: [60] } as never,
      prepare: (train, test) => {
        const { train: rest, test: validation } = split(train, { by: "random", sizes: [0.8, 0.2], seed: 1 });
        return { train: rest, validation, test };
      },
      options: ({ epochs }) => ({ epochs, earlyStopping: { patience: 2 } }),
    });
    expect(stopping.fits.every(({ history }) => history?.note?.startsWith("stopped early"))).toBe(true);
    const going = toySearch({ prepare: (train) => ({ train, test: train }) });
    await expect(going).rejects.toThrow("prepare must keep the 30 test rows of fold 0 (counted from 0) (found 60)");
    const nothing = toySearch({ prepare: (() => {}) as never });
    await expect(nothing).rejects.toThrow(
      "prepare must keep the 30 test rows of fold 0 (counted from 0). To mend it: return { train, test }",
    );
  });
});

describe("scores", () => {
  const small = { learningRate: [0.01], units: [4], epochs: [2] } as never;

  it("may be the caller's own, with the better way told", async () => {
    const score = (y: Float64Array, predicted: Float64Array, fold: number) => fold + y[0] - predicted[0];
    const own = await toySearch({ score, better: "more" });
    expect(own.score).toBe("score");
    for (const { fold, score, predicted = [], error } of own.fits) {
      const { test } = kFold(toyRows(), { folds: 3 })[fold];
      if (!error) expect(score).toBe(fold + test.y[0] - predicted[0]);
    }
    expect(own.settings[0].mean).toBeGreaterThan(own.settings[1].mean as number);
    await expect(toySearch({ score })).rejects.toThrow(/a score of your own does not tell which way is better/);
  });

  it("of the library are ranked the right way", async () => {
    for (const [score, better] of [
      ["mae", "less"],
      ["rmse", "less"],
      ["r2", "more"],
    ] as const) {
      expect((await toySearch({ grid: small, score })).better).toBe(better);
    }
    await expect(toySearch({ score: "r2", better: "less" })).rejects.toThrow(/of r2, more is better/);
    await expect(toySearch({ score: "speed" as never })).rejects.toThrow(/no such score \(found "speed"\).*mse, rmse/);
    await expect(toySearch({ better: "most" as never })).rejects.toThrow(
      /which scores are better must be said \(found "most"\)/,
    );
  });

  it("of classes take a sigmoid or the second of two softmax outputs", async () => {
    const rows = toyRows();
    const classes = { ...rows, y: rows.y.map((value) => (value > 2.5 ? 1 : 0)) };
    const folds = kFold(classes, { folds: 3, stratify: true });
    const found = await grid({
      grid: { output: ["sigmoid", "softmax"] },
      folds,
      prepare: scaled,
      build: ({ output }, { inputs }) => {
        const units = output === "softmax" ? 2 : 1;
        const layer = tf.layers.dense({ units, inputShape: [inputs], activation: output, kernelInitializer: "zeros" });
        const model = tf.sequential({ layers: [layer] });
        const loss = units === 2 ? "categoricalCrossentropy" : "binaryCrossentropy";
        model.compile({ optimizer: tf.train.adam(0.05), loss });
        return model;
      },
      options: () => ({ epochs: 40 }),
      score: "rocAuc",
    });
    for (const { mean } of found.settings) expect(mean).toBeGreaterThan(0.9);
    const oneClass = { ...rows, y: rows.y.map(() => 1) };
    const going = toySearch({ folds: kFold(oneClass, { folds: 3 }), score: "rocAuc" });
    await expect(going).rejects.toThrow(/rocAuc is not defined on fold 0/);
    await expect(toySearch({ score: "accuracy" })).rejects.toThrow(/label of row 0.*must be 0 or 1/);
  });

  it("that are no number fail the fit; when all fits fail, so does the search", async () => {
    const score = (_y: Float64Array, _predicted: Float64Array, fold: number) => (fold === 1 ? Number.NaN : 1);
    const some = await toySearch({ grid: small, score, better: "more" });
    expect(some.fits.map(({ error }) => error)).toEqual([undefined, "the score is NaN", undefined]);
    expect(some.settings[0]).toMatchObject({ rank: null, mean: null, failed: 1 });
    const none =
      "each setting has a fit that failed, the first (learningRate 0.01, units 4, epochs 2, fold 2) thus: the score";
    expect(() => some.best).toThrow(none);
    expect(() => some.outOfFold()).toThrow(none);
    const all = toySearch({ grid: { ...toyGrid, learningRate: [1e10] } as never });
    await expect(all).rejects.toThrow(
      /^all 12 fits failed, the first \(learningRate 10000000000, units 4, epochs 5, fold 1\)/,
    );
  });
});

describe("what was found", () => {
  it("has a table with a column per parameter, typed", async () => {
    const table = found.table();
    expect(Object.keys(table[0])).toEqual([
      "rank",
      "learningRate",
      "units",
      "epochs",
      "mean",
      "sd",
      "trainMean",
      "failed",
    ]);
    expect(table).toHaveLength(8);
    expectTypeOf(table[0].learningRate).toEqualTypeOf<0.01 | 1e10>();
    expectTypeOf(table[0].mean).toEqualTypeOf<number | null>();
    const listed = await grid({
      grid: { hidden: [[4], [4, 2], []], rate: [0.01] },
      folds: kFold(toyRows(), { folds: 2 }),
      build: ({ hidden, rate }, context) => {
        expectTypeOf(rate).toEqualTypeOf<0.01>();
        return toyNetwork({ learningRate: rate, units: hidden[0] ?? 4 }, context);
      },
      options: () => ({ epochs: 1 }),
      score: "mse",
    });
    expect(listed.table().map(({ hidden, rank }) => [hidden, rank])).toEqual([
      ["4", 1],
      ["4-2", 1],
      ["none", 1],
    ]);
    const rates: number[] = [0.01];
    const loose = { learningRate: rates, units: [4], epochs: [1] };
    const other = await grid({
      grid: loose,
      folds: kFold(toyRows(), { folds: 2 }),
      build: toyNetwork,
      options: ({ epochs }) => ({ epochs }),
      score: "mse",
    });
    expectTypeOf(other.best.params.learningRate).toEqualTypeOf<number>();
  });

  it("knows what a setting says of rows that its models did not see, the mean over the seeds", async () => {
    const two = await toySearch({ seeds: [1, 2] });
    expect(two.settings[0].fits).toBe(6);
    const seen = two.outOfFold(two.settings[1]);
    const folds = kFold(toyRows(), { folds: 3 });
    const of = two.fits.filter(({ params }) => params === two.settings[1].params);
    expect(of.map(({ fold, seed }) => [fold, seed])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
    const [a, b] = of.filter(({ fold }) => fold === 2).map(({ predicted }) => predicted as Float64Array);
    folds[2].index.test.forEach((row, i) => {
      expect(seen[row]).toBe((a[i] + b[i]) / 2);
    });
    expect(seen.every(Number.isFinite)).toBe(true);
    // The seeds of a fold count as one.
    const means = [0, 2, 4].map((at) => ((of[at].score as number) + (of[at + 1].score as number)) / 2);
    const mean = (means[0] + means[1] + means[2]) / 3;
    const sd = Math.sqrt(means.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 2);
    expect(two.settings[1].sd).toBeCloseTo(sd, 12);
    expect(() => two.outOfFold(two.settings[7])).toThrow(/fit of fold 0 .* failed, so it predicts nothing/);
    expect(() => two.outOfFold({ params: { ...two.best.params, units: 5 as never } })).toThrow(/no such setting/);
  });

  it("has no mean of the training scores where a fit has none", () => {
    const json = found.toJSON();
    const { params } = found.best;
    const first = json.fits.findIndex((fit) => JSON.stringify(fit.params) === JSON.stringify(params));
    const fits = json.fits.map((fit, at) => (at === first ? { ...fit, trainScore: null } : fit));
    expect(gridFromJSON({ ...json, fits }).best).toMatchObject({ mean: found.best.mean, trainMean: null });
  });

  it("takes one split with several seeds, whose spread is then that of the seeds", async () => {
    const parts = split(toyRows(), { by: "random", sizes: [0.7, 0.3], seed: 1 });
    const one = await toySearch({ folds: [parts], seeds: [1, 2, 3, 4] });
    const scores = one.fits.filter(({ params }) => params === one.best.params).map(({ score }) => score as number);
    expect(scores).toHaveLength(4);
    expect(one.best.mean).toBeCloseTo(scores.reduce((a, b) => a + b) / 4, 12);
    expect(one.best.sd).toBeGreaterThan(0);
    expect([...one.outOfFold()].filter(Number.isFinite)).toHaveLength(parts.test.x.rows);
  });

  it("goes into the main effects of its parameters", () => {
    const effects = mainEffects(found.fits);
    expect(effects.map(({ parameter }) => parameter)).toEqual(["learningRate", "units", "epochs"]);
    expect(effects[0].levels.map(({ failed }) => failed)).toEqual([0, 12]);
    const [{ estimate, pairs, n }] = effects[2].differences;
    expect([pairs, n]).toEqual([6, 3]);
    const mean = (epochs: number) => effects[2].levels.find(({ value }) => value === epochs)?.mean as number;
    expect(estimate).toBeCloseTo(mean(10) - mean(5), 9);
  });

  it("comes back from JSON as it was", () => {
    const text = JSON.stringify(found);
    const back = gridFromJSON<typeof toyGrid>(JSON.parse(text));
    expect(back).toEqual(found);
    expect(back.table()).toEqual(found.table());
    expect(back.outOfFold()).toEqual(found.outOfFold());
    expect(JSON.stringify(back)).toBe(text);
    expect(gridFromJSON(found.toJSON()).fits).toEqual(found.fits);
    for (const other of [{}, null, []])
      expect(() => gridFromJSON(other as never)).toThrow(/not the results of a search/);
  });
});

it("random tries some of the settings, each once and as grid would", async () => {
  const folds = kFold(toyRows(), { folds: 3 });
  const options = { grid: toyGrid, folds, prepare: scaled, build: toyNetwork, score: "mse" } as const;
  const epochs = ({ epochs }: { epochs: number }) => ({ epochs, batchSize: 16 });
  const some = await random({ ...options, options: epochs, settings: 5 });
  expect(some.settings).toHaveLength(5);
  const words = (settings: readonly { params: object; mean: number | null }[]) =>
    settings.map(({ params, mean }) => JSON.stringify([params, mean]));
  for (const setting of words(some.settings)) expect(words(found.settings)).toContain(setting);
  expect(words((await random({ ...options, options: epochs, settings: 5 })).settings)).toEqual(words(some.settings));
  expect(words((await random({ ...options, options: epochs, settings: 8 })).settings)).toEqual(words(found.settings));
  await expect(random({ ...options, options: epochs, settings: 9 })).rejects.toThrow(/has 8 settings to draw from/);
});

it("is refused before any work where it makes no sense", async () => {
  const build = () => expect.unreachable("nothing may be built");
  const refused = (options: object) => expect(toySearch({ build, ...options } as never)).rejects;
  await refused({ grid: {} }).toThrow(/the grid has no parameters/);
  await refused({ grid: { units: [] } }).toThrow(/parameter "units" has no values/);
  await refused({ grid: { units: 64 } }).toThrow(/parameter "units" has no values to try \(found 64\)/);
  await refused({ grid: { units: [4, 8, 4] } }).toThrow(/parameter "units" has a value twice \(found "4"\)/);
  await refused({ grid: { rate: [0.1, Number.NaN] } }).toThrow(/parameter "rate" has a value that is no number/);
  await refused({ grid: { mean: [1] } }).toThrow(/column of this name itself \(found "mean"\)/);
  await refused({ folds: [] }).toThrow(/there are no folds/);
  await refused({ seeds: [] }).toThrow(/seeds must be a list of different/);
  await refused({ seeds: [1, 1] }).toThrow(/different whole numbers \(found "1, 1"\)/);
  const wide = () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [3] })] });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    return model;
  };
  await expect(toySearch({ build: wide })).rejects.toThrow(/gives 3 numbers per row has no one prediction to score/);
  let one: ReturnType<typeof toyNetwork> | undefined;
  const same: typeof toyNetwork = (params, context) => (one ??= toyNetwork(params, context));
  await expect(toySearch({ build: same })).rejects.toThrow(/two trials have the same model/);
  await expect(toySearch({ options: () => ({ epochs: 0 }) })).rejects.toThrow(
    /^trial "learningRate 0.01, .*epochs must be/,
  );
});
