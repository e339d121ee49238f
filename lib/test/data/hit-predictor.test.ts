import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as load from "../../src/data/load";
import { entryOf } from "../../src/data/registry";
import type { Loaded } from "../../src/data/types";

const real = process.env.HITLAB_DATA;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hitlab-hits-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const header = entryOf("hits-90s").columns;
const uri = "spotify:track:1dtKN6wwlolkM8XZy2y9C1";
const good = `A,B,${uri},0.5,0.6,3,-7.7,1,0.04,0.4,0,0.1,0.8,120.5,200000,4,30.5,9,1`;

/** The row with other cells, column by column. */
function row(change: Record<string, string>): string {
  const cells = good.split(",");
  return header.map((column, i) => change[column] ?? cells[i]).join(",");
}

function put(text: string | Buffer, decade = "90s"): string {
  vi.stubEnv("HITLAB_DATA", folder);
  const path = join(folder, `dataset-of-${decade}.csv`);
  writeFileSync(path, text);
  return path;
}

const lines = (...rows: string[]) => `${[header.join(","), ...rows].join("\n")}\n`;

function refusal(text: string): Promise<string> {
  const path = put(text);
  return load.hitPredictor(["90s"]).then(
    () => "loaded",
    (error) => String(error.message).replace(path, "FILE"),
  );
}

describe("a file of the hit predictor data", () => {
  it("is read with quoted commas, CRLF, a byte order mark, other columns and another order", async () => {
    const quoted = row({ track: '"Hello, ""World"""', artist: "Beyonc\u00e9", instrumentalness: "1.5e-06" });
    put(`\ufeff${header.join(",")}\r\n${quoted}\r\n${good}`);
    const { frame } = await load.hitPredictor(["90s"]);
    expect(frame.columns).toEqual([...header, "decade"]);
    expect(frame.row(0).slice(0, 4)).toEqual(['Hello, "World"', "Beyonc\u00e9", uri, 0.5]);
    expect(frame.row(0).slice(-2)).toEqual([1, "90s"]);
    expect(frame.getColumn("instrumentalness").toArray()).toEqual([1.5e-6, 0]);
    const turned = (text: string) => `extra,${text.split(",").reverse().join(",")}\n`;
    put(`${turned(header.join(","))}${turned(good)}`);
    expect((await load.hitPredictor(["90s"])).frame.row(0)).toEqual(frame.row(1));
  });

  it("is refused with file, line, column, value and what to do", async () => {
    const bad = (change: Record<string, string>) => refusal(lines(good, row(change)));
    expect(await bad({ tempo: "fast" })).toBe(
      'FILE:3, column "tempo": not a number (found "fast"). To mend it: correct the cell, or fetch the file anew with `npm run data`.',
    );
    expect(await bad({ tempo: "" })).toMatch(/FILE:3, column "tempo": the cell is empty/);
    expect(await bad({ energy: "NaN" })).toMatch(/FILE:3, column "energy": not a number \(found "NaN"\)/);
    expect(await bad({ loudness: "-Infinity" })).toMatch(/column "loudness": not a number/);
    expect(await bad({ duration_ms: "0x10" })).toMatch(/column "duration_ms": not a number/);
    expect(await bad({ duration_ms: "1e999" })).toMatch(/column "duration_ms": not a number/);
    expect(await bad({ valence: "1.2" })).toMatch(/column "valence": must be from 0 to 1 \(found "1.2"\)/);
    expect(await bad({ tempo: "-1" })).toMatch(/column "tempo": must be 0 or more/);
    expect(await bad({ key: "12" })).toMatch(/column "key": must be from -1 to 11/);
    expect(await bad({ mode: "0.5" })).toMatch(/column "mode": must be a whole number/);
    expect(await bad({ target: "2" })).toMatch(
      /FILE:3, column "target": must be 0 \(flop\) or 1 \(hit\) \(found "2"\)/,
    );
    expect(await bad({ target: "" })).toMatch(/column "target"/);
    expect(await bad({ uri: "" })).toMatch(/column "uri": the uri is empty/);
  });

  it("is refused if lines or the header are broken", async () => {
    expect(await refusal(lines(good, good.slice(0, 50)))).toMatch(
      /FILE:3: the line has 6 fields where the header has 19/,
    );
    expect(await refusal(lines(`${good},x`))).toMatch(/FILE:2: the line has 20 fields/);
    expect(await refusal(lines(row({ track: '"open' })))).toMatch(/FILE:2: a quote is not closed/);
    const without = header.filter((column) => column !== "tempo").join(",");
    expect(await refusal(`${without}\n`)).toMatch(/FILE:1, column "tempo": the header lacks the columns tempo/);
    expect(await refusal(`${header.join(",")},tempo\n`)).toMatch(/FILE:1, column "tempo": .*tempo twice/);
    expect(await refusal(lines())).toMatch(/FILE: the file has a header but no rows/);
    expect(await refusal("")).toMatch(/FILE: the file is empty/);
  });

  it("gives a sha256 of the file, or over the files' hashes in the order loaded", async () => {
    const hash = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");
    put(lines(good), "60s");
    put(lines(good, good), "70s");
    const [sixties, seventies] = ["60s", "70s"].map((d) => hash(readFileSync(join(folder, `dataset-of-${d}.csv`))));
    expect((await load.hitPredictor(["60s"])).source).toMatchObject({
      name: "hits-60s",
      kind: "real",
      file: "dataset-of-60s.csv",
      sha256: sixties,
      rows: 1,
      note: "Real data: 1 songs (60s); not the version that the study's figures were measured on: dataset-of-60s.csv.",
    });
    const { source, frame } = await load.hitPredictor(["70s", "60s"]);
    expect(source).toMatchObject({ name: "hits", rows: 3, sha256: hash(`${seventies}\n${sixties}\n`) });
    expect(frame.getColumn("decade").toArray()).toEqual(["70s", "70s", "60s"]);
  });

  it("reports what a reader should know of and leaves every row", async () => {
    put(lines(good, row({ artist: " b", chorus_hit: "0" }), row({ target: "0", track: "C" })), "60s");
    put(lines(row({ loudness: "0.5", duration_ms: "900001", track: "D" })), "70s");
    const { report } = await load.hitPredictor(["60s", "70s"]);
    expect(report).toMatchObject({ rowsIn: 4, rowsOut: 4 });
    expect(counts({ report } as Loaded)).toEqual({
      "rows whose uri came before in the same decade": 2,
      "uris that are hit and flop in the same decade": 1,
      "rows whose track and artist came before in the same decade": 1,
      "uris that occur in several decades": 1,
      "uris that are hit and flop in the same or in different decades": 1,
      "chorus_hit is 0": 1,
      "loudness is above 0 dB": 1,
      "longer than 15 minutes": 1,
    });
    expect(report.steps.every(({ why }) => why.startsWith("kept, as the studies keep"))).toBe(true);
  });

  it("names a missing file, a wrong decade and one asked for twice", async () => {
    put(lines(good), "60s");
    await expect(load.hitPredictor(["60s", "70s"])).rejects.toThrow(
      `${join(folder, "dataset-of-70s.csv")}: the data file`,
    );
    const wrong = (...decades: string[]) => load.hitPredictor(decades as load.Decade[]);
    await expect(wrong("50s")).rejects.toThrow(/no such decade \(found "50s"\).*00s, 10s, 60s/);
    await expect(wrong("60s", "60s")).rejects.toThrow(/asked for twice/);
    await expect(wrong()).rejects.toThrow(/needs a list of decades/);
  });
});

