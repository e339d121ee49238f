import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyCsv } from "../../src/data/fetch/verify";
import * as load from "../../src/data/load";
import { entryOf, registry } from "../../src/data/registry";
import { rawFolder, resolveData } from "../../src/data/resolve";
import { root } from "../../src/paths";

const real = process.env.HITLAB_DATA;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hitlab-resolve-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("resolveData", () => {
  it("takes the file of HITLAB_DATA, absolute or relative to the repository's root", () => {
    const path = join(folder, "spotify-2023.csv");
    writeFileSync(path, "x");
    for (const told of [folder, relative(root, folder)]) {
      vi.stubEnv("HITLAB_DATA", told);
      expect(resolveData("spotify-2023")).toMatchObject({ kind: "real", path });
    }
  });

  it("takes charts.csv where the daily file is absent", () => {
    vi.stubEnv("HITLAB_DATA", folder);
    writeFileSync(join(folder, "charts.csv"), "x");
    expect(resolveData("charts")).toMatchObject({ kind: "real", path: join(folder, "charts.csv") });
  });

  it("never falls back to invented data where HITLAB_DATA is set", async () => {
    vi.stubEnv("HITLAB_DATA", folder);
    const missing = join(folder, entryOf("charts").file ?? "");
    expect(() => resolveData("charts")).toThrow(`${missing}: the data file is missing or cannot be read`);
    await expect(load.charts()).rejects.toThrow(missing);
  });

  it("is told for every data set, whatever the folder of HITLAB_DATA lacks", () => {
    vi.stubEnv("HITLAB_DATA", folder);
    writeFileSync(join(folder, "spotify-2023.csv"), "x");
    const now = Object.fromEntries(load.available().map((each) => [each.name, each.now]));
    expect(now).toMatchObject({
      "spotify-2023": "real file",
      "charts-study": "generated, as in the study",
      charts: "missing in HITLAB_DATA",
      hits: "missing in HITLAB_DATA",
    });
  });

  it("needs no file for the study's own set", () => {
    vi.stubEnv("HITLAB_DATA", folder);
    expect(resolveData("charts-study")).toMatchObject({ kind: "stand-in" });
  });

  it.skipIf(existsSync(join(rawFolder(), entryOf("charts").file ?? "")))(
    "falls back to a stand-in that says so",
    () => {
      vi.stubEnv("HITLAB_DATA", "");
      expect(resolveData("charts")).toMatchObject({ kind: "stand-in", note: expect.stringMatching(/npm run data/) });
    },
  );

  it("takes a set in several files if all are there, and names the one that is not", () => {
    vi.stubEnv("HITLAB_DATA", folder);
    for (const decade of ["60", "70", "80", "90", "00"]) writeFileSync(join(folder, `dataset-of-${decade}s.csv`), "x");
    const missing = join(folder, "dataset-of-10s.csv");
    expect(() => resolveData("hits")).toThrow(`${missing}: the data file is missing or cannot be read`);
    expect(resolveData("hits", ["hits-60s", "hits-90s"])).toMatchObject({ kind: "real", path: folder });
    writeFileSync(missing, "x");
    expect(resolveData("hits")).toMatchObject({ name: "hits", kind: "real", path: folder });
  });

  it("names the known data sets when asked for another", () => {
    expect(() => resolveData("hits-50s")).toThrow(/use one of charts, charts-study, hits-60s/);
  });
});

describe("the registry", () => {
  it("has nine files, the study's set, the six decades as one, and a card for each", () => {
    expect(registry().map((entry) => entry.name)).toEqual([
      ...["charts", "charts-study", "hits-60s", "hits-70s", "hits-80s", "hits-90s", "hits-00s", "hits-10s"],
      ...["hits", "spotify-2023", "spotify-2024"],
    ]);
    for (const { card, name, columns, file, sha256 } of registry()) {
      const text = readFileSync(join(root, card), "utf8");
      expect(text, name).toMatch(/^# .+\n/);
      for (const heading of ["## Origin", "## Licence", "## Columns", "## Quirks", "## What it can and cannot show"]) {
        expect(text, `${card}: ${heading}`).toContain(heading);
      }
      for (const column of columns) expect(text, `${card}: ${column}`).toContain(`\`${column}\``);
      if (file) expect(sha256, name).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it.runIf(real)("describes the real files (needs HITLAB_DATA)", async () => {
    for (const { file, sha256, columns, rows } of registry()) {
      if (!file) continue;
      expect(await verifyCsv(join(real ?? "", file), { sha256, columns })).toEqual({ known: true, sha256, rows });
    }
  });
});
