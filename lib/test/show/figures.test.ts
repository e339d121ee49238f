import { JSDOM } from "jsdom";
import { describe, expect, test } from "vitest";
import { type Figure, png } from "../../src/show";
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

  test("is well-formed, small and the same when drawn again", () => {
    const { svg } = draw(name);
    expect(parse(svg).tagName).toBe("svg");
    expect(svg.length).toBeLessThan(150_000);
    expect(examples[name]().svg).toBe(svg);
  });

  test("keeps every text inside the drawing", () => {
    const root = parse(draw(name).svg);
    const [width, height] = ["width", "height"].map((side) => Number(root.getAttribute(side)));
    const texts = [...root.querySelectorAll("text")];
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) {
      const box = boxOf(text);
      if (!box) continue;
      const place = { text: text.textContent, inside: isInside(box, width, height) };
      expect(place).toEqual({ text: text.textContent, inside: true });
    }
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

function isInside(
  box: { left: number; top: number; right: number; bottom: number },
  width: number,
  height: number,
): boolean {
  return box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;
}

test("names from data are shown as they are written", () => {
  const shown = [...parse(draw("lines").svg).querySelectorAll("text")].map((text) => text.textContent);
  expect(shown).toContain(HOSTILE);
  expect(JSON.stringify(draw("lines").plotly)).not.toContain("<script");
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
  expect(draw("histogram").alt).toContain("60 songs, median");
  expect(draw("roc").alt).toMatch(/ROC AUC: LSTM 0\.9\d\d, Persistence 0\.9\d\d/);
});

test("a picture of it can be made", () => {
  const picture = png(draw("confusion").svg, { scale: 1 });
  expect(picture.subarray(1, 4).toString()).toBe("PNG");
});
