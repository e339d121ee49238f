import fc from "fast-check";
import { expect, it } from "vitest";
import { quantileBins } from "../../src/evaluate";

const values = [5, 1, 1, 1, 9, 7, 3.5, 2, 8, 8, 0, 6];

// pandas 3.1.1: for b in (1, 3, 4, 5): pd.qcut(values, b, labels=False, duplicates="drop")
it.each([
  [1, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  [3, [1, 0, 0, 0, 2, 2, 1, 1, 2, 2, 0, 1]],
  [4, [2, 0, 0, 0, 3, 2, 1, 1, 3, 3, 0, 2]],
  [5, [2, 0, 0, 0, 4, 3, 2, 1, 4, 4, 0, 3]],
])("cuts as pandas.qcut into %d", (bins, expected) => {
  expect([...quantileBins(values, bins).bins]).toEqual(expected);
});

it("gives a smallest value that is a quantile itself a bin of its own", () => {
  // pd.qcut([0] * 6 + [1, 2, 3, 4], 4, labels=False, duplicates="drop") has two bins: 7 rows up to 1, and 3
  const { bins, labels } = quantileBins([0, 0, 0, 0, 0, 0, 1, 2, 3, 4], 4);
  expect([...bins]).toEqual([0, 0, 0, 0, 0, 0, 1, 2, 2, 2]);
  expect(labels).toEqual(["0 to 0", "1 to 1", "2 to 4"]);
});

it("says the smallest and the largest value of each bin", () => {
  expect(quantileBins(values, 4).labels).toEqual(["0 to 1", "2 to 3.5", "5 to 7", "8 to 9"]);
  expect(quantileBins([2e9 + 1, Math.PI], 1).labels).toEqual(["3.14159 to 2000000001"]);
});

it("gives fewer bins where values are equal or few, and none without a row", () => {
  expect(quantileBins([4, 4, 4], 4)).toEqual({ bins: Int32Array.of(0, 0, 0), labels: ["4 to 4"] });
  expect(quantileBins([0, 1], 4)).toEqual({ bins: Int32Array.of(0, 1), labels: ["0 to 0", "1 to 1"] });
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1 }),
      fc.integer({ min: 1, max: 12 }),
      (some, wanted) => {
        const { bins, labels } = quantileBins(some, wanted);
        expect([...new Set(bins)].sort((a, b) => a - b)).toEqual([...labels.keys()]);
        some.forEach((value, i) => {
          const [low, high] = labels[bins[i]].split(" to ").map(Number);
          expect(low <= value && value <= high).toBe(true);
        });
      },
    ),
  );
});

it("refuses what it cannot cut", () => {
  expect(() => quantileBins([], 4)).toThrow("no values to cut");
  expect(() => quantileBins([1, Number.NaN], 4)).toThrow("value of row 1");
  expect(() => quantileBins([1, 2], 0)).toThrow("bins must be a whole number from 1");
});
