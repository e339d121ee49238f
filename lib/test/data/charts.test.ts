import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { isoOf } from "../../src/data/calendar";
import { contentHash } from "../../src/data/chart-frame";
import { readCharts } from "../../src/data/charts";
import * as load from "../../src/data/load";
import { entryOf } from "../../src/data/registry";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hitlab-charts-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(content: string | Buffer): string {
  const path = join(folder, "charts.csv");
  writeFileSync(path, content);
  return path;
}

const kaggle = "title,rank,date,artist,url,region,chart,trend,streams";
const daily = "date,position,track_name,artist,streams,url,region";
const columns = ["date", "day", "rank", "title", "artist", "url", "streams", "region", "chart"];

async function records(content: string | Buffer, filter?: load.ChartFilter) {
  const { frame, report } = await readCharts(written(content), filter);
  expect(frame.columns).toEqual(columns);
  return { rows: frame.toRecords(), report, frame };
}

describe("readCharts", () => {
  it("reads both layouts into the same frame, sorted by day and rank", async () => {
    const a = await records(
      `${kaggle}\nB,2,2017-01-01,Y,u2,Global,top200,NEW,5\nA,1,2017-01-01,X,u1,Global,top200,NEW,7\nA,1,2016-12-31,X,u1,Global,top200,NEW,9\n`,
    );
    const b = await records(
      `${daily}\n2016-12-31,1,A,X,9,u1,global\n2017-01-01,1,A,X,7,u1,global\n2017-01-01,2,B,Y,5,u2,global\n`,
    );
    expect(a.rows).toEqual(b.rows);
    expect(contentHash(a.frame)).toBe(contentHash(b.frame));
    expect(a.rows[0]).toEqual({
      ...{ date: "2016-12-31", day: 17166, rank: 1, title: "A", artist: "X", url: "u1", streams: 9 },
      ...{ region: "Global", chart: "top200" },
    });
  });

  it("keeps the region, chart and days that are asked for", async () => {
    const text = `${kaggle}
A,1,2017-01-01,X,u1,Global,top200,NEW,7
B,1,2017-01-01,X,u2,Global,viral50,NEW,
C,1,2017-01-01,X,u3,Spain,top200,NEW,3
D,1,2017-01-02,X,u4,Global,top200,NEW,4
`;
    const titles = async (filter?: load.ChartFilter) => (await records(text, filter)).rows.map((row) => row.title);
    expect(await titles()).toEqual(["A", "D"]);
    expect(await titles({ region: "spain" })).toEqual(["C"]);
    expect(await titles({ chart: "viral50" })).toEqual(["B"]);
    expect((await titles({ region: "*", chart: "*" })).sort()).toEqual(["A", "B", "C", "D"]);
    expect(await titles({ from: "2017-01-02" })).toEqual(["D"]);
    expect(await titles({ to: "2017-01-01" })).toEqual(["A"]);
    const { report } = await records(text, { to: "2017-01-01" });
    expect([report.rowsIn, report.rowsOut]).toEqual([4, 1]);
    expect(report.steps.map((step) => step.rows)).toEqual([2, 1]);
    await expect(titles({ from: "1 May" })).rejects.toThrow(/"from" must be a date \(found "1 May"\)/);
    await expect(titles({ region: "Mars" })).rejects.toThrow(/none of the 4 rows is of region "Mars"/);
  });

  it("skips bad lines and says which", async () => {
    const { rows, report } = await records(`${daily}
2017-01-01,1,A,X,7,u1,global
2017-01-01,2,A,X,7
2017-01-01,3,A,X,7,u1,global,extra
2017-02-30,4,A,X,7,u4,global
2017-01-01,x,A,X,7,u5,global
2017-01-01,201,A,X,7,u6,global
2017-01-01,7,A,X,-7,u7,global
2017-01-01,8,A,X,7,,global
2017-01-01,9,"A,X,7,u9,global
2017-01-01,10,A,X,7,u10,global
`);
    expect(rows.map((row) => row.rank)).toEqual([1, 10]);
    const [bad] = report.steps;
    expect(bad).toMatchObject({ what: "bad lines skipped", rows: 8 });
    expect(bad.why).toMatch(/^lines 3, 4, 5, 6, 7, \.\.\.; the first: charts.csv:3: a line has 5 fields where .* 7$/);
  });

  it("names file, line and column when nothing is left", async () => {
    const path = written(`${daily}\n2017-01-01,x,A,X,7,u1,global\n`);
    await expect(readCharts(path)).rejects.toThrow(`${path}:2, column "rank": a rank must be a whole number, 1 to 200`);
    await expect(readCharts(written("date,title,artist\n"))).rejects.toThrow(/charts.csv:1, column "rank"/);
    await expect(readCharts(written("date,rank,Position,title,artist\n"))).rejects.toThrow(/stands twice/);
    await expect(readCharts(join(folder, "none.csv"))).rejects.toThrow(/none.csv: the file cannot be read/);
    await expect(readCharts(written(""))).rejects.toThrow(/charts.csv: the file is empty/);
    await expect(readCharts(written(`${daily}\n`))).rejects.toThrow(/has a header but no rows/);
    await expect(readCharts(written(Buffer.alloc(3e6, 65)))).rejects.toThrow(/longer than 1 MiB/);
  });

  it("follows the rule for missing streams", async () => {
    const empty = await records(`${daily}\n2017-01-01,1,A,X,,u1,global\n2017-01-01,2,A,X,7.0,u2,global\n`);
    expect(empty.rows.map((row) => row.streams)).toEqual([0, 7]);
    expect(empty.report.steps).toMatchObject([{ what: "missing streams set to 0", rows: 1 }]);
    const absent = await records("date,rank,title,artist\n2017-01-01,3,A,X\n");
    expect(absent.rows[0]).toMatchObject({ streams: 198, url: "A (X)", region: "Global", chart: "top200" });
    expect(absent.report.steps.map((step) => step.rows)).toEqual([1, 1]);
  });

  it("removes a song's second row of a day, keeping the better rank", async () => {
    const { rows, report } = await records(`${daily}\n2017-01-01,2,A,X,5,u1,global\n2017-01-01,1,A,X,7,u1,global\n`);
    expect(rows.map((row) => row.rank)).toEqual([1]);
    expect(report.steps).toMatchObject([{ what: "rows repeating a song of the same day removed", rows: 1 }]);
  });

  it.each([
    [
      "days in another order",
      ["2017-01-02,1,A,X,9,u1,global", "2017-01-01,1,A,X,9,u1,global", "2017-01-02,2,A,X,8,u1,global"],
    ],
    ["a quoted key", ['2017-01-02,1,A,X,9,"u1",global', "2017-01-02,2,A,X,8,u1,global"]],
    ["a key with doubled quotes", ['2017-01-02,1,A,X,9,"u""1",global', '2017-01-02,2,A,X,8,u"1,global']],
    ["a key that is not ASCII", ["2017-01-02,1,A,X,9,\u00fc,global", "2017-01-02,2,A,X,8,\u00fc,global"]],
    ["regions in upper and lower case", ["2017-01-02,1,A,X,9,u1,global", "2017-01-02,2,A,X,8,u1,GLOBAL"]],
  ])("finds a song repeated on its day: %s", async (_, lines) => {
    const { report, rows } = await records(`${daily}\n${lines.join("\n")}\n`);
    expect(report.steps).toMatchObject([{ what: "rows repeating a song of the same day removed", rows: 1 }]);
    expect(rows.filter(({ date }) => date === "2017-01-02")).toMatchObject([{ rank: 1 }]);
  });

  it("keeps rows without a title, told apart by url, and mends text that is not UTF-8", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${daily}\n2017-01-01,1,,,7,u1,global\n2017-01-01,2,`),
      Buffer.from([0xe9]),
    ]);
    const { rows } = await records(Buffer.concat([bytes, Buffer.from(",X,5,u2,global\n")]));
    expect(rows.map((row) => row.title)).toEqual(["", "\ufffd"]);
  });
});

describe("load.scanCharts", () => {
  it.each([
    [
      `${kaggle}\nA,1,2017-01-01,X,u1,Global,top200,NEW,7\nB,2,2017-01-01,,u2,Global,top200,NEW,\nC,x,2017-01-01,,u3,Global,top200,NEW,5\n`,
    ],
    [`${daily}\n2017-01-01,1,"A, ""a""",X,7,u1,global\n2017-13-01,1,A,X,7,u1,global\n`],
    ["date,rank,title,artist\n2017-01-01,3,A,X\n"],
    [
      `${daily}
2017-01-01,1,A,X,7,u1,global
2017-01-01,2.0,A,X,7.0,u2,global
2017-01-01,500,A,X,7,u3,global
2017-01-01,-3,A,X,7,u4,global
2017-01-01,123456789012345,A,X,7,u4,global
2017-01-01,1234567890123456,A,X,7,u4,global
2017-01-01,2.5,A,X,7,u5,global
2017-01-01,6,A,X,-10.5,u6,global
2017-01-01,7,A,X,NaN,u7,global
2017-01-01,8,A,X,inf,u8,global
2017-01-01,9,A,X,7,,global
2017-01-01,10,A,X,7,"",global
2017-01-01,11,A,X,"",u11,global
2017-1-1,12,A,X,7,u12,global
`,
    ],
  ])("has the rows of the reader: %j", async (text) => {
    const path = written(text);
    const lazy = await (await load.scanCharts(path)).collect();
    const { frame } = await readCharts(path);
    expect(lazy.toRecords()).toEqual(frame.toRecords());
    expect(lazy.dtypes.map(String)).toEqual(frame.dtypes.map(String));
  });
});

describe("properties of readCharts", () => {
  const word = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/[\r\n\0]/g, ""));
  const row = fc.record({
    day: fc.integer({ min: 10_000, max: 20_000 }),
    rank: fc.integer({ min: 1, max: 200 }),
    title: word,
    artist: word,
    streams: fc.integer({ min: 0, max: 1e9 }),
  });
  const rowsOf = fc.uniqueArray(row, { minLength: 1, maxLength: 30, selector: (r) => r.day * 256 + r.rank });
  type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;

  const inQuotes = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lineOf = (r: Row, i: number) =>
    [isoOf(r.day), r.rank, inQuotes(r.title), inQuotes(r.artist), r.streams, `u${i}`, "global"].join(",");
  const sorted = (rows: readonly Row[]) => [...rows].sort((a, b) => a.day - b.day || a.rank - b.rank);
  const values = (rows: Record<string, unknown>[]) =>
    rows.map(({ day, rank, title, artist, streams }) => ({ day, rank, title, artist, streams }));

  it("returns every well-formed row, whatever its text, line ends and byte order mark", async () => {
    await fc.assert(
      fc.asyncProperty(
        rowsOf,
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.boolean(),
        async (rows, end, mark, last) => {
          const text = [daily, ...rows.map(lineOf)].join(end) + (last ? end : "");
          const read = await records((mark ? "\ufeff" : "") + text);
          expect(values(read.rows)).toEqual(sorted(rows));
          expect(read.report.rowsIn).toBe(rows.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reads columns in any order and past columns it does not know", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }), async (rows, order) => {
        const table = [
          [...daily.split(","), "more"],
          ...rows.map((r, i) => [
            isoOf(r.day),
            r.rank,
            inQuotes(r.title),
            inQuotes(r.artist),
            r.streams,
            `u${i}`,
            "global",
            '","',
          ]),
        ];
        const read = await records(table.map((cells) => order.map((at) => cells[at]).join(",")).join("\n"));
        expect(values(read.rows)).toEqual(sorted(rows));
      }),
      { numRuns: 30 },
    );
  });

  it("loses only the line that is cut, and never throws on rubbish between good lines", async () => {
    await fc.assert(
      fc.asyncProperty(rowsOf, fc.nat(), fc.nat(), fc.string({ maxLength: 30 }), async (rows, at, cut, junk) => {
        const lines = rows.map(lineOf);
        const line = at % rows.length;
        const rest = lines[line].slice(0, cut % (lines[line].length - 8));
        const rubbish = `${junk.replace(/[\r\n]/g, "")}|`;
        lines.splice(line, 1, rest || "|", rubbish, "2017-01-01,1,keep,keep,5,kept,global");
        const read = await records([daily, ...lines, ""].join("\n"));
        expect(read.report.rowsIn).toBe(rows.length + 2);
        const good = rows.filter((_, i) => i !== line);
        expect(values(read.rows.filter((r) => r.url !== "kept"))).toEqual(sorted(good));
        expect(read.report.steps.find((step) => step.what === "bad lines skipped")?.rows).toBe(2);
      }),
      { numRuns: 60 },
    );
  });
});

describe("load.charts with a file", () => {
  it("takes the path and says that the rows are not the recorded ones", async () => {
    const { source } = await load.charts({ file: written(`${daily}\n2017-01-01,1,A,X,7,u1,global\n`) });
    expect(source).toMatchObject({ kind: "real", name: "charts", file: "charts.csv", rows: 1 });
    expect(source.note).toMatch(/not the rows/);
  });
});

it("load.charts reads the days of the daily file out of charts.csv, also where from and to are undefined", async () => {
  const extract = entryOf("charts").extract;
  const days = ["2015-01-01", extract?.from, extract?.to, "2020-01-01"];
  const lines = days.map((day, i) => `A,${i + 1},${day},X,u${i},Global,top200,NEW,7`);
  written([kaggle, ...lines, ""].join("\n"));
  vi.stubEnv("HITLAB_DATA", folder);
  const read = async (options: load.ChartsOptions) => (await load.charts(options)).frame.getColumn("date").toArray();
  try {
    expect(await read({})).toEqual([extract?.from, extract?.to]);
    expect(await read({ from: undefined, to: undefined })).toEqual([extract?.from, extract?.to]);
    expect(await read({ to: "2017-01-31" })).toEqual([extract?.from]);
  } finally {
    vi.unstubAllEnvs();
  }
});

const real = process.env.HITLAB_DATA;

describe.runIf(real)("the real daily chart (needs HITLAB_DATA)", () => {
  it("has the recorded counts", async () => {
    const { frame, source, report } = await load.charts();
    expect(frame.shape).toEqual({ height: 89_200, width: 9 });
    expect(source).toMatchObject({ kind: "real", sha256: entryOf("charts").contentSha256 });
    expect(report.steps).toMatchObject([{ what: "rows without title and artist kept", rows: 16 }]);
    expect(frame.getColumn("day").nUnique()).toBe(446);
    expect(frame.getColumn("url").nUnique()).toBe(1845);
    expect(frame.getColumn("streams").sum()).toBe(93_756_769_090);
  });

  it("is recognised in Kaggle's layout among other rows, quoted or not", async () => {
    const { frame } = await load.charts();
    const lines = frame.toRecords().flatMap((r, i) => {
      const cells = [r.title, r.rank, r.date, r.artist, r.url, "Global", "top200", "SAME_POSITION", r.streams];
      const line = cells
        .map((cell) => (/[",]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell))
        .join(",");
      return i % 9 ? [line] : [line, line.replace(",Global,", ",Norway,"), line.replace(",top200,", ",viral50,")];
    });
    const later = "Later,1,2018-03-27,Someone,u,Global,top200,NEW,5";
    writeFileSync(join(folder, "charts.csv"), [kaggle, ...lines.reverse(), later, ""].join("\n"));
    const { extract, contentSha256 } = entryOf("charts");
    const read = await load.charts({ ...extract, file: join(folder, "charts.csv") });
    expect(read.source.sha256).toBe(contentSha256);
    expect(read.source.note).toMatch(/the known version/);
  });

  it("has the bytes of the registry", async () => {
    const { file = "", bytes } = entryOf("charts");
    expect(readFileSync(join(real ?? "", file)).length).toBe(bytes);
  });
});
