import type pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import * as load from "../../src/data/load";

describe("load.studyCharts", () => {
  it("has the study's 40 songs x 100 days and its rules", async () => {
    const { frame, source, report } = await load.studyCharts();
    expect([source.kind, source.name, source.rows, report.rowsOut]).toEqual([
      "study-synthetic",
      "charts-study",
      4000,
      4000,
    ]);
    expect(frame.columns).toEqual(["date", "day", "rank", "title", "artist", "url", "streams", "region", "chart"]);
    const songs = bySong(frame);
    expect(songs.size).toBe(40);
    for (const [title, { ranks, streams, dates }] of songs) {
      expect(dates.length).toBe(100);
      expect([dates[0], dates[99]]).toEqual(["2023-01-01", "2023-04-10"]);
      expect(streams).toEqual(ranks.map((rank) => 201 - rank));
      const best = Math.min(...ranks);
      // int(201 - max / max * 200) = 1 for a hit, 101 for the others.
      expect(best).toBe(Number(title.split(" ")[1]) % 2 === 0 ? 1 : 101);
    }
  });

  it("draws the second half of a hit with one offset: its ranks never rise again", async () => {
    const songs = bySong((await load.studyCharts({ seed: 7 })).frame);
    for (let song = 2; song <= 40; song += 2) {
      const late = songs.get(`Song ${song}`)?.ranks.slice(50) ?? [];
      expect(late).toEqual([...late].sort((a, b) => b - a));
      expect(late.length).toBe(50);
    }
  });

  it("has 3,200 windows of 14 + 7 days, a tenth of them positive", async () => {
    const songs = bySong((await load.studyCharts()).frame);
    let windows = 0;
    let positive = 0;
    for (const { ranks } of songs.values()) {
      for (let i = 0; i + 14 + 7 <= 100; i++) {
        windows++;
        if (ranks.slice(i + 14, i + 21).some((rank) => rank <= 50)) positive++;
      }
    }
    expect(windows).toBe(3200);
    expect(positive / windows).toBeCloseTo(0.1, 1);
  });

  it("depends on the seed alone", async () => {
    const hash = async (seed: number) => (await load.studyCharts({ seed })).source.sha256;
    expect(await hash(42)).toBe(await hash(42));
    expect(await hash(42)).not.toBe(await hash(43));
  });
});

function bySong(frame: pl.DataFrame) {
  const songs = new Map<string, { ranks: number[]; streams: number[]; dates: string[] }>();
  for (const row of frame.toRecords()) {
    const song = songs.get(row.url as string) ?? { ranks: [], streams: [], dates: [] };
    songs.set(row.url as string, song);
    song.ranks.push(row.rank as number);
    song.streams.push(row.streams as number);
    song.dates.push(row.date as string);
  }
  return songs;
}
