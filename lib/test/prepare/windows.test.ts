import { createHash } from "node:crypto";
import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { type Windows, type WindowsOptions, windows } from "../../src/prepare";
import { takeRows } from "../../src/samples";
import { chartFrame, lehmer, type Row, realChart } from "./chart-frame";

const defaults = { lookBack: 14, horizon: 7, top: 50, series: ["streams"], gaps: "rows", stride: 1 } as const;

/** One window as the docstring of `windows` defines it, found by looking at every row. */
function bruteForce(rows: readonly Row[], options: WindowsOptions) {
  const { lookBack, horizon, top, series, gaps, stride } = { ...defaults, ...options };
  const sorted = [...rows].sort((a, b) => a.day - b.day || a.rank - b.rank);
  const charted = new Set(rows.map((row) => row.day));
  const days = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return [...new Set(sorted.map((row) => row.url))].flatMap((url) => {
    const song = sorted.filter((row) => row.url === url);
    const own = new Set(song.map((row) => row.day));
    const all = song.flatMap((row, e) => {
      const byRows = e >= lookBack - 1 && e < song.length - horizon;
      const unbroken = days(row.day - lookBack + 1, row.day).every((d) => own.has(d));
      const published = days(row.day + 1, row.day + horizon).every((d) => charted.has(d));
      if (!(gaps === "rows" ? byRows : unbroken && published)) return [];
      const later = song.filter((other) => other.day > row.day && other.rank <= top).map((o) => o.day - row.day);
      return {
        url,
        x: song.slice(e - lookBack + 1, e + 1).flatMap((r) => series.map((name) => r[name])),
        y: later.some((d) => d <= horizon) ? 1 : 0,
        day: row.day,
        rank: row.rank,
        seenTop: song.some((other) => other.day <= row.day && other.rank <= top) ? 1 : 0,
        daysToTop: later.length > 0 ? Math.min(...later) : -1,
      };
    });
    return all.filter((_, w) => w % stride === 0);
  });
}

function asList({ x, y, info, songs }: Windows) {
  return Array.from(y, (target, w) => ({
    url: songs[info.song[w]],
    x: [...x.data.subarray(w * x.columns, (w + 1) * x.columns)],
    y: target,
    day: info.day[w],
    rank: info.rank[w],
    seenTop: info.seenTop[w],
    daysToTop: info.daysToTop[w],
  }));
}

/** Rows of up to 5 songs over up to 40 days, some days missing for a song or for all; ranks differ within a day. */
const charts = fc
  .record({
    songs: fc.integer({ min: 1, max: 5 }),
    days: fc.integer({ min: 1, max: 40 }),
    kept: fc.double({ min: 0.6, max: 1, noNaN: true }),
    seed: fc.integer({ min: 1, max: 2147483646 }),
  })
  .map(({ songs, days, kept, seed }) => {
    const draw = lehmer(seed);
    const share = () => draw() / 2147483647;
    const published = Array.from({ length: days }, () => share() < Math.sqrt(kept));
    const cells = Array.from({ length: songs * days }, (_, i) => ({ s: i % songs, d: Math.floor(i / songs) }));
    return cells.flatMap(({ s, d }): Row[] => {
      const rank = (draw() % 10) * songs + s + 1;
      const row = { day: 17000 + d, rank, url: `u${s}`, streams: draw() % 1000 };
      return share() < kept && published[d] ? [row] : [];
    });
  });

const options = fc.record({
  lookBack: fc.integer({ min: 1, max: 6 }),
  horizon: fc.integer({ min: 1, max: 5 }),
  top: fc.integer({ min: 1, max: 30 }),
  gaps: fc.constantFrom("rows" as const, "aware" as const),
  stride: fc.integer({ min: 1, max: 4 }),
  series: fc.constantFrom(["streams"] as const, ["rank"] as const, ["rank", "streams"] as const),
});

