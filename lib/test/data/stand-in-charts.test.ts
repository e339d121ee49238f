import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { dayOfIso, weekdayOf } from "../../src/data/calendar";
import { contentHash } from "../../src/data/chart-frame";
import { type ChartRow, frameOfRows } from "../../src/data/chart-rows";
import * as load from "../../src/data/load";
import { entryOf } from "../../src/data/registry";
import { rawFolder } from "../../src/data/resolve";
import { chartModel, standInRows } from "../../src/data/stand-in-charts";

afterEach(() => vi.unstubAllEnvs());

const rows = [...standInRows(42)];

describe("the stand-in of the daily chart", () => {
  it("has the shape of the real one: 446 days x 200, its four missing days, streams falling with rank", () => {
    expect(rows).toHaveLength(89_200);
    const days = byDay(rows);
    expect(days.size).toBe(446);
    expect([...days.keys()][0]).toBe(dayOfIso("2017-01-01"));
    expect([...days.keys()].at(-1)).toBe(dayOfIso("2018-03-26"));
    for (const missing of chartModel().missing) expect(days.has(dayOfIso(missing))).toBe(false);
    for (const chart of days.values()) {
      expect(chart.map((row) => row.rank)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
      expect(new Set(chart.map((row) => row.url)).size).toBe(200);
      expect(
        chart.every(
          (row, i) => Number.isInteger(row.streams) && row.streams > 0 && (!i || row.streams <= chart[i - 1].streams),
        ),
      ).toBe(true);
    }
  });

  it("is plainly invented", () => {
    for (const { title, artist, url } of rows) {
      expect(`${title} | ${artist} | ${url}`).toMatch(
        /^Invented Song (\d{4}) \| Invented Artist \d{3} \| invented:song:\1$/,
      );
    }
  });

  it("is the same on every machine, another one for another seed", () => {
    const frame = frameOfRows(standInRows(42));
    expect(contentHash(frame)).toBe("2ac24f5faf187181e4f3f3482c982d9aa1d495cede0677966d724d22a93c4a2d");
    expect([...standInRows(43)].slice(0, 200)).not.toEqual(rows.slice(0, 200));
  });

  it.skipIf(existsSync(join(rawFolder(), entryOf("charts").file ?? "")))(
    "is what load.charts gives without a file",
    async () => {
      vi.stubEnv("HITLAB_DATA", "");
      const { frame, source, report } = await load.charts();
      expect(source).toMatchObject({ kind: "stand-in", rows: 89_200 });
      expect(source.file).toBeUndefined();
      expect(report).toEqual({ rowsIn: 89_200, rowsOut: 89_200, steps: [] });
      const row = frame.row(399);
      expect(row.slice(0, 3)).toEqual(["2017-01-02", dayOfIso("2017-01-02"), 200]);
      const week = await load.charts({ from: "2017-06-05", to: "2017-06-11" });
      expect(week.frame.height).toBe(1400);
      await expect(load.charts({ region: "Spain" })).rejects.toThrow(/one chart only/);
    },
  );

  // The real chart's figures: profile-spotify-global-daily.json, and windows as study 1 counts them.
  it.each([
    [1, 6_163_240],
    [10, 2_705_220],
    [50, 1_251_280],
    [100, 750_773],
    [200, 459_820],
  ])("has at rank %i the real chart's mean streams, within 6 %%", (rank, mean) => {
    const streams = rows.filter((row) => row.rank === rank).map((row) => row.streams);
    expect(average(streams) / mean).toBeGreaterThan(0.94);
    expect(average(streams) / mean).toBeLessThan(1.06);
  });

  it("has the real chart's week: most streams on Fridays, fewest on Sundays, each day within 3 %", () => {
    const totals = Array.from({ length: 7 }, () => [] as number[]);
    for (const [day, chart] of byDay(rows))
      totals[weekdayOf(day)].push(chart.reduce((sum, row) => sum + row.streams, 0));
    const real = [193.6, 204.9, 209.0, 210.8, 212.1, 225.7, 215.9];
    for (const [weekday, sums] of totals.entries()) {
      expect(Math.abs(average(sums) / 1e6 / real[weekday] - 1)).toBeLessThan(0.03);
    }
  });

  it("has songs that stay as long, enter as often and move as much as real ones", () => {
    const songs = bySong(rows);
    const lengths = [...songs.values()].map((song) => song.length).sort((a, b) => a - b);
    const at = (share: number) => lengths[Math.floor(share * lengths.length)];
    expect(lengths.length).toBeGreaterThan(1500); // real 1845
    expect(lengths.length).toBeLessThan(2200);
    expect(at(0.25)).toBeLessThanOrEqual(4); // real 2
    expect(at(0.5)).toBeLessThan(22); // real 8
    expect(at(0.9)).toBeGreaterThan(120); // real 157
    const { changes, entries } = movement(songs);
    const spread = Math.sqrt(average(changes.map((change) => change * change)));
    expect(spread).toBeGreaterThan(0.07); // real .0858
    expect(spread).toBeLessThan(0.1);
    expect(entries / 442).toBeGreaterThan(6.5); // real 8.1
    expect(entries / 442).toBeLessThan(9.5);
  });

  it("gives study 1 windows like the real ones", () => {
    const { windows, positive, persistence } = windowsOf(bySong(rows));
    expect(windows).toBeGreaterThan(68_000); // real 69,663
    expect(windows).toBeLessThan(71_500);
    expect(positive).toBeGreaterThan(0.265); // real .278
    expect(positive).toBeLessThan(0.295);
    expect(persistence).toBeGreaterThan(0.972); // real .982
  });
});

function byDay(all: readonly ChartRow[]): Map<number, ChartRow[]> {
  return grouped(all, (row) => row.day);
}

function bySong(all: readonly ChartRow[]): Map<string, ChartRow[]> {
  return grouped(all, (row) => row.url);
}

function grouped<K>(all: readonly ChartRow[], key: (row: ChartRow) => K): Map<K, ChartRow[]> {
  const groups = new Map<K, ChartRow[]>();
  for (const row of all) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Day-to-day changes of log streams, and how often a song is there that was not there the day before. */
function movement(songs: Map<string, ChartRow[]>): { changes: number[]; entries: number } {
  const first = dayOfIso("2017-01-01");
  const present = new Set(byDay(rows).keys());
  const changes: number[] = [];
  let entries = 0;
  for (const song of songs.values()) {
    for (const [i, row] of song.entries()) {
      const before = song[i - 1];
      if (before?.day === row.day - 1) changes.push(Math.log(row.streams / before.streams));
      else if (row.day > first && present.has(row.day - 1)) entries++;
    }
  }
  return { changes, entries };
}

/** Study 1: 14 rows back, 7 calendar days ahead, Top 50. */
function windowsOf(songs: Map<string, ChartRow[]>): { windows: number; positive: number; persistence: number } {
  let windows = 0;
  let positive = 0;
  let right = 0;
  for (const song of songs.values()) {
    for (let end = 13; end + 7 < song.length; end++) {
      const hit = song.slice(end + 1, end + 8).some((row) => row.day <= song[end].day + 7 && row.rank <= 50);
      windows++;
      if (hit) positive++;
      if (hit === song[end].rank <= 50) right++;
    }
  }
  return { windows, positive: positive / windows, persistence: right / windows };
}
