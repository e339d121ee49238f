import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { matrix, type Samples, takeRows, trees } from "../../../src";
import { random } from "../../../src/random";
import { problem, withColumns } from "./problems";

function expectClose(values: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(values.length).toBe(expected.length);
  for (let i = 0; i < values.length; i++) expect(Math.abs(values[i] - expected[i])).toBeLessThan(1e-12);
}

const single = { nEstimators: 1, maxFeatures: "all", bootstrap: false, workers: 1 } as const;

describe("a random forest", () => {
  const { train, test } = problem(400, 5, 2);

  it.each([0, 8])("has the same trees, bit by bit, for any number of workers (bins %d)", async (bins) => {
    const options = { nEstimators: 12, seed: 7, bins };
    const forests = await Promise.all(
      [1, 2, 3].map((workers) => trees.fitRandomForest(train, { ...options, workers })),
    );
    for (const forest of forests) expect(forest.trees).toEqual(forests[0].trees);
    expect(forests[0].trees[0]).not.toEqual(forests[0].trees[1]);
    const other = await trees.fitRandomForest(train, { ...options, seed: 8 });
    expect(other.trees[0]).not.toEqual(forests[0].trees[0]);
  });

  it("grows tree t from the seed and t alone: more trees leave the first ones as they are", async () => {
    const few = await trees.fitRandomForest(train, { nEstimators: 3 });
    const more = await trees.fitRandomForest(train, { nEstimators: 6 });
    expect(more.trees.slice(0, 3)).toEqual(few.trees);
  });

  it("predicts the mean of its trees' leaves", async () => {
    const model = await trees.fitRandomForest(train, { nEstimators: 7 });
    const { x } = test;
    const expected = Float64Array.from({ length: x.rows * 2 }, (_, i) => {
      const shares = model.trees.map((tree) => {
        return tree.value[trees.leafOf(tree, x.data, Math.floor(i / 2) * x.columns) * 2 + (i % 2)];
      });
      return shares.reduce((sum, share) => sum + share, 0) / 7;
    });
    expect(model.predictProbabilities(x).data).toEqual(expected);
    expect(model.predictProbability(x)).toEqual(expected.filter((_, i) => i % 2 === 1));
    expect(model.predict(x)).toEqual(model.predictProbability(x).map((p) => (p > 0.5 ? 1 : 0)));
  });

  it("keeps cover and shares in order: children sum to their parent", async () => {
    const model = await trees.fitRandomForest(problem(300, 4, 3).train, { nEstimators: 4 });
    for (const { feature, left, right, cover, value } of model.trees) {
      expect(cover[0]).toBe(300);
      for (let node = 0; node < feature.length; node++) {
        if (feature[node] < 0) continue;
        expect(left[node]).toBe(node + 1);
        expect(cover[left[node]] + cover[right[node]]).toBe(cover[node]);
        for (let k = 0; k < 3; k++) {
          const sum = [left, right].reduce((s, child) => s + cover[child[node]] * value[child[node] * 3 + k], 0);
          expect(sum).toBeCloseTo(cover[node] * value[node * 3 + k], 9);
        }
      }
    }
  });

  it("obeys its limits", async () => {
    const limits = { maxDepth: 4, minSamplesLeaf: 9, minSamplesSplit: 40, bootstrap: false };
    const model = await trees.fitRandomForest(train, { nEstimators: 5, ...limits });
    for (const tree of model.trees) {
      expect(trees.depthOf(tree)).toBeLessThanOrEqual(4);
      tree.feature.forEach((column, node) => {
        expect(tree.cover[node]).toBeGreaterThanOrEqual(column < 0 ? 9 : 40);
      });
    }
  });

  it("learns its train rows whole without limits, if rows are not drawn", async () => {
    const all = { nEstimators: 3, bootstrap: false };
    expect((await trees.fitRandomForest(train, all)).score(train)).toBe(1);
    const numbers = problem(300, 3, 0).train;
    expect((await trees.fitRandomForestRegressor(numbers, all)).score(numbers)).toBeCloseTo(1, 12);
  });

  it("tells how far it is, and stops when told", async () => {
    const told: string[] = [];
    const progress = (_done: number, _total: number, text: string) => told.push(text);
    await trees.fitRandomForest(train, { nEstimators: 3, progress });
    expect(told).toEqual(["tree 1 of 3", "tree 2 of 3", "tree 3 of 3"]);
    const abort = new AbortController();
    const stopped = trees.fitRandomForest(train, {
      nEstimators: 2000,
      signal: abort.signal,
      progress: () => abort.abort(new Error("enough")),
    });
    await expect(stopped).rejects.toThrow("enough");
  });

  it("is the same after saving and loading", async () => {
    const folder = join(mkdtempSync(join(tmpdir(), "forest-")), "model");
    const model = await trees.fitRandomForest(train, { nEstimators: 5, oobScore: true });
    model.save(folder);
    const loaded = trees.loadRandomForest(folder);
    expect(loaded.trees).toEqual(model.trees);
    expect(loaded.predictProbabilities(test.x)).toEqual(model.predictProbabilities(test.x));
    expect([loaded.oobScore, loaded.oobProbabilities]).toEqual([model.oobScore, model.oobProbabilities]);
    expect(() => trees.loadRandomForestRegressor(folder)).toThrow("format");
    const numbers = problem(100, 3, 0);
    const regressor = await trees.fitRandomForestRegressor(numbers.train, { nEstimators: 3 });
    regressor.save(folder);
    expect(trees.loadRandomForestRegressor(folder).predict(numbers.test.x)).toEqual(regressor.predict(numbers.test.x));
    writeFileSync(join(folder, "arrays.bin"), "short");
    expect(() => trees.loadRandomForestRegressor(folder)).toThrow("cannot be used");
  });

  it("scores by the trees that did not see a row", async () => {
    const model = await trees.fitRandomForest(train, { nEstimators: 60, oobScore: true });
    expect(model.oobScore).toBeLessThan(model.score(train));
    expect(Math.abs((model.oobScore as number) - model.score(test))).toBeLessThan(0.08);
    const p = model.oobProbabilities as NonNullable<typeof model.oobProbabilities>;
    for (let row = 0; row < p.rows; row++) expect(p.data[2 * row] + p.data[2 * row + 1]).toBeCloseTo(1, 12);
    const numbers = problem(400, 4, 0);
    const regressor = await trees.fitRandomForestRegressor(numbers.train, { nEstimators: 60, oobScore: true });
    expect(Math.abs((regressor.oobScore as number) - regressor.score(numbers.test))).toBeLessThan(0.1);
  });
});

