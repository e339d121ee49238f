import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { longResults, needsPageModels, refreshRounds, replaceLongResults } from "../front/refresh.mjs";
import { readResults } from "../site/claims.mjs";
import { runProgram, scratchClone, scratchFolder } from "./scratch";

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

test.each([
  ["long", /^error: a refresh with HITLAB_SEED set is no refresh/],
  ["fast", /^error: HITLAB_EFFORT is "fast"\. To mend it: set it to quick, full or long/],
])("a refresh at effort %s: long is one, a misspelt one is told", async (effort, message) => {
  const folder = scratchClone("refresh-effort");
  mkdirSync(join(folder, "empty"));
  const env = { HITLAB_EFFORT: effort, HITLAB_SEED: "7", HITLAB_BACKEND: undefined, PATH: join(folder, "empty") };
  const { code, output } = await runProgram(process.execPath, ["tools/refresh.mjs"], { cwd: folder, env });
  expect(code).toBe(1);
  expect(output).toMatch(message);
});

test("the long results of a study take the place of its committed ones, and only of these", async () => {
  const folder = scratchFolder("long-results");
  const [made, kept] = [join(folder, "made"), join(folder, "kept")];
  const write = (place: string, files: readonly string[]) => {
    mkdirSync(place);
    for (const file of files) writeFileSync(join(place, file), JSON.stringify({ from: place }));
  };
  write(made, ["04.json", "04-ten-seeds.json", "04-new.json", "05-other.json", "04-half.json.part"]);
  write(kept, ["04.json", "04-ten-seeds.json", "04-gone.json", "05-other.json", "refresh.json"]);
  replaceLongResults({ made, kept, names: ["04_multi_model"] });
  expect(readdirSync(kept).sort()).toEqual([
    "04-new.json",
    "04-ten-seeds.json",
    "04.json",
    "05-other.json",
    "refresh.json",
  ]);
  const origin = (file: string) => JSON.parse(readFileSync(join(kept, file), "utf8")).from;
  expect(["04-new.json", "04-ten-seeds.json"].map(origin)).toEqual([made, made]);
  expect(["04.json", "05-other.json"].map(origin)).toEqual([kept, kept]);
  expect(longResults(kept, ["00_index"])).toEqual([]);
  expect(longResults(join(folder, "none"), ["04_multi_model"])).toEqual([]);
  // Whoever lists the results of studies takes a long one for none of them.
  expect(Object.keys(await readResults(kept))).toEqual(["04"]);
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

test("the models of the pages are made anew with study 4, whose songs they are fitted on", () => {
  expect(needsPageModels(["01_a", "04_b"])).toBe(true);
  expect(needsPageModels(["02_c", "00_index"])).toBe(false);
});
