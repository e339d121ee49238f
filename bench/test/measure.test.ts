import { expect, test } from "vitest";
import { type Measured, measure, rowOf, scaledUp } from "../measure";
import { median } from "../metrics";
import type { Answer } from "../protocol";
import { tableText } from "../report";
import { SideError } from "../side";
import { allWorks, type Work } from "../works";

const workOf = (id: string) => allWorks({ quick: false }).find((work) => work.id === id) as Work;
const lstm = workOf("lstm-epoch");
const grid = workOf("grid-160");

const answer = (seconds: number, more: Partial<Answer> = {}): Answer => ({
  seconds,
  quality: 0.9,
  by: "keras 9",
  ...more,
});

/** A side whose rounds take these seconds, and which writes down when it was asked. */
function side(name: string, seconds: readonly number[], asked: string[] = []) {
  return async (round: number) => {
    asked.push(`${name} ${round}`);
    return answer(seconds[round]);
  };
}

test("medians of odd and even counts", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([7])).toBe(7);
});

test("the sides take turns, and the first round of each does not count", async () => {
  const asked: string[] = [];
  const told: string[] = [];
  const ours = side("ours", [100, 1, 2, 9], asked);
  const peer = side("peer", [100, 8, 4, 5], asked);
  const { row } = await measure(lstm, ours, peer, (round, who) => told.push(`${who} ${round}`));
  expect(asked).toEqual(["ours 0", "peer 0", "ours 1", "peer 1", "ours 2", "peer 2", "ours 3", "peer 3"]);
  expect(told).toEqual(asked);
  expect(row).toEqual({
    work: "lstm-epoch",
    ours_s: 2,
    peer_s: 5,
    peer: "keras 9",
    ratio: 0.4,
    same: "val accuracy 0.9000 / 0.9000",
    took_s: expect.any(Number),
  });
});

test("the most memory of the timed rounds is told, where the system tells any", () => {
  const told = rowOf(lstm, [answer(1, { peakMb: 100.4 }), answer(1, { peakMb: 90 })], [answer(1, { peakMb: 500 })]);
  expect(told).toMatchObject({ ours_mb: 100, peer_mb: 500 });
  expect(rowOf(lstm, [answer(1)], [answer(1)])).not.toHaveProperty("ours_mb");
});

test("a sample of both sides is scaled for both", () => {
  const share = { done: 15, all: 150, of: "fits" };
  const row = rowOf(grid, [answer(1, { share })], [answer(40, { share })]);
  expect(row).toMatchObject({ ours_s: 10, peer_s: 400, ratio: 0.025 });
  expect(row.scaled).toBe("from 15 of 150 fits by both sides, times 10");
  const other = rowOf(grid, [answer(1, { share: { ...share, done: 30 } })], [answer(40, { share })]);
  expect(other).toMatchObject({ ours_s: 5, peer_s: 400 });
  expect(other.scaled).toBe("from 30 of 150 fits by us, times 5; 15 of 150 fits by the peer, times 10");
});

test("a sample of the peer is scaled to the whole and labelled", () => {
  expect(scaledUp(10, 32, 160)).toBe(50);
  const row = rowOf(
    grid,
    [answer(5, { quality: 0.5, note: "2 cores" })],
    [answer(10, { share: { done: 32, all: 160, of: "fits" }, quality: 0.42, note: "keras traced" })],
  );
  expect(row).toMatchObject({ ours_s: 5, peer_s: 50, ratio: 0.1, scaled: "from 32 of 160 fits by the peer, times 5" });
  expect(row.same).toBe("median CV R2 of the sample 0.5000 / 0.4200");
  expect(row.note).toMatch(/^one round; .*; 2 cores; keras traced$/);
  const all = { share: { done: 160, all: 160, of: "fits" } };
  expect(rowOf(grid, [answer(5)], [answer(10, all)])).not.toHaveProperty("scaled");
});

