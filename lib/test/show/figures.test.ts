import fc from "fast-check";
import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import {
  actualPredictedFigure,
  barsFigure,
  contributionsFigure,
  correlationsFigure,
  drawFigure,
  effectsFigure,
  type Figure,
  heatFigure,
  historyFigure,
  linesFigure,
  png,
  scatterFigure,
  smallMultiplesFigure,
} from "../../src/show";
import { boxOf } from "../../src/show/plotly/geometry";
import { thinPoints } from "../../src/show/thin";
import { ln } from "../../src/special";
import { cloud, examples, HOSTILE } from "./examples";

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

test("a history whose first losses are far above the others has logarithmic axes, and no marks where they would run together", () => {
  const figures = { accuracy: [], valAccuracy: [], valLoss: [], valMae: [] };
  const falling = Array.from({ length: 60 }, (_, epoch) => 1 + 300 / (1 + epoch) ** 2);
  const steep = historyFigure({ ...figures, epochs: 60, loss: falling, mae: falling.map(Math.sqrt) });
  expect(steep.svg).toContain("loss (logarithmic)");
  expect(steep.svg).toContain("mean absolute error (logarithmic)");
  expect(steep.svg).not.toContain('class="point"');
  const flat = historyFigure({ ...figures, epochs: 2, loss: [3, 1], mae: [1.5, 0.9] });
  expect(flat.svg).not.toContain("logarithmic");
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

test("a scatter says how many points it has, thinned or not, and how they go together", () => {
  expect(draw("scatter").alt).toContain(
    "a few: 2 points (2 points with a missing number left out); streams (millions) from 2 to 5, median 2; " +
      "rank from 9 to 40, median 9; rank correlation 1.00.",
  );
  expect(draw("scatter").alt).toContain('Level "Top 50" at rank 50.');
  expect(draw("scatter").caption).toBeUndefined();
  expect(draw("scatter-classes").caption).toMatch(/^1,[89]\d\d of 4,600 points are drawn/);
  expect(draw("scatter-classes").alt).toMatch(/hits: [\d,]+ points; score from [\d., a-z]+; class 1\./);
  expect(draw("scatter-classes").svg.match(/<circle/g)?.length).toBeGreaterThan(800);
  // The range that was asked for leaves none out; a narrower one says so.
  expect(draw("scatter-identity").caption).toBeUndefined();
  const narrow = { title: "t", x: { title: "x", range: [0, 2] as const }, y: "y", identity: true };
  expect(scatterFigure([{ name: "s", x: [1, 3], y: [1, 1] }], narrow).caption).toBe(
    "1 point lies outside of the picture.",
  );
});

test("a scatter takes counts of 64 bits with missing ones, as a frame has them", () => {
  const counts = [3703895074n, null, 12n];
  const { alt } = scatterFigure([{ name: "s", x: counts, y: [1, 2, 3] }], { title: "t", x: "streams", y: "rank" });
  expect(alt).toContain("s: 2 points (1 point with a missing number left out); streams from 12 to 3,703,895,074");
});

test("a scatter of nothing, of lists that differ, or of what an axis does not have is refused", () => {
  const options = { title: "t", x: { title: "streams", log: true }, y: "rank" };
  expect(() => scatterFigure([{ name: "s", x: [1], y: [1, 2] }], options)).toThrow(
    /"s" has lists of different lengths/,
  );
  expect(() => scatterFigure([{ name: "s", x: [Number.NaN], y: [1] }], options)).toThrow(/at least one point/);
  expect(() => scatterFigure([{ name: "s", x: [0], y: [1] }], options)).toThrow(
    /logarithmic axis "streams" \(found 0\)/,
  );
  expect(() => scatterFigure([{ name: "s", x: [1], y: [1] }], { ...options, identity: true })).toThrow(/same kind/);
});

test("thinning keeps the outermost and the lonely points, and the same ones each time", () => {
  const { x, y } = cloud(5000, 9);
  const [far, lonely] = [x.push(400) - 1, x.push(200) - 1];
  y.push(0, 300);
  const kept = thinPoints(x, y, 1500);
  expect(kept.length).toBeLessThanOrEqual(1500);
  expect(kept.length).toBeGreaterThan(1300);
  expect(kept).toEqual(expect.arrayContaining([far, lonely]));
  expect(kept).toEqual([...kept].sort((a, b) => a - b));
  expect(thinPoints(x, y, 1500)).toEqual(kept);
  expect(thinPoints(x, y, 5002)).toHaveLength(5002);
  expect(thinPoints(new Array(50).fill(1), new Array(50).fill(2), 7)).toHaveLength(7);
});

test("actual against predicted holds the scores, the farthest row and the coverage", () => {
  const { alt, caption } = actualPredictedFigure([ln(1e6), ln(1e7), ln(1e8)], [ln(1e6), ln(1e7), ln(2e9)], {
    title: "t",
    unit: "streams",
    logarithms: "ln",
    labels: ["a", "b", "c"],
    intervals: { low: [10, 10, 10], high: [20, 20, 18] },
  });
  expect(alt).toBe(
    "Actual against predicted streams, 3 rows. R2 0.154, mean absolute error 0.999, root mean squared error 1.730 of ln; " +
      "farthest off: c: actual 100M, predicted 2B. 66.7% of the rows lie in their prediction interval.",
  );
  expect(caption).toBe("R² and MAE are those of ln(streams).");
  expect(draw("actual-predicted").plotly.layout.yaxis).toMatchObject({
    ticktext: ["3M", "10M", "30M", "100M", "300M", "1B", "3B"],
  });
  const options = { title: "t", unit: "u" };
  expect(() =>
    actualPredictedFigure([1, 2], { a: [1, 2], b: [1, 2] }, { ...options, intervals: { low: [0, 0], high: [3, 3] } }),
  ).toThrow(/one model \(found "2 models"\)/);
  expect(() => actualPredictedFigure([1, 2], [1, 2], { ...options, labels: ["a"] })).toThrow(/labels needs an entry/);
  expect(() => actualPredictedFigure([1, 2], {}, options)).toThrow(/no model/);
});

test("correlations name the strongest pairs, and all of what is marked; what is none is refused", () => {
  expect(draw("correlations-few").alt).toBe(
    `Correlations of 3 columns with each other. Strongest of 2 pairs: energy and ${HOSTILE} −0.75, energy and bpm 0.04.`,
  );
  expect(draw("correlations").alt).toMatch(/in_apple_playlists_20 with in_apple_playlists_0 −0\.57, /);
  const one = (value: number, mark: string[] = []) =>
    correlationsFigure(
      {
        names: ["a", "b"],
        values: [
          [1, value],
          [value, 1],
        ],
      },
      { title: "t", mark },
    );
  expect(one(-1).alt).toContain("a and b −1.00");
  expect(() => one(1.2)).toThrow(/between -1 and 1 \(found 1.2\)/);
  expect(() => one(0, ["c"])).toThrow(/no such column to mark \(found "c"\)/);
  expect(() => correlationsFigure({ names: ["a"], values: [[1, 2]] }, { title: "t" })).toThrow(/found "a row of 2"/);
});

test("a band has both ends, and none at 0 on a logarithmic axis", () => {
  expect(draw("lines-bands").alt).toContain(
    "L1: 0.571 at 0.00001, 0.634 at 0.063; lowest 0.500 at 0.0004, highest 0.634 at 0.063. " +
      "Band from 0.551 to 0.601 at 0.00001, from 0.614 to 0.664 at 0.063.",
  );
  const line = { name: "s", x: [1, 2], y: [1, 2], band: true };
  const options = { title: "t", x: "x", y: { title: "loss", log: true } };
  expect(() => linesFigure([line], options)).toThrow(/band of "s" needs low and high/);
  expect(() => linesFigure([{ ...line, low: [1], high: [2, 3] }], options)).toThrow(/different lengths/);
  expect(() => linesFigure([{ ...line, low: [0, 1], high: [2, 3] }], options)).toThrow(
    /axis "loss" does not have \(found 0\)/,
  );
});

test("effects say each mean, each difference and what failed; the strongest comes first", () => {
  const { alt, caption } = draw("effects");
  expect(alt).toMatch(
    /^Mean mean squared error by value\. epochs: 50 2\.24, 100 1\.52; epochs: first to last −0\.41 \(−0\.80 to −0\.02\)\. It explains 28% of the variance\. batchSize: 16 1\.61, 32 —/,
  );
  expect(caption).toBe("Failed fits are left out (batchSize 32: 4).");
  expect(() => effectsFigure([], { title: "t", score: "mse" })).toThrow(/no effects/);
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
