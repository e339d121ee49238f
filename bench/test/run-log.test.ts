import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Measured, Row } from "../measure";
import { RunLog } from "../run-log";
import { timeLeft } from "../time-left";
import { allWorks, type Work } from "../works";

const folder = mkdtempSync(join(tmpdir(), "hitlab-run-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [first, second, third] = allWorks({ quick: false });
const row = (work: string, took_s?: number): Row => {
  return { work, ours_s: 1, peer_s: 2, peer: "p", ratio: 0.5, same: "s", ...(took_s ? { took_s } : {}) };
};
const measured = (work: Work, more: Partial<Measured> = {}): Measured => ({ work, row: row(work.id), ...more });

test("a run that was killed goes on with what it did; a cut line, a lost peer and other sizes are done again", () => {
  const file = join(folder, "run.jsonl");
  const killed = new RunLog(file, false);
  killed.add(measured(first, { speed: { usual: 1, best: 2 } }));
  killed.add(measured(second, { trouble: "the peer ended" }));
  appendFileSync(file, '{"key": "cut');
  const resumed = new RunLog(file, true);
  expect(resumed.of(first)).toEqual(measured(first, { speed: { usual: 1, best: 2 } }));
  expect(resumed.of(second)).toBeUndefined();
  expect(resumed.of({ ...first, rounds: 1 })).toBeUndefined();
  expect(new RunLog(file, false).of(first)).toBeUndefined();
});

test("a cut line does not swallow the next one", () => {
  const file = join(folder, "cut.jsonl");
  new RunLog(file, false).add(measured(first));
  appendFileSync(file, '{"key": "cut');
  new RunLog(file, true).add(measured(third));
  const again = new RunLog(file, true);
  expect([again.of(first), again.of(third)]).toEqual([measured(first), measured(third)]);
});

test("the time left goes by the kept run, and by this run's pace", () => {
  const kept = [row("a", 60), row("b", 120), row("c", 30)];
  expect(timeLeft(kept, [], ["a", "b", "c"])).toBe("about 4 min left");
  expect(timeLeft(kept, [row("a", 120)], ["b", "c"])).toBe("about 5 min left");
  expect(timeLeft(kept, [], ["c"])).toBe("about 30 s left");
  expect(timeLeft(kept, [], ["unknown"])).toBe("");
  expect(timeLeft([], [], ["a"])).toBe("");
});
