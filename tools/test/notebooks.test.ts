import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listNotebooks } from "../front/notebooks.mjs";
import { python, root, runProgram } from "./scratch";

interface Results {
  readonly study: string;
  readonly effort: string;
  readonly data: readonly { readonly name: string; readonly sha256: string; readonly rows: number }[];
  readonly claims: readonly { readonly id: string; readonly ours: number; readonly asserted: boolean }[];
}

const names: string[] = listNotebooks();

// The whole path of each notebook, at little effort, on the data that a newcomer has: the stand-ins.
test.each(names)("%s runs at quick effort", async (name) => {
  const out = join(root, "out", "test");
  const env = { HITLAB_EFFORT: "quick", HITLAB_DATA: undefined, HITLAB_SEED: undefined, HITLAB_BACKEND: undefined };
  const args = ["tools/run_notebooks.py", join("notebooks", `${name}.ipynb`), "--out", out];
  const { code, output } = await runProgram(python, args, { env });
  expect(code, output).toBe(0);
  expect(existsSync(join(out, "notebooks", `${name}.ipynb`))).toBe(true);
  const id = name.slice(0, 2);
  const plans = JSON.parse(readFileSync(join(root, "data", "claims.json"), "utf8")) as Record<
    string,
    { claims: { id: string }[] }
  >;
  const plan = plans[id];
  if (!plan) return;
  const results = JSON.parse(readFileSync(join(out, "results", `${id}.json`), "utf8")) as Results;
  expect(results).toMatchObject({ study: id, effort: "quick" });
  // Quick effort runs fewer epochs than the study has figures for, but it checks what it has, in the study's order.
  const checked = results.claims.map((claim) => claim.id);
  expect(checked.length).toBeGreaterThan(0);
  expect(plan.claims.map((claim) => claim.id).filter((known) => checked.includes(known))).toEqual(checked);
  expect(results.claims.every((claim) => Number.isFinite(claim.ours) && !claim.asserted)).toBe(true);
  expect(results.data.every(({ sha256, rows }) => /^[0-9a-f]{64}$/.test(sha256) && rows > 0)).toBe(true);
});
