import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { afterAll, describe, expect, test } from "vitest";
import type { Kept } from "../chapter";
import { entriesOf } from "../entries";
import type { Row } from "../measure";
import { writePage } from "../page";
import { headline, pageBody } from "../page/body";
import { html } from "../page/html";
import { ratioScale } from "../page/scale";
import { durationText, memoryText, tallyText, timesFigure, timesText } from "../wording";

const row = (work: string, more: Partial<Row> = {}): Row => {
  return { work, ours_s: 0.5, peer_s: 2, peer: "keras 9", ratio: 0.25, same: "val accuracy 0.9 / 0.9", ...more };
};
const kept = (...rows: Row[]): Kept => ({ date: "2026-01-02", machine: "a computer", quick: false, rows });
const body = (...rows: Row[]): Document => new JSDOM(pageBody(kept(...rows))).window.document;
const texts = (page: Document, selector: string): string[] =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent ?? "");
const alone = { peer_s: null, peer: null, ratio: null };

describe("words", () => {
  test("a ratio is told from the reader's side, and level when its digits say so", () => {
    expect([0.25, 0.007, 4, 1.1, 1.04, 0.96, 0.1004].map(timesText)).toEqual([
      "4.0x faster",
      "143x faster",
      "4.0x slower",
      "1.1x slower",
      "as fast",
      "as fast",
      "10x faster",
    ]);
    expect([0.93, 0.2, 9.96].map(timesFigure)).toEqual(["0.93", "0.20", "10"]);
  });

  test("times and memory change their unit where the next is easier to read", () => {
    const times = [0.00441, 0.9999, 59.9, 59.99, 209.3, 3599.6, 3725];
    expect(times.map(durationText)).toEqual([
      "4.41 ms",
      "1.00 s",
      "59.9 s",
      "1 min 0 s",
      "3 min 29 s",
      "1 h 0 min",
      "1 h 2 min",
    ]);
    expect([312.4, 1250].map(memoryText)).toEqual(["312 MB", "1.3 GB"]);
  });
});

test("what a template is given is text, unless it is HTML itself", () => {
  const hostile = `<img src=x onerror="alert('&')">`;
  const escaped = "&lt;img src=x onerror=&quot;alert(&#39;&amp;&#39;)&quot;&gt;";
  expect(html`<p title="${hostile}">${[hostile, html`<b>${1}</b>`, false, undefined]}</p>`.text).toBe(
    `<p title="${escaped}">${escaped}<b>1</b></p>`,
  );
});

describe("the scale", () => {
  test("equal factors are equal distances, faster to the right, and every ratio has room", () => {
    const ratios = [4.8, 1.07, 0.25, 0.007];
    const scale = ratioScale(ratios);
    expect(scale.at(1) - scale.at(10)).toBeCloseTo(scale.at(0.1) - scale.at(1), 10);
    expect(scale.at(0.01) - scale.at(0.1)).toBeCloseTo(scale.at(0.1) - scale.at(1), 10);
    const places = ratios.map(scale.at);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places[3]).toBeLessThanOrEqual(100);
    // 5x slower is the left end, 200x faster the right one.
    expect(scale.at(5)).toBeCloseTo(0, 10);
    expect(scale.at(1 / 200)).toBeCloseTo(100, 10);
    expect(scale.ticks.map(({ label }) => label)).toEqual(["5x", "1", "10x", "100x"]);
  });

  test("there is room for the other side where all rows lie on one, and without any row", () => {
    for (const ratios of [[0.001], [50], [1], []]) {
      const level = ratioScale(ratios).at(1);
      expect(level).toBeGreaterThan(19.9);
      expect(level).toBeLessThan(80.1);
    }
  });
});

