import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KFoldOptions, kFold, leaveOneGroupOut, type Parts } from "../../src/prepare";
import { samplesOf } from "./samples-of";

const folds = fc.integer({ min: 2, max: 7 });
const seed = fc.integer({ min: 0, max: 1_000_000 });
const tally = (values: ArrayLike<number>) => {
  const counts = new Map<number, number>();
  for (const value of Array.from(values)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

/** Every row is tested once, and each fold's train rows are all the others, in their order. */
function expectFolds(parts: readonly Parts[], n: number): void {
  const tested = parts.flatMap(({ index }) => [...index.test]);
  expect([...tested].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, row) => row));
  for (const { train, test, index } of parts) {
    const own = new Set(index.test);
    expect([...index.train]).toEqual([...Array(n).keys()].filter((row) => !own.has(row)));
    expect([...index.test]).toEqual([...index.test].sort((a, b) => a - b));
    expect([[...train.x.data], [...test.x.data]]).toEqual([[...index.train], [...index.test]]);
  }
}

const rows = (parts: readonly Parts[]) => parts.map(({ index }) => index.test.length);
const gap = (sizes: readonly number[]) => Math.max(...sizes) - Math.min(...sizes);

describe("kFold", () => {
  it("tests each row once, in folds of equal size, the same for the same seed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 200 }), folds, seed, (n, k, s) => {
        const samples = samplesOf(new Float64Array(n));
        const parts = kFold(samples, { folds: k, seed: s });
        expect(parts).toHaveLength(k);
        expectFolds(parts, n);
        expect(gap(rows(parts))).toBeLessThanOrEqual(1);
        expect(kFold(samples, { folds: k, seed: s }).map(({ index }) => index)).toEqual(
          parts.map(({ index }) => index),
        );
      }),
    );
  });

  it("without a shuffle: scikit-learn's blocks", () => {
    // [t.tolist() for _, t in KFold(4).split(np.zeros(11))], scikit-learn 1.9.1
    const golden = [
      [0, 1, 2],
      [3, 4, 5],
      [6, 7, 8],
      [9, 10],
    ];
    const blocks = (n: number, k: number) => kFold(samplesOf(new Float64Array(n)), { folds: k, shuffle: false });
    expect(blocks(11, 4).map(({ index }) => [...index.test])).toEqual(golden);
    fc.assert(
      fc.property(fc.integer({ min: 7, max: 200 }), folds, (n, k) => {
        const parts = blocks(n, k);
        expectFolds(parts, n);
        expect(gap(rows(parts))).toBeLessThanOrEqual(1);
        expect(parts.flatMap(({ index }) => [...index.test])).toEqual([...Array(n).keys()]);
      }),
    );
    const songs = samplesOf([0, 1, 0], { artist: Int32Array.of(1, 2, 3) });
    const own = { folds: 2, shuffle: false };
    expect(() => kFold(songs, { ...own, group: "artist" })).toThrow(/no such option \(found "group"\)/);
    expect(() => kFold(songs, { ...own, stratify: true })).toThrow(/no such option \(found "stratify"\)/);
    expect(() => kFold(songs, { ...own, seed: 1 })).toThrow(/no such option \(found "seed"\)/);
    expect(() => kFold(songs, { folds: 4, shuffle: false })).toThrow(/3 rows cannot fill 4 folds/);
  });

  it("stratified: each fold has its share of each class, to a row", () => {
    const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 30, maxLength: 200 });
    fc.assert(
      fc.property(labels, folds, seed, (y, k, s) => {
        const total = tally(y);
        fc.pre([...total.values()].every((count) => count >= k));
        const parts = kFold(samplesOf(y), { folds: k, seed: s, stratify: true });
        expectFolds(parts, y.length);
        expect(gap(rows(parts))).toBeLessThanOrEqual(1);
        for (const { test } of parts) {
          for (const [label, count] of total) {
            expect(Math.abs((tally(test.y).get(label) ?? 0) - count / k)).toBeLessThan(1);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it("by group: no group in two folds, sizes within the largest group", () => {
    const groups = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 7, maxLength: 200 });
    fc.assert(
      fc.property(groups, folds, seed, (ids, k, s) => {
        const size = tally(ids);
        fc.pre(size.size >= k);
        // One class per group is normal: an artist with hits only.
        const samples = samplesOf(
          ids.map((id) => id % 2),
          { artist: Int32Array.from(ids) },
        );
        const parts = kFold(samples, { folds: k, seed: s, group: "artist" });
        expectFolds(parts, ids.length);
        const groupsOf = parts.map(({ test }) => new Set(test.info.artist));
        expect(groupsOf.reduce((sum, own) => sum + own.size, 0)).toBe(size.size);
        expect(gap(rows(parts))).toBeLessThanOrEqual(Math.max(...size.values()));
      }),
      { numRuns: 200 },
    );
  });

  it("by group: equal groups make equal folds, in another order for another seed", () => {
    const ids = Array.from({ length: 60 }, (_, row) => Math.floor(row / 3));
    const samples = samplesOf(ids, { artist: Int32Array.from(ids) });
    const tests = (s: number) => kFold(samples, { group: "artist", seed: s }).map(({ index }) => [...index.test]);
    expect(tests(1).map((own) => own.length)).toEqual([12, 12, 12, 12, 12]);
    expect(tests(1)).not.toEqual(tests(2));
  });

  it("has five folds and the seed 42 unless told otherwise", () => {
    const samples = samplesOf(new Float64Array(23));
    expect(kFold(samples)).toEqual(kFold(samples, { folds: 5, seed: 42 }));
  });

  const samples = samplesOf([0, 0, 0, 0, 0, 1], { artist: Int32Array.of(1, 1, 1, 2, 2, 3) });

  it.each<[string, KFoldOptions, RegExp]>([
    ["one fold", { folds: 1 }, /folds must be a whole number from 2 up/],
    ["half a fold", { folds: 2.5 }, /folds must be a whole number from 2 up/],
    ["more folds than rows", { folds: 7 }, /6 rows cannot fill 7 folds/],
    ["more folds than groups", { folds: 4, group: "artist" }, /3 groups cannot fill 4 folds/],
    ["more folds than rows of a class", { folds: 2, stratify: true }, /1 rows of class 1 cannot fill 2 folds/],
    ["an unknown group", { folds: 2, group: "song" }, /no info column "song" \(found "artist"\)/],
    ["groups and classes at once", { folds: 2, group: "artist", stratify: true }, /by group or stratified, not both/],
  ])("refuses %s", (_, options, message) => {
    expect(() => kFold(samples, options)).toThrow(message);
  });

  it("refuses no rows", () => {
    expect(() => kFold(samplesOf([]))).toThrow(/0 rows cannot fill 5 folds/);
  });

  it("refuses to stratify by a class that is not there", () => {
    expect(() => kFold(samplesOf([0, 1, Number.NaN, 1]), { folds: 2, stratify: true })).toThrow(/row 2 .*has no class/);
  });
});

describe("leaveOneGroupOut", () => {
  it("tests each group once, the groups ascending", () => {
    const ids = [5, 2, 5, 9, 2];
    const parts = leaveOneGroupOut(samplesOf(ids, { decade: Int32Array.from(ids) }), { group: "decade" });
    expect(parts.map(({ group }) => group)).toEqual([2, 5, 9]);
    expect(parts.map(({ index }) => [...index.test])).toEqual([[1, 4], [0, 2], [3]]);
    expectFolds(parts, 5);
  });

  it("takes a missing group for a group of its own", () => {
    const parts = leaveOneGroupOut(samplesOf([0, 1, 2], { decade: Float64Array.of(1, Number.NaN, Number.NaN) }), {
      group: "decade",
    });
    expect(parts.map(({ index }) => [...index.test]).sort()).toEqual([[0], [1, 2]]);
  });

  it("refuses a single group and an unknown column", () => {
    const one = samplesOf([0, 1], { decade: Int32Array.of(4, 4) });
    expect(() => leaveOneGroupOut(one, { group: "decade" })).toThrow(/two groups at least/);
    expect(() => leaveOneGroupOut(one, { group: "artist" })).toThrow(/no info column "artist"/);
  });
});
