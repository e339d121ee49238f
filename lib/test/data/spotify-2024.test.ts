import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataFrame } from "nodejs-polars";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as load from "../../src/data/load";
import { entryOf } from "../../src/data/registry";
import type { Loaded } from "../../src/data/types";
import { dropDuplicates } from "../../src/prepare";
import { header2024, rows2024, sample2024, sampleFile } from "./sample-tables";

const real = process.env.HITLAB_DATA;
let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hitlab-2024-"));
  file = join(folder, "songs.csv");
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: Buffer): Promise<Loaded> {
  writeFileSync(file, content);
  return load.spotify2024({ file });
}

const row = rows2024[5].split(",");
const columns = header2024.split(",");

function refusal(change: Record<string, string>): Promise<string> {
  const line = columns.map((column, c) => change[column] ?? row[c]).join(",");
  return read(sampleFile([header2024, rows2024[0], line])).then(
    () => "loaded",
    (error) => String(error.message).replace(file, "FILE"),
  );
}

function counts({ report }: Loaded): Record<string, number> {
  return Object.fromEntries(report.steps.map(({ what, rows }) => [what, rows]));
}

function values(frame: DataFrame, name: string): unknown[] {
  return frame.getColumn(name).toArray();
}

const counted = [
  ...["spotify_streams", "spotify_playlist_count", "spotify_playlist_reach", "spotify_popularity", "youtube_views"],
  ...["youtube_likes", "tiktok_posts", "tiktok_likes", "tiktok_views", "youtube_playlist_reach"],
  ...["apple_music_playlist_count", "airplay_spins", "siriusxm_spins", "deezer_playlist_count"],
  ...["deezer_playlist_reach", "amazon_playlist_count", "pandora_streams", "pandora_track_stations"],
  ...["soundcloud_streams", "shazam_counts"],
];

describe("load.spotify2024", () => {
  it("gives the described columns, counts beyond 32 bits, missing cells as null, ISO dates", async () => {
    const { frame, source, report } = await read(sample2024);
    expect(frame.columns).toEqual(load.spotify2024Columns.map(({ name }) => name));
    expect(frame.columns).toEqual([
      ...["track", "album", "artist", "release_date", "release_day", "isrc", "all_time_rank", "track_score"],
      ...counted,
      ...["tidal_popularity", "explicit_track", "line"],
    ]);
    expect(values(frame, "spotify_streams")).toEqual([4281468720, null, null, 17, 1234, 1]);
    expect(values(frame, "all_time_rank")).toEqual([1, 2, 2, 1005, 1005, 7]);
    expect(values(frame, "track_score")).toEqual([725.4, 50, 50, 49.9, 49.9, 19.4]);
    expect(values(frame, "release_date").slice(0, 4)).toEqual(["2024-04-26", "1999-01-01", "1999-01-01", "2024-02-29"]);
    expect(values(frame, "release_day")[0]).toBe(19839);
    expect(values(frame, "artist").slice(0, 2)).toEqual(["To", null]);
    expect(values(frame, "album")).toEqual(["Million, Single", "Al", "Al", "\xfd", "B", "L"]);
    expect(frame.getColumn("tidal_popularity").nullCount()).toBe(6);
    expect(values(frame, "explicit_track")).toEqual([0, 1, 1, 0, 0, 1]);
    expect(String(frame.getColumn("tiktok_views").dtype)).toBe("DataType(Int64)");
    expect(String(frame.getColumn("track_score").dtype)).toBe("DataType(Float64)");
    expect([report.rowsIn, report.rowsOut, source.rows]).toEqual([6, 6, 6]);
  });

  it("reports what a reader should know", async () => {
    const found = counts(await read(sample2024));
    expect(found).toMatchObject({
      "rows with thousands commas in 16 columns": 3,
      "cells with blanks at an end": 1,
      "artist is empty": 2,
      "tiktok_views is empty": 2,
      "tidal_popularity is empty": 6,
      "rows whose text holds \ufffd": 2,
      "rows whose text holds \xfd": 2,
      "rows that repeat another one in full": 1,
      "rows whose track and artist came before": 1,
      "rows whose isrc came before": 1,
      "rows whose all_time_rank came before": 2,
      "released on 1 January": 2,
      "rows stand in falling order of track_score": 6,
    });
    const turned = await read(sampleFile([header2024, ...[...rows2024].reverse()]));
    expect(counts(turned)).not.toHaveProperty("rows stand in falling order of track_score");
  });

  it("says how to drop what comes twice, and that drops as many rows", async () => {
    const { frame, report } = await read(sample2024);
    const twice = report.steps.find(({ what }) => what === "rows that repeat another one in full");
    expect(twice?.why).toContain('prepare.dropDuplicates(frame, frame.columns.filter((name) => name !== "line"))');
    const columns = frame.columns.filter((name) => name !== "line");
    expect(dropDuplicates(frame, columns)).toMatchObject({ dropped: twice?.rows, rows: [2] });
  });

  it("has 21 columns of numbers that are neither the target nor its twin nor empty", () => {
    const inputs = load.spotify2024Columns.filter(({ kind }) => ["count", "index", "flag"].includes(kind));
    expect(inputs.map(({ name }) => name)).toEqual([...counted, "explicit_track"]);
  });

  it("refuses what cannot be, naming file, line, column and value", async () => {
    expect(await refusal({})).toBe("loaded");
    expect(await refusal({ "Explicit Track": "2" })).toMatch(
      /^FILE:3, column "Explicit Track": must be from 0 to 1 \(found "2"\)\. To mend it: correct the cell/,
    );
    expect(await refusal({ "Explicit Track": "" })).toMatch(/column "Explicit Track": the cell is empty/);
    expect(await refusal({ "Track Score": "" })).toMatch(/column "Track Score": the cell is empty/);
    expect(await refusal({ "Track Score": "high" })).toMatch(/column "Track Score": not a number/);
    expect(await refusal({ "Spotify Popularity": "101" })).toMatch(/must be from 0 to 100/);
    expect(await refusal({ "YouTube Views": "-1" })).toMatch(/column "YouTube Views": must be 0 or more/);
    expect(await refusal({ "YouTube Views": "1.5" })).toMatch(/column "YouTube Views": must be a whole number/);
    expect(await refusal({ "YouTube Views": "1.0" })).toBe("loaded");
    expect(await refusal({ "YouTube Views": '"12,34,567"' })).toMatch(/column "YouTube Views": not a number/);
    for (const date of ["2/31/2024", "26/4/2024", "2024-04-26", "4/26/24", "4/26/1024"]) {
      expect(await refusal({ "Release Date": date })).toMatch(
        /column "Release Date": must be a date from 1900 on writ/,
      );
    }
  });
});

