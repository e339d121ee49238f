import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverage, coverageBy, crossConformal, splitConformal, wilson } from "../../src/evaluate";
import { kFold } from "../../src/prepare/folds";
import type { Parts } from "../../src/prepare/split";
import { type Random, random } from "../../src/random";
import { samplesOf } from "./comparisons";
import { expectClose, golden } from "./uncertainty";

/** Folds of which row i is tested in fold `fold[i]`; what the models train on does not matter here. */
function foldsOf(y: readonly number[], fold: readonly number[]): Parts[] {
  return Array.from({ length: Math.max(...fold) + 1 }, (_, k) => {
    const test = [...fold.keys()].filter((row) => fold[row] === k);
    const train = [...fold.keys()].filter((row) => fold[row] !== k);
    const part = (rows: number[]) =>
      samplesOf(
        rows.map((row) => [row]),
        rows.map((row) => y[row]),
      );
    const index = { train: Int32Array.from(train), test: Int32Array.from(test), dropped: new Int32Array() };
    return { train: part(train), test: part(test), index };
  });
}

/** Skewed errors that grow with x: nothing that a normal theory would cover. */
function drawn(rng: Random): { x: number; y: number } {
  const x = rng.uniform() * 4;
  return { x, y: 2 * x + (x + 0.2) * (rng.normal() ** 2 - 1) };
}

describe("splitConformal", () => {
  const { y, predicted, scale, fresh, freshScale, plain, normalised } = golden.split;

  it("gives the intervals of the paper's formula", () => {
    const { low, high } = splitConformal(y, predicted, { level: 0.9 }).interval(fresh);
    expectClose(low, plain[0]);
    expectClose(high, plain[1]);
  });

  it("gives those in units of a scale", () => {
    const conformal = splitConformal(y, predicted, { level: 0.8, scale });
    expect(conformal).toMatchObject({ level: 0.8, n: 57 });
    const { low, high } = conformal.interval(fresh, freshScale);
    expectClose(low, normalised[0]);
    expectClose(high, normalised[1]);
  });

  it("counts places exactly, where a product of decimals would not", () => {
    // (99 + 1) * 0.55 is 55.00000000000001 in floating point.
    const errors = Array.from({ length: 99 }, (_, i) => i + 1);
    expect(splitConformal(errors, new Float64Array(99), { level: 0.55 }).halfWidth).toBe(55);
    expect(splitConformal(errors.slice(0, 9), new Float64Array(9), { level: 0.9 }).halfWidth).toBe(9);
    expect(splitConformal(errors.slice(0, 19), new Float64Array(19), { level: 0.95 }).halfWidth).toBe(19);
  });

  it("holds new values as often as promised, on average over calibration sets", () => {
    const rng = random(3, "split conformal");
    const [runs, n] = [4000, 39];
    const held = { plain: 0, scaled: 0 };
    for (let run = 0; run < runs; run++) {
      const rows = Array.from({ length: n + 1 }, () => drawn(rng));
      const [fresh] = rows.splice(n);
      const [ys, means, scales] = [rows.map((r) => r.y), rows.map((r) => 2 * r.x), rows.map((r) => r.x + 0.2)];
      const plain = splitConformal(ys, means, { level: 0.8 }).interval([2 * fresh.x]);
      const scaled = splitConformal(ys, means, { level: 0.8, scale: scales }).interval([2 * fresh.x], [fresh.x + 0.2]);
      if (plain.low[0] <= fresh.y && fresh.y <= plain.high[0]) held.plain++;
      if (scaled.low[0] <= fresh.y && fresh.y <= scaled.high[0]) held.scaled++;
    }
    // From .8 to .8 + 1 / 40; the share of 4,000 runs has a standard error of .0063.
    for (const count of Object.values(held)) {
      expect(count / runs).toBeGreaterThan(0.8 - 0.0126);
      expect(count / runs).toBeLessThan(0.825 + 0.0126);
    }
  });

  it("holds hard rows less often than easy ones, unless there is a scale", () => {
    const rng = random(4, "difficulty");
    const [rows, fresh] = [400, 4000].map((count) => Array.from({ length: count }, () => drawn(rng)));
    const column = (from: typeof rows, of: (row: { x: number; y: number }) => number) => from.map(of);
    const [ys, means, scales] = [
      (r: { y: number }) => r.y,
      (r: { x: number }) => 2 * r.x,
      (r: { x: number }) => r.x + 0.2,
    ];
    const groups = column(fresh, ({ x }) => Number(x > 2));
    const shares = [undefined, scales].map((by) => {
      const conformal = splitConformal(column(rows, ys), column(rows, means), { scale: by && column(rows, by) });
      const { low, high } = conformal.interval(column(fresh, means), by && column(fresh, by));
      const found = coverageBy(column(fresh, ys), low, high, groups);
      return [0, 1].map((group) => found.find((row) => row.group === group)?.estimate ?? Number.NaN);
    });
    expect(shares[0][0] - shares[0][1]).toBeGreaterThan(0.08);
    expect(Math.abs(shares[1][0] - shares[1][1])).toBeLessThan(0.03);
  });

  it("names what is wrong", () => {
    expect(() => splitConformal([1, 2], [1])).toThrow("there are 2 targets but 1 predictions");
    expect(() => splitConformal([1, Number.NaN], [1, 2])).toThrow("the target of row 1");
    expect(() => splitConformal([1, 2], [Number.POSITIVE_INFINITY, 2])).toThrow("the prediction for row 0");
    expect(() => splitConformal(new Float64Array(8), new Float64Array(8))).toThrow(/at least 9 .*found 8/);
    expect(() => splitConformal(new Float64Array(18), new Float64Array(18), { level: 0.95 })).toThrow("at least 19");
    expect(() => splitConformal([1], [1], { level: 1 })).toThrow("level of an interval");
    const nine = new Float64Array(9);
    expect(() => splitConformal(nine, nine, { scale: nine })).toThrow(/scale of row 0 .*above 0/);
    expect(() => splitConformal(nine, nine, { scale: [1] })).toThrow("the scale has 1 rows, but there are 9");
    expect(() => splitConformal(nine, nine).interval([1], [1])).toThrow("the calibration rows had no scale");
    const scaled = splitConformal(nine, nine, { scale: nine.map(() => 1) });
    expect(() => scaled.interval([1])).toThrow("had a scale, the new rows have none");
    expect(() => scaled.interval([1, 2], [1])).toThrow("the scale has 1 rows, but there are 2");
  });
});

