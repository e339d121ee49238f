import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { available } from "../../src/data/available";
import { rawFolder, resolveData } from "../../src/data/resolve";

/** A repository's root of our own, so that data/raw holds what the test says. */
const scratch = vi.hoisted(() => ({ root: "" }));

vi.mock("../../src/paths", async (original) => {
  const paths = await original<typeof import("../../src/paths")>();
  scratch.root = mkdtempSync(join(tmpdir(), "hitlab-root-"));
  mkdirSync(join(scratch.root, "data", "raw"), { recursive: true });
  copyFileSync(join(paths.root, "data", "registry.json"), join(scratch.root, "data", "registry.json"));
  return { ...paths, root: scratch.root };
});

beforeEach(() => vi.stubEnv("HITLAB_DATA", ""));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(scratch.root, { recursive: true });
});

const put = (...decades: string[]) => {
  for (const decade of decades) writeFileSync(join(rawFolder(), `dataset-of-${decade}.csv`), "x");
};

it("looks at data/raw for a set in several files: all of them, or a stand-in that names what is missing", () => {
  expect(resolveData("hits")).toEqual({
    name: "hits",
    title: "The Spotify Hit Predictor Dataset, 1960s to 2010s",
    kind: "stand-in",
    note: "Invented stand-in, not real data: run `npm run data`, or set HITLAB_DATA, for the real file.",
  });
  put("60s", "80s", "90s", "00s");
  expect(resolveData("hits")).toMatchObject({
    kind: "stand-in",
    note: expect.stringMatching(/data\/raw lacks dataset-of-70s.csv, dataset-of-10s.csv\.$/),
  });
  expect(resolveData("hits", ["hits-80s", "hits-60s"])).toMatchObject({ kind: "real", path: rawFolder() });
  expect(resolveData("hits-90s")).toMatchObject({ kind: "real", path: join(rawFolder(), "dataset-of-90s.csv") });
  expect(available().find(({ name }) => name === "hits")?.now).toBe("stand-in (invented)");
  put("70s", "10s");
  expect(resolveData("hits")).toMatchObject({ kind: "real", path: rawFolder() });
  expect(available().find(({ name }) => name === "hits")?.now).toBe("real file");
});