describe("a tree does not depend on", () => {
  const { train, test } = problem(500, 4, 2);
  const large = { ...single, minSamplesLeaf: 25 };

  it("the order of the columns, unless two splits are equally good", async () => {
    const order = [2, 0, 3, 1];
    const numbers = problem(500, 4, 0);
    const plain = await trees.fitRandomForestRegressor(numbers.train, large);
    const permuted = await trees.fitRandomForestRegressor(withColumns(numbers.train, order), large);
    expectClose(permuted.predict(withColumns(numbers.test, order).x), plain.predict(numbers.test.x));
    expectClose(
      permuted.featureImportances,
      order.map((column) => plain.featureImportances[column]),
    );
  });

  it("the order of the rows", async () => {
    const shuffled = takeRows(train, random(3, "rows").permutation(500));
    const plain = await trees.fitRandomForest(train, large);
    expect((await trees.fitRandomForest(shuffled, large)).trees).toEqual(plain.trees);
  });

  it("how the values are spaced: monotone transforms of a column", async () => {
    const bent = (samples: Samples): Samples => {
      const data = samples.x.data.map((value, i) => (i % 4 === 0 ? 1000 * value * value * value : value));
      return { ...samples, x: matrix(samples.x.rows, 4, data) };
    };
    // All rows in every tree: between its values a column's thresholds do move.
    const all = { nEstimators: 3, bootstrap: false };
    const plain = await trees.fitRandomForest(train, all);
    const other = await trees.fitRandomForest(bent(train), all);
    expect(other.predictProbability(bent(train).x)).toEqual(plain.predictProbability(train.x));
    expect(other.trees.map(({ feature }) => feature)).toEqual(plain.trees.map(({ feature }) => feature));
  });

  it.each([
    ["whole", 1],
    // Sums of such weights are exact, so that splits that are equally good stay so.
    ["real", 0.375],
  ])("whether a row comes twice or weighs twice (%s weights)", async (_kind, unit) => {
    const twice = Float64Array.from({ length: 500 }, (_, row) => (row % 3 === 0 ? 2 * unit : unit));
    const index = [...twice.keys()].flatMap((row) => (twice[row] > unit ? [row, row] : [row]));
    const weighted = await trees.fitRandomForest(train, { ...single, maxDepth: 6, sampleWeights: twice });
    const repeated = await trees.fitRandomForest(takeRows(train, index), { ...single, maxDepth: 6 });
    expect(weighted.trees[0].feature).toEqual(repeated.trees[0].feature);
    expectClose(weighted.predictProbability(test.x), repeated.predictProbability(test.x));
  });

  it("whether rows count as whole numbers or as real ones", async () => {
    for (const classes of [2, 3]) {
      const samples = problem(300, 4, classes).train;
      const fits = [1, 0.5].map((weight) => {
        const sampleWeights = new Float64Array(300).fill(weight);
        return trees.fitRandomForest(samples, { nEstimators: 4, sampleWeights, bootstrap: false });
      });
      const [counted, weighed] = await Promise.all(fits);
      expect(weighed.trees.map(({ threshold }) => threshold)).toEqual(counted.trees.map(({ threshold }) => threshold));
    }
  });

  it.each([2, 0])("rows that weigh next to nothing (%d classes)", async (classes) => {
    for (let seed = 0; seed < 12; seed++) {
      const draw = random(seed, "light");
      const data = Float64Array.from({ length: 200 }, (_, row) => (row < 199 ? draw.uniform() : 2));
      const y = data.map((value) => (value > 0.5 && value < 2 ? 1 : 0));
      const sampleWeights = data.map((value) => (value < 2 ? 0.5 + draw.uniform() : 1e-18));
      const samples = { x: matrix(200, 1, data), y, info: {} };
      const options = { ...single, maxDepth: 1, sampleWeights };
      const model =
        classes === 0
          ? await trees.fitRandomForestRegressor(samples, options)
          : await trees.fitRandomForest(samples, options);
      expect(Math.abs(model.trees[0].threshold[0] - 0.5)).toBeLessThan(0.1);
    }
  });

  it("rows of weight 0", async () => {
    const sampleWeights = Float64Array.from({ length: 500 }, (_, row) => (row < 250 ? 1 : 0));
    const weighted = await trees.fitRandomForest(train, { ...single, sampleWeights });
    const half = takeRows(
      train,
      Int32Array.from({ length: 250 }, (_, row) => row),
    );
    const alone = await trees.fitRandomForest(half, single);
    expect(weighted.trees[0].feature).toEqual(alone.trees[0].feature);
    expect(weighted.predict(half.x)).toEqual(alone.predict(half.x));
  });
});

