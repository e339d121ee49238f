import { expect, test } from "vitest";
import type { Row } from "../measure";
import { sumRows, sums } from "../sums";
import { allWorks } from "../works";

const row = (work: string, more: Partial<Row> = {}): Row => {
  return { work, ours_s: 1, peer_s: 10, peer: "keras 9", ratio: 0.1, same: "", ...more };
};
const leaves = sums
  .flatMap(({ parts }) => parts.map(({ work }) => work))
  .filter((id) => !sums.some((s) => s.id === id));
const every = leaves.map((work) => row(work));

test("every part of a sum is a work or a sum before it", () => {
  const known = new Set(allWorks({ quick: false }).map(({ id }) => id));
  for (const { id, parts } of sums) {
    for (const { work } of parts) expect([...known], `${id} has ${work}`).toContain(work);
    known.add(id);
  }
});

test("no work counts twice in the sum of all studies", () => {
  expect(new Set(leaves).size).toBe(leaves.length);
});

test("sums add their parts, one epoch of the chart ten times, and say so", () => {
  const rows = new Map(sumRows(every).map((sum) => [sum.work, sum]));
  expect(rows.get("study-1")).toMatchObject({ ours_s: 13, peer_s: 130, ratio: 0.1 });
  expect(rows.get("study-1")?.same).toContain("10 x lstm-chart-epoch");
  expect(rows.get("study-1")?.scaled).toBe("from samples in lstm-chart-epoch");
  expect(rows.get("study-2")).toMatchObject({ ours_s: 1, peer_s: 10 });
  expect(rows.get("study-2")).not.toHaveProperty("scaled");
  const whole = leaves.length + 9;
  expect(rows.get("all-studies")).toMatchObject({ ours_s: whole, peer_s: 10 * whole, ratio: 0.1 });
});

test("a sum without all its parts is left out; one whose part has no peer has none either", () => {
  expect(sumRows(every.filter(({ work }) => work !== "grid-160")).map(({ work }) => work)).not.toContain("study-3");
  const alone = every.map((part) => (part.work === "grid-160" ? row("grid-160", { peer_s: null, ratio: null }) : part));
  expect(sumRows(alone).find(({ work }) => work === "all-studies")).toMatchObject({ peer_s: null, ratio: null });
});
