import { DataFrame } from "danfojs-node";
import { JSDOM } from "jsdom";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { tableBundle } from "../../src/show";
import { claimsBundle } from "../../src/show/claims";
import { noteBundle } from "../../src/show/note";
import { HOSTILE } from "./examples";

const parse = (html: unknown) => new JSDOM(String(html)).window.document;
const cells = (html: unknown) =>
  [...parse(html).querySelectorAll("tr")].map((row) => [...row.children].map((cell) => cell.textContent));

describe("table", () => {
  test("writes numbers for readers and a dash for what is missing", () => {
    const { data } = tableBundle([
      { song: "a", streams: 1234567, share: 0.12345 },
      { song: null, streams: undefined, share: Number.NaN },
    ]);
    expect(cells(data["text/html"])).toEqual([
      ["song", "streams", "share"],
      ["a", "1,234,567", "0.123"],
      ["—", "—", "—"],
    ]);
    expect(String(data["text/plain"]).split("\n")).toEqual([
      "song    streams  share",
      "────  ─────────  ─────",
      "a     1,234,567  0.123",
      "—             —      —",
    ]);
  });

  test("sets numbers to the right", () => {
    const table = parse(tableBundle([{ a: 1, b: "x" }]).data["text/html"]);
    expect([...table.querySelectorAll("td")].map((cell) => cell.style.textAlign)).toEqual(["right", "left"]);
  });

  test("shows hostile text as it is written, wherever it stands", () => {
    const { data } = tableBundle([{ [HOSTILE]: HOSTILE }], { caption: HOSTILE });
    const table = parse(data["text/html"]);
    expect(table.querySelectorAll("script, b").length).toBe(0);
    expect([...table.querySelectorAll("caption, th, td")].map((cell) => cell.textContent)).toEqual([
      HOSTILE,
      HOSTILE,
      HOSTILE,
    ]);
  });

  test("says how many rows it leaves out", () => {
    const rows = Array.from({ length: 2500 }, (_, at) => ({ at }));
    const { data } = tableBundle(rows, { maxRows: 3 });
    expect(cells(data["text/html"]).length).toBe(4);
    expect(data["text/plain"]).toMatch(/3 of 2,500 rows$/);
  });

  test("takes digits per column or for all, own formats, and a choice of columns", () => {
    const rows = [{ model: "LSTM", accuracy: 0.97621, rows: 1000 }];
    const written = (options: Parameters<typeof tableBundle>[1]) =>
      cells(tableBundle(rows, options).data["text/html"])[1];
    expect(written({ digits: 4 })).toEqual(["LSTM", "0.9762", "1,000"]);
    expect(written({ digits: { accuracy: 2 } })).toEqual(["LSTM", "0.98", "1,000"]);
    expect(written({ columns: ["rows", "model"] })).toEqual(["1,000", "LSTM"]);
    expect(written({ format: { accuracy: (value) => `~${value}` } })).toEqual(["LSTM", "~0.97621", "1,000"]);
    expect(() => written({ columns: ["nope"] })).toThrow(/no such column.*use one of model, accuracy, rows/);
  });

  test("reads a Polars frame", () => {
    const frame = pl.DataFrame({ title: ["a", null], streams: [1e6, 2.5e6] });
    expect(cells(tableBundle(frame, { maxRows: 1 }).data["text/html"])).toEqual([
      ["title", "streams"],
      ["a", "1,000,000"],
    ]);
  });

  test("reads a danfo frame, with its index where asked", () => {
    const frame = new DataFrame({ a: [1, 2], b: ["x", "y"] }, { index: ["min", "max"] });
    expect(cells(tableBundle(frame).data["text/html"])[2]).toEqual(["2", "y"]);
    expect(cells(tableBundle(frame, { index: "of" }).data["text/html"])[2]).toEqual(["max", "2", "y"]);
  });

  test("an empty table is its head", () => {
    expect(cells(tableBundle([]).data["text/html"])).toEqual([[]]);
    expect(cells(tableBundle([], { columns: ["a", "b"] }).data["text/html"])).toEqual([["a", "b"]]);
    expect(cells(tableBundle(pl.DataFrame({ a: [] as number[] })).data["text/html"])).toEqual([["a"]]);
  });
});

test("claims are said with both values, the limits and the verdict", () => {
  const { data } = claimsBundle([
    { id: "1", says: "Parameters", study: 29857, ours: 29857, low: 29857, high: 29857, holds: true },
    { id: "2", says: "Accuracy", study: 0.9937, ours: 0.9922, low: 0.985, holds: true },
    { id: "3", says: HOSTILE, study: 1, ours: 2, low: 0.9, high: 1.1, holds: false, disputed: true, note: "why" },
    { id: "4", says: "d", study: 0.5, ours: null, holds: null, note: "not judged: invented data" },
  ]);
  expect(cells(data["text/html"]).slice(1)).toEqual([
    ["Parameters", "29,857", "29,857", "29,857", "✓ holds"],
    ["Accuracy", "0.9937", "0.9922", "at least 0.9850", "✓ holds"],
    [HOSTILE, "1", "2", "0.9000 to 1.1000", "≠ disputed: why"],
    ["d", "0.5000", "—", "—", "not judged: invented data"],
  ]);
  expect(data["text/plain"]).toMatch(/4 claims: 2 held, 1 disputed, 1 not judged$/);
});

test("a note is escaped", () => {
  expect(parse(noteBundle(HOSTILE).data["text/html"]).body.textContent).toBe(HOSTILE);
});
