import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { refreshRounds } from "../front/refresh.mjs";
import { runProgram, scratchClone } from "./scratch";

test.each([
  ["HITLAB_EFFORT", "quick"],
  ["HITLAB_SEED", "7"],
  ["HITLAB_BACKEND", "cpu"],
])("a refresh with %s=%s is refused before anything is done", async (name, value) => {
  const folder = scratchClone("refresh");
  mkdirSync(join(folder, "empty"));
  const none = { HITLAB_EFFORT: undefined, HITLAB_SEED: undefined, HITLAB_BACKEND: undefined };
  const env = { ...none, [name]: value, PATH: join(folder, "empty") };
  const { code, output } = await runProgram(process.execPath, ["tools/refresh.mjs"], { cwd: folder, env });
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`^error: a refresh .* is no refresh\\. To mend it: unset ${name}\\.\n$`));
});

test("the index follows the studies, named or not", () => {
  const known = ["00_index", "01_a", "02_b"];
  expect(refreshRounds(["01_a"], known)).toEqual([["01_a"], ["00_index"]]);
  expect(refreshRounds(known, known)).toEqual([["01_a", "02_b"], ["00_index"]]);
  expect(refreshRounds(["00_index"], known)).toEqual([[], ["00_index"]]);
});

test("npm start refuses a misspelt effort before it sets anything up", async () => {
  const folder = scratchClone("effort");
  const env = { HITLAB_EFFORT: "fast" };
  const { code, output } = await runProgram(process.execPath, ["tools/start.mjs"], { cwd: folder, env });
  expect(code).toBe(1);
  expect(output).toBe('error: HITLAB_EFFORT is "fast". To mend it: set it to quick, full or long, or unset it.\n');
});
