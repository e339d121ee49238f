import { expect, it } from "vitest";
import { leadTimes, pickStories } from "../../src/evaluate";

/** Windows of songs day by day: [song, day, daysToTop, seenTop, probability]. */
const days: [number, number, number, number, number][] = [
  [0, 10, 2, 0, 0.9],
  [0, 11, 1, 0, 0.9],
  [1, 10, 2, 0, 0.1],
  [1, 11, 1, 0, 0.2],
  [2, 10, -1, 0, 0.8],
  [2, 11, -1, 0, 0.1],
  [3, 10, -1, 1, 1],
  [3, 11, -1, 1, 0],
];
const column = (at: number) => Int32Array.from(days, (row) => row[at]);
const windows = { song: column(0), day: column(1), daysToTop: column(2), seenTop: Uint8Array.from(column(3)) };
const probabilities = days.map((row) => row[4]);

it("picks by rule: call, miss, false alarm, fall; no song twice, no rule forced", () => {
  const leads = leadTimes(windows, probabilities, { threshold: 0.5, horizon: 7 });
  const stories = pickStories(windows, probabilities, leads);
  expect(stories.slice(0, 4)).toEqual([
    { song: 0, remark: "the earliest call", rows: [0, 1] },
    { song: 1, remark: "an entry that was missed", rows: [2, 3] },
    { song: 2, remark: "the loudest false alarm", rows: [4, 5] },
    { song: 3, remark: "the steepest fall", rows: [6, 7] },
  ]);
  expect(stories).toHaveLength(4);
});

it("refuses probabilities of other windows", () => {
  const leads = leadTimes(windows, probabilities, { threshold: 0.5, horizon: 7 });
  expect(() => pickStories(windows, [0.5], leads)).toThrow(/one probability per window/);
});
