import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Parts, rollingOrigin, type Sizes, type SplitOptions, split } from "../../src/prepare";
import { gather } from "../../src/samples";
import { samplesOf } from "./samples-of";

/** Two or three shares that sum to 1, none below a fiftieth. */
const sizes = fc
  .array(fc.integer({ min: 1, max: 16 }), { minLength: 2, maxLength: 3 })
  .map((weights) => weights.map((w) => w / weights.reduce((a, b) => a + b, 0)) as unknown as Sizes);
const seed = fc.integer({ min: 0, max: 1_000_000 });

/** Index arrays of the parts in the order of `sizes`. */
function lists({ index }: Parts): Int32Array[] {
  return index.validation ? [index.train, index.validation, index.test] : [index.train, index.test];
}

/** Every row is in exactly one list, each list ascends, and each part holds the rows of its list. */
function expectPartition(parts: Parts, n: number): void {
  const all = [...lists(parts), parts.index.dropped];
  expect(all.flatMap((list) => [...list]).sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  for (const list of all) expect([...list]).toEqual([...list].sort((a, b) => a - b));
  expect([...parts.train.x.data]).toEqual([...parts.index.train]);
  expect([...parts.test.x.data]).toEqual([...parts.index.test]);
  if (parts.validation) expect([...parts.validation.x.data]).toEqual([...(parts.index.validation as Int32Array)]);
}

const count = (list: Int32Array, test: (row: number) => boolean) => list.reduce((k, row) => k + (test(row) ? 1 : 0), 0);

describe("split by random", () => {
  it("puts each row in one part, in the sizes asked for, the same for the same seed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 300 }), sizes, seed, (n, shares, s) => {
        const samples = samplesOf(new Float64Array(n));
        const parts = split(samples, { by: "random", sizes: shares, seed: s });
        expectPartition(parts, n);
        lists(parts).forEach((list, p) => {
          expect(Math.abs(list.length - shares[p] * n)).toBeLessThan(1);
        });
        expect(split(samples, { by: "random", sizes: shares, seed: s }).index).toEqual(parts.index);
      }),
    );
  });

  it("stratified: each class has its share of each part", () => {
    const labels = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 60, maxLength: 300 });
    fc.assert(
      fc.property(labels, sizes, seed, (y, shares, s) => {
        const options = { by: "random", sizes: shares, seed: s } as const;
        const total = (c: number) => y.filter((v) => v === c).length;
        fc.pre([0, 1, 2, 3].every((c) => total(c) === 0 || total(c) >= shares.length));
        const parts = split(samplesOf(y), { ...options, stratify: true });
        expectPartition(parts, y.length);
        const plain = lists(split(samplesOf(y), options));
        lists(parts).forEach((list, p) => {
          expect(list.length).toBe(plain[p].length);
          for (const c of [0, 1, 2, 3]) {
            const off = Math.abs(count(list, (row) => y[row] === c) - shares[p] * total(c));
            expect(off).toBeLessThan(p === 0 && shares.length === 3 ? 2 : 1 + 1e-9);
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  it("gives the study's 2,560 / 640 with 2,304 / 256 and 576 / 64 of the classes", () => {
    const y = Float64Array.from({ length: 3200 }, (_, i) => (i % 10 === 0 ? 1 : 0));
    const { train, test } = split(samplesOf(y), { by: "random", stratify: true, sizes: [0.8, 0.2], seed: 42 });
    const ones = (part: { y: Float64Array }) => part.y.reduce((a, b) => a + b, 0);
    expect([train.y.length, ones(train), test.y.length, ones(test)]).toEqual([2560, 256, 640, 64]);
  });

  it("gives each row the same chance of test", () => {
    const hits = new Float64Array(50);
    const runs = 2000;
    for (let s = 0; s < runs; s++) {
      for (const row of split(samplesOf(hits), { by: "random", sizes: [0.8, 0.2], seed: s }).index.test) hits[row]++;
    }
    // Five standard errors of a share of .2 in so many runs.
    const bound = 5 * Math.sqrt((0.2 * 0.8) / runs);
    for (const h of hits) expect(Math.abs(h / runs - 0.2)).toBeLessThan(bound);
  });
});

describe("split by group", () => {
  const groups = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 3, maxLength: 300 });

  it("keeps each group in one part, fills every part and meets the sizes to half a group", () => {
    fc.assert(
      fc.property(groups, sizes, seed, (ids, shares, s) => {
        fc.pre(new Set(ids).size >= shares.length);
        const info = { song: Int32Array.from(ids) };
        const parts = split(samplesOf(ids, info), { by: "group", group: "song", sizes: shares, seed: s });
        expectPartition(parts, ids.length);
        const inPart = lists(parts).map((list) => new Set(gather(info.song, list)));
        expect(inPart.reduce((sum, set) => sum + set.size, 0)).toBe(new Set(ids).size);
        for (const set of inPart) expect(set.size).toBeGreaterThan(0);
        expectNear(ids, lists(parts), inPart, shares);
      }),
      { numRuns: 300 },
    );
  });

  /** A part misses its share by half of the smallest group left at most, unless it had to be one group or to leave one. */
  function expectNear(ids: number[], rows: Int32Array[], inPart: Set<number>[], shares: Sizes): void {
    for (let p = shares.length - 1; p > 0; p--) {
      const left = inPart.slice(0, p).flatMap((set) => [...set]);
      if (inPart[p].size === 1 || left.length === p) continue;
      const smallest = Math.min(...left.map((g) => ids.filter((id) => id === g).length));
      expect(Math.abs(rows[p].length - shares[p] * ids.length)).toBeLessThanOrEqual(smallest / 2 + 1e-9);
    }
  }

  it("gives large groups about the chance of test that their number says", () => {
    const ids = Array.from({ length: 50 }, (_, g) => new Array(g < 5 ? 20 : 4).fill(g)).flat();
    let large = 0;
    for (let s = 0; s < 400; s++) {
      const { test } = split(samplesOf(ids, { song: Int32Array.from(ids) }), {
        by: "group",
        group: "song",
        sizes: [0.8, 0.2],
        seed: s,
      });
      large += new Set([...(test.info.song as Int32Array)].filter((g) => g < 5)).size / 5;
    }
    expect(large / 400).toBeGreaterThan(0.15);
    expect(large / 400).toBeLessThan(0.25);
  });
});

const days = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 30, maxLength: 200 });

