import { describe, expect, test } from "vitest";
import { pageBanner } from "../../tools/site/banner.mjs";
import { claimRows, formatValue, headline, parted, summary, tally, verdictOf } from "../../tools/site/claims.mjs";

const claim = { id: "01.a", says: "Accuracy", study: 0.9937, low: 0.985, high: 1, on: "charts", tolerance: "x" };
const results = (kind: string, holds: boolean, effort = "full") => ({
  effort,
  data: [{ name: "charts", kind, sha256: "ab".repeat(32), rows: 89200 }],
  claims: [{ id: "01.a", ours: 0.99061, holds, note: "" }],
});

describe("verdicts", () => {
  test("a claim is judged on real data and the study's own set only", () => {
    expect(verdictOf(claim, results("real", true)).word).toBe("holds");
    expect(verdictOf(claim, results("study-synthetic", false)).word).toBe("does not hold");
    expect(verdictOf(claim, results("stand-in", true)).word).toBe("not judged: invented data");
    expect(verdictOf(claim, results("real", true, "quick")).word).toBe("not judged: quick run");
    expect(verdictOf(claim, undefined).word).toBe("not run");
  });

  test("a figure that a run took from a long result on other data is not judged", () => {
    const from = (asserted: boolean, disputed = false) => {
      const { claims, ...run } = results("real", false);
      return { ...run, claims: claims.map((row) => ({ ...row, asserted, disputed })) };
    };
    expect(verdictOf(claim, from(false))).toMatchObject({ word: "not judged: other data", tone: "none" });
    expect(verdictOf(claim, from(true)).word).toBe("does not hold");
    // Disputed when it ran and no longer.
    expect(verdictOf(claim, from(false, true)).word).toBe("does not hold");
  });

  test("a disputed claim is neither held nor failed, and says why", () => {
    const disputed = { ...claim, disputed: true, reason: "The text says otherwise." };
    const [row] = claimRows({ claims: [disputed] }, results("real", false));
    expect(row.verdict.word).toBe("disputed");
    expect(row.reason).toBe("The text says otherwise.");
  });
});

test("rows write figures for readers", () => {
  const [row] = claimRows({ claims: [claim] }, results("real", true), results("stand-in", true));
  expect(row).toMatchObject({ study: "0.9937", ours: "0.9906", allowed: "0.985 to 1", on: "on charts" });
  expect(row.run.verdict.tone).toBe("none");
  expect([89200, 0.00012345, true, null, "next month", -0.5].map(formatValue)).toEqual([
    "89,200",
    "0.000123",
    "yes",
    "–",
    "next month",
    "-0.5",
  ]);
  const bounds = (bound: object) => claimRows({ claims: [{ ...claim, low: null, high: null, ...bound }] })[0].allowed;
  expect([bounds({ low: 1 }), bounds({ high: 2 }), bounds({}), bounds({ low: 3, high: 3 })]).toEqual([
    "at least 1",
    "at most 2",
    "–",
    "the same",
  ]);
});

test("a sentence is answered with yes or no, a figure of five decimals keeps them", () => {
  const sentence = { ...claim, study: 1, low: 1, high: 1, sentence: true };
  const got = { ...results("real", false), claims: [{ id: "01.a", ours: 0, holds: false, note: "" }] };
  expect(claimRows({ claims: [sentence] }, got)[0]).toMatchObject({ study: "yes", ours: "no", allowed: "yes" });
  const [row] = claimRows(
    { claims: [{ ...claim, study: 0.73086, low: 0.73057, high: 0.73115 }] },
    results("real", true),
  );
  expect(row).toMatchObject({ study: "0.73086", ours: "0.99061", allowed: "0.73057 to 0.73115" });
});

test("many claims are parted into those that stand for the study and the others", () => {
  const many = Array.from({ length: 12 }, (_, at) => ({ ...claim, id: `01.${at}`, headline: at === 3 }));
  const got = { ...results("real", true), claims: many.map(({ id }) => ({ id, ours: 0.99, holds: id !== "01.5" })) };
  const rows = claimRows({ claims: many }, got);
  expect(parted(rows).main.map((row: { id: string }) => row.id)).toEqual(["01.3", "01.5"]);
  expect(parted(rows).more).toHaveLength(10);
  expect(headline({}, rows).id).toBe("01.3");
  expect(headline({ headline: "01.7" }, rows).id).toBe("01.7");
  expect(summary(rows)).toBe("11 of 12 claims hold, 1 does not hold.");
});

test("a count is no headline figure: then it is how many claims hold", () => {
  const counted = { ...results("real", true), claims: [{ id: "01.a", ours: 160, holds: true, note: "" }] };
  const rows = claimRows({ claims: [claim, { ...claim, id: "01.b" }] }, counted);
  expect(headline({}, rows)).toBeNull();
  expect(tally(rows)).toEqual({ ours: "1 of 1", says: "claim holds" });
  expect(tally(claimRows({ claims: [claim] }))).toBeNull();
});

test("the banner is loud when any data set is invented", () => {
  expect(pageBanner(results("real", true), "committed").tone).toBe("real");
  const loud = pageBanner(results("stand-in", true), "run");
  expect(loud.tone).toBe("invented");
  expect(`${loud.title} ${loud.text}`).toMatch(/Invented data.*charts/);
  expect(pageBanner(undefined, "run").tone).toBe("unknown");
});
