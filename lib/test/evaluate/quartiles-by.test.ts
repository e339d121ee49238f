import { expect, it } from "vitest";
import { quartilesBy } from "../../src/evaluate";

it("has each group's quartiles and mean, in the order in which the groups come", () => {
  // np.quantile([1, 2, 3, 10], [0.25, 0.5, 0.75]) is [1.75, 2.5, 4.75]
  expect(quartilesBy([3, 7, 10, 1, 2], ["b", "a", "b", "b", "b"])).toEqual([
    { group: "b", rows: 4, low: 1.75, median: 2.5, high: 4.75, mean: 4 },
    { group: "a", rows: 1, low: 7, median: 7, high: 7, mean: 7 },
  ]);
  expect(quartilesBy(Float64Array.of(0, 1, 1), Int32Array.of(5, 5, 5))[0]).toMatchObject({ group: 5, mean: 2 / 3 });
  expect(quartilesBy([], [])).toEqual([]);
});

it("refuses lists of other lengths and numbers that are not there", () => {
  expect(() => quartilesBy([1, 2], ["a"])).toThrow(/2 values need a group each \(found "1 groups"\)/);
  expect(() => quartilesBy([1, Number.NaN], ["a", "a"])).toThrow(/row 1 .*not a finite number/);
});