describe("split by time", () => {
  it("cuts at the day nearest to the share and drops what the embargo covers, no row more", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 12 }), (day, tenths, embargo) => {
        const share = tenths / 10;
        const before = (d: number) => day.filter((other) => other < d).length;
        const off = (d: number) => Math.abs(before(d) - share * day.length);
        const later = [...new Set(day)].sort((a, b) => a - b).slice(1);
        fc.pre(later.length > 0);
        const start = later.reduce((best, d) => (off(d) < off(best) - 1e-9 ? d : best));
        const options = { by: "time", time: "day", sizes: [share, 1 - share], embargo } as const;
        const samples = samplesOf(day, { day: Int32Array.from(day) });
        if (!day.some((d) => d + embargo < start)) {
          expect(() => split(samples, options)).toThrow(/the train part of .* would be empty/);
          return;
        }
        const parts = split(samples, options);
        expectPartition(parts, day.length);
        parts.test.y.forEach((d) => {
          expect(d).toBeGreaterThanOrEqual(start);
        });
        parts.train.y.forEach((d) => {
          expect(d + embargo).toBeLessThan(start);
        });
        parts.index.dropped.forEach((row) => {
          expect(day[row] < start && day[row] + embargo >= start).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the embargo between all three parts", () => {
    const day = Array.from({ length: 1000 }, (_, i) => 17000 + (i % 100));
    const samples = samplesOf(day, { day: Int32Array.from(day) });
    const parts = split(samples, { by: "time", time: "day", sizes: [0.6, 0.2, 0.2], embargo: 5 });
    expectPartition(parts, 1000);
    const range = (y: Float64Array) => [Math.min(...y) - 17000, Math.max(...y) - 17000];
    expect([parts.train, parts.validation as Parts["train"], parts.test].map((part) => range(part.y))).toEqual([
      [0, 54],
      [60, 74],
      [80, 99],
    ]);
  });

  it("with look-back + horizon as embargo leaves train and test no day in common", () => {
    const [lookBack, horizon] = [14, 7];
    const day = Array.from({ length: 400 }, (_, i) => i);
    const samples = samplesOf(day, { day: Int32Array.from(day) });
    const { train, test } = split(samples, { by: "time", time: "day", sizes: [0.8, 0.2], embargo: lookBack + horizon });
    expect(Math.max(...train.y) + horizon).toBeLessThan(Math.min(...test.y) - lookBack + 1);
  });
});

