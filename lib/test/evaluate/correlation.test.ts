import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correlation, correlations } from "../../src/evaluate";
import { clusterOrder } from "../../src/evaluate/cluster-order";
import { random } from "../../src/random";
import { matrix } from "../../src/samples";
import { expectClose, golden } from "./uncertainty";

const { columns, gaps } = golden;

describe("correlation", () => {
  it.each(golden.correlation)("of %s and %s (%s, level %d) agrees with scipy", (x, y, method, level, ...expected) => {
    const { estimate, low, high, n } = correlation(columns[x], columns[y], { method, level });
    expect(n).toBe(40);
    expectClose([estimate, low, high], expected);
  });

  it("leaves out rows in which one of the two is missing", () => {
    const full = correlation([1, 2, 3, 5, 4], [2, 1, 4, 3, 3]);
    const holed = correlation([1, null, 2, 3, 5, 4, 7], [2n, 9n, 1n, 4n, 3n, 3n, null]);
    expect(holed).toEqual(full);
    expect(correlation([1, Number.NaN, 2, 3, 5, 4], [2, 9, 1, 4, 3, 3])).toEqual(full);
  });

  it("turns round with its columns, and with a sign", () => {
    const values = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 4,
      maxLength: 30,
    });
    fc.assert(
      fc.property(values, fc.constantFrom("pearson" as const, "spearman" as const), (rows, method) => {
        const [x, y] = [0, 1].map((c) => rows.map((row) => row[c]));
        const there = correlation(x, y, { method });
        fc.pre(there.estimate !== null && there.low !== null && there.high !== null);
        const back = correlation(
          y.map((value) => -value),
          x,
          { method },
        );
        expectClose([back.estimate, back.low, back.high], [-there.estimate, -there.high, -there.low]);
        expect(there.low <= there.estimate && there.estimate <= there.high).toBe(true);
      }),
    );
  });

  it("keeps its digits for very large and very small numbers", () => {
    const [x, y] = [columns.a, columns.b];
    for (const factor of [2 ** 600, 2 ** -600]) {
      const scaled = x.map((value) => value * factor);
      expect(correlation(scaled, y)).toEqual(correlation(x, y));
    }
  });

  it("holds its level: 95 % intervals cover the true correlation about as often", () => {
    const rng = random(5, "fisher");
    const covered = { pearson: 0, spearman: 0 };
    // Of normal columns with correlation .6, Spearman's is 6 / pi asin(.3).
    const truth = { pearson: 0.6, spearman: (6 / Math.PI) * Math.asin(0.3) };
    const [runs, n] = [2000, 30];
    for (let run = 0; run < runs; run++) {
      const x = Array.from({ length: n }, () => rng.normal());
      const y = x.map((value) => 0.6 * value + 0.8 * rng.normal());
      for (const method of ["pearson", "spearman"] as const) {
        const { low, high } = correlation(x, y, { method });
        if ((low as number) <= truth[method] && truth[method] <= (high as number)) covered[method]++;
      }
    }
    for (const count of Object.values(covered)) {
      expect(count / runs).toBeGreaterThan(0.93);
      expect(count / runs).toBeLessThan(0.97);
    }
  });

  it("has no value for a column that does not vary, and no interval for three rows or a line", () => {
    const nothing = { estimate: null, low: null, high: null };
    // The mean of three times .1 is not .1 in floating point.
    expect(correlation([0.1, 0.1, 0.1], [1, 2, 3])).toEqual({ ...nothing, n: 3 });
    expect(correlation([], [])).toEqual({ ...nothing, n: 0 });
    expect(correlation([1, 2, 3], [1, 3, 2])).toMatchObject({ low: null, high: null, n: 3 });
    expect(correlation([1, 2, 3, 4], [8, 6, 4, 2])).toEqual({ estimate: -1, low: -1, high: -1, n: 4 });
  });

  it("names what is wrong", () => {
    expect(() => correlation([1, 2], [1])).toThrow("one column has 2 rows, the other 1");
    expect(() => correlation([1, 2], [1, Number.NEGATIVE_INFINITY])).toThrow('column "y": row 1');
    expect(() => correlation([1, 2], ["a", 2] as never)).toThrow('column "y": row 0');
    expect(() => correlation([1, 2], [true, 2] as never)).toThrow('column "y": row 0');
    expect(() => correlation([1e308, 1e308, -1e308, 3], [1, 2, 3, 4])).toThrow('column "x": row 0');
    expect(() => correlation([1], [1], { method: "kendall" as "pearson" })).toThrow("no such correlation");
    expect(() => correlation([1], [1], { level: 95 })).toThrow("level of an interval");
  });
});

