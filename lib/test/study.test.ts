import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBackend } from "../src/backend";
import { judge, studyPlans, verdict } from "../src/claims";
import { studyCharts } from "../src/data/load";
import { outFolder } from "../src/paths";
import { type Effort, openStudy, Study } from "../src/study";

const outKey = Symbol.for("hitlab.out");
const known = globalThis as { [outKey]?: string };
const kept = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hitlab-study-"));
  known[outKey] = folder;
  for (const name of ["HITLAB_EFFORT", "HITLAB_SEED", "HITLAB_BACKEND", "HITLAB_DATA"]) delete process.env[name];
});
afterEach(() => {
  process.env = { ...kept };
  delete known[outKey];
  rmSync(folder, { recursive: true });
});

/** Our figure of each claim of study 1: the study's own, or 7 for the days ahead that the text gets wrong. */
const figures = () =>
  Object.fromEntries(studyPlans()["01"].claims.map(({ id, study, disputed }) => [id, disputed ? 7 : study]));

describe("a study", () => {
  it("writes what was found: every claim, the data, the seed", async () => {
    process.env.HITLAB_SEED = "7";
    const study = await openStudy("lstm");
    const { source } = study.use(await studyCharts({ seed: study.seed }));
    study.check(figures());
    study.close({ trainSeconds: 1.23, engine: "kernels", scores: { auc: 0.5 } });
    const results = JSON.parse(readFileSync(join(outFolder(), "results", "01.json"), "utf8"));
    const run = { effort: "full", seed: 7, backend: "wasm", engine: "kernels" };
    expect(results).toMatchObject({ study: "01", ...run, scores: { auc: 0.5 } });
    expect(results.data).toEqual([
      { name: "charts-study", kind: "study-synthetic", sha256: source.sha256, rows: 4000 },
    ]);
    expect(results.claims).toHaveLength(studyPlans()["01"].claims.length);
    expect(results.claims.filter(({ holds }: { holds: boolean }) => !holds)).toEqual([
      expect.objectContaining({ id: "01.horizon-days", ours: 7, disputed: true, asserted: false }),
    ]);
    expect(results.seconds.train).toBe(1.2);
  });

  it("does not close over claims that were never checked, except at quick effort", async () => {
    const study = await openStudy("lstm");
    study.use(await studyCharts());
    study.check({ "01.sequences": 3200 });
    expect(() => study.close({ trainSeconds: 0, engine: "kernels" })).toThrow(/01.parameters/);
    expect(existsSync(join(folder, "results"))).toBe(false);
    process.env.HITLAB_EFFORT = "quick";
    const quick = await openStudy("lstm");
    expect(quick.pick({ quick: 2, full: 10 })).toBe(2);
    quick.use(await studyCharts());
    quick.check({ "01.sequences": 3200 });
    expect(() => quick.close({ trainSeconds: 0, engine: "kernels" })).not.toThrow();
  });

  it("refuses unknown names, figures that are no numbers, and claims on data not used", async () => {
    await expect(openStudy("lsmt")).rejects.toThrow(/"lsmt".*open one of: lstm/);
    const study = await openStudy("lstm");
    expect(() => study.check({ "01.sequences": 3200 })).toThrow(/call study.use/);
    study.use(await studyCharts());
    expect(() => study.check({ "01.sequence": 3200 })).toThrow(/"01.sequence"/);
    expect(() => study.check({ "01.sequences": Number.NaN })).toThrow(/not a number/);
  });

  it.each([
    ["HITLAB_EFFORT", "ful", /quick, full or long/],
    ["HITLAB_SEED", "-1", /not a seed/],
    ["HITLAB_SEED", "4294967296", /not a seed/],
    ["HITLAB_BACKEND", "webgl", /wasm, cpu or tensorflow/],
    ["HITLAB_DATA", "no/such/folder", /no.such.folder/],
  ])("says what is wrong with %s=%s", async (name, value, message) => {
    process.env[name] = value;
    await expect(openStudy("lstm")).rejects.toThrow(message);
  });
});