describe("windows", () => {
  it("are what their definition says, for charts with gaps and any options", () => {
    fc.assert(
      fc.property(charts, options, (rows, chosen) => {
        const expected = bruteForce(rows, chosen);
        if (expected.length === 0) expect(() => windows(chartFrame(rows), chosen)).toThrow(/no song of the frame/);
        else expect(asList(windows(chartFrame(rows), chosen))).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it("do not depend on the order of the frame's rows", () => {
    const rows = smallChart();
    const shuffled = rows.map((row, i) => ({ row, at: (i * 7919) % rows.length })).sort((a, b) => a.at - b.at);
    const again = windows(chartFrame(shuffled.map(({ row }) => row)));
    expect(bySong(again)).toEqual(bySong(windows(chartFrame(rows))));
  });

  it("count n - lookBack - horizon + 1 per song: 3,200 of 40 songs over 100 days, with and without gap rule", () => {
    const rows = Array.from({ length: 4000 }, (_, i) => ({
      day: 19358 + Math.floor(i / 40),
      rank: (i % 40) + 1,
      url: `Song ${(i % 40) + 1}`,
      streams: i,
    }));
    for (const gaps of ["rows", "aware"] as const) expect(windows(chartFrame(rows), { gaps }).y).toHaveLength(3200);
    expect(windows(chartFrame(rows), { stride: 14 }).y).toHaveLength(40 * 6);
  });

  it("name their columns, songs and settings", () => {
    const all = windows(chartFrame(smallChart()), { lookBack: 3, series: ["streams", "rank"] });
    expect(all.x.names).toEqual(["streams t-2", "rank t-2", "streams t-1", "rank t-1", "streams t", "rank t"]);
    expect(all.x.columns).toBe(all.lookBack * all.features);
    expect(all.titles[0]).toBe(`Title of ${all.songs[0]}`);
    expect(all.artists).toHaveLength(all.songs.length);
    expect(all).toMatchObject({ lookBack: 3, horizon: 7, top: 50, features: 2, gaps: "rows", stride: 1 });
    expect(takeRows(all, [5]).songs).toBe(all.songs);
  });

  it("are empty of a missing day in the gap-aware reading, and a song that leaves keeps its last ones", () => {
    const row = (url: string, day: number, rank: number): Row => ({ url, day, rank, streams: day });
    // "stays" is charted on days 0-9 but for 4; "leaves" on days 0-3; day 4 has no chart at all.
    const rows = [0, 1, 2, 3, 5, 6, 7, 8, 9].map((day) => row("stays", day, 60));
    const left = [0, 1, 2].map((day) => row("leaves", day, 10));
    const all = windows(chartFrame([...rows, ...left]), { lookBack: 2, horizon: 1, gaps: "aware" });
    const days = (url: string) => asList(all).flatMap((w) => (w.url === url ? [w.day] : []));
    expect(days("stays")).toEqual([1, 2, 6, 7, 8]);
    expect(days("leaves")).toEqual([1, 2]);
    expect(asList(all).find((w) => w.url === "leaves" && w.day === 2)).toMatchObject({ y: 0, daysToTop: -1 });
  });

  it("take a title that is blank at first from a later row", () => {
    const rows = [0, 1, 2].map((day) => ({ day, rank: 1, url: "u", streams: 1 }));
    const titles = pl.Series("title", ["", "Known", "Known"]);
    const all = windows(chartFrame(rows).withColumns(titles), { lookBack: 1, horizon: 1 });
    expect(all.titles).toEqual(["Known"]);
  });
});

describe("windows refuse", () => {
  const frame = chartFrame(smallChart());

  it.each([
    [{ lookBack: 0 }, /lookBack must be a whole number from 1 up \(found 0\)/],
    [{ horizon: 1.5 }, /horizon must be/],
    [{ top: Number.NaN }, /top must be/],
    [{ stride: -1 }, /stride must be/],
    [{ series: [] }, /series must name/],
    [{ series: ["rank", "rank"] }, /each once/],
    [{ series: ["plays"] }, /series must name/],
    [{ gaps: "none" }, /gaps must be/],
    [{ lookBack: 400 }, /no song of the frame \(12 songs\)/],
  ])("the options %j", (wrong, message) => {
    expect(() => windows(frame, wrong as WindowsOptions)).toThrow(message);
  });

  it("a frame without a needed column, with an empty cell, or of several regions", () => {
    expect(() => windows(frame.drop("streams"))).toThrow(/missing: streams/);
    const holes = Array.from({ length: frame.height }, (_, i) => (i === 3 ? null : 1));
    expect(() => windows(frame.withColumns(pl.Series("streams", holes, pl.Float64)))).toThrow(
      /column "streams": row 3 of the frame/,
    );
    const regions = Array.from({ length: frame.height }, (_, i) => (i % 2 ? "Global" : "Brazil"));
    expect(() => windows(frame.withColumns(pl.Series("region", regions)))).toThrow(/rows of one region/);
  });
});

/**
 * Golden values: the windows of the study's peer in Python, shared/peers/study1_lstm.py, on the same numbers.
 *
 * def lehmer(state=1):
 *     while True:
 *         state = state * 16807 % 2147483647
 *         yield state
 * draw, rows = lehmer(), []
 * for song in range(12):
 *     for day in range(60):
 *         keep, rank, streams = next(draw) % 10, next(draw) % 200 + 1, next(draw) % 1000000
 *         if keep < 8 + song % 3 and day not in (17, 41):
 *             rows.append((np.datetime64("2020-01-01") + day, rank, f"u{song}", streams))
 * df = pd.DataFrame(rows, columns=["date", "rank", "key", "streams"]).sort_values(["key", "date"])
 * X, y, rank, end = windows(df)
 * keys = [k for k, g in df.sort_values("date").groupby("key", sort=False) for _ in range(max(0, len(g) - 20))]
 * order = np.lexsort((end, np.array(keys)))   # then sha256 of X[order], y, rank, end as <f8 <f8 <i4 <i4
 */
describe("windows agree with the study's Python", () => {
  it("on a small chart with gaps", () => {
    const all = windows(chartFrame(smallChart()));
    expect(summary(all)).toEqual([
      371,
      273,
      "d9161fb81a2e7a80",
      "e286d672d45a2cb4",
      "4ae2131c1906924f",
      "cbfd8d135dcc253f",
    ]);
  });

  const real = realChart();
  it.skipIf(!real)("on the daily chart", () => {
    const all = windows(real as pl.DataFrame);
    expect(summary(all)).toEqual([
      69663,
      19371,
      "329576d8ac715364",
      "fadfe1feef4385a1",
      "e3dfa0d0d25cd02f",
      "737bef2c7b9866c9",
    ]);
    expect(all.songs).toHaveLength(726);
  });

  it.skipIf(!real)("and the gap-aware windows of the daily chart are counted", () => {
    const all = windows(real as pl.DataFrame, { gaps: "aware" });
    expect([all.y.length, all.songs.length]).toEqual([60716, 741]);
  });
});

function smallChart(): Row[] {
  const draw = lehmer();
  const rows: Row[] = [];
  for (let song = 0; song < 12; song++) {
    for (let day = 0; day < 60; day++) {
      const [keep, rank, streams] = [draw() % 10, (draw() % 200) + 1, draw() % 1000000];
      if (keep < 8 + (song % 3) && day !== 17 && day !== 41)
        rows.push({ day: 18262 + day, rank, url: `u${song}`, streams });
    }
  }
  return rows;
}

/** Windows ordered by song key, then day. */
function bySong(all: Windows): Windows {
  const order = Array.from(all.y, (_, w) => w).sort((a, b) => {
    const [left, right] = [all.songs[all.info.song[a]], all.songs[all.info.song[b]]];
    return (left < right ? -1 : left > right ? 1 : 0) || all.info.day[a] - all.info.day[b];
  });
  const sorted = takeRows(all, order);
  return { ...sorted, songs: [], titles: [], artists: [], info: { ...sorted.info, song: new Int32Array(0) } };
}

function summary(all: Windows): (number | string)[] {
  const { x, y, info } = bySong(all);
  const hash = (values: Float64Array | Int32Array) =>
    createHash("sha256")
      .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
      .digest("hex")
      .slice(0, 16);
  return [y.length, y.reduce((a, b) => a + b, 0), hash(x.data), hash(y), hash(info.rank), hash(info.day)];
}