describe("crossConformal", () => {
  const { fold, byFold, low, high } = golden.cross;
  const { y, predicted } = golden.split;

  it("gives the intervals of the paper's formula", () => {
    const conformal = crossConformal(foldsOf(y, fold), predicted, { level: 0.9 });
    expect(conformal).toMatchObject({ level: 0.9, n: 57 });
    const found = conformal.interval(byFold);
    expectClose(found.low, low);
    expectClose(found.high, high);
  });

  it("is split conformal's with the whole sample when all folds' models agree", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 30, maxLength: 57 }), (chosen) => {
        fc.pre(new Set(chosen).size === Math.max(...chosen) + 1);
        const [ys, means] = [y, predicted].map((each) => each.slice(0, chosen.length));
        const cross = crossConformal(foldsOf(ys, chosen), means).interval(
          Array.from({ length: Math.max(...chosen) + 1 }, () => [1, -2]),
        );
        const split = splitConformal(ys, means).interval([1, -2]);
        expectClose(cross.low, split.low);
        expectClose(cross.high, split.high);
      }),
    );
  });

  it("holds new values more often than its guarantee, and about as often as its level", () => {
    const rng = random(6, "cross conformal");
    const [runs, n, level] = [1000, 30, 0.8];
    let held = 0;
    for (let run = 0; run < runs; run++) {
      const rows = Array.from({ length: n + 1 }, () => drawn(rng));
      const [fresh] = rows.splice(n);
      const samples = samplesOf(
        rows.map(({ x }) => [x]),
        rows.map((row) => row.y),
      );
      const folds = kFold(samples, { folds: 5, seed: run });
      const predictions = new Float64Array(n);
      const byFold = folds.map(({ train, test, index }) => {
        const slope = train.y.reduce((sum, each, i) => sum + each * train.x.data[i], 0);
        const model = slope / train.x.data.reduce((sum, x) => sum + x * x, 0);
        test.x.data.forEach((x, i) => {
          predictions[index.test[i]] = model * x;
        });
        return [model * fresh.x];
      });
      const { low, high } = crossConformal(folds, predictions, { level }).interval(byFold);
      if (low[0] <= fresh.y && fresh.y <= high[0]) held++;
    }
    expect(held / runs).toBeGreaterThan(1 - 2 * (1 - level));
    expect(held / runs).toBeGreaterThan(level - 0.04);
    expect(held / runs).toBeLessThan(level + 0.06);
  });

  it("names what is wrong", () => {
    const folds = foldsOf(y, fold);
    expect(() => crossConformal([], predicted)).toThrow("there are no folds");
    expect(() => crossConformal([folds[0], folds[0]], predicted)).toThrow("which an earlier fold tests too");
    expect(() => crossConformal(folds, predicted.slice(1))).toThrow("there are 57 targets but 56 predictions");
    expect(() => crossConformal(folds, new Float64Array(57).fill(Number.NaN))).toThrow(/the prediction for row \d+/);
    const blank = foldsOf([Number.NaN, ...y.slice(1)], fold);
    expect(() => crossConformal(blank, predicted)).toThrow("the target of row 0");
    expect(() => crossConformal(folds, predicted, { level: 0.5 })).toThrow("CV+ promises nothing");
    expect(() => crossConformal(folds, predicted, { level: 0.99 })).toThrow("at least 99");
    const conformal = crossConformal(folds, predicted);
    expect(() => conformal.interval([[1]])).toThrow("models of all 4 folds");
    expect(() => conformal.interval([[1], [1], [1], [1, 2]])).toThrow(/4 lists of 1, 1, 1, 2 rows/);
    expect(() => conformal.interval([[1], [1], [1], [Number.NaN]])).toThrow("the prediction for row 0");
  });
});

