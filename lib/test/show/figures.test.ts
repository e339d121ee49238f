import fc from "fast-check";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import {
  barsFigure,
  contributionsFigure,
  drawFigure,
  type Figure,
  heatFigure,
  historyFigure,
  png,
  smallMultiplesFigure,
} from "../../src/show";
import { boxOf } from "../../src/show/plotly/geometry";
import { examples, HOSTILE } from "./examples";

const { window } = new JSDOM("");
const parse = (svg: string) => new window.DOMParser().parseFromString(svg, "image/svg+xml").documentElement;

const drawn = new Map<string, Figure>();
function draw(name: string): Figure {
  const figure = drawn.get(name) ?? examples[name]();
  drawn.set(name, figure);
  return figure;
}

describe.each(Object.keys(examples))("figure %s", (name) => {
  test("looks as it did", async () => {
    const readable = `${draw(name).svg.replaceAll("><", ">\n<")}\n`;
    await expect(readable).toMatchFileSnapshot(`__snapshots__/${name}.svg`);
  });

  test("is well-formed and small", () => {
    const { svg } = draw(name);
    expect(parse(svg).tagName).toBe("svg");
    expect(svg.length).toBeLessThan(150_000);
  });

  test("keeps every text inside the drawing", () => {
    expect(parse(draw(name).svg).querySelectorAll("text").length).toBeGreaterThan(2);
    expect(textsOutside(draw(name).svg)).toEqual([]);
  });

  test("holds nothing that a viewer would run or fetch", () => {
    const { svg } = draw(name);
    const root = parse(svg);
    expect(root.querySelectorAll("script, foreignObject, image, a, use").length).toBe(0);
    expect(
      [...root.querySelectorAll("*")]
        .flatMap((element) => element.getAttributeNames())
        .filter((a) => /^on|href/.test(a)),
    ).toEqual([]);
    expect(svg.match(/https?:[^"]*/g)).toEqual(["http://www.w3.org/2000/svg"]);
  });

  test("says its conclusion and describes itself", () => {
    const { title, alt, svg, bundle } = draw(name);
    const root = parse(svg);
    expect(root.querySelector("title")?.textContent).toBe(title);
    expect(root.querySelector("desc")?.textContent).toBe(alt);
    expect(bundle.data["text/plain"]).toBe(`${title}\n${alt}`);
    expect(bundle.metadata).toEqual({ hitlab: { figure: true, title } });
    expect(Object.keys(bundle.data)).toEqual(["application/vnd.plotly.v1+json", "image/svg+xml", "text/plain"]);
  });
});

/** Texts that reach beyond the edge of a drawing, by their measured widths. */
function textsOutside(svg: string): (string | null)[] {
  const root = parse(svg);
  const [width, height] = ["width", "height"].map((side) => Number(root.getAttribute(side)));
  return [...root.querySelectorAll("text")]
    .filter((text) => {
      const box = boxOf(text);
      return box && !(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height);
    })
    .map((text) => text.textContent);
}

test("whatever names, titles and numbers come, no text leaves the drawing", () => {
  const words = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 12 });
  const text = words.map((list) => `a ${list.join(" ")}`);
  const bar = fc.record({ label: text, value: fc.double({ min: -1e12, max: 1e12, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(bar, { minLength: 1, maxLength: 5 }), text, text, (items, title, value) => {
      expect(textsOutside(barsFigure(items, { title, value }).svg)).toEqual([]);
    }),
    { numRuns: 8, seed: 1 },
  );
});

test("the same figure is the same drawing, byte for byte, whatever was drawn between", () => {
  const first = draw("lines").svg;
  examples.confusion();
  expect(examples.lines().svg).toBe(first);
});

test("names from data are shown as they are written", () => {
  const shown = [...parse(draw("lines").svg).querySelectorAll("text")].map((text) => text.textContent);
  expect(shown.some((text) => text?.startsWith(HOSTILE.slice(0, 30)))).toBe(true);
  expect(JSON.stringify(draw("lines").plotly)).not.toContain("<script");
});

test("a history without accuracy shows the mean absolute error", () => {
  const losses = { loss: [2, 1], valLoss: [3, 2], accuracy: [], valAccuracy: [] };
  const { title, alt } = historyFigure({ epochs: 2, ...losses, mae: [0.5, 0.25], valMae: [] });
  expect(title).toMatch(/^Training mean absolute error ends at 0\.25/);
  expect(alt).toContain("mean absolute error on the left axis");
});

test("the text alternative holds the main numbers", () => {
  expect(draw("history").alt).toContain(
    "Training accuracy from 93.9% to 99.4%; validation accuracy from 98.1% to 99.4%",
  );
  expect(draw("history").title).toBe("Validation accuracy ends at 99.4% after 10 epochs");
  expect(draw("history-skipped").alt).toContain("Loaded from the saved model");
  expect(draw("confusion").title).toBe("4 of 640 are judged wrong (0.6%)");
  expect(draw("confusion").alt).toContain("actual Hit, predicted Not a Hit: 1 (1.6% of the row)");
  expect(draw("bars").alt).toContain("Drake 12,045");
  expect(draw("intervals").alt).toContain("LSTM (streams + rank) 0.976 (0.970 to 0.980)");
  expect(draw("stories").alt).toContain("Despacito: rank 180 on 2017-01-01, best rank 3 on 2017-03-01");
  expect(draw("heat").alt).toContain("LSTM: random 97.6%, by song 97.2%.");
  expect(draw("heat-parted").alt).toContain("instrumentalness: 60s 0.297, 10s 0.156.");
  expect(draw("contributions").alt).toBe(
    "From 49.9% (mean of the train rows) to 53.1% (".concat(HOSTILE, "): danceability = 0.780 +11.3 points; ") +
      "duration_ms = 259,360 −8.3 points; 2 other columns +0.2 points.",
  );
  expect(draw("contributions-log-odds").alt).toContain(
    "From −0.20 (mean of the train rows) to −0.68 (this row): a −0.50",
  );
  expect(draw("small-multiples").alt).toContain(
    "danceability: hits 0.500 (0.400 to 0.700) at 60s, 0.700 (0.300 to 0.900)",
  );
  expect(draw("small-multiples").alt).toContain("mode: hits 50.0% at 60s, 50.0% at 80s; flops 60.0% at 60s");
  expect(draw("histogram").alt).toContain("60 songs, median");
  expect(draw("roc").alt).toMatch(/ROC AUC: LSTM 0\.9\d\d, Persistence 0\.9\d\d/);
});

test("a picture of it can be made", () => {
  const picture = png(draw("confusion").svg, { scale: 1 });
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
});

test("contributions of a row that is not there, panels without lines or with lists that differ are refused", () => {
  const contributions = { rows: 1, columns: 1, names: ["a"], data: Float64Array.of(1) };
  const options = { title: "t", x: "x", row: 1 };
  expect(() => contributionsFigure({ contributions, base: 0 }, options)).toThrow(/contributions of 1 rows \(found 1\)/);
  const first = { title: "t", x: "x" };
  expect(() => contributionsFigure({ contributions, base: 0 }, { ...first, values: [1, 2] })).toThrow(
    /found "2 values"/,
  );
  expect(() => contributionsFigure({ contributions, base: 0 }, { ...first, most: 0 })).toThrow(/most must be a whole/);
  expect(() => smallMultiplesFigure([], options)).toThrow(/at least one/);
  expect(() => smallMultiplesFigure([{ title: "p", series: [] }], options)).toThrow(/panel "p" has no series/);
  const series = [{ name: "hits", x: ["a", "b"], y: [1] }];
  expect(() => smallMultiplesFigure([{ title: "p", series }], options)).toThrow(/"hits" .* different lengths/);
  const panel = { title: "p", series: [{ name: "hits", x: ["a"], y: [1] }] };
  expect(() => smallMultiplesFigure([panel], { ...options, columns: 0 })).toThrow(/columns must be a whole number/);
});

test("the legend of small multiples names each line once, whichever panel has it", () => {
  const line = (name: string) => ({ name, x: ["a", "b"], y: [1, 2] });
  const panels = [
    { title: "p", series: [line("hits")] },
    { title: "q", series: [line("hits"), line("flops")] },
  ];
  const { data } = smallMultiplesFigure(panels, { title: "t", x: "x" }).plotly;
  const named = data.filter(({ showlegend }) => showlegend).map(({ name }) => name);
  expect(named).toEqual(["hits", "flops"]);
});

test("a heat table has a name for each of its rows and columns", () => {
  const options = { title: "t", rows: ["a"], columns: ["b", "c"] };
  expect(heatFigure([[1, null]], options).alt).toBe("a: b 1, c —.");
  const wide = { title: "t", rows: ["a"], columns: ["b", "c", "d"] };
  expect(heatFigure([[1, Number.NaN, 2]], wide).svg).toBe(heatFigure([[1, null, 2]], wide).svg);
  expect(() => heatFigure([[1]], options)).toThrow(/1 rows and 2 columns .*\(found "a row of 1"\)/);
  expect(() => heatFigure([[1, 2], []], options)).toThrow(/found "a row of 0"/);
  expect(() => heatFigure([], { ...options, rows: [] })).toThrow(/one at least/);
});

test("a figure without a conclusion or a text alternative is refused", () => {
  expect(() => drawFigure({ data: [] }, { title: " ", alt: "x" })).toThrow(/needs a title that says its conclusion/);
});