describe("edges of a random forest", () => {
  const make = (rows: number[][], y: number[]): Samples => {
    return {
      x: matrix(rows.length, rows[0].length, Float64Array.from(rows.flat())),
      y: Float64Array.from(y),
      info: {},
    };
  };

  it("a constant column gives no split and has importance 0", async () => {
    const { train } = problem(200, 3, 2);
    const data = train.x.data.map((value, i) => (i % 3 === 2 ? 7 : value));
    const model = await trees.fitRandomForest(
      { ...train, x: matrix(200, 3, data) },
      { nEstimators: 5, maxFeatures: 1 },
    );
    expect(model.featureImportances[2]).toBe(0);
    expect(model.score(train)).toBeGreaterThan(0.9);
  });

  it("rows that are all alike give the shares of the classes", async () => {
    const rows = make(
      [
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      [0, 1, 1, 1],
    );
    const model = await trees.fitRandomForest(rows, { ...single, nEstimators: 2 });
    expect(model.trees[0].feature).toEqual(Int16Array.of(-1));
    expect([...model.predictProbability(rows.x)]).toEqual([0.75, 0.75, 0.75, 0.75]);
    expect([...model.featureImportances]).toEqual([0, 0]);
  });

  it("a single row, and a target without differences, give a root", async () => {
    const model = await trees.fitRandomForestRegressor(make([[1], [2]], [5, 5]), { nEstimators: 2 });
    expect([...model.predict(matrix(1, 1, Float64Array.of(9)))]).toEqual([5]);
    const one = await trees.fitRandomForestRegressor(make([[1]], [3]), { nEstimators: 2 });
    expect(one.score(make([[1]], [3]))).toBe(1);
  });

  it("tells neighbouring doubles apart, and huge values", async () => {
    const next = 1 + Number.EPSILON;
    const rows = make([[1], [next], [-1.7e308], [1.7e308]], [0, 1, 0, 1]);
    const model = await trees.fitRandomForest(rows, single);
    expect([...model.predict(rows.x)]).toEqual([0, 1, 0, 1]);
  });

  it.each([1e-200, 1, 1e149])("splits targets of size %d alike", async (size) => {
    const { train: rows } = problem(100, 2, 0);
    const options = { ...single, minSamplesLeaf: 10 };
    const plain = await trees.fitRandomForestRegressor(rows, options);
    const scaled = await trees.fitRandomForestRegressor({ ...rows, y: rows.y.map((v) => v * size) }, options);
    expect(scaled.trees[0].feature).toEqual(plain.trees[0].feature);
    expectClose(scaled.featureImportances, plain.featureImportances);
    expectClose(
      scaled.predict(rows.x).map((v) => v / size),
      plain.predict(rows.x),
    );
  });

  it("says so when no row is out of bag", async () => {
    const pair = make([[0], [1]], [0, 1]);
    const options = { nEstimators: 1, oobScore: true };
    const scores = await Promise.all(
      [...Array(6).keys()].map((seed) =>
        trees.fitRandomForest(pair, { ...options, seed }).then(
          ({ oobScore }) => String(oobScore),
          (error) => String(error.message),
        ),
      ),
    );
    for (const score of scores) expect(score).toMatch(/^[01]|saw every row/);
    expect(scores.join()).toContain("saw every row");
  });

  it("sees no difference between 0 and -0", async () => {
    const rows = make([[0], [-0], [0], [-0]], [0, 1, 0, 1]);
    expect((await trees.fitRandomForest(rows, single)).trees[0].feature.length).toBe(1);
  });

  it("takes more than 65,536 different values", async () => {
    const n = 70_000;
    const draw = random(5, "many");
    const data = Float64Array.from({ length: n }, () => draw.uniform());
    const y = data.map((value) => Math.floor(value * 50_000) % 2);
    const rows: Samples = { x: matrix(n, 1, data), y, info: {} };
    const model = await trees.fitRandomForest(rows, single);
    expect(model.score(rows)).toBe(1);
  });

  it("takes 64 classes and more", async () => {
    for (const classes of [64, 70]) {
      const rows = make(
        Array.from({ length: 3 * classes }, (_, i) => [i]),
        Array.from({ length: 3 * classes }, (_, i) => Math.floor(i / 3)),
      );
      const model = await trees.fitRandomForest(rows, single);
      expect(model.score(rows)).toBe(1);
      expect(model.predictProbabilities(rows.x).columns).toBe(classes);
      expect(() => model.predictProbability(rows.x)).toThrow("predictProbabilities");
    }
  });

  const { train } = problem(50, 2, 2);
  it.each([
    [{ nEstimators: 0 }, "nEstimators must be a whole number from 1"],
    [{ maxDepth: 2.5 }, "maxDepth"],
    [{ maxFeatures: 3 }, "maxFeatures"],
    [{ minSamplesSplit: 1 }, "minSamplesSplit"],
    [{ minSamplesLeaf: 0 }, "minSamplesLeaf"],
    [{ bins: 1 }, "bins"],
    [{ seed: -1 }, "seed"],
    [{ workers: 0 }, "workers"],
    [{ bootstrap: false, oobScore: true }, "out-of-bag"],
    [{ classWeight: [1] }, "classWeight"],
    [{ sampleWeights: new Float64Array(3) }, "sampleWeights must have one number per row, 50"],
    [{ sampleWeights: new Float64Array(50) }, "all sampleWeights are 0"],
    [{ sampleWeights: new Float64Array(50).fill(Number.NaN) }, "row 0"],
    [{ sampleWeights: new Float64Array(50).fill(1e-30) }, "1e-20"],
    [{ classWeight: [1, Number.POSITIVE_INFINITY] }, "classWeight"],
  ])("refuses %j", async (options, words) => {
    await expect(trees.fitRandomForest(train, options)).rejects.toThrow(words);
  });

  it("says so when a tree got rows of weight 0 only", async () => {
    const sampleWeights = [...train.y.keys()].map((row) => (row === 0 ? 1 : 0));
    const options = { nEstimators: 20, sampleWeights };
    await expect(trees.fitRandomForest(train, options)).rejects.toThrow(/tree \d+ of the forest: all the rows drawn/);
    const numbers = { ...train, y: train.y.map((_, row) => row) };
    await expect(trees.fitRandomForestRegressor(numbers, options)).rejects.toThrow("have weight 0");
    const whole = await trees.fitRandomForestRegressor(numbers, { ...options, nEstimators: 1, bootstrap: false });
    expect(new Set(whole.predict(train.x))).toEqual(new Set([0]));
  });

  it("refuses columns it cannot number, and inputs of another size", async () => {
    const wide = { ...train, x: matrix(50, 32_768, new Float64Array(50 * 32_768)) };
    await expect(trees.fitRandomForest(wide)).rejects.toThrow("1 to 32,767 columns");
    const none = { ...train, x: matrix(50, 0, new Float64Array(0)) };
    await expect(trees.fitRandomForestRegressor(none)).rejects.toThrow("1 to 32,767 columns");
    const short = { ...train, x: { ...train.x, data: train.x.data.subarray(2) } };
    await expect(trees.fitRandomForest(short)).rejects.toThrow("need 100 numbers");
  });

  it("refuses to score by targets that are missing", async () => {
    const model = await trees.fitRandomForest(train, { nEstimators: 2 });
    const regressor = await trees.fitRandomForestRegressor(train, { nEstimators: 2 });
    const none = takeRows(train, []);
    for (const fitted of [model, regressor]) {
      expect(() => fitted.score({ ...train, y: train.y.subarray(1) })).toThrow("one target per row");
      expect(() => fitted.score(none)).toThrow("no rows");
    }
    expect(() => regressor.score({ ...train, y: train.y.map(() => Number.NaN) })).toThrow("row 0");
  });

  it("refuses a target or inputs it cannot learn from", async () => {
    const broken = {
      ...train,
      x: matrix(
        50,
        2,
        train.x.data.map((v, i) => (i === 9 ? Number.NaN : v)),
      ),
    };
    await expect(trees.fitRandomForest(broken)).rejects.toThrow("row 4");
    await expect(trees.fitRandomForest({ ...train, y: train.y.map(() => 1) })).rejects.toThrow("has no train row");
    const y = train.y.map((v, i) => (i === 3 ? Number.NaN : v));
    await expect(trees.fitRandomForestRegressor({ ...train, y })).rejects.toThrow("row 3");
    const model = await trees.fitRandomForest(train, { nEstimators: 2 });
    expect(() => model.predict(matrix(1, 2, Float64Array.of(1, 2), ["a", "b"]))).toThrow("was fit on the columns");
    expect(() => model.predict(broken.x)).toThrow("finite");
  });
});
