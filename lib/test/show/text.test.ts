import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { duration, formatNumber, percent } from "../../src/show";
import { escapeHtml, escapeLabel } from "../../src/show/text/escape";
import { shorten, textWidth, wrapText } from "../../src/show/text/measure";
import { simplifyCurve, thinLine } from "../../src/show/thin";

describe("measured text", () => {
  // fonttools: sum(hmtx[cmap[ord(c)]][0] for c in "Top 50") / 2048 * 12 of DejaVuSans.ttf = 41.373
  test("has the width that the font gives it", () => {
    expect(textWidth("Top 50", { size: 12 })).toBeCloseTo(41.4, 1);
    expect(textWidth("Top 50", { size: 12, bold: true })).toBeGreaterThan(textWidth("Top 50", { size: 12 }));
  });

  test("Korean is set in square cells, combining marks take no room", () => {
    expect(textWidth("방탄", { size: 10 })).toBe(20);
    expect(textWidth("e\u0301", { size: 10 })).toBe(textWidth("e", { size: 10 }));
  });

  test("wrapped lines are never wider than asked and lose nothing", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 40, max: 400 }), (text, width) => {
        const lines = wrapText(text, width, { size: 14 });
        for (const line of lines) expect(textWidth(line, { size: 14 })).toBeLessThanOrEqual(width);
        expect(lines.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });

  test("a shortened text fits", () => {
    const short = shorten("A title that is far too long", 80, { size: 12 });
    expect(short.endsWith("…")).toBe(true);
    expect(textWidth(short, { size: 12 })).toBeLessThanOrEqual(80);
    expect(shorten("short", 80, { size: 12 })).toBe("short");
  });
});

describe("escaping", () => {
  test("leaves no markup", () => {
    expect(escapeHtml(`<a href="x" onclick='y'>&`)).toBe("&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;");
    expect(escapeLabel("<b>\n&amp;")).toBe("&lt;b&gt; &amp;amp;");
    fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(escapeHtml(text))));
  });

  test("what XML forbids is replaced", () => {
    expect(escapeHtml("a\u0000b\u001bc\ud800d\ttab")).toBe("a\ufffdb\ufffdc\ufffdd\ttab");
  });
});

describe("numbers", () => {
  test.each([
    [69663, undefined, "69,663"],
    [1234567.891, 2, "1,234,567.89"],
    [-1234, undefined, "−1,234"],
    [0.97654, undefined, "0.977"],
    [0.00123, undefined, "0.0012"],
    [0, undefined, "0"],
    [null, undefined, "—"],
    [Number.NaN, undefined, "—"],
    [12.345, undefined, "12.3"],
    [2 ** 60, undefined, "1,152,921,504,606,846,976"],
    [10n ** 18n, undefined, "1,000,000,000,000,000,000"],
  ])("%s with %s decimals is %s", (value, digits, text) => expect(formatNumber(value, digits)).toBe(text));

  test("shares and times", () => {
    expect(percent(0.9765)).toBe("97.7%");
    expect(percent(Number.NaN)).toBe("—");
    expect([0.34, 45, 185, 3720].map(duration)).toEqual(["0.3 s", "45 s", "3 min 05 s", "1 h 02 min"]);
  });
});

describe("thinned lines", () => {
  test("keep their ends, peaks and gaps", () => {
    const y = Array.from({ length: 5000 }, (_, at) => (at === 3210 ? 99 : at === 4000 ? null : at % 7));
    const thin = thinLine({ x: y.map((_, at) => at), y }, 200);
    expect(thin.x.length).toBeLessThan(320);
    expect([thin.x[0], thin.x.at(-1)]).toEqual([0, 4999]);
    expect(thin.y).toContain(99);
    expect(thin.y).toContain(null);
  });

  test("a simplified curve stays within the tolerance", () => {
    const x = Array.from({ length: 2000 }, (_, at) => at / 1999);
    const y = x.map((value) => value * value);
    const few = simplifyCurve(x, y, 0.001);
    expect(few.x.length).toBeLessThan(40);
    expect([few.x[0], few.x.at(-1)]).toEqual([0, 1]);
  });
});
