import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval, permutationImportance, type RowMetric, rocAuc, scores } from "../../src/evaluate";
import { rowScores } from "../../src/evaluate/row-scores";
import { withRandomColumns } from "../../src/prepare";
import { random } from "../../src/random";
import { golden, goldenSamples, logistic, samplesOf } from "./comparisons";

const model = logistic(golden.coefficients);
const metrics: RowMetric[] = ["accuracy", "rocAuc", "brier", "logLoss"];

describe("permutation importance", () => {
  it.each(metrics)("agrees with scikit-learn's in %s, to within the noise of the permutations", (metric) => {
    const { features, baseline } = permutationImportance(model, goldenSamples, { metric, repeats: 1000 });
    const probabilities = model.predictProbability(goldenSamples.x);
    expect(baseline).toBeCloseTo(scores(goldenSamples.y, probabilities)[metric] as number, 12);
    const { mean, sd } = golden.importance[metric];
    features.forEach(({ importance }, j) => {
      // 4.5 standard errors of the difference of means of 1,000 and 3,000 permutations
      const noise = 4.5 * sd[j] * Math.sqrt(1 / 1000 + 1 / 3000);
      expect(Math.abs(importance - mean[j]), features[j].feature).toBeLessThanOrEqual(noise);
    });
  });

  it("is what shuffling by hand gives", () => {
    const { features } = permutationImportance(model, goldenSamples, { repeats: 3, seed: 7, metric: "rocAuc" });
    const before = rocAuc(golden.y, model.predictProbability(goldenSamples.x));
    features.forEach(({ feature, repeats, importance }, j) => {
      const falls = [0, 1, 2].map((r) => {
        const order = random(7, "permutation importance", feature, r).permutation(golden.y.length);
        const rows = golden.x.map((row, i) => row.with(j, golden.x[order[i]][j]));
        return before - rocAuc(golden.y, model.predictProbability(samplesOf(rows, golden.y).x));
      });
      expect([...repeats].map((fall) => fall.toFixed(12))).toEqual(falls.map((fall) => fall.toFixed(12)));
      expect(importance).toBeCloseTo((falls[0] + falls[1] + falls[2]) / 3, 12);
    });
  });

  it("is exactly 0, interval and all, for a column that the model does not use", () => {
    for (const metric of metrics) {
      const unused = permutationImportance(model, goldenSamples, { metric }).features[3];
      expect(unused).toMatchObject({ importance: 0, low: 0, high: 0, control: false });
    }
  });

  it("leaves the samples as they were, and puts each column back before the next", () => {
    const kept = goldenSamples.x.data.slice();
    const all = permutationImportance(model, goldenSamples).features;
    expect(goldenSamples.x.data).toEqual(kept);
    const alone = permutationImportance(model, goldenSamples, { columns: ["c2"] }).features;
    expect(alone[0]).toEqual(all[2]);
  });

  it("permutes columns together, in one order", () => {
    // Two copies of a column that cancel each other: shuffled together they still do.
    const rows = golden.x.map(([a]) => [a, a]);
    const data = samplesOf(rows, golden.y, ["a", "b"]);
    const cancelling = logistic([5, -5]);
    const { features } = permutationImportance(cancelling, data, { columns: [["a", "b"], "a"], metric: "brier" });
    expect(features.map(({ feature }) => feature)).toEqual(["a + b", "a"]);
    expect(features[0].importance).toBe(0);
    expect(features[1].importance).toBeGreaterThan(0.05);
  });

  it("flags random columns", () => {
    const data = withRandomColumns(goldenSamples, { columns: 2, copies: ["c0"] });
    const { features } = permutationImportance(logistic([...golden.coefficients, 0.1, 0, 0]), data);
    expect(features.filter(({ control }) => control).map(({ feature }) => feature)).toEqual([
      "random 1",
      "random 2",
      "random copy of c0",
    ]);
  });

  it("has intervals over rows, wider over groups of alike rows, around the importance", () => {
    const single = permutationImportance(model, goldenSamples, { metric: "brier" }).features[0];
    expect(single.low).toBeLessThan(single.importance);
    expect(single.high).toBeGreaterThan(single.importance);
    // Every row five times over: as groups, the copies bring no certainty.
    const rows = golden.x.flatMap((row) => Array.from({ length: 5 }, () => row));
    const five = samplesOf(
      rows,
      golden.y.flatMap((y) => Array.from({ length: 5 }, () => y)),
    );
    const groups = rows.map((_, i) => Math.floor(i / 5));
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const of = (options: object) =>
      width(permutationImportance(model, five, { metric: "brier", ...options }).features[0]);
    expect(of({ groups }) / of({})).toBeGreaterThan(1.5);
    expect(Math.abs(of({ groups }) / width(single) - 1)).toBeLessThan(0.2);
  });

  it("has the interval of what a row and its value bring about, for single rows", () => {
    const [{ importance, low, high }] = permutationImportance(model, goldenSamples, {
      metric: "brier",
      repeats: 1,
      seed: 3,
    }).features;
    const order = random(3, "permutation importance", "c0", 0).permutation(120);
    const shuffled = golden.x.map((row, i) => row.with(0, golden.x[order[i]][0]));
    const errors = [shuffled, golden.x].map((rows) =>
      model.predictProbability(samplesOf(rows, golden.y).x).map((p, i) => (p - golden.y[i]) ** 2),
    );
    const falls = errors[0].map((error, i) => error - errors[1][i]);
    // Of each row: what it loses, and what the row loses that was given its value.
    const { estimate, low: from } = meanInterval(falls.map((fall, i) => fall + falls[order.indexOf(i)]));
    expect(importance).toBeCloseTo(estimate / 2, 12);
    expect(importance - low).toBeCloseTo(estimate - (from as number), 12);
    expect(high - importance).toBeCloseTo(importance - low, 12);
  });

  it("has intervals that hold the importance of the whole population about as often as they say", () => {
    // Rows drawn from one distribution; the importance in 20,000 of them is as good as the true one.
    const draw = (rows: number, seed: number) => {
      const rng = random(seed, "coverage");
      const x = Array.from({ length: rows }, () => [rng.normal(), rng.normal()]);
      return samplesOf(
        x,
        x.map(([a, b]) => Number(a + 0.5 * b + rng.normal() > 0)),
      );
    };
    const fitted = logistic([1.7, 0.85]);
    const options = { columns: ["c0"], repeats: 5, metric: "rocAuc" as const };
    const [truth] = permutationImportance(fitted, draw(20_000, 1), options).features;
    const held = Array.from({ length: 100 }, (_, s) => {
      const [{ low, high }] = permutationImportance(fitted, draw(200, s + 2), options).features;
      return Number(low <= truth.importance && truth.importance <= high);
    });
    const share = held.reduce((sum, each) => sum + each, 0) / 100;
    expect(share).toBeGreaterThanOrEqual(0.88);
  });

  it("names what is wrong", () => {
    const of = (options: object) => () => permutationImportance(model, goldenSamples, options);
    expect(of({ columns: ["tempo"] })).toThrow('the samples have no such column (found "tempo")');
    expect(of({ columns: [] })).toThrow("no column to permute");
    expect(of({ columns: [[]] })).toThrow("no column to permute");
    expect(of({ repeats: 0 })).toThrow("repeats must be a whole number from 1");
    expect(of({ metric: "f1" })).toThrow("the metric must be");
    expect(of({ level: 1 })).toThrow("level");
    expect(of({ groups: [1, 2] })).toThrow("120 labels but 2 groups");
    expect(of({ groups: new Int32Array(120) })).toThrow("an interval needs at least two groups (found 1)");
    const ones = { ...goldenSamples, y: new Float64Array(120).fill(1) };
    expect(() => permutationImportance(model, ones, { metric: "rocAuc" })).toThrow("only one of the two labels");
  });
});

