import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mcnemar, scores } from "../../src/evaluate";
import { random } from "../../src/random";
import { golden } from "./comparisons";

/** Rows of which only A, only B, both and neither are right in these numbers. */
function rowsOf(onlyA: number, onlyB: number, both: number, neither: number) {
  const right = (count: number, a: number, b: number) => Array.from({ length: count }, () => [a, b]);
  const rows = [...right(onlyA, 1, 0), ...right(onlyB, 0, 1), ...right(both, 1, 1), ...right(neither, 0, 0)];
  const labels = rows.map((_, i) => i % 2);
  const [a, b] = [0, 1].map((m) => rows.map((row, i) => (row[m] === labels[i] ? 0.9 : 0.2)));
  return { labels, a, b };
}

const counts = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 40 })));

describe("McNemar's exact test", () => {
  it.each(golden.mcnemar)("of %d against %d agrees with scipy.stats.binomtest", (onlyA, onlyB, pValue) => {
    const { labels, a, b } = rowsOf(onlyA, onlyB, 10, 5);
    const found = mcnemar(labels, a, b);
    expect(found).toMatchObject({ onlyA, onlyB, both: 10, neither: 5, rows: onlyA + onlyB + 15 });
    expect(Math.abs(found.pValue / pValue - 1)).toBeLessThan(1e-10);
  });

  it("counts and compares as the scores do, and turns round with its models", () => {
    fc.assert(
      fc.property(counts, ([onlyA, onlyB, both, neither]) => {
        fc.pre(onlyA + onlyB + both + neither > 0);
        const { labels, a, b } = rowsOf(onlyA, onlyB, both, neither);
        const found = mcnemar(labels, a, b);
        const back = mcnemar(labels, b, a);
        expect(found).toMatchObject({ onlyA, onlyB, both, neither });
        expect(found.accuracy.a).toBeCloseTo(scores(labels, a).accuracy, 12);
        expect(found.accuracy.b).toBeCloseTo(scores(labels, b).accuracy, 12);
        const { estimate, low, high } = found.accuracy;
        expect(estimate).toBeCloseTo(found.accuracy.a - found.accuracy.b, 12);
        expect(low).toBeLessThanOrEqual(high);
        expect(back.pValue).toBe(found.pValue);
        expect([back.accuracy.low, back.accuracy.high].map((end) => -end)).toEqual([high, low]);
      }),
    );
  });

  it("finds no difference between a model and itself", () => {
    const { labels, a } = rowsOf(0, 0, 30, 10);
    expect(mcnemar(labels, a, a)).toMatchObject({ pValue: 1, accuracy: { estimate: 0 } });
  });

  /** d = (3 + 1) / 102 - (11 + 1) / 102; d -+ norm.ppf(.975) * sqrt((16 / 102 - d * d) / 102) */
  it("has the interval of Bonett and Price", () => {
    const { labels, a, b } = rowsOf(3, 11, 80, 6);
    const { low, high } = mcnemar(labels, a, b).accuracy;
    expect(low).toBeCloseTo(-0.1537705, 6);
    expect(high).toBeCloseTo(-0.0030922, 6);
  });

  it("has an interval that holds the true difference about as often as it says", () => {
    const rng = random(5, "mcnemar");
    // A row goes to A alone with probability .1, to B alone with .05: the difference is .05.
    const held = Array.from({ length: 400 }, () => {
      const cells = [0, 0, 0];
      for (let i = 0; i < 80; i++) {
        const u = rng.uniform();
        cells[u < 0.1 ? 0 : u < 0.15 ? 1 : 2]++;
      }
      const { labels, a, b } = rowsOf(cells[0], cells[1], cells[2], 0);
      const { low, high } = mcnemar(labels, a, b).accuracy;
      return Number(low <= 0.05 && 0.05 <= high);
    });
    expect(held.reduce((sum, each) => sum + each, 0) / 400).toBeGreaterThan(0.92);
  });

  it("names what is wrong", () => {
    expect(() => mcnemar([0, 1], [0.1, 0.2], [0.1])).toThrow("2 labels but 1 probabilities");
    expect(() => mcnemar([0, 1], [0.1, 0.2], [0.1, 2])).toThrow("probability of row 1");
    expect(() => mcnemar([0], [0.1], [0.1], { level: 0 })).toThrow("level");
    expect(() => mcnemar([0], [0.1], [0.1], { threshold: 2 })).toThrow("threshold");
  });
});
