import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HitlabError } from "../../src/errors";
import {
  bootstrapRegression,
  bootstrapStatistic,
  compareRegression,
  compareRegressionTo,
  mseShare,
  pairedBootstrapRegression,
  regression,
  residualsBy,
} from "../../src/evaluate";
import { countedRegression } from "../../src/evaluate/counted-regression";
import { checkPredicted } from "../../src/evaluate/predicted";
import { rowsBy } from "../../src/prepare/rows-by";
import { random } from "../../src/random";
import { golden, metrics } from "./regression-golden";

const { y, a, b, groups, quantiles, spearman } = golden.bootstrap;

describe("countedRegression", () => {
  // Few different numbers, so that ties and rows all alike come often; a distance from 0 that would cost digits.
  const value = fc.oneof(
    fc.integer({ min: 0, max: 2 }),
    fc.integer({ min: -5000, max: 5000 }).map((k) => k / 1024),
  );
  const row = fc.record({
    target: value.map((v) => 1e6 + v),
    prediction: value.map((v) => 1e6 + v),
    unit: fc.integer({ min: 0, max: 5 }),
  });
  const counts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 });

  it("agrees with the scores of rows written out as often as they count", () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), counts, (rows, drawn) => {
        const repeated = rows.flatMap((_, i) => new Array<number>(drawn[rows[i].unit]).fill(i));
        fc.pre(repeated.length > 0);
        const targets = rows.map(({ target }) => target);
        const predictions = rows.map(({ prediction }) => prediction);
        const units = { count: 6, of: Int32Array.from(rows, ({ unit }) => unit) };
        const counted = countedRegression(checkPredicted(targets, predictions), units, metrics);
        const ours = counted(Int32Array.from(drawn));
        const plain = regression(targets, predictions, { rows: repeated });
        metrics.forEach((metric, m) => {
          const expected = plain[metric];
          if (expected === null) expect(ours[m], metric).toBeNull();
          else {
            const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
            expect(Math.abs((ours[m] as number) - expected), metric).toBeLessThanOrEqual(tolerance);
          }
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("bootstrapRegression", () => {
  it.each(["groups", "rows"])("has the limits of an independent numpy bootstrap of %s", (unit) => {
    const options = { metrics, groups: unit === "groups" ? groups : undefined, samples: 4000 };
    const single = bootstrapRegression(y, a, options);
    const difference = pairedBootstrapRegression(y, a, b, options);
    for (const metric of metrics) {
      for (const [kind, { low, high }] of Object.entries({ single: single[metric], difference: difference[metric] })) {
        expectWithin(low, `${unit} ${metric} ${kind} 0.025`);
        expectWithin(high, `${unit} ${metric} ${kind} 0.975`);
      }
    }
  });

  it("estimates what regression() says, of the mean squared and absolute error and R2 unless told", () => {
    const plain = regression(y, a);
    const drawn = bootstrapRegression(y, a, { samples: 10 });
    expect(Object.keys(drawn)).toEqual(["mse", "mae", "r2"]);
    for (const metric of ["mse", "mae", "r2"] as const) expect(drawn[metric].estimate).toBe(plain[metric]);
  });

  it("depends on the seed, and on neither the names of groups nor the choice of metrics", () => {
    const plain = bootstrapRegression(y, a, { groups, samples: 200 });
    const renamed = groups.map((group) => 1000 - 7 * group);
    expect(bootstrapRegression(y, a, { groups: renamed, samples: 200, seed: 42 })).toEqual(plain);
    expect(bootstrapRegression(y, a, { groups, samples: 200, metrics: ["r2"] }).r2).toEqual(plain.r2);
    expect(bootstrapRegression(y, a, { groups, samples: 200, seed: 43 })).not.toEqual(plain);
  });

  it("scores a subset as if there were no other rows", () => {
    const rows = y.map((_, i) => i).filter((i) => groups[i] % 3 === 0);
    const take = (values: number[]) => rows.map((i) => values[i]);
    const told = { samples: 100, groups: take(groups), metrics };
    const found = pairedBootstrapRegression(y, a, b, { groups, rows, samples: 100, metrics });
    expect(found).toEqual(pairedBootstrapRegression(take(y), take(a), take(b), told));
  });

  it("counts the resamples in which all targets are alike", () => {
    const { r2, mae } = bootstrapRegression([1, 2, 2, 2], [1, 2, 2, 2], { samples: 2000 });
    // Never the 1: (3/4)^4 = .316, nothing but it: .004.
    expect(r2.undefinedIn / 2000).toBeCloseTo(0.32, 1);
    expect(r2).toMatchObject({ estimate: 1, low: 1, high: 1 });
    expect(mae.undefinedIn).toBe(0);
    const alike = bootstrapRegression([0.1, 0.1, 0.1], [1, 2, 3], { samples: 20 });
    expect(alike.r2).toEqual({ estimate: null, low: null, high: null, undefinedIn: 20 });
  });

  it("finds no difference between a model and itself", () => {
    const same = pairedBootstrapRegression(y, a, a, { groups, samples: 50 });
    expect(same.r2).toMatchObject({ estimate: 0, low: 0, high: 0, a: regression(y, a).r2 });
  });

  it("gives the rows of a comparison, model after model", () => {
    const options = { metrics: ["mae", "r2"] as const, samples: 50 };
    const { mae, r2 } = bootstrapRegression(y, b, options);
    const rows = compareRegression(y, { a, b }, options);
    expect(rows.map(({ model, metric }) => `${model} ${metric}`)).toEqual(["a mae", "a r2", "b mae", "b r2"]);
    expect(rows[2]).toEqual({ model: "b", metric: "mae", estimate: mae.estimate, low: mae.low, high: mae.high });
    expect(rows[3].high).toBe(r2.high);
    const [difference] = compareRegressionTo(y, a, { b }, options);
    expect(difference.low).toBe(pairedBootstrapRegression(y, b, a, options).mae.low);
  });
});

describe("bootstrapStatistic", () => {
  it("has scipy's limits for a rank correlation", () => {
    const statistic = (rows: Int32Array) => rankCorrelation(rows, y, a);
    const found = bootstrapStatistic(y.length, statistic, { samples: 4000 });
    expect(found.estimate).toBeCloseTo(spearman, 12);
    expectWithin(found.low, "rows spearman 0.025");
    expectWithin(found.high, "rows spearman 0.975");
  });

  it("is too narrow for few rows, as residualsBy says", () => {
    const truth = Math.sqrt(2 / Math.PI);
    const held = (rows: number) => {
      const rng = random(7, "few rows", rows);
      const intervals = Array.from({ length: 400 }, () => {
        const errors = Array.from({ length: rows }, () => rng.normal());
        return bootstrapRegression(new Float64Array(rows), errors, { metrics: ["mae"], samples: 200 }).mae;
      });
      return intervals.filter(({ low, high }) => low <= truth && truth <= high).length / intervals.length;
    };
    [2, 5, 20].forEach((rows, i) => {
      expect(Math.abs(held(rows) - [0.5, 0.8, 0.9][i])).toBeLessThan(0.07);
    });
  });

  it("draws the very rows and groups that bootstrapRegression draws", () => {
    const rows = y.map((_, i) => i).filter((i) => i % 2 === 0);
    for (const options of [{ samples: 100 }, { samples: 100, groups }, { samples: 100, groups, rows, seed: 3 }]) {
      const { mae } = bootstrapRegression(y, a, options);
      const found = bootstrapStatistic(y.length, (drawn) => regression(y, a, { rows: drawn }).mae, options);
      expect(found.estimate).toBe(mae.estimate);
      expect(found.low).toBeCloseTo(mae.low, 12);
      expect(found.high).toBeCloseTo(mae.high, 12);
    }
  });

  it("counts where the statistic is undefined", () => {
    const found = bootstrapStatistic(3, (rows) => mseShare([0, 0, 0], [1, 0, 0], 0.5, { rows }), { samples: 1000 });
    expect(found.undefinedIn / 1000).toBeCloseTo(8 / 27, 1);
  });
});

describe("residualsBy", () => {
  const by = groups.map((group) => (group < 2 ? `early ${group}` : "late"));

  it("scores each segment as if there were no other, in the order in which they come if they are texts", () => {
    const found = residualsBy(y, a, by, { samples: 100, groups });
    expect(found.map(({ group }) => group)).toEqual(["early 0", "early 1", "late"]);
    for (const [group, rows] of rowsBy(by)) {
      const segment = found.find((each) => each.group === group);
      const plain = regression(y, a, { rows });
      expect(segment).toMatchObject({ rows: rows.length });
      for (const metric of ["mae", "rmse", "bias"] as const) expect(segment?.[metric].estimate).toBe(plain[metric]);
    }
    const late = y.map((_, i) => i).filter((i) => by[i] === "late");
    const { low, high } = bootstrapRegression(y, a, { metrics: ["rmse"], samples: 100, groups, rows: late }).rmse;
    expect(found[2].rmse).toMatchObject({ low, high });
  });

  it("gives no interval to a single row or group, and other metrics on demand", () => {
    expect(residualsBy(y, a, by, { samples: 100, groups })[0].mae).toMatchObject({ low: null, high: null });
    expect(residualsBy(y, a, by, { samples: 100 })[0].mae.low).toBeTypeOf("number");
    const [alone, rest] = residualsBy([1, 2, 3], [1, 1, 1], [7, 8, 8], { metrics: ["r2", "bias"], samples: 20 });
    expect(alone).toEqual({
      group: 7,
      rows: 1,
      r2: { estimate: null, low: null, high: null },
      bias: { estimate: 0, low: null, high: null },
    });
    expect(rest).toMatchObject({ group: 8, rows: 2, bias: { estimate: -1.5 } });
  });

  it("puts numbers in ascending order", () => {
    const years = residualsBy([1, 2, 3, 4], [1, 2, 3, 5], [2020, 1999, 2020, 2007], { samples: 10 });
    expect(years.map(({ group, rows }) => [group, rows])).toEqual([
      [1999, 1],
      [2007, 1],
      [2020, 2],
    ]);
  });

  it("takes the named rows only", () => {
    const found = residualsBy([1, 2, Number.NaN, 4], [1, 2, 3, 5], ["a", "b", "c", "b"], { rows: [1, 3], samples: 20 });
    expect(found).toMatchObject([{ group: "b", rows: 2, mae: { estimate: 0.5 } }]);
  });
});

describe("what cannot be drawn", () => {
  const bad: [string, () => unknown, RegExp][] = [
    ["one group", () => bootstrapRegression([0, 1], [1, 2], { groups: [3, 3] }), /at least two groups .*found 1/],
    ["one row", () => bootstrapRegression([1], [2]), /at least two rows/],
    ["too few groups", () => bootstrapRegression([0, 1], [1, 2], { groups: [3] }), /2 targets but 1 groups/],
    ["no such metric", () => bootstrapRegression([0, 1], [1, 2], { metrics: ["auc" as "r2"] }), /no such metric/],
    ["no samples", () => bootstrapRegression([0, 1], [1, 2], { samples: 0 }), /samples .*found 0/],
    ["a level in percent", () => bootstrapRegression([0, 1], [1, 2], { level: 95 }), /level/],
    ["a NaN of B", () => pairedBootstrapRegression([0, 1], [1, 2], [1, Number.NaN]), /prediction for row 1/],
    ["a statistic that is NaN", () => bootstrapStatistic(3, () => Number.NaN), /statistic .*found NaN/],
    ["a row that there is not", () => bootstrapStatistic(3, () => 1, { rows: [0, 3] }), /rows\[1\] .*from 0 to 2/],
    ["a statistic of nothing", () => bootstrapStatistic(0, () => 1), /length must be a whole number from 1/],
    ["too few segments", () => residualsBy([1, 2], [1, 2], ["a"]), /2 targets but 1 segments/],
    ["a segment that is NaN", () => residualsBy([1, 2], [1, 2], [2020, Number.NaN]), /row 1 .*in no segment/],
    ["too few groups for segments", () => residualsBy([1], [1], ["a"], { groups: [] }), /1 targets but 0 groups/],
    ["a NaN in a segment", () => residualsBy([1, 2], [1, Number.NaN], ["a", "b"]), /prediction for row 1/],
  ];
  it.each(bad)("%s", (_, attempt, message) => {
    expect(attempt).toThrow(HitlabError);
    expect(attempt).toThrow(message);
  });
});

function expectWithin(limit: number | null, name: string) {
  const [from, to] = quantiles[name];
  expect(limit, name).toBeGreaterThanOrEqual(from);
  expect(limit, name).toBeLessThanOrEqual(to);
}

/** Spearman's, with mean ranks for ties. */
function rankCorrelation(rows: Int32Array, first: readonly number[], second: readonly number[]): number {
  const ranks = [first, second].map((values) => {
    const own = Array.from(rows, (row) => values[row]);
    const sorted = own.toSorted((left, right) => left - right);
    return own.map((value) => sorted.indexOf(value) + sorted.lastIndexOf(value) - rows.length + 1);
  });
  const product = (left: number[], right: number[]) => left.reduce((sum, each, i) => sum + each * right[i], 0);
  return product(ranks[0], ranks[1]) / Math.sqrt(product(ranks[0], ranks[0]) * product(ranks[1], ranks[1]));
}
