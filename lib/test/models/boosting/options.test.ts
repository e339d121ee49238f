import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { saveArrays } from "../../../src/models/array-files";
import { setApart, standsStill } from "../../../src/models/boosting/early-stopping";
import { fitGradientBoosting, loadGradientBoosting } from "../../../src/models/boosting/fit";
import { meanLogLoss } from "../../../src/models/boosting/log-loss";
import type { GradientBoostingOptions } from "../../../src/models/boosting/options";
import { depthOf } from "../../../src/models/decision-tree";
import { joinTrees } from "../../../src/models/tree-files";
import { matrix, takeRows } from "../../../src/samples";
import { problem, weights } from "./problem";

const all = problem(600, 5);

describe("gradient boosting refuses, with what to do,", () => {
  it.each<[GradientBoostingOptions, RegExp]>([
    [{ maxIterations: 0 }, /maxIterations must be a whole number from 1 \(found 0\)/],
    [{ maxLeafNodes: 1 }, /maxLeafNodes must be a whole number from 2/],
    [{ maxDepth: 0 }, /maxDepth/],
    [{ maxDepth: Number.NaN }, /maxDepth/],
    [{ minSamplesLeaf: 0 }, /minSamplesLeaf/],
    [{ learningRate: 0 }, /learningRate must be a positive number/],
    [{ learningRate: Number.NaN }, /learningRate/],
    [{ l2Regularization: -1 }, /l2Regularization must be a number from 0/],
    [{ maxBins: 256 }, /maxBins must be at most 255/],
    [{ maxBins: 1 }, /maxBins/],
    [{ validationFraction: 1 }, /validationFraction/],
    [{ nIterNoChange: 0 }, /nIterNoChange/],
    [{ tolerance: -1e-9 }, /tolerance/],
    [{ sampleWeights: [1] }, /sampleWeights must have 600 numbers/],
    [{ sampleWeights: new Float64Array(600).fill(-1) }, /weight of row 0/],
    [{ sampleWeights: new Float64Array(600).fill(Number.NaN) }, /weight of row 0/],
    [{ sampleWeights: new Float64Array(600) }, /rows of class 0 have no weight/],
    [{ sampleWeights: new Float64Array(600).fill(1e-20) }, /sum to a number between/],
    [{ sampleWeights: all.y }, /rows of class 0 have no weight/],
    [{ earlyStopping: true, seed: -1 }, /seed/],
    [{ seed: 0.5 }, /seed/],
    [{ learningRate: 1e308 }, /learningRate must be at most 1e100/],
  ])("%o", (options, message) => {
    expect(() => fitGradientBoosting(all, options)).toThrow(message);
  });

  it("rows it cannot learn from", () => {
    const nan = { ...all, x: { ...all.x, data: all.x.data.map((value, i) => (i === 12 ? Number.NaN : value)) } };
    expect(() => fitGradientBoosting(nan)).toThrow(/column "c2": row 2 .* not a finite number/);
    const one = { ...all, y: new Float64Array(600).fill(1) };
    expect(() => fitGradientBoosting(one)).toThrow(/all 600 train rows are of class 1/);
    expect(() => fitGradientBoosting({ ...all, y: all.y.map((label) => 2 * label) })).toThrow(/0 or 1/);
    expect(() => fitGradientBoosting({ ...all, y: all.y.subarray(1) })).toThrow(/one target per row/);
    expect(() =>
      fitGradientBoosting({ x: matrix(0, 2, new Float64Array(0)), y: new Float64Array(0), info: {} }),
    ).toThrow(/no rows/);
    const single = takeRows(
      all,
      [...all.y.keys()].filter((row) => all.y[row] === 1 || row === all.y.indexOf(0)),
    );
    expect(() => fitGradientBoosting(single, { earlyStopping: true })).toThrow(/class 0 has a single row/);
  });

  it("rows of other columns", () => {
    const model = fitGradientBoosting(all, { maxIterations: 2 });
    expect(() => model.predict(matrix(1, 2, new Float64Array(2)))).toThrow(/fit on the columns c0, c1/);
    expect(() => model.predict(matrix(1, 5, new Float64Array(5).fill(Number.NaN)))).toThrow(/finite/);
    expect(() => fitGradientBoosting({ ...all, x: matrix(600, 0, new Float64Array(0)) })).toThrow(/1 to 32,767/);
    expect(() => model.score({ ...all, y: all.y.subarray(1) })).toThrow(/one target per row/);
  });
});

