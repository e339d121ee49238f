import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { oneStandardError } from "../../src/evaluate";

/** Four scores with this mean and a standard error of .1: their deviations are -s, s, -s, s with s = .1 sqrt(3). */
function around(middle: number): number[] {
  const s = 0.1 * Math.sqrt(3);
  return [middle - s, middle + s, middle - s, middle + s];
}

const losses = [
  { value: 0.01, scores: around(0.5) },
  { value: 0, scores: around(0.62) },
  { value: 0.1, scores: around(0.58) },
  { value: 1, scores: around(0.7) },
];

describe("the one-standard-error rule", () => {
  it("takes the simplest value within a standard error of the best", () => {
    const { best, chosen, threshold, path } = oneStandardError(losses, { better: "less" });
    expect([best.value, chosen.value]).toEqual([0.01, 0.1]);
    expect(threshold).toBeCloseTo(0.6, 12);
    expect(path.map(({ value }) => value)).toEqual([0, 0.01, 0.1, 1]);
    expect(best.estimate).toBeCloseTo(0.5, 12);
    expect(best.low).toBeCloseTo(0.4, 12);
    expect(best.high).toBeCloseTo(0.6, 12);
    expect(best).toMatchObject({ n: 4, standardError: expect.closeTo(0.1, 12) });
  });

  it("knows which way is better, and which end is simple", () => {
    const accuracy = losses.map(({ value, scores }) => ({ value, scores: scores.map((score) => 1 - score) }));
    const values = (simplest: "largest" | "smallest") => {
      const { best, chosen } = oneStandardError(accuracy, { better: "more", simplest });
      return [best.value, chosen.value];
    };
    expect(values("largest")).toEqual([0.01, 0.1]);
    expect(values("smallest")).toEqual([0.01, 0.01]);
    expect(oneStandardError(losses.slice(1), { better: "less", simplest: "smallest" }).chosen.value).toBe(0);
  });

  it("of equally good values takes the simplest", () => {
    const flat = [1, 2, 3].map((value) => ({ value, scores: [0.5, 0.5] }));
    const { best, chosen } = oneStandardError(flat, { better: "more" });
    expect([best.value, chosen.value]).toEqual([3, 3]);
  });

  it("never takes a less simple value than the best, nor one beyond the threshold", () => {
    const scores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(scores, { minLength: 1, maxLength: 12 }), (lists) => {
        const path = lists.map((own, value) => ({ value, scores: own }));
        const { best, chosen, threshold, path: means } = oneStandardError(path, { better: "less" });
        expect(chosen.value).toBeGreaterThanOrEqual(best.value);
        expect(chosen.estimate).toBeLessThanOrEqual(threshold);
        for (const { value, estimate } of means) {
          expect(estimate).toBeGreaterThanOrEqual(best.estimate);
          if (value > chosen.value) expect(estimate).toBeGreaterThan(threshold);
        }
      }),
    );
  });

  it("names what is wrong", () => {
    expect(() => oneStandardError([], { better: "less" })).toThrow("no values");
    expect(() => oneStandardError([{ value: 1, scores: [2] }], { better: "less" })).toThrow(
      "value 1 has one score only",
    );
    expect(() => oneStandardError([...losses, losses[0]], { better: "less" })).toThrow("each there once (found 0.01)");
    expect(() => oneStandardError([{ value: Number.NaN, scores: [1, 2] }], { better: "less" })).toThrow("finite");
    expect(() => oneStandardError([{ value: 1, scores: [1, Number.NaN] }], { better: "less" })).toThrow("value 1");
    expect(() => oneStandardError(losses, {} as { better: "less" })).toThrow("which scores are better must be said");
    expect(() => oneStandardError(losses, { better: "less", simplest: "first" as "largest" })).toThrow("largest or");
  });
});
