import { describe, expect, it } from "vitest";
import { type LearningRun, learningCurve, meanInterval } from "../../src/evaluate";
import type { Parts } from "../../src/prepare";
import { matrix, type Samples, takeRows } from "../../src/samples";

/** 200 rows, 50 of them of class 1, in 40 groups of five; the test rows are the last 40. */
const rows = Int32Array.from({ length: 200 }, (_, i) => i);
const samples: Samples = {
  x: matrix(200, 1, Float64Array.from(rows)),
  y: Float64Array.from(rows, (row) => Number(row % 4 === 0)),
  info: { artist: rows.map((row) => Math.floor(row / 5)) },
};
const index = { train: rows.slice(0, 160), test: rows.slice(160), dropped: new Int32Array(0) };
const parts: Parts = { train: takeRows(samples, index.train), test: takeRows(samples, index.test), index };

/** The rows of each run. */
async function drawn(options: object, splits: Parts | readonly Parts[] = parts) {
  const seen: (LearningRun & { rows: number[]; train: Samples })[] = [];
  const curve = await learningCurve(splits, {
    ...options,
    fitScore: (train, test, run) => {
      expect(test.y.length).toBe(40);
      seen.push({ ...run, rows: [...train.x.data], train });
      return train.y.length / 160 + run.repeat / 100;
    },
  });
  return { seen, curve };
}

describe("learningCurve", () => {
  it("draws nested rows, both classes in proportion", async () => {
    const { seen } = await drawn({ repeats: 2 });
    expect(seen.map(({ rows }) => rows.length)).toEqual([16, 40, 80, 120, 160, 16, 40, 80, 120, 160]);
    for (const { rows, train } of seen) {
      expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
      const ones = train.y.reduce((sum, y) => sum + y, 0);
      expect(Math.abs(ones - rows.length / 4)).toBeLessThanOrEqual(1);
    }
    for (const k of [1, 2, 3, 4, 6, 7, 8, 9]) {
      const wider = new Set(seen[k].rows);
      expect(seen[k - 1].rows.every((row) => wider.has(row))).toBe(true);
    }
    expect(seen[0].rows).not.toEqual(seen[5].rows);
    expect(seen[4].rows).toEqual(seen[9].rows);
  });

  it("draws whole groups", async () => {
    const { seen } = await drawn({ repeats: 1, group: "artist", sizes: [0.05, 0.1, 0.52] });
    expect(seen.map(({ rows }) => rows.length)).toEqual([10, 20, 85]);
    for (const { train } of seen) {
      const counts = new Map<number, number>();
      for (const artist of train.info.artist) counts.set(artist, (counts.get(artist) ?? 0) + 1);
      expect([...counts.values()].every((count) => count === 5)).toBe(true);
    }
    expect(seen[0].rows.every((row) => seen[1].rows.includes(row))).toBe(true);
  });

  it("gives each point the mean and t interval of its scores", async () => {
    const { curve } = await drawn({ repeats: 3, sizes: [0.5, 1] });
    expect(curve[0]).toEqual({
      share: 0.5,
      rows: 80,
      ...meanInterval([0.5, 0.51, 0.52]),
      values: Float64Array.of(0.5, 0.51, 0.52),
    });
    expect(curve[1].estimate).toBeCloseTo(1.01, 12);
  });

  it("gives each repeat a seed of its own, the same for all sizes and every time", async () => {
    const [once, again] = [await drawn({}), await drawn({})];
    expect(once.curve).toEqual(again.curve);
    const seeds = once.seen.map(({ seed }) => seed);
    expect(seeds).toEqual(again.seen.map(({ seed }) => seed));
    expect(new Set(seeds).size).toBe(5);
    expect(new Set(seeds.slice(0, 5)).size).toBe(1);
  });

  it("takes several splits, each once by default", async () => {
    const { seen, curve } = await drawn({ sizes: [1] }, [parts, parts]);
    expect(seen.map(({ split }) => split)).toEqual([0, 1]);
    expect(curve[0].n).toBe(2);
  });

  it("shares out rows of a target that has no classes too", async () => {
    const train = { ...parts.train, y: parts.train.x.data };
    const { seen } = await drawn({ repeats: 1, sizes: [0.25] }, { ...parts, train });
    const mean = seen[0].rows.reduce((sum, row) => sum + row, 0) / 40;
    expect(Math.abs(mean - 79.5)).toBeLessThan(25);
  });

  it("tells how far it is", async () => {
    const told: string[] = [];
    const progress = (done: number, total: number, text: string) => told.push(`${done}/${total} ${text}`);
    await drawn({ repeats: 1, sizes: [0.5, 1], progress });
    expect(told).toEqual(["0/2 80 rows", "1/2 160 rows", "2/2 done"]);
  });

  it("names what is wrong", async () => {
    await expect(drawn({ sizes: [0.5, 2] })).rejects.toThrow("shares of the training rows above 0, up to 1 (found 2)");
    await expect(drawn({ sizes: [] })).rejects.toThrow("shares of the training rows");
    await expect(drawn({ repeats: 0 })).rejects.toThrow("whole number of repeats");
    const fitScore = () => expect.unreachable("a level is refused before the first training");
    await expect(learningCurve(parts, { fitScore, level: 95 })).rejects.toThrow("level of an interval");
    await expect(drawn({}, [])).rejects.toThrow("at least one split");
    await expect(drawn({ group: "song" })).rejects.toThrow('no info column "song" (found "artist")');
    await expect(learningCurve(parts, { fitScore: () => Number.NaN })).rejects.toThrow("not a finite number");
  });
});