describe("a long result", () => {
  const plan = studyPlans()["01"];
  const committed = () => join(folder, "committed");
  const open = async (effort: Effort, seed = 42) => {
    const study = new Study("01", plan, effort, seed, await openBackend(), committed());
    study.use(await studyCharts({ seed }));
    return study;
  };
  const sequences = { "01.sequences": ({ rows }: { rows: number[] }) => rows[0] };
  const closed = (study: Study) => {
    study.close({ trainSeconds: 0, engine: "kernels" });
    return JSON.parse(readFileSync(join(outFolder(), "results", "01.json"), "utf8"));
  };
  const others = () => Object.fromEntries(Object.entries(figures()).filter(([id]) => id !== "01.sequences"));
  const claimOf = (study: Study) => {
    study.check(others());
    return closed(study).claims.find(({ id }: { id: string }) => id === "01.sequences");
  };
  /** Measures at effort long and commits what was written. */
  const commit = async (rows: number[]) => {
    const study = await open("long");
    await study.long("01-ten-seeds", async () => ({ rows }));
    mkdirSync(committed(), { recursive: true });
    const text = readFileSync(join(outFolder(), "results", "01-ten-seeds.json"), "utf8");
    writeFileSync(join(committed(), "01-ten-seeds.json"), text);
    return text;
  };
  const never = () => {
    throw new Error("measured at another effort than long");
  };

  it("gives the work a log that no run empties", async () => {
    const study = await open("long");
    const logs = [];
    for (let time = 0; time < 2; time++) logs.push((await study.long("01-logged", ({ log }) => ({ log }))).result?.log);
    expect(logs[0]).toMatch(/out.long.01-logged\.jsonl$/);
    expect(logs[1]).toBe(logs[0]);
    expect(logs[0]?.startsWith(study.folder)).toBe(false);
  });

  it("is measured and written at effort long", async () => {
    const study = await open("long", 7);
    const long = await study.long("01-ten-seeds", () => ({ rows: [3200] }));
    const today = new Date().toISOString().slice(0, 10);
    expect(long).toMatchObject({ result: { rows: [3200] }, ran: true, sameData: true, date: today });
    expect(long.label).toMatch(/^measured by this run on the data of this run \(charts-study [0-9a-f]{12}\), seed 7$/);
    const file = JSON.parse(readFileSync(join(outFolder(), "results", "01-ten-seeds.json"), "utf8"));
    expect(file).toMatchObject({ id: "01-ten-seeds", study: "01", seed: 7, date: today, result: { rows: [3200] } });
    expect(file.data).toEqual([
      { name: "charts-study", kind: "study-synthetic", sha256: expect.stringMatching(/^\w{64}$/) },
    ]);
    expect(file.seconds).toBeGreaterThanOrEqual(0);
    study.checkLong(long, sequences);
    expect(claimOf(study)).toMatchObject({ ours: 3200, holds: true, asserted: true });
  });

  it("is read at other efforts, and judged where the data are the same", async () => {
    await commit([3200]);
    const study = await open("full");
    const long = await study.long<{ rows: number[] }>("01-ten-seeds", never);
    expect(long).toMatchObject({ result: { rows: [3200] }, ran: false, sameData: true });
    expect(long.label).toMatch(/^measured on \d{4}-\d\d-\d\d on the data of this run/);
    study.checkLong(long, sequences);
    expect(claimOf(study)).toMatchObject({ holds: true, asserted: true, note: "" });
  });

  it("measured on other data is shown, not judged", async () => {
    await commit([7]);
    const study = await open("full", 8);
    const long = await study.long<{ rows: number[] }>("01-ten-seeds", never);
    expect(long).toMatchObject({ result: { rows: [7] }, ran: false, sameData: false });
    expect(long.label).toMatch(/on OTHER data than this run's .* seed 42$/);
    study.checkLong(long, sequences);
    const note = "not judged: measured on other data";
    expect(claimOf(study)).toMatchObject({ ours: 7, holds: false, asserted: false, note });
  });

  it.each(["quick", "full"] as const)("never measured: at effort %s its claims stay open", async (effort) => {
    const study = await open(effort);
    const long = await study.long<{ rows: number[] }>("01-ten-seeds", never);
    expect(long).toMatchObject({ result: undefined, ran: false, sameData: false, date: undefined });
    expect(long.label).toContain("HITLAB_EFFORT=long npm run refresh -- 01");
    study.checkLong(long, sequences);
    expect(claimOf(study)).toBeUndefined();
    expect(() => study.checkLong(long, { "01.sequence": () => 1 })).toThrow(/"01.sequence"/);
  });

  it("refuses another kind of id, data not yet used, what JSON does not keep, and a file that is none", async () => {
    const study = await open("long");
    for (const id of ["02-ten-seeds", "01", "01-", "ten-seeds", "01-Ten", "01-../x"]) {
      await expect(study.long(id, never)).rejects.toThrow(/cannot have this name/);
    }
    const fresh = new Study("01", plan, "full", 42, await openBackend(), committed());
    await expect(fresh.long("01-ten-seeds", never)).rejects.toThrow(/none are used yet/);
    for (const odd of [Number.NaN, Float64Array.of(1), new Map(), [1, undefined], () => 1, 1n, new Date(), Symbol()]) {
      await expect(study.long("01-ten-seeds", () => ({ odd }))).rejects.toThrow(/"odd".*what its file cannot keep/);
    }
    await expect(study.long("01-ten-seeds", () => undefined)).rejects.toThrow(/what its file cannot keep/);
    expect(existsSync(join(outFolder(), "results", "01-ten-seeds.json"))).toBe(false);
    const text = await commit([1]);
    for (const broken of [text.slice(0, 20), text.replace("01-ten-seeds", "01-two-seeds"), "{}", "null"]) {
      writeFileSync(join(committed(), "01-ten-seeds.json"), broken);
      await expect((await open("full")).long("01-ten-seeds", never)).rejects.toThrow(/no file of a long result/);
    }
  });
});

describe("judge", () => {
  const claim = { id: "x", says: "", study: 1, low: 0.9, high: 1.1, on: "charts", tolerance: "" };

  it("accepts both ends of the range and nothing beyond", () => {
    const holds = [0.9, 1.1, 0.8999, 1.1001].map((ours) => judge(claim, ours, { kind: "real" }, "full").holds);
    expect(holds).toEqual([true, true, false, false]);
  });

  it("asserts on the study's data at full effort only", () => {
    const asserted = (kind: "real" | "stand-in" | "study-synthetic", effort: string, disputed = false) =>
      judge({ ...claim, disputed, reason: "why" }, 1, { kind }, effort).asserted;
    expect([asserted("real", "full"), asserted("study-synthetic", "long")]).toEqual([true, true]);
    expect([asserted("stand-in", "full"), asserted("real", "quick"), asserted("real", "full", true)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("the verdict", () => {
  const claim = { id: "09.x", says: "", study: 1, low: 0.9, high: 1.1, on: "hits", tolerance: "", reason: "why" };
  const of = (ours: number, kind: "real" | "stand-in", disputed = false) =>
    judge({ ...claim, disputed }, ours, { kind }, "full");

  it("counts what holds, what is disputed, and names what should hold and does not", () => {
    expect(verdict([of(1, "real"), of(1, "real"), of(7, "real", true)], 0)).toBe(
      "2 of 3 claims of the study hold, 1 is disputed.",
    );
    expect(verdict([of(1, "real"), of(7, "real")], 0)).toBe(
      "1 of 2 claims of the study hold, 0 are disputed. These should hold and do not: 09.x.",
    );
  });

  it("counts nothing as held that was measured on invented data, or not at all", () => {
    expect(verdict([of(1, "stand-in"), of(1, "stand-in")], 3)).toBe(
      "0 of 5 claims of the study hold, 0 are disputed, 2 not judged, 3 not measured.",
    );
  });
});

describe("data/claims.json", () => {
  it("gives every claim a range that has a reason, and every dispute its evidence", () => {
    for (const [id, plan] of Object.entries(studyPlans())) {
      expect(new Set(plan.claims.map((claim) => claim.id)).size).toBe(plan.claims.length);
      for (const claim of plan.claims) {
        expect(claim.id.startsWith(`${id}.`)).toBe(true);
        expect(claim.low).toBeLessThanOrEqual(claim.study);
        expect(claim.high).toBeGreaterThanOrEqual(claim.study);
        expect(plan.data).toContain(claim.on);
        expect(claim.tolerance).not.toBe("");
        expect(Boolean(claim.reason)).toBe(Boolean(claim.disputed));
      }
    }
  });
});
