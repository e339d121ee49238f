import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanAbsolute, treeShap } from "../../src/evaluate";
import { type DecisionTree, leafOf } from "../../src/models/decision-tree";
import { fitGradientBoosting, fitRandomForest, fitRandomForestRegressor } from "../../src/models/tree-models";
import { treeContributions } from "../../src/models/tree-shap";
import { random } from "../../src/random";
import { type Matrix, matrix } from "../../src/samples";
import { randomTree } from "../models/random-tree";
import { bruteForce, expectation } from "./brute-shapley";
import golden from "./tree-shap.golden.json"; // made by tree-shap.golden.py

function decisionTree(tree: (typeof golden.cases)[number]["trees"][number]): DecisionTree {
  return {
    feature: Int16Array.from(tree.feature),
    threshold: Float64Array.from(tree.threshold),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    cover: Float64Array.from(tree.cover),
    value: Float64Array.from(tree.value),
  };
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, within: number) {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i] - expected[i]), `${i}`).toBeLessThan(within);
}

describe("treeContributions", () => {
  const shape = fc.record({
    columns: fc.integer({ min: 1, max: 8 }),
    depth: fc.integer({ min: 0, max: 9 }),
    outputs: fc.integer({ min: 1, max: 3 }),
  });

  it("is the Shapley value of the game in which unknown columns go both ways by cover", () => {
    fc.assert(
      fc.property(fc.nat(), shape, (seed, each) => {
        const rng = random(seed % 2 ** 32, "tree-shap");
        const tree = randomTree(rng, { ...each });
        const output = each.outputs - 1;
        const row = Float64Array.from({ length: each.columns }, () => rng.integer(0, 9) / 8);
        const x = { rows: 1, columns: each.columns, data: row };
        const found = treeContributions({ trees: [tree], output, scale: 1, baseline: 0 }, x);
        expectNear(found.contributions, bruteForce(tree, row, output), 1e-12);
        expect(found.base).toBeCloseTo(expectation(tree, row, 0, output), 12);
      }),
      { numRuns: 150 },
    );
  });

  it("takes sides that no train row reached for impossible, unless the row goes there", () => {
    const rng = random(5, "tree-shap-empty");
    let checked = 0;
    for (let run = 0; run < 60; run++) {
      const tree = randomTree(rng, { columns: 4, depth: 4, outputs: 1, empty: true });
      const cut = tree.left.some((left, at) => left >= 0 && tree.cover[left] + tree.cover[tree.right[at]] === 0);
      const row = Float64Array.from({ length: 4 }, () => rng.uniform());
      const explain = () =>
        treeContributions({ trees: [tree], output: 0, scale: 1, baseline: 0 }, { rows: 1, columns: 4, data: row });
      if (cut) expect(explain).toThrow(/reached by no train row/);
      else expectNear(explain().contributions, bruteForce(tree, row, 0), 1e-12);
      if (!cut && tree.cover.includes(0)) checked++;
    }
    expect(checked).toBeGreaterThan(5);
  });

  it("sums to the prediction on deep trees with many columns", () => {
    const rng = random(6, "tree-shap-deep");
    const trees = Array.from({ length: 5 }, () => randomTree(rng, { columns: 40, depth: 13, outputs: 2 }));
    const data = Float64Array.from({ length: 3 * 40 }, () => rng.uniform());
    const { contributions, base } = treeContributions(
      { trees, output: 1, scale: 0.5, baseline: 7 },
      { rows: 3, columns: 40, data },
    );
    for (let row = 0; row < 3; row++) {
      const told = trees.reduce((sum, tree) => sum + tree.value[2 * leafOf(tree, data, 40 * row) + 1], 0);
      const sum = contributions.subarray(40 * row, 40 * row + 40).reduce((a, b) => a + b, base);
      expect(Math.abs(sum - 7 - 0.5 * told)).toBeLessThan(1e-12);
    }
  });

  it.each(golden.cases)("says what Python's shap says of a $name", ({ trees, contributions, base, ...sum }) => {
    const x = { rows: 6, columns: 5, data: Float64Array.from(golden.rows) };
    const found = treeContributions({ trees: trees.map(decisionTree), ...sum }, x);
    expectNear(found.contributions, contributions, 1e-12);
    expect(found.base).toBeCloseTo(base, 12);
  });
});