describe.runIf(real)("the real 2024 file (needs HITLAB_DATA)", () => {
  it("holds what was counted when it was gathered", async () => {
    const loaded = await load.spotify2024();
    const { frame, report, source } = loaded;
    expect(source).toMatchObject({ kind: "real", rows: 4600, sha256: entryOf("spotify-2024").sha256 });
    expect(report).toMatchObject({ rowsIn: 4600, rowsOut: 4600 });
    const missing = [113, 70, 72, 804, 308, 315, 1173, 980, 981, 1009, 561, 498, 2123, 921, 928, 1055, 1106, 1268];
    const whole = [...missing, 3333, 577];
    expect(counted.map((name) => frame.getColumn(name).nullCount())).toEqual(whole);
    expect(counts(loaded)).toEqual({
      "rows with thousands commas in 17 columns": 4599,
      "cells with blanks at an end": 59,
      "artist is empty": 5,
      ...Object.fromEntries(counted.map((name, c) => [`${name} is empty`, whole[c]])),
      "tidal_popularity is empty": 4600,
      "rows whose text holds \ufffd": 456,
      "rows whose text holds \xfd": 100,
      "rows that repeat another one in full": 2,
      "rows whose track and artist came before": 112,
      "released on 1 January": 213,
      "rows whose isrc came before": 2,
      "rows whose all_time_rank came before": 23,
      "rows stand in falling order of track_score": 4600,
    });
    expect(whole.reduce((sum, rows) => sum + rows, 5 + 4600)).toBe(22_800);
    const complete = frame.drop("tidal_popularity").dropNulls();
    expect(complete.height).toBe(565);
    const dates = values(frame, "release_date").map(String).sort();
    expect([dates[0], dates[4599]]).toEqual(["1987-07-21", "2024-06-14"]);
    expect(values(frame, "track_score").filter((score) => Number(score) > 29.9)).toHaveLength(2294);
  });

  it("sums up as pandas does", async () => {
    // b = pandas.read_csv("most-streamed-spotify-songs-2024.csv", encoding="latin-1", thousands=",")
    // {c: s for c, s in b.sum(numeric_only=True).items()}
    const { frame } = await load.spotify2024();
    const sums = {
      all_time_rank: 10537119,
      spotify_streams: 2007426881265,
      spotify_playlist_count: 269040459,
      spotify_playlist_reach: 105714383098,
      spotify_popularity: 241052,
      youtube_views: 1728803560783,
      youtube_likes: 12555258359,
      tiktok_posts: 3236142214,
      tiktok_likes: 407747621748,
      tiktok_views: 4202230041408,
      youtube_playlist_reach: 1235160885393,
      apple_music_playlist_count: 220542,
      airplay_spins: 226180821,
      siriusxm_spins: 637442,
      deezer_playlist_count: 118872,
      deezer_playlist_reach: 4755015045,
      amazon_playlist_count: 89862,
      pandora_streams: 299321718299,
      pandora_track_stations: 292806050,
      soundcloud_streams: 18812375984,
      shazam_counts: 10174765191,
      explicit_track: 1651,
    };
    for (const [name, sum] of Object.entries(sums)) expect([name, frame.getColumn(name).sum()]).toEqual([name, sum]);
    expect(frame.getColumn("track_score").sum()).toBeCloseTo(192482.60000000003, 6);
  });
});