describe("gradient boosting", () => {
  it("keeps to its limits", () => {
    const model = fitGradientBoosting(all, { maxIterations: 30, maxLeafNodes: 6, maxDepth: 3, minSamplesLeaf: 25 });
    for (const tree of model.trees) {
      const leaves = [...tree.feature.keys()].filter((node) => tree.feature[node] < 0);
      expect(leaves.length).toBeLessThanOrEqual(6);
      expect(depthOf(tree)).toBeLessThanOrEqual(3);
      expect(Math.min(...leaves.map((node) => tree.cover[node]))).toBeGreaterThanOrEqual(25);
      expect(tree.cover[0]).toBe(600);
      expect(leaves.reduce((sum, node) => sum + tree.cover[node], 0)).toBe(600);
    }
  });

  it("with too few rows for two leaves says the share of class 1", () => {
    const few = takeRows(
      all,
      Array.from({ length: 39 }, (_, row) => row),
    );
    const model = fitGradientBoosting(few, { maxIterations: 3 });
    const share = few.y.reduce((sum, label) => sum + label, 0) / 39;
    for (const p of model.predictProbability(few.x)) expect(p).toBeCloseTo(share, 14);
    expect([...model.gainImportances]).toEqual([0, 0, 0, 0, 0]);
  });

  it("of a column of one value, of two rows, of huge values and of equal rows has no NaN", () => {
    const fine = { maxIterations: 5, minSamplesLeaf: 1 };
    const of = (values: number[], y: number[]) => {
      const samples = { x: matrix(y.length, 1, Float64Array.from(values)), y: Float64Array.from(y), info: {} };
      return [...fitGradientBoosting(samples, fine).predictProbability(samples.x)];
    };
    expect(of([7, 7, 7, 7], [0, 1, 0, 1])).toEqual([0.5, 0.5, 0.5, 0.5]);
    const [a, b] = of([-1.7e308, 1.7e308], [0, 1]);
    expect(a).toBeLessThan(0.5);
    expect(b).toBeGreaterThan(0.5);
    expect(of([5e-324, 0, -0, -5e-324], [0, 1, 1, 1]).every((p) => p > 0 && p < 1)).toBe(true);
  });

  it("stays finite where every row is sure", () => {
    const x = matrix(
      40,
      1,
      Float64Array.from({ length: 40 }, (_, i) => i),
    );
    const samples = { x, y: Float64Array.from({ length: 40 }, (_, i) => Number(i >= 20)), info: {} };
    const model = fitGradientBoosting(samples, { learningRate: 1, maxIterations: 200, minSamplesLeaf: 1 });
    expect(model.decision(x).every(Number.isFinite)).toBe(true);
    expect(model.score(samples)).toBe(1);
  });

  it("has the same digits on every machine", () => {
    const hash = createHash("sha256");
    for (const { threshold, value } of fitGradientBoosting(all, { maxIterations: 50 }).trees) {
      hash.update(new Uint8Array(threshold.buffer)).update(new Uint8Array(value.buffer));
    }
    expect(hash.digest("hex").slice(0, 16)).toBe("a04ded622eff5e54");
  });

  it("takes weights of any size", () => {
    const own = weights(600);
    const plain = fitGradientBoosting(all, { sampleWeights: own, maxIterations: 5 }).decision(all.x);
    for (const factor of [1e-3, 2 ** 20, 1e9]) {
      const scaled = fitGradientBoosting(all, { sampleWeights: own.map((w) => factor * w), maxIterations: 5 });
      const off = scaled.decision(all.x).map((value, i) => Math.abs(value - plain[i]));
      expect(Math.max(...off), `times ${factor}`).toBeLessThan(1e-6);
    }
  });
});