function counts({ report }: Loaded): Record<string, number> {
  return Object.fromEntries(report.steps.map(({ what, rows }) => [what, rows]));
}

describe.runIf(real)("the real files (needs HITLAB_DATA)", () => {
  const decades = ["60s", "70s", "80s", "90s", "00s", "10s"] as const;

  it("hold what was counted when they were gathered, decade by decade", async () => {
    const found = await Promise.all(decades.map(async (decade) => counts(await load.hitPredictor([decade]))));
    const of = (what: string) => found.map((each) => each[what] ?? 0);
    expect(of("rows whose uri came before in the same decade")).toEqual([17, 17, 10, 14, 17, 20]);
    expect(of("uris that are hit and flop in the same decade")).toEqual([0, 1, 3, 2, 6, 5]);
    expect(of("rows whose track and artist came before in the same decade")).toEqual([130, 130, 98, 44, 51, 151]);
    expect(of("chorus_hit is 0")).toEqual([60, 39, 21, 16, 14, 7]);
    expect(of("sections is 0")).toEqual([10, 5, 0, 0, 0, 0]);
    expect(of("time_signature is 0")).toEqual([1, 0, 0, 0, 1, 1]);
    expect(of("tempo is 0")).toEqual([1, 0, 0, 0, 0, 0]);
    expect(of("valence is 0")).toEqual([7, 2, 0, 3, 1, 1]);
    expect(of("loudness is above 0 dB")).toEqual([0, 5, 0, 0, 1, 0]);
    expect(of("longer than 15 minutes")).toEqual([24, 57, 25, 17, 35, 8]);
  });

  it("come in the order of study 4: 41,106 songs, 20,553 hits", async () => {
    const loaded = await load.hitPredictor();
    const { frame, source } = loaded;
    expect(source).toMatchObject({ name: "hits", kind: "real", rows: 41_106 });
    expect(source.note).toBe("Real data: 41,106 songs (00s, 10s, 60s, 70s, 80s, 90s), the known version.");
    expect(counts(loaded)).toMatchObject({
      "rows whose uri came before in the same decade": 95,
      "uris that occur in several decades": 450,
      "uris that are hit and flop in the same or in different decades": 26,
    });
    expect(frame.getColumn("target").sum()).toBe(20_553);
    expect(frame.getColumn("uri").nUnique()).toBe(41_106 - 546);
    expect([...new Set(frame.getColumn("decade").toArray())]).toEqual(["00s", "10s", "60s", "70s", "80s", "90s"]);
    expect(frame.row(0).slice(0, 2)).toEqual(["Lucky Man", "Montgomery Gentry"]);
    expect(frame.columns.slice(3, 18)).toEqual(load.audioFeatures);
  });

  it("are the file that study 2 names: 5,520 songs, 2,760 hits", async () => {
    const { frame, source } = await load.hitPredictor(["90s"]);
    expect(source.sha256).toBe(entryOf("hits-90s").sha256);
    expect(frame.height).toBe(5520);
    expect(frame.getColumn("target").sum()).toBe(2760);
    expect(frame.row(0).slice(0, 3)).toEqual([
      "Misty Roses",
      "Astrud Gilberto",
      "spotify:track:50RBM1j1Dw7WYmsGsWg9Tm",
    ]);
    expect(frame.row(0).slice(10)).toEqual([0.00699, 0.168, 0.543, 116.211, 158840, 4, 53.89523, 6, 0, "90s"]);
  });
});
