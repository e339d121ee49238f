import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataFrame } from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as load from "../../src/data/load";
import { entryOf } from "../../src/data/registry";
import type { Loaded } from "../../src/data/types";
import { header2023, rows2023, sample2023, sampleFile } from "./sample-tables";

const real = process.env.HITLAB_DATA;
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hitlab-2023-"));
  file = join(folder, "songs.csv");
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: Buffer | string): Promise<Loaded> {
  writeFileSync(file, content);
  return load.spotify2023({ file });
}

const row = rows2023[7].split(",");
const columns = header2023.split(",");

/** A good row with other cells. */
function changed(change: Record<string, string>): string {
  return columns.map((column, c) => change[column] ?? row[c]).join(",");
}

function refusal(lines: readonly string[]): Promise<string> {
  return read(sampleFile(lines)).then(
    ({ report }) => `loaded ${report.rowsOut}`,
    (error) => String(error.message).replace(file, "FILE"),
  );
}

function counts({ report }: Loaded): Record<string, number> {
  return Object.fromEntries(report.steps.map(({ what, rows }) => [what, rows]));
}

function values(frame: DataFrame, name: string): unknown[] {
  return frame.getColumn(name).toArray();
}

describe("load.spotify2023", () => {
  it("gives the described columns, whole numbers in their types, missing cells as null, lines of the file", async () => {
    const { frame, source } = await read(sample2023);
    expect(frame.columns).toEqual(load.spotify2023Columns.map(({ name }) => name));
    expect(frame.columns).toEqual([
      ...["track", "artists", "artist_count", "released_year", "released_month", "released_day", "released"],
      ...["release_day", "in_spotify_playlists", "in_spotify_charts", "streams", "in_apple_playlists"],
      ...["in_apple_charts", "in_deezer_playlists", "in_deezer_charts", "in_shazam_charts", "bpm", "key", "mode"],
      ...["danceability", "valence", "energy", "acousticness", "instrumentalness", "liveness", "speechiness", "line"],
    ]);
    expect(values(frame, "streams")).toEqual([141381703, 3703895074, 2762, 7, 99999, 1, 123456]);
    expect(values(frame, "in_deezer_playlists")).toEqual([45, 1058, 0, 7, 12367, 1, 6]);
    expect(values(frame, "in_shazam_charts")).toEqual([826, null, 1021, 7, 0, 1, 8]);
    expect(values(frame, "key")).toEqual(["B", null, "C#", "G#", "F", "B", "D"]);
    expect(values(frame, "track")).toEqual([
      "Seven",
      "Caf\ufffd",
      "\xfd\xfd\xfd",
      'Quo, "te"',
      "\xfdx",
      "Seven",
      "Last",
    ]);
    expect(values(frame, "artists")[4]).toBe("Gus, Hal, Ida");
    expect(values(frame, "released").slice(0, 3)).toEqual(["2023-07-14", "1999-01-01", "2024-02-29"]);
    expect(values(frame, "release_day").slice(0, 2)).toEqual([19552, 10592]);
    expect(values(frame, "line")).toEqual([2, 3, 4, 6, 7, 8, 9]);
    const types = Object.fromEntries(frame.columns.map((name) => [name, String(frame.getColumn(name).dtype)]));
    expect(types).toMatchObject({ streams: "DataType(Int64)", release_day: "DataType(Int32)" });
    expect(source).toMatchObject({ name: "spotify-2023", kind: "real", file: "songs.csv", rows: 7 });
    expect(source.note).toBe(
      "Real data: songs.csv, 7 rows; not the version that the study's figures were measured on.",
    );
  });

  it("reports what it did, the row set aside with its place", async () => {
    const loaded = await read(sample2023);
    expect(loaded.report).toMatchObject({ rowsIn: 8, rowsOut: 7 });
    expect(loaded.report.steps[0]).toEqual({
      what: "rows set aside: streams holds no number",
      rows: 1,
      why: 'left out: what the number was cannot be told (found "BPM110KeyAMode")',
      where: "songs.csv:5, column streams",
    });
    expect(counts(loaded)).toEqual({
      "rows set aside: streams holds no number": 1,
      "rows with thousands commas in in_deezer_playlists, in_shazam_charts": 3,
      "cells with blanks at an end": 1,
      "in_shazam_charts is empty": 1,
      "key is empty": 1,
      "rows whose text holds \ufffd": 1,
      "rows whose text holds \xfd": 2,
      "rows whose track and artists came before": 1,
      "released on 1 January": 1,
    });
  });

  it("sorts its columns into the groups of study 3", () => {
    const of = (kind: load.Spotify2023Kind) =>
      load.spotify2023Columns.filter((column) => column.kind === kind).map(({ name }) => name);
    expect(of("audio")).toHaveLength(10);
    expect(of("release")).toEqual(["released_year", "released_month", "released_day", "release_day"]);
    expect(of("playlists")).toEqual(["in_spotify_playlists", "in_apple_playlists", "in_deezer_playlists"]);
    expect(of("charts")).toHaveLength(4);
    expect(of("target")).toEqual(["streams"]);
    expect(of("text")).toEqual(["track", "artists", "released"]);
  });

  it("refuses what cannot be, naming file, line, column, value and a remedy", async () => {
    const bad = (change: Record<string, string>) => refusal([header2023, rows2023[0], changed(change)]);
    expect(await bad({ "energy_%": "101" })).toBe(
      'FILE:3, column "energy_%": must be from 0 to 100 (found "101"). To mend it: correct the cell, or fetch the file anew with `npm run data`.',
    );
    expect(await bad({ "energy_%": "0.8" })).toMatch(/FILE:3, column "energy_%": must be a whole number/);
    expect(await bad({ bpm: "0" })).toMatch(/column "bpm": must be 1 or more \(found "0"\)/);
    expect(await bad({ bpm: "fast" })).toMatch(/column "bpm": not a number written in digits/);
    expect(await bad({ streams: "-5" })).toMatch(/column "streams": must be 0 or more/);
    expect(await bad({ streams: "5.5" })).toMatch(/column "streams": must be a whole number/);
    expect(await bad({ streams: "9007199254740993" })).toMatch(/column "streams": too large/);
    expect(await bad({ in_apple_charts: '"1,23"' })).toMatch(/column "in_apple_charts": not a number/);
    expect(await bad({ in_apple_charts: "1e3" })).toMatch(/column "in_apple_charts": not a number/);
    expect(await bad({ in_apple_charts: "NaN" })).toMatch(/column "in_apple_charts": not a number/);
    expect(await bad({ released_day: "31" })).toMatch(
      /FILE:3, column "released_day": there is no such day in month 6 of 2021 \(found "31"\)/,
    );
    expect(await bad({ released_month: "2", released_day: "29" })).toMatch(/no such day in month 2 of 2021/);
    expect(await bad({ released_month: "13" })).toMatch(/column "released_month": must be from 1 to 12/);
    expect(await bad({ released_year: "23" })).toMatch(/column "released_year": must be from 1900 to 2100/);
    expect(await bad({ released_year: "" })).toMatch(/column "released_year": the cell is empty/);
    expect(await bad({ track_name: " " })).toMatch(/column "track_name": the cell is empty/);
    expect(await bad({ track_name: "a\x92b" })).toMatch(/column "track_name": the text holds a control character/);
    expect(await bad({ mode: "major" })).toMatch(/column "mode": must be one of Major, Minor/);
    expect(await bad({ key: "H" })).toMatch(/column "key": must be one of C, C#/);
  });

  it("sets few unreadable streams aside, not many", async () => {
    const lost = changed({ streams: "n/a" });
    const empty = changed({ streams: "" });
    const good = Array.from({ length: 198 }, () => rows2023[0]);
    expect(await refusal([header2023, rows2023[0], lost])).toBe("loaded 1");
    expect(await refusal([header2023, ...good, lost, empty])).toBe("loaded 198");
    expect(await refusal([header2023, ...good, lost, empty, lost])).toMatch(
      /^FILE:200, column "streams": 3 of 201 rows hold no number here, more than one in a hundred; the first \(found "n\/a"\)/,
    );
    expect(await refusal([header2023, lost])).toMatch(/^FILE: the file has no usable row/);
  });

  it("refuses broken lines, headers and encodings", async () => {
    expect(await refusal([header2023, rows2023[0].slice(0, 40)])).toMatch(
      /^FILE:2: the line has \d+ fields where the h/,
    );
    expect(await refusal([header2023, `${rows2023[0]},x`])).toMatch(/^FILE:2: the line has 25 fields/);
    expect(await refusal([header2023, `"${rows2023[7]}`])).toMatch(/^FILE:2: a quote is not closed/);
    expect(await refusal([header2023.replace("bpm,", ""), rows2023[0]])).toMatch(
      /^FILE:1, column "bpm": the header lac/,
    );
    expect(await refusal([`${header2023},bpm`])).toMatch(/^FILE:1, column "bpm": .*bpm twice/);
    expect(await refusal([header2023.replaceAll(",", ";")])).toMatch(
      /^FILE:1: this is another file, or its cells are not separated by commas/,
    );
    expect(await refusal([header2023])).toMatch(/^FILE: the file has a header but no rows/);
    expect(await refusal([])).toMatch(/^FILE: the file is empty/);
    await expect(read(Buffer.from(`\ufeff${header2023}`, "utf16le"))).rejects.toThrow(
      "songs.csv:1: the file is UTF-16",
    );
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), sample2023]);
    await expect(read(marked)).rejects.toThrow("songs.csv:4: the file begins with UTF-8's byte order mark, yet");
    await expect(load.spotify2023({ file: join(folder, "none.csv") })).rejects.toThrow(
      "none.csv: the file cannot be read",
    );
  });

  it("names the missing file if HITLAB_DATA has none", async () => {
    vi.stubEnv("HITLAB_DATA", join(folder, "empty"));
    await expect(load.spotify2023()).rejects.toThrow(/spotify-2023.csv: the data file is missing/);
    vi.unstubAllEnvs();
  });
});