test("the ranking is judged by the accuracy of its sample, and by fits", () => {
  const share = { done: 15, all: 150, of: "fits" };
  const row = rowOf(workOf("ranking-150"), [answer(2)], [answer(8, { share })]);
  expect(row).toMatchObject({ peer_s: 80, ratio: 0.025, scaled: "from 15 of 150 fits by the peer, times 10" });
  expect(row.same).toBe("mean test accuracy of the sample 0.9000 / 0.9000");
});

test("a sample of the epochs is scaled and labelled too", () => {
  const share = { done: 50, all: 500, of: "epochs of each" };
  const row = rowOf(workOf("ablation-9x500"), [answer(100)], [answer(60, { share })]);
  expect(row).toMatchObject({ peer_s: 600, scaled: "from 50 of 500 epochs of each by the peer, times 10" });
  expect(row.same).toMatch(/^mean test accuracy after \d+ epochs /);
});

test("unequal quality is marked", () => {
  const same = (ours: number, peer: number) =>
    rowOf(lstm, [answer(1, { quality: ours })], [answer(1, { quality: peer })]).same;
  expect(same(0.95, 0.94)).toBe("val accuracy 0.9500 / 0.9400");
  expect(same(0.5, 0.99)).toBe("val accuracy 0.5000 / 0.9900 (differs)");
});

test("a peer that fails costs the comparison, not our figure, and is not asked again", async () => {
  const asked: string[] = [];
  const peer = async (round: number) => {
    asked.push(`peer ${round}`);
    if (round === 1) throw new SideError("the peer ended");
    return answer(1);
  };
  const measured = await measure(lstm, side("ours", [1, 2, 3, 4]), peer);
  expect(asked).toEqual(["peer 0", "peer 1"]);
  expect(measured.trouble).toBe("the peer ended");
  expect(measured.row).toMatchObject({ ours_s: 3, peer_s: null, peer: null, ratio: null });
  expect(tableOf([measured])).toContain("no peer: the peer ended");
});

test("a side that ends in NaN, which JSON has as null, has failed", async () => {
  const nothing = async () => answer(1, { quality: null as unknown as number });
  const measured = await measure(lstm, side("ours", [1, 2, 3, 4]), nothing);
  expect(measured.trouble).toBe("keras 9: time 1 s, quality null: no number");
  expect(measured.row.peer_s).toBeNull();
  await expect(measure(lstm, nothing, undefined)).rejects.toThrow("quality null");
});

test("without a peer, and when our own side fails", async () => {
  const alone = await measure(lstm, side("ours", [1, 2, 3, 4]), undefined);
  expect(alone.row).toMatchObject({ ours_s: 3, peer_s: null, same: "val accuracy 0.9000 / no peer" });
  expect(alone).not.toHaveProperty("trouble");
  const broken = () => Promise.reject(new SideError("our side: out of memory"));
  await expect(measure(lstm, broken, undefined)).rejects.toThrow("our side: out of memory");
});

test("the table says whether a target is met, and how near the steps come to the matrix product", () => {
  const fast = measuredOf(lstm, { speed: { usual: 24, best: 30 } });
  const slow = measuredOf(workOf("lstm-study-1"), { row: { ...fast.row, work: "lstm-study-1", ratio: 2 } });
  const text = tableOf([measuredOf(workOf("matmul-32x64x256"), { speed: { usual: 30, best: 32 } }), fast, slow]);
  expect(text).toContain("<= 0.6, met");
  expect(text).toContain("<= 0.6, not met");
  expect(text).toContain("ours 24.0 GFLOP/s, 75 % of our fastest matrix product");
  expect(text).toMatch(/ours 30\.0 GFLOP\/s\n/);
});

const tableOf = (measured: readonly Measured[]) =>
  tableText({ quick: false, rows: measured.map(({ row }) => row) }, measured);

function measuredOf(work: Work, more: Partial<Measured>): Measured {
  return { work, row: rowOf(work, [answer(1)], [answer(2)]), ...more };
}
