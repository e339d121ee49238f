import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as load from "../../src/data/load";
import { entryOf } from "../../src/data/registry";
import { HitlabError } from "../../src/errors";
import { sample2023, sample2024 } from "./sample-tables";

const real = process.env.HITLAB_DATA;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hitlab-fuzz-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

type Load = typeof load.spotify2023;
type Rows = Record<string, unknown>[];

/** A file as cells, so that it can be written anew in other ways. */
interface Sheet {
  readonly lines: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

const tables: [name: string, loader: Load, bytes: Buffer, runs: number][] = [
  ["spotify-2023", load.spotify2023, sample2023, 40],
  ["spotify-2024", load.spotify2024, sample2024, 40],
];
if (real) {
  const fileOf = (name: string) => readFileSync(join(real, entryOf(name).file ?? ""));
  tables.push(["the real spotify-2023", load.spotify2023, fileOf("spotify-2023"), 10]);
  tables.push(["the real spotify-2024", load.spotify2024, fileOf("spotify-2024"), 5]);
}

function sheetOf(bytes: Buffer): Sheet {
  const lines = bytes.toString("latin1").split("\r\n").slice(0, -1);
  return { lines, cells: lines.map(cellsOf) };
}

function cellsOf(line: string): string[] {
  const found = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",][^,]*)?)/g);
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}

async function rowsOf(loader: Load, content: Buffer): Promise<Rows> {
  const file = join(folder, "songs.csv");
  writeFileSync(file, content);
  return (await loader({ file })).frame.toRecords();
}

/** The fault of loading, or the rows. */
async function outcome(loader: Load, content: Buffer): Promise<HitlabError["fault"] | Rows> {
  try {
    return await rowsOf(loader, content);
  } catch (error) {
    if (!(error instanceof HitlabError)) throw error;
    expect(error.message).toMatch(/songs\.csv(:\d+)?(, column ".+")?: .+ To mend it: .+\./);
    return error.fault;
  }
}

const withoutLine = (rows: Rows) => rows.map(({ line: _, ...rest }) => rest);

/** Ways to write the same rows. */
const writing = fc.record({
  lineEnd: fc.constantFrom("\r\n", "\n"),
  encoding: fc.constantFrom("latin1", "utf8", "utf8 with mark"),
  quoteAll: fc.boolean(),
  lastEnd: fc.boolean(),
  /** Seeds the order of the columns and where others come between them. */
  order: fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
  extra: fc.integer({ min: 0, max: 3 }),
  extraText: fc.constantFrom("", "x", "1,5", 'say "x"', "\xe9\xbf"),
  /** One line in so many is left out; the header never. */
  leaveOut: fc.constantFrom(0, 2, 3, 5),
  emptyLines: fc.boolean(),
});

function written({ cells }: Sheet, how: typeof writing extends fc.Arbitrary<infer T> ? T : never): Buffer {
  const width = cells[0].length;
  const places = Array.from({ length: width + how.extra }, (_, column) => column);
  places.sort((a, b) => how.order[a % 40] - how.order[b % 40]);
  const kept = cells.filter((_, line) => line === 0 || how.leaveOut === 0 || line % how.leaveOut !== 0);
  const lines = kept.map((row, line) =>
    places.map((at) => quoted(row[at] ?? (line === 0 ? `extra ${at}` : how.extraText), how.quoteAll)).join(","),
  );
  const between = how.emptyLines ? how.lineEnd + how.lineEnd : how.lineEnd;
  const text = lines.join(between) + (how.lastEnd ? how.lineEnd : "");
  if (how.encoding === "latin1") return Buffer.from(text, "latin1");
  return Buffer.from((how.encoding === "utf8" ? "" : "\ufeff") + text, "utf8");
}

function quoted(cell: string, always: boolean): string {
  return always || /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

describe.each(tables)("%s", (_, loader, bytes, runs) => {
  const sheet = sheetOf(bytes);

  it("loads equal however its rows are written", async () => {
    const whole = await rowsOf(loader, bytes);
    await fc.assert(
      fc.asyncProperty(writing, async (how) => {
        const found = withoutLine(await rowsOf(loader, written(sheet, how)));
        const left = whole.filter(({ line }) => how.leaveOut === 0 || (Number(line) - 1) % how.leaveOut !== 0);
        expect(found).toEqual(withoutLine(left));
      }),
      { numRuns: runs },
    );
  });

  /** What was done to line `touched` (1-based): the others load as ever, or the fault names it. */
  const onlyLine = async (touched: number, content: Buffer, whole: Rows) => {
    const found = await outcome(loader, content);
    if (!Array.isArray(found)) {
      // A second row without streams in a short file: the first is named.
      if (found.what.includes("rows hold no number here")) return;
      // A header that has got one more column is a good header: the line that lacks a field is named.
      const widened = touched === 1 && /has \d+ fields where the header has \d+/.test(found.what);
      expect(found.line).toBe(widened ? 2 : touched);
      return;
    }
    const others = (rows: Rows) => rows.filter(({ line }) => line !== touched);
    expect(others(found)).toEqual(others(whole));
    expect(found.length - others(found).length).toBeLessThanOrEqual(1);
  };
  const place = fc.record({ line: fc.nat(), at: fc.nat() });
  const put = (line: number, text: string) =>
    Buffer.from(`${sheet.lines.map((old, l) => (l === line ? text : old)).join("\r\n")}\r\n`, "latin1");

  it("with a line cut fails there", async () => {
    const whole = await rowsOf(loader, bytes);
    await fc.assert(
      fc.asyncProperty(place, async ({ line: l, at: a }) => {
        const line = l % sheet.lines.length;
        const old = sheet.lines[line];
        const at = 1 + (a % (old.length - 1));
        const cut = old.slice(0, at);
        await onlyLine(line + 1, put(line, cut), whole);
        if (cellsOf(cut).length < sheet.cells[0].length) {
          expect(await outcome(loader, put(line, cut))).toMatchObject({ line: line + 1 });
        }
      }),
      { numRuns: runs },
    );
  });

  it("with one more column in the header fails in the first line that lacks it", async () => {
    const header = sheet.lines[0].replace(",", ",\0,");
    expect(await outcome(loader, put(0, header))).toMatchObject({ line: 2 });
  });

  it("with other bytes in a line leaves the other lines as they are, or fails there", async () => {
    const whole = await rowsOf(loader, bytes);
    const junk = fc.array(fc.oneof(fc.constantFrom(34, 44, 0, 0x92, 0xc3), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(place, junk, fc.boolean(), async ({ line: l, at: a }, codes, over) => {
        const line = l % sheet.lines.length;
        const old = sheet.lines[line];
        const at = a % (old.length + 1);
        // A line end would move the lines below.
        const text = String.fromCharCode(...codes.filter((code) => code !== 10));
        await onlyLine(line + 1, put(line, old.slice(0, at) + text + old.slice(over ? at + text.length : at)), whole);
      }),
      { numRuns: runs },
    );
  });

  it("cut off anywhere loads the rows before or fails in the last line", async () => {
    const whole = await rowsOf(loader, bytes);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (length) => {
        const content = bytes.subarray(0, length);
        const lines = content.toString("latin1").split("\r\n").length;
        const found = await outcome(loader, content);
        if (!Array.isArray(found)) {
          expect(found.line ?? lines).toBe(lines);
          return;
        }
        const before = (rows: Rows) => rows.filter(({ line }) => Number(line) < lines);
        expect(before(found)).toEqual(before(whole));
        expect(found.length - before(found).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: runs },
    );
  });

  it("as UTF-16, with other separators or as anything else fails with the file's name and line", async () => {
    const text = bytes.toString("latin1");
    const others = [
      Buffer.from(`\ufeff${text}`, "utf16le"),
      Buffer.from(text, "utf16le"),
      Buffer.from(text.replaceAll(",", ";"), "latin1"),
      Buffer.from(text.replaceAll(",", "\t"), "latin1"),
      Buffer.from(text.replaceAll("\r\n", "\r"), "latin1"),
    ];
    for (const other of others) expect(await outcome(loader, other)).toMatchObject({ line: 1 });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (noise) => {
        expect(await outcome(loader, Buffer.from(noise))).not.toBeInstanceOf(Array);
      }),
      { numRuns: runs },
    );
  });
});