describe("early stopping", () => {
  const options = { earlyStopping: true, learningRate: 0.3, maxIterations: 300, seed: 3, nIterNoChange: 5 } as const;

  it("sets aside a share of each class", () => {
    const { train, validation } = setApart(all, 0.1, 3);
    const ones = (rows: Int32Array) => rows.filter((row) => all.y[row] === 1).length;
    const count = all.y.reduce((sum, label) => sum + label, 0);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...all.y.keys()]);
    expect(ones(validation)).toBe(Math.round(0.1 * count));
    expect(validation.length - ones(validation)).toBe(Math.round(0.1 * (600 - count)));
    expect(setApart(all, 0.1, 4).validation).not.toEqual(validation);
  });

  it("grows the trees of a fit on the other rows, up to the first standstill, and keeps them all", () => {
    const model = fitGradientBoosting(all, options);
    const apart = setApart(all, 0.1, 3);
    const maxIterations = model.trees.length;
    const train = takeRows(all, apart.train);
    const plain = fitGradientBoosting(train, { learningRate: 0.3, maxIterations });
    expect(model.trees).toEqual(plain.trees);
    const { history } = model;
    const losses = [...(history?.validation ?? [])];
    expect(losses.length).toBe(maxIterations + 1);
    const stopped = losses.findIndex((_, i) => standsStill(losses.slice(0, i + 1), 5, 1e-7));
    expect(stopped).toBe(maxIterations);
    const held = takeRows(all, apart.validation);
    const ones = new Float64Array(600).fill(1);
    expect(losses[maxIterations]).toBe(meanLogLoss(model.decision(held.x), held.y, ones));
    expect(history?.train[maxIterations]).toBe(meanLogLoss(model.decision(train.x), train.y, ones));
    expect(fitGradientBoosting(all, options).decision(all.x)).toEqual(model.decision(all.x));
  });

  it("refuses rows without weight to watch", () => {
    const sampleWeights = new Float64Array(600).fill(1);
    for (const row of setApart(all, 0.1, 3).validation) sampleWeights[row] = 0;
    expect(() => fitGradientBoosting(all, { ...options, sampleWeights })).toThrow(/set apart have no weight/);
  });

  it("stops as scikit-learn's _should_stop", () => {
    expect(standsStill([0.5, 0.5], 2, 0)).toBe(false);
    expect(standsStill([0.5, 0.5, 0.5], 2, 0)).toBe(true);
    expect(standsStill([0.5, 0.6, 0.49], 2, 0)).toBe(false);
    expect(standsStill([0.5, 0.6, 0.49], 2, 0.01)).toBe(true);
    expect(standsStill([0.9, 0.5, 0.51, 0.52], 2, 1e-7)).toBe(true);
  });
});

describe("a saved gradient boosting", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hitlab-boosting-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("comes back as it was", () => {
    const options = { maxIterations: 4, earlyStopping: true, maxLeafNodes: Number.POSITIVE_INFINITY };
    const model = fitGradientBoosting(all, options);
    model.save(join(folder, "model"));
    const read = loadGradientBoosting(join(folder, "model"));
    expect(read).toEqual(model);
    expect(read.decision(all.x)).toEqual(model.decision(all.x));
    const plain = fitGradientBoosting(all, { maxIterations: 1 });
    plain.save(join(folder, "model"));
    expect(loadGradientBoosting(join(folder, "model"))).toEqual(plain);
  });

  it("is refused where it is damaged", () => {
    const { names, baseline, settings, gainImportances, trees } = fitGradientBoosting(all, { maxIterations: 2 });
    const about = { names, baseline, settings: { ...settings, maxDepth: 9 } };
    const arrays = { ...joinTrees(trees, 1), gainImportances };
    const load = (wrongAbout: object, wrongArrays: object) => {
      saveArrays(folder, "hitlab-gradient-boosting", { ...about, ...wrongAbout }, { ...arrays, ...wrongArrays });
      return loadGradientBoosting(folder);
    };
    expect(load({}, {}).trees).toEqual(trees);
    expect(() => load({ baseline: null }, {})).toThrow(/no baseline/);
    expect(() => load({ settings: null }, {})).toThrow(/no settings/);
    expect(() => load({ settings: { maxBins: 1 } }, {})).toThrow(/maxBins/);
    expect(() => load({ names: [] }, {})).toThrow(/no names/);
    expect(() => load({ names: [...names, "c5"] }, {})).toThrow(/not one per column/);
    expect(() => load({}, { sizes: Int32Array.of(1) })).toThrow(/nodes/);
    load({}, {});
    const bytes = readFileSync(join(folder, "arrays.bin"));
    bytes[9] ^= 1;
    writeFileSync(join(folder, "arrays.bin"), bytes);
    expect(() => loadGradientBoosting(folder)).toThrow(/sha256/);
  });
});