describe("coverage", () => {
  it("is the share of values in their intervals, ends included, with Wilson's interval", () => {
    const found = coverage([1, 2, 3, 4], [1, 0, 4, 2], [2, 2, 5, 5]);
    const [low, high] = wilson(3, 4);
    expect(found).toEqual({ estimate: 0.75, low, high, meanWidth: 1.75, n: 4 });
    expect(coverage([1], [0], [2], { level: 0.8 })).toMatchObject({ estimate: 1, low: wilson(1, 1, 0.8)[0], high: 1 });
  });

  it("with a group for each row is as without groups", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 40 }), (held) => {
        const y = held.map((is) => (is ? 0 : 5));
        const [low, high] = [y.map(() => -1), y.map(() => 1)];
        const [alone, single] = [coverage(y, low, high), coverage(y, low, high, { groups: [...y.keys()] })];
        expect(single.low).toBeCloseTo(alone.low, 10);
        expect(single.high).toBeCloseTo(alone.high, 10);
      }),
    );
  });

  it("knows that equal rows of a group count once", () => {
    const once = Array.from({ length: 12 }, (_, i) => Number(i % 4 === 0) * 5);
    const [ends, groups] = [(at: number) => (length: number) => new Float64Array(length).fill(at), [...once.keys()]];
    const five = <T>(values: T[]) => values.flatMap((value) => [value, value, value, value, value]);
    const [low, high] = [ends(-1), ends(1)];
    const single = coverage(once, low(12), high(12), { groups });
    const repeated = coverage(five(once), low(60), high(60), { groups: five(groups) });
    expect(repeated.estimate).toBe(single.estimate);
    // The same but for the n - 1 of single rows in the design effect.
    expect(repeated.high - repeated.low).toBeGreaterThan(0.93 * (single.high - single.low));
    expect(repeated.high - repeated.low).toBeGreaterThan(
      1.8 * (coverage(five(once), low(60), high(60)).high - coverage(five(once), low(60), high(60)).low),
    );
  });

  it("comes near its level for rows in groups, which the plain interval does not", () => {
    const rng = random(8, "coverage groups");
    const [runs, groups, size, truth] = [1000, 25, 8, 0.85];
    const held = { grouped: 0, plain: 0 };
    for (let run = 0; run < runs; run++) {
      const group = Array.from({ length: groups * size }, (_, i) => Math.floor(i / size));
      const whole = Array.from({ length: groups }, () => rng.uniform() < truth);
      // Rows follow their group with a probability of .6: an intraclass correlation of .36.
      const y = group.map((g) => ((rng.uniform() < 0.6 ? whole[g] : rng.uniform() < truth) ? 0 : 5));
      const [low, high] = [y.map(() => -1), y.map(() => 1)];
      const [grouped, plain] = [coverage(y, low, high, { groups: group }), coverage(y, low, high)];
      if (grouped.low <= truth && truth <= grouped.high) held.grouped++;
      if (plain.low <= truth && truth <= plain.high) held.plain++;
    }
    expect(held.grouped / runs).toBeGreaterThan(0.9);
    expect(held.grouped / runs).toBeLessThan(0.985);
    expect(held.plain / runs).toBeLessThan(0.8);
  });

  it("comes group by group", () => {
    const found = coverageBy([1, 2, 3], [0, 0, 0], [2, 1, 2], ["b", "a", "b"]);
    expect(found.map(({ group, estimate, n }) => [group, estimate, n])).toEqual([
      ["b", 0.5, 2],
      ["a", 0, 1],
    ]);
    const years = coverageBy([1, 2, 3], [0, 0, 0], [2, 1, 2], [2023, 1990, 2023]);
    expect(years.map(({ group }) => group)).toEqual([1990, 2023]);
  });

  it("names what is wrong", () => {
    expect(() => coverage([], [], [])).toThrow("there are no rows");
    expect(() => coverage([1], [1, 2], [2])).toThrow("there are 1 values of y, 2 lower and 1 upper ends");
    expect(() => coverage([1, 1], [0, 2], [2, 0])).toThrow("row 1 (counted from 0)");
    expect(() => coverage([Number.NaN], [0], [2])).toThrow("y NaN, interval 0 to 2");
    expect(() => coverage([1], [Number.NEGATIVE_INFINITY], [2])).toThrow("finite numbers");
    expect(() => coverage([1, 1], [0, 0], [2, 2], { groups: [1] })).toThrow("1 groups");
    expect(() => coverage([1, 1], [0, 0], [2, 2], { groups: [1, 1] })).toThrow("at least two groups");
    expect(() => coverageBy([1], [0], [2], [])).toThrow("1 targets but 0 segments");
    expect(() => coverageBy([1], [0], [2], [Number.NaN])).toThrow("row 0 (counted from 0) is in no segment");
  });
});
