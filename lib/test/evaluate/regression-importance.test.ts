import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval, partialDependence, permutationImportance, regression, regressor } from "../../src/evaluate";
import { type RegressionRowMetric, regressionRowScores } from "../../src/evaluate/row-scores";
import { withRandomColumns } from "../../src/prepare";
import { random } from "../../src/random";
import { golden, goldenSamples, linearModel, samplesOf } from "./regression-golden";

const model = linearModel(golden.model);
const metrics: RegressionRowMetric[] = ["mse", "mae", "r2"];

describe("permutation importance for predicted numbers", () => {
  it.each(metrics)("agrees with scikit-learn's in %s, to within the noise of the permutations", (metric) => {
    const { features, baseline } = permutationImportance(model, goldenSamples, { metric, repeats: 1000 });
    expect(baseline).toBeCloseTo(regressor(model, goldenSamples)[metric] as number, 12);
    const { mean, sd } = golden.importance[metric];
    features.forEach(({ importance }, j) => {
      // 4.5 standard errors of the difference of means of 1,000 and 3,000 permutations
      const noise = 4.5 * sd[j] * Math.sqrt(1 / 1000 + 1 / 3000);
      expect(Math.abs(importance - mean[j]), features[j].feature).toBeLessThanOrEqual(noise + 1e-12);
    });
  });

  it("is exactly 0, interval and all, for a column that the model does not use", () => {
    const unused = linearModel(golden.model.with(3, 0));
    for (const metric of metrics) {
      const { features } = permutationImportance(unused, goldenSamples, { metric });
      expect(features[3]).toMatchObject({ importance: 0, low: 0, high: 0, control: false });
    }
  });

  it("has the interval of what a row and its value bring about, and flags random columns", () => {
    const [{ importance, low, high }] = permutationImportance(model, goldenSamples, {
      metric: "mae",
      repeats: 1,
      seed: 3,
    }).features;
    const order = random(3, "permutation importance", "c0", 0).permutation(120);
    const shuffled = golden.x.map((row, i) => row.with(0, golden.x[order[i]][0]));
    const errors = [shuffled, golden.x].map((rows) =>
      model.predict(samplesOf(rows, golden.y).x).map((prediction, i) => Math.abs(prediction - golden.y[i])),
    );
    const falls = errors[0].map((error, i) => error - errors[1][i]);
    // Of each row: what it loses, and what the row loses that was given its value.
    const { estimate, low: from } = meanInterval(falls.map((fall, i) => fall + falls[order.indexOf(i)]));
    expect(importance).toBeCloseTo(estimate / 2, 12);
    expect(importance - low).toBeCloseTo(estimate - (from as number), 12);
    expect(high - importance).toBeCloseTo(importance - low, 12);
    const data = withRandomColumns(goldenSamples, { columns: 1 });
    const { features } = permutationImportance(linearModel(golden.model.toSpliced(4, 0, 0.1)), data, { metric: "r2" });
    expect(features.map(({ control }) => control)).toEqual([false, false, false, false, true]);
  });

  it.each(metrics)("holds that of the whole population in %s about as often as it says", (metric) => {
    const draw = (rows: number, seed: number) => {
      const rng = random(seed, "coverage");
      const x = Array.from({ length: rows }, () => [rng.normal(), rng.normal()]);
      return samplesOf(
        x,
        x.map(([first, second]) => 2 * first + second + rng.normal()),
      );
    };
    const fitted = linearModel([2, 1, 0]);
    const options = { columns: ["c0"], metric };
    const [truth] = permutationImportance(fitted, draw(20_000, 1), options).features;
    const held = Array.from({ length: 200 }, (_, s) => {
      const [{ low, high }] = permutationImportance(fitted, draw(150, s + 2), options).features;
      return Number(low <= truth.importance && truth.importance <= high);
    });
    expect(held.reduce((sum, each) => sum + each, 0) / 200).toBeGreaterThanOrEqual(0.9);
  });

  it("names what is wrong", () => {
    const alike = { ...goldenSamples, y: new Float64Array(120).fill(0.1) };
    expect(() => permutationImportance(model, alike, { metric: "r2" })).toThrow("targets of all rows are alike");
    expect(permutationImportance(model, alike, { metric: "mse" }).baseline).toBeGreaterThan(0);
    // @ts-expect-error accuracy needs probabilities
    expect(() => permutationImportance(model, goldenSamples)).toThrow("no predictProbability");
    expect(() => permutationImportance({ predict: () => [1] }, goldenSamples, { metric: "mse" })).toThrow(
      "1 predictions",
    );
  });
});

describe("the rows' parts of a score of numbers", () => {
  const cases = fc
    .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 2, maxLength: 40 })
    .filter((rows) => new Set(rows.map(([y]) => y)).size > 1)
    .map((rows) => ({
      y: Float64Array.from(rows, ([y]) => y),
      predictions: Float64Array.from(rows, ([, prediction]) => prediction),
    }));

  it("have the score as their mean", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...metrics), ({ y, predictions }, metric) => {
        const parts = regressionRowScores({ y, predictions }, metric);
        const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
        expect(metric === "r2" ? mean : -mean).toBeCloseTo(regression(y, predictions)[metric] as number, 9);
      }),
    );
  });

  it("are, for R2, each row's influence: what a little more weight on the row changes", () => {
    fc.assert(
      fc.property(cases, ({ y, predictions }) => {
        const weighted = (weights: Float64Array) => {
          const all = weights.reduce((sum, weight) => sum + weight, 0);
          const centre = y.reduce((sum, target, i) => sum + weights[i] * target, 0) / all;
          let [errors, distances] = [0, 0];
          y.forEach((target, i) => {
            errors += weights[i] * (predictions[i] - target) ** 2;
            distances += weights[i] * (target - centre) ** 2;
          });
          return 1 - errors / distances;
        };
        const even = y.map(() => 1);
        const before = weighted(even);
        const h = 1e-5;
        const parts = regressionRowScores({ y, predictions }, "r2");
        parts.forEach((part, i) => {
          const slope = ((weighted(even.with(i, 1 + h)) - weighted(even.with(i, 1 - h))) / (2 * h)) * y.length;
          expect(Math.abs(part - before - slope)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(slope)));
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe("partial dependence of a regressor", () => {
  it("has scikit-learn's averages and lines", () => {
    const { values, average, first } = golden.partial;
    const found = partialDependence(model, goldenSamples, { feature: "c0", grid: values, rows: 120 });
    values.forEach((_, at) => {
      expect(found.average[at]).toBeCloseTo(average[at], 12);
      expect(found.individual.data[at]).toBeCloseTo(first[at], 12);
    });
  });
});