describe("treeShap", () => {
  const rng = random(7, "tree-shap-model");
  const names = ["a", "b", "c"];
  const forest = (outputs: number) => ({
    names,
    trees: [1, 2].map(() => randomTree(rng, { columns: 3, depth: 4, outputs })),
  });
  const x = matrix(
    4,
    3,
    Float64Array.from({ length: 12 }, () => rng.uniform()),
    names,
  );
  const sumOf = (found: ReturnType<typeof treeShap>, row: number) =>
    found.contributions.data.subarray(3 * row, 3 * row + 3).reduce((a, b) => a + b, found.base);

  it("explains the mean of a forest and the sum of boosting", () => {
    const classes = forest(2);
    const boosting = { ...forest(1), baseline: -0.5 };
    for (let row = 0; row < 4; row++) {
      const leaf = (tree: DecisionTree) => leafOf(tree, x.data, 3 * row);
      const mean = (output: number) =>
        classes.trees.reduce((sum, tree) => sum + tree.value[2 * leaf(tree) + output], 0) / 2;
      expect(sumOf(treeShap(classes, x), row)).toBeCloseTo(mean(1), 12);
      expect(sumOf(treeShap(classes, x, { output: 0 }), row)).toBeCloseTo(mean(0), 12);
      const logOdds = boosting.trees.reduce((sum, tree) => sum + tree.value[leaf(tree)], -0.5);
      expect(sumOf(treeShap(boosting, x), row)).toBeCloseTo(logOdds, 12);
    }
  });

  it("sums to what fitted forests and boosting say", async () => {
    const data = Float64Array.from({ length: 300 * 3 }, () => rng.uniform());
    const y = Float64Array.from({ length: 300 }, (_, i) =>
      data[3 * i] + data[3 * i + 1] * rng.uniform() > 0.8 ? 1 : 0,
    );
    const samples = { x: matrix(300, 3, data, names), y, info: {} };
    const found = [
      {
        model: await fitRandomForest(samples, { nEstimators: 7, classWeight: "balanced" }),
        says: "predictProbability",
      },
      { model: await fitRandomForestRegressor(samples, { nEstimators: 7, maxDepth: 6 }), says: "predict" },
      { model: fitGradientBoosting(samples, { maxIterations: 9, minSamplesLeaf: 5 }), says: "decision" },
    ] as const;
    for (const { model, says } of found) {
      const told = (model as unknown as Record<string, (rows: Matrix) => Float64Array>)[says](x);
      const explained = treeShap(model, x);
      for (let row = 0; row < 4; row++) expect(Math.abs(sumOf(explained, row) - told[row])).toBeLessThan(1e-12);
    }
  });

  it("refuses other columns, numbers that are not finite and outputs that are not there", () => {
    const model = forest(2);
    expect(() => treeShap(model, { ...x, names: ["a", "c", "b"] })).toThrow(/fit on the columns a, b, c/);
    expect(() => treeShap(model, { ...x, data: x.data.map(() => Number.NaN) })).toThrow(/row 0/);
    expect(() => treeShap(model, x, { output: 2 })).toThrow(/2 outputs, numbered from 0 \(found 2\)/);
    expect(() => treeShap({ names, trees: [] }, x)).toThrow(/no trees/);
  });

  it("has the mean size of contributions, largest first", () => {
    const contributions = matrix(2, 3, Float64Array.of(1, -4, 0, -2, 0, 0.5), names);
    expect(meanAbsolute(contributions)).toEqual([
      { name: "b", value: 2 },
      { name: "a", value: 1.5 },
      { name: "c", value: 0.25 },
    ]);
    expect(() => meanAbsolute(matrix(0, 3, new Float64Array(0), names))).toThrow(/at least one row/);
  });
});