describe("bars", () => {
  const number = (element: Element | null, name: string) => Number.parseFloat(element?.getAttribute(name) ?? "");

  test("start at the line of equal time, to the right if we are faster, else to the left", () => {
    const page = body(row("lstm-epoch", { ratio: 0.1 }), row("mlp-batch-32", { ratio: 10, note: "why it is so" }));
    const [faster, slower] = [...page.querySelectorAll(".bars tbody tr")];
    const level = number(faster.querySelector(".level"), "x1");
    const [right, left] = [faster, slower].map((one) => one.querySelector("rect"));
    expect(number(right, "x")).toBeCloseTo(level, 1);
    expect(number(left, "x") + number(left, "width")).toBeCloseTo(level, 1);
    expect(number(left, "width")).toBeCloseTo(number(right, "width"), 1);
    expect([faster.className, slower.className]).toEqual(["faster", "slower"]);
    expect(texts(page, ".bars tbody .times")).toEqual(["10x faster", "10x slower"]);
  });

  test("a slower row shows its reason at once, said once where the next has the same, and the lack of one", () => {
    const slow = { ratio: 3, note: "one thread" };
    const page = body(row("lstm-epoch", slow), row("mlp-batch-32", slow), row("network-500", { ratio: 2 }));
    expect(texts(page, ".why")).toEqual(["one thread", "As above.", "No reason has been found yet."]);
    expect(texts(body(row("lstm-epoch", { note: "one thread" })), ".why")).toEqual([]);
  });

  test("without a peer there are our time and no bar", () => {
    const page = body(row("lstm-epoch", alone), row("mlp-batch-32"));
    const [lonely] = [...page.querySelectorAll(".bars tbody tr")];
    expect(lonely.querySelector("rect")).toBeNull();
    expect(lonely.textContent).toContain("no peer");
    expect(lonely.textContent).toContain("500 ms");
    expect(texts(page, ".machine")[0]).toContain("hitlab is faster in 1 of 2 works and slower in 0; 1 had no peer.");
  });

  test("memory, what was scaled, and unequal quality stand with the row", () => {
    const scaled = "from 32 of 160 fits by both sides, times 5";
    const page = body(
      row("grid-160", { scaled, ours_mb: 310, peer_mb: 1240, same: "R2 0.5 / 0.9 (differs)", note: "n < m" }),
    );
    expect(texts(page, ".side")).toEqual(["500 mshitlab 310 MB", "2.00 skeras 9, 1.2 GB"]);
    expect(texts(page, ".doubt")[0]).toContain("did not learn equally well (R2 0.5 / 0.9)");
    const link = page.querySelector(".times a")?.getAttribute("href") ?? "";
    expect(page.querySelector(link)?.textContent).toBe(`study 3's grid, 160 fitsn < m; scaled ${scaled}`);
  });
});

describe("sums and groups", () => {
  test("all studies come first and large; the front page's sentence has them, or does without", () => {
    const whole = row("all-studies", { ours_s: 315, peer_s: 3300, ratio: 0.09545 });
    const page = body(row("matmul-32x64x256"), row("grid-160"), row("study-3"), whole);
    expect(page.querySelector(".whole h2 b")?.textContent).toBe("10x faster");
    expect(texts(page, ".whole dd")).toEqual(["5 min 15 s", "55 min 0 s"]);
    expect(texts(page, ".bars tbody th")).toEqual([
      "study 3: the file and the grid of 160 fits",
      "study 3's grid, 160 fits",
      "matrix product [32, 64] x [64, 256]",
    ]);
    expect(headline(kept(whole))).toContain("take 5 min 15 s here and 55 min 0 s in Keras");
    expect(headline(kept(row("grid-160")))).not.toMatch(/undefined|NaN|five studies/);
    expect(body(row("grid-160")).querySelector(".whole")).toBeNull();
  });

  test("sums and sizes are not counted as works, and rows of works that are no more are left out", () => {
    const run = kept(row("all-studies"), row("growth-forest-1x"), row("lstm-epoch"), row("gone"));
    expect(entriesOf(run).map((entry) => entry.row.work)).toEqual(["all-studies", "lstm-epoch", "growth-forest-1x"]);
    expect(tallyText(entriesOf(run))).toBe("hitlab is faster in 1 of 1 works and slower in 0.");
  });

  test("growth has its points, its powers and its sizes", () => {
    const sizes = [1, 4, 16].map((factor) => row(`growth-forest-${factor}x`, { size: 1900 * factor, ours_s: factor }));
    const page = body(...sizes, row("growth-forest", { exponent: { ours: 1.02, peer: 0.61 } }));
    expect(texts(page, ".growth h3")).toEqual(["random forest, 50 trees of depth 25"]);
    expect(texts(page, ".growth b")).toEqual(["1.02", "0.61"]);
    expect(texts(page, ".growth tbody th")).toEqual(["1,900", "7,600", "30,400"]);
    const [few, middle, many] = [...page.querySelectorAll(".points circle")];
    // Four times as many and as long is one step on both axes.
    expect(number(middle, "cx") - number(few, "cx")).toBeCloseTo(number(many, "cx") - number(middle, "cx"), 1);
    expect(number(few, "cy") - number(middle, "cy")).toBeCloseTo(number(middle, "cy") - number(many, "cy"), 1);
  });

  const number = (element: Element, name: string) => Number(element.getAttribute(name));
});

describe("a page of its own", () => {
  const folder = mkdtempSync(join(tmpdir(), "hitlab-bench-page-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("stands in its folder with all that it asks for, and with its figures", () => {
    const hostile = row("lstm-epoch", { note: "<script>alert(1)</script>", peer: "<b>keras" });
    const run = kept(hostile);
    const file = writePage(run, folder);
    const text = readFileSync(file, "utf8");
    expect(text).not.toMatch(/<script|<b>keras| on\w+=| style=|https?:/);
    const page = new JSDOM(text).window.document;
    for (const link of page.querySelectorAll("link[href], a[href]:not([href^='#'])")) {
      expect(readFileSync(join(folder, link.getAttribute("href") ?? ""), "utf8").length).toBeGreaterThan(0);
    }
    for (const link of page.querySelectorAll("a[href^='#']")) {
      expect(page.querySelector(link.getAttribute("href") ?? "")).not.toBeNull();
    }
    expect(JSON.parse(readFileSync(join(folder, "bench.json"), "utf8"))).toEqual(run);
  });
});