describe("correlations", () => {
  it.each(["pearson", "spearman"] as const)("agree with pandas' corr, gaps and all (%s)", (method) => {
    const { names, values, rows } = correlations(gaps, { method });
    expect(names).toEqual(Object.keys(gaps));
    values.forEach((row, i) => {
      expectClose(row, golden.correlations[method][i]);
    });
    const known = gaps.a.filter((value, row) => value !== null && gaps.b[row] !== null);
    expect(rows[0][1]).toBe(known.length);
    expect(rows[0][0]).toBe(gaps.a.filter((value) => value !== null).length);
  });

  it("put like beside like, as scipy's tree does, whatever the signs", () => {
    const { names, values } = correlations(columns, { order: "clustered" });
    expect(names).toEqual(golden.clustered);
    names.forEach((a, i) => {
      names.forEach((b, j) => {
        expect(values[i][j]).toBeCloseTo(correlation(columns[a], columns[b]).estimate as number, 14);
      });
    });
    const turned = { ...columns, a: columns.a.map((value) => -value) };
    expect(correlations(turned, { order: "clustered" }).names).toEqual(names);
  });

  it("take a matrix, and columns with any names", () => {
    const x = matrix(4, 2, Float64Array.of(1, 2, 2, 1, 3, 4, 4, 3), ["p", "q"]);
    const found = correlations(x);
    expect(found).toEqual(correlations({ p: [1, 2, 3, 4], q: [2, 1, 4, 3] }));
    expect(found).toEqual({
      names: ["p", "q"],
      values: [
        [1, 0.6],
        [0.6, 1],
      ],
      rows: [
        [4, 4],
        [4, 4],
      ],
    });
    expect(correlations({ rows: [1, 2, 4], columns: [3, 2, 1], names: [1, 1, 2], data: [4, 5, 5] }).names).toEqual([
      "rows",
      "columns",
      "names",
      "data",
    ]);
  });

  it("name what is wrong", () => {
    expect(() => correlations({})).toThrow("no columns");
    expect(() => correlations({ a: [1, 2], b: [1, 2, 3] })).toThrow('column "b": the column has 3 rows, but "a" has 2');
    expect(() => correlations({ a: [1, 2], b: [7, 7] })).toThrow('in the 2 rows that have both, it or "a"');
    expect(() => correlations({ a: [7, 7] })).toThrow('column "a": the column has no two different values');
    expect(() => correlations({ a: [1, 2] }, { order: "random" as "given" })).toThrow("no such order");
  });
});

describe("clusterOrder", () => {
  it.each(golden.order.map(([distances, leaves]) => [leaves.length, distances, leaves] as const))(
    "of %d items is that of scipy.cluster.hierarchy",
    (_, distances, leaves) => {
      expect(clusterOrder(distances)).toEqual(leaves);
    },
  );

  it("holds each item once, and does not change its argument", () => {
    const distances = [
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ];
    expect(clusterOrder(distances)).toEqual([2, 0, 1]);
    expect(distances[0]).toEqual([0, 1, 1]);
    expect(clusterOrder([[0]])).toEqual([0]);
  });
});
