import { describe, expect, it } from "vitest";
import { fitGradientBoosting } from "../../../src/models/boosting/fit";
import { binThresholds, distinctOf, weighDistinct } from "../../../src/models/boosting/thresholds";
import { takeMatrixRows } from "../../../src/samples";
import golden from "./golden.json";
import { problem, weights } from "./problem";

function largest(a: Float64Array, b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

describe("gradient boosting is scikit-learn's HistGradientBoostingClassifier", () => {
  it.each(golden.cases)("in log-odds: $rows x $columns, weighted $weighted, $options", (each) => {
    const { rows, columns, weighted, options, decision, baseline } = each;
    const samples = problem(rows, columns);
    // Python's None, which JSON calls null, is no limit.
    const given = Object.fromEntries(
      Object.entries(options).map(([name, value]) => [name, value ?? Number.POSITIVE_INFINITY]),
    );
    const own = weighted ? { sampleWeights: weights(rows) } : {};
    const model = fitGradientBoosting(samples, { ...given, ...own });
    expect(model.baseline).toBeCloseTo(baseline, 14);
    const step = Math.max(1, Math.floor(rows / 60));
    const some = Array.from({ length: decision.length }, (_, i) => i * step);
    const off = largest(model.decision(takeMatrixRows(samples.x, some)), decision);
    expect(off).toBeLessThan(1e-8);
  });

  it("in every node of a tree", () => {
    const { rows, columns, ...tree } = golden.tree;
    const ours = fitGradientBoosting(problem(rows, columns), { maxIterations: 5 }).trees[4];
    for (const name of ["feature", "threshold", "left", "right", "cover"] as const) {
      expect([...ours[name]], name).toEqual(tree[name]);
    }
    expect(largest(ours.value, tree.value)).toBeLessThan(1e-12);
  });

  it.each(golden.bins)("in its bins: $rows rows, at most $maxBins, weighted $weighted", (each) => {
    const { x } = problem(each.rows, each.columns);
    each.thresholds.forEach((expected, j) => {
      const column = Float64Array.from({ length: x.rows }, (_, i) => x.data[i * x.columns + j]);
      const distinct = distinctOf(column.slice().sort());
      const own = each.weighted ? weighDistinct(distinct, column, weights(x.rows)) : distinct;
      expect([...binThresholds(own, each.maxBins)], `column ${j}`).toEqual(expected);
    });
  });
});