describe.runIf(real)("the real 2023 file (needs HITLAB_DATA)", () => {
  it("holds what was counted when it was gathered", async () => {
    const loaded = await load.spotify2023();
    const { frame, report, source } = loaded;
    expect(source).toMatchObject({ kind: "real", rows: 952, sha256: entryOf("spotify-2023").sha256 });
    expect(source.note).toBe("Real data: spotify-2023.csv, 952 rows, the known version.");
    expect(report).toMatchObject({ rowsIn: 953, rowsOut: 952 });
    expect(report.steps[0].where).toBe("spotify-2023.csv:576, column streams");
    expect(counts(loaded)).toEqual({
      "rows set aside: streams holds no number": 1,
      "rows with thousands commas in in_deezer_playlists, in_shazam_charts": 85,
      "cells with blanks at an end": 8,
      "in_shazam_charts is empty": 50,
      "key is empty": 95,
      "rows whose text holds \ufffd": 91,
      "rows whose text holds \xfd": 4,
      "rows whose track and artists came before": 4,
      // 65 in the file; "Love Grows" is the row set aside.
      "released on 1 January": 64,
    });
    expect(report.steps[1].why).toBe("86 cells read as the numbers they are");
    expect([frame.getColumn("streams").min(), frame.getColumn("streams").max()]).toEqual([2762, 3703895074]);
    expect(values(frame, "key")).not.toContain("C");
    expect(values(frame, "mode").filter((mode) => mode === "Major")).toHaveLength(549);
  });

  it("sums up as pandas does", async () => {
    // a = pandas.read_csv("spotify-2023.csv", encoding="latin-1", thousands=",")
    // a["streams"] = pandas.to_numeric(a["streams"], errors="coerce"); a = a[a.streams.notna()]
    // {c: int(s) for c, s in a.sum(numeric_only=True).items()}
    const { frame } = await load.spotify2023();
    const sums = {
      artist_count: 1482,
      released_year: 1921411,
      released_month: 5749,
      released_day: 13275,
      in_spotify_playlists: 4952842,
      in_spotify_charts: 11445,
      streams: 489458828542,
      in_apple_playlists: 64609,
      in_apple_charts: 49469,
      in_deezer_playlists: 367030,
      in_deezer_charts: 2541,
      in_shazam_charts: 54176,
      bpm: 116671,
      danceability: 63769,
      valence: 48939,
      energy: 61189,
      acousticness: 25779,
      instrumentalness: 1507,
      liveness: 17340,
      speechiness: 9652,
    };
    for (const [name, sum] of Object.entries(sums)) expect([name, frame.getColumn(name).sum()]).toEqual([name, sum]);
  });
});
