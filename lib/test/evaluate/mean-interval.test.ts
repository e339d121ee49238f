import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval, pairedMeanInterval } from "../../src/evaluate";
import { golden } from "./comparisons";

const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 2, maxLength: 20 });

describe("meanInterval", () => {
  it.each(golden.means)("agrees with scipy.stats.t.interval of %j at level %d", (values, level, ...expected) => {
    const { estimate, sd, low, high, n } = meanInterval(values, level);
    expect(n).toBe(values.length);
    [estimate, sd, low, high].forEach((found, i) => {
      expect(Math.abs((found as number) - expected[i])).toBeLessThan(1e-13);
    });
  });

  it("moves and grows with its values", () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.1, max: 10, noNaN: true }), (values, factor) => {
        const one = meanInterval(values);
        const other = meanInterval(values.map((value) => value * factor + 3));
        expect(other.low).toBeCloseTo((one.low as number) * factor + 3, 6);
        expect(other.sd).toBeCloseTo((one.sd as number) * factor, 6);
      }),
    );
  });

  it("gives a single value no interval, and equal values one without width", () => {
    expect(meanInterval([0.5])).toEqual({ estimate: 0.5, low: null, high: null, sd: null, n: 1 });
    expect(meanInterval([0.5, 0.5, 0.5])).toEqual({ estimate: 0.5, low: 0.5, high: 0.5, sd: 0, n: 3 });
  });

  it("names what is wrong", () => {
    expect(() => meanInterval([])).toThrow("there are no values");
    expect(() => meanInterval([1, Number.NaN])).toThrow("value 1 (counted from 0) is not a finite number");
    expect(() => meanInterval([1, 2], 95)).toThrow("level of an interval");
  });
});

describe("pairedMeanInterval", () => {
  it("is the interval of the differences", () => {
    fc.assert(
      fc.property(numbers, fc.integer(), (a, seed) => {
        const b = a.map((value, i) => value / 2 + ((seed + i) % 7));
        const differences = a.map((value, i) => value - b[i]);
        expect(pairedMeanInterval(a, b)).toEqual({
          ...meanInterval(differences),
          a: meanInterval(a).estimate,
          b: meanInterval(b).estimate,
        });
      }),
    );
  });

  it("is far narrower than the single intervals when the folds are what differs", () => {
    const { estimate, low } = pairedMeanInterval([0.7, 0.75, 0.8, 0.85], [0.69, 0.739, 0.791, 0.84]);
    expect(estimate).toBeCloseTo(0.01, 10);
    expect(low).toBeGreaterThan(0);
  });

  it("wants as many of A as of B", () => {
    expect(() => pairedMeanInterval([1, 2], [1])).toThrow("there are 2 values of A but 1 of B");
  });
});
