import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { setRowsApart, standsStill } from "../../../src/models/boosting/early-stopping";
import {
  fitGradientBoostingRegressor,
  loadGradientBoosting,
  loadGradientBoostingRegressor,
} from "../../../src/models/boosting/fit";
import { matrix, type Samples, takeRows } from "../../../src/samples";
import { problem, weights } from "./problem";
import golden from "./regressor-golden.json";

/** The rows of regressor-golden.py. */
function numbers(rows: number, columns: number): Samples {
  const samples = problem(rows, columns);
  const y = samples.y.map((label, i) => {
    const [a, b, c] = samples.x.data.subarray(i * columns, i * columns + 3);
    return 1e9 + 1e6 * (3 * label + 5 * a - b * c + (i % 7) / 7);
  });
  return { ...samples, y };
}

const all = numbers(400, 5);

function furthest(ours: Float64Array, theirs: ArrayLike<number>): number {
  expect(ours).toHaveLength(theirs.length);
  return ours.reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i])), 0);
}

describe("gradient boosting for a number", () => {
  it.each(golden)("predicts what scikit-learn does: $rows rows of $columns, $options", (theirs) => {
    const { rows, columns, weighted, options } = theirs;
    const samples = numbers(rows, columns);
    const own = weighted ? { sampleWeights: weights(rows) } : {};
    const model = fitGradientBoostingRegressor(samples, { ...options, ...own });
    expect(Math.abs(model.baseline / theirs.baseline - 1)).toBeLessThan(1e-14);
    const every = Math.max(1, Math.floor(rows / 40));
    const sample = takeRows(
      samples,
      [...samples.y.keys()].filter((row) => row % every === 0),
    );
    // Of targets around 1e9: the last digit.
    expect(furthest(model.predict(sample.x), theirs.predicted)).toBeLessThan(1e-6);
    expect(model.score(samples)).toBeCloseTo(theirs.score, 12);
  });

  it("takes a weight of 2 for two rows", () => {
    const copies = all.y.map((_, row) => 1 + (row % 2));
    const index = [...all.y.keys()].flatMap((row) => (row % 2 ? [row, row] : [row]));
    // No leaf is at its smallest size, which counts rows.
    const options = { maxIterations: 20, maxDepth: 2, minSamplesLeaf: 1 };
    const weighted = fitGradientBoostingRegressor(all, { ...options, sampleWeights: copies });
    const repeated = fitGradientBoostingRegressor(takeRows(all, index), options);
    expect(furthest(weighted.predict(all.x), repeated.predict(all.x))).toBeLessThan(1);
  });

  it("has the same trees for a target of another size, and none that matters for one that does not vary", () => {
    const options = { maxIterations: 10 };
    const model = fitGradientBoostingRegressor(all, options);
    const small = fitGradientBoostingRegressor({ ...all, y: all.y.map((y) => y / 2 ** 40) }, options);
    expect(small.predict(all.x).map((y) => y * 2 ** 40)).toEqual(model.predict(all.x));
    const flat = fitGradientBoostingRegressor({ ...all, y: all.y.map(() => 0.1) }, options);
    expect(flat.predict(all.x)).toEqual(all.y.map(() => flat.baseline));
    expect(flat.baseline).toBe(0.1);
    expect([...flat.gainImportances]).toEqual([0, 0, 0, 0, 0]);
  });

  it("stops early by the squared error of rows set apart", () => {
    const options = { earlyStopping: true, learningRate: 0.3, maxIterations: 300, seed: 3, nIterNoChange: 5 };
    const model = fitGradientBoostingRegressor(all, options);
    const { train, validation } = setRowsApart(400, 0.1, 3);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...all.y.keys()]);
    expect(validation).toHaveLength(40);
    const losses = [...(model.history?.validation ?? [])];
    expect(model.trees.length).toBeLessThan(300);
    expect(losses).toHaveLength(model.trees.length + 1);
    // The tolerance is nothing beside the squares of targets of a million.
    expect(losses.findIndex((_, i) => standsStill(losses.slice(0, i + 1), 5, 0))).toBe(model.trees.length);
    const held = takeRows(all, validation);
    const mse = model.predict(held.x).reduce((sum, value, i) => sum + (value - held.y[i]) ** 2 / 40, 0);
    expect(losses[model.trees.length] / mse).toBeCloseTo(1, 6);
    expect(() => fitGradientBoostingRegressor(takeRows(all, [0]), options)).toThrow(/a single row/);
  });

  it("comes back from its folder, and not as a classifier", () => {
    const folder = mkdtempSync(join(tmpdir(), "hitlab-boosting-"));
    const model = fitGradientBoostingRegressor(all, { maxIterations: 5 });
    model.save(join(folder, "numbers"));
    expect(loadGradientBoostingRegressor(join(folder, "numbers"))).toEqual(model);
    expect(() => loadGradientBoosting(join(folder, "numbers"))).toThrow(/hitlab-gradient-boosting/);
    rmSync(folder, { recursive: true });
  });

  it("refuses what it cannot fit or score", () => {
    const fit = (change: Partial<Samples>, options = {}) => {
      return () => fitGradientBoostingRegressor({ ...all, ...change }, options);
    };
    expect(fit({ y: all.y.map((y, row) => (row === 3 ? Number.NaN : y)) })).toThrow(/target of row 3 .*NaN/);
    expect(fit({ y: all.y.slice(1) })).toThrow(/one target per row, 400/);
    expect(
      fit({
        x: matrix(
          400,
          5,
          all.x.data.map((v, i) => (i === 6 ? Number.NaN : v)),
        ),
      }),
    ).toThrow(/c1.*NaN/);
    expect(fit({}, { learningRate: 1.5 })).toThrow(/overshoot at this learningRate.*1.5/);
    expect(fit({}, { sampleWeights: new Float64Array(400) })).toThrow(/no weight together/);
    const model = fitGradientBoostingRegressor(all, { maxIterations: 2 });
    expect(() => model.score({ ...all, y: all.y.map(() => Number.NaN) })).toThrow(/target of row 0/);
    expect(() => model.predict(matrix(1, 1, Float64Array.of(1)))).toThrow(/was fit on the columns/);
    // Weights that leave no row on one side of early stopping.
    const sampleWeights = new Float64Array(400).fill(1);
    for (const row of setRowsApart(400, 0.1, 42).validation) sampleWeights[row] = 0;
    expect(fit({}, { earlyStopping: true, sampleWeights })).toThrow(/set apart have no weight/);
    expect(fit({}, { earlyStopping: true, sampleWeights: sampleWeights.map((w) => 1 - w) })).toThrow(
      /no weight together/,
    );
  });
});
