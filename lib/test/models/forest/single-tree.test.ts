import { describe, expect, it } from "vitest";
import { trees } from "../../../src";
import golden from "./golden.json";
import { problem } from "./problems";

/** One tree on all rows and columns: the same as scikit-learn's decision trees, whatever the random numbers. */
describe("a tree agrees with scikit-learn", () => {
  it.each(golden.trees)(
    "$rows x $columns, $classes classes, depth $maxDepth, leaves of $minSamplesLeaf, weighted $weighted, balanced $balanced",
    async (expected) => {
      const { train, test, weights } = problem(expected.rows, expected.columns, expected.classes);
      const options = {
        nEstimators: 1,
        maxFeatures: "all" as const,
        bootstrap: false,
        maxDepth: expected.maxDepth ?? Number.POSITIVE_INFINITY,
        minSamplesLeaf: expected.minSamplesLeaf,
        minSamplesSplit: expected.minSamplesSplit,
        ...(expected.weighted ? { sampleWeights: weights } : {}),
        workers: 1,
      };
      const classWeight = expected.balanced ? ("balanced" as const) : undefined;
      const model =
        expected.classes === 0
          ? await trees.fitRandomForestRegressor(train, options)
          : await trees.fitRandomForest(train, { ...options, ...(classWeight ? { classWeight } : {}) });
      const predicted =
        model instanceof trees.RandomForestRegressor
          ? model.predict(test.x)
          : secondColumn(model.predictProbabilities(test.x));
      expect(model.trees[0].feature.length).toBe(expected.nodes);
      expectClose(predicted.slice(0, expected.predicted.length), expected.predicted);
      expectClose(model.featureImportances, expected.importances);
    },
  );
});

function secondColumn({ rows, columns, data }: { rows: number; columns: number; data: Float64Array }): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => data[row * columns + 1]);
}

function expectClose(values: ArrayLike<number>, expected: readonly number[]): void {
  expect(values.length).toBe(expected.length);
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - values[i])), 0);
  expect(worst).toBeLessThan(1e-11);
}