describe("the rows' parts of a score", () => {
  const cases = fc
    .array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 0, max: 10 })), { minLength: 2, maxLength: 40 })
    .filter((rows) => new Set(rows.map(([y]) => y)).size === 2)
    .map((rows) => ({
      labels: Float64Array.from(rows, ([y]) => y),
      probabilities: Float64Array.from(rows, ([, p]) => p / 10),
    }));

  it("have the score as their mean", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...metrics), (scored, metric) => {
        const parts = rowScores(scored, metric, 0.5);
        const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
        const score = scores(scored.labels, scored.probabilities)[metric] as number;
        expect(metric === "brier" || metric === "logLoss" ? -mean : mean).toBeCloseTo(score, 10);
      }),
    );
  });

  it("are, for the area, each row's influence: what a little more weight on the row changes", () => {
    fc.assert(
      fc.property(cases, ({ labels, probabilities }) => {
        const parts = rowScores({ labels, probabilities }, "rocAuc", 0.5);
        // One more of row 0 among each row 10,000 times over; area() does not see an equal multiple of all rows.
        const area = (weights: number[]) => {
          let [wins, pairs] = [0, 0];
          labels.forEach((y, i) => {
            if (y === 0) return;
            labels.forEach((z, j) => {
              if (y !== 1 || z !== 0) return;
              const won = probabilities[i] > probabilities[j] ? 1 : probabilities[i] === probabilities[j] ? 0.5 : 0;
              wins += weights[i] * weights[j] * won;
              pairs += weights[i] * weights[j];
            });
          });
          return wins / pairs;
        };
        const even = Array.from(labels, () => 1);
        const before = area(even);
        const h = 1e-6;
        parts.forEach((part, i) => {
          const slope = ((area(even.with(i, 1 + h)) - area(even.with(i, 1 - h))) / (2 * h)) * labels.length;
          expect(part - before).toBeCloseTo(slope, 5);
        });
      }),
      { numRuns: 30 },
    );
  });
});