describe("rollingOrigin", () => {
  it("tests each later row once, trains on all rows before the embargo", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 3 }), (day, origins, embargo) => {
        const different = [...new Set(day)].sort((a, b) => a - b);
        const samples = samplesOf(day, { day: Int32Array.from(day) });
        fc.pre(different.length > 12 && day.filter((d) => d + embargo < different[1]).length > 0);
        const all = rollingOrigin(samples, { time: "day", origins, embargo });
        expect(all).toHaveLength(origins);
        const tested = all.flatMap(({ index }) => [...index.test]);
        expect(new Set(tested).size).toBe(tested.length);
        expect(tested.length).toBe(day.filter((d) => d >= all[0].origin).length);
        for (const { origin, train, test, index } of all) {
          expect(train.y.length).toBe(day.filter((d) => d + embargo < origin).length);
          expect(train.y.length + index.dropped.length).toBe(day.filter((d) => d < origin).length);
          expect(Math.min(...test.y)).toBe(origin);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("cuts even days into even periods", () => {
    const day = Array.from({ length: 800 }, (_, i) => i % 80);
    const all = rollingOrigin(samplesOf(day, { day: Int32Array.from(day) }), { time: "day", embargo: 21 });
    expect(all.map(({ origin }) => origin)).toEqual([40, 50, 60, 70]);
    expect(all.map(({ train, test }) => [train.y.length, test.y.length])).toEqual([
      [190, 100],
      [290, 100],
      [390, 100],
      [490, 100],
    ]);
  });
});

describe("a split refuses", () => {
  const y = Float64Array.from({ length: 20 }, (_, i) => (i < 18 ? 0 : 1));
  const samples = samplesOf(y, { song: Int32Array.from(y), day: Int32Array.from(y) });
  const attempt = (options: unknown) => () => split(samples, options as SplitOptions);

  it.each([[0.8, 0.3], [1], [0.5, 0.5, 0], [0.4, 0.3, 0.2, 0.1], [Number.NaN, 1]])(
    "the sizes %j %j %j",
    (...shares) => {
      expect(attempt({ by: "random", sizes: shares.filter((s) => s !== undefined), seed: 1 })).toThrow(
        /sizes must be two or three positive shares that sum to 1/,
      );
    },
  );

  it("a class with fewer rows than parts", () => {
    const options = { by: "random", stratify: true, sizes: [0.6, 0.2, 0.2], seed: 1 };
    expect(attempt(options)).toThrow(/class 1 has 2 rows, fewer than the 3 parts/);
  });

  it("parts that would be empty", () => {
    expect(attempt({ by: "random", sizes: [0.99, 0.01], seed: 1 })).toThrow(/the test part of 20 rows would be empty/);
    expect(attempt({ by: "time", time: "day", sizes: [0.8, 0.2], embargo: 5 })).toThrow(
      /the train part .* embargo of 5/,
    );
    expect(() => split(samplesOf([]), { by: "random", sizes: [0.5, 0.5], seed: 1 })).toThrow(/of 0 rows/);
  });

  it("fewer groups or days than parts", () => {
    const three = [0.6, 0.2, 0.2];
    expect(attempt({ by: "group", group: "song", sizes: three, seed: 1 })).toThrow(/2 groups cannot fill 3 parts/);
    expect(attempt({ by: "time", time: "day", sizes: three, embargo: 0 })).toThrow(/2 different days, too few for 3/);
  });

  it("an info column that is not there, an odd embargo, another way", () => {
    expect(attempt({ by: "group", group: "artist", sizes: [0.5, 0.5], seed: 1 })).toThrow(
      /no info column "artist" \(found "song, day"\)/,
    );
    expect(attempt({ by: "time", time: "toString", sizes: [0.5, 0.5], embargo: 1 })).toThrow(/no info column/);
    expect(attempt({ by: "time", time: "day", sizes: [0.5, 0.5], embargo: -1 })).toThrow(/embargo must be/);
    expect(attempt({ by: "artist", sizes: [0.5, 0.5] })).toThrow(/"random", "group" or "time"/);
    expect(() => rollingOrigin(samples, { time: "day", origins: 0, embargo: 1 })).toThrow(/whole number of origins/);
  });
});
