import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitIsotonic, fitPlatt, Platt } from "../../src/models/calibrators";

interface Case {
  values: number[];
  labels: number[];
  sklearn: [number, number];
  exact: [number, number];
  where: number[];
  isotonic: number[];
  knots: [number[], number[]];
}

const golden: Record<string, Case> = JSON.parse(
  readFileSync(new URL("./calibrators.golden.json", import.meta.url), "utf8"),
);
const cases = Object.entries(golden);
const f64 = (values: readonly number[]) => Float64Array.from(values);

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, relative: number): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(found[i] - expected[i]), `entry ${i}`).toBeLessThan(relative * Math.max(1, Math.abs(expected[i])));
  }
}

describe("golden values of scikit-learn", () => {
  it.each(cases)("Platt: %s", (_, { values, labels, sklearn, exact }) => {
    const { a, b } = fitPlatt(f64(values), f64(labels));
    expectClose([a, b], exact, 1e-10);
    // scikit-learn stops L-BFGS at a gradient of 1e-6.
    expectClose([a, b], sklearn, 2e-5);
  });

  it.each(cases)("isotonic: %s", (_, { values, labels, where, isotonic, knots }) => {
    const map = fitIsotonic(f64(values), f64(labels));
    expectClose(map.apply(f64(where)), isotonic, 1e-13);
    expect([...map.from]).toEqual(knots[0]);
    expectClose(map.to, knots[1], 1e-15);
  });
});

/** Rows of a few different values, so that ties are common; both classes there. */
const rows = fc
  .array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.constantFrom(0, 1)), { minLength: 2, maxLength: 60 })
  .filter((drawn) => new Set(drawn.map(([, label]) => label)).size === 2)
  .map((drawn) => ({ values: f64(drawn.map(([v]) => v / 4)), labels: f64(drawn.map(([, y]) => y)) }));

describe("Platt's sigmoid", () => {
  it("ends where the gradient of the log loss is zero", () => {
    fc.assert(
      fc.property(rows, ({ values, labels }) => {
        const p = fitPlatt(values, labels).apply(values);
        const n1 = labels.reduce((sum, y) => sum + y, 0);
        const [high, low] = [(n1 + 1) / (n1 + 2), 1 / (labels.length - n1 + 2)];
        const residuals = p.map((each, i) => each - (labels[i] === 1 ? high : low));
        expect(Math.abs(residuals.reduce((sum, r) => sum + r, 0))).toBeLessThan(1e-8);
        expect(Math.abs(residuals.reduce((sum, r, i) => sum + r * values[i], 0))).toBeLessThan(1e-8);
      }),
    );
  });

  it("stays finite for the smallest decisions there are", () => {
    const map = fitPlatt(f64([5e-324, 0, 0, 5e-324]), f64([1, 0, 1, 1]));
    expect([...map.apply(f64([0, 5e-324]))].every((p) => p > 0.5 && p < 1)).toBe(true);
  });

  it("does not depend on the unit of the decisions", () => {
    const { values, labels } = golden["normal decisions"];
    const { a, b } = fitPlatt(f64(values), f64(labels));
    const scaled = fitPlatt(f64(values.map((v) => v * 1e150)), f64(labels));
    expectClose([scaled.a * 1e150, scaled.b], [a, b], 1e-9);
  });

  it("gives one probability for one decision value, whatever it is", () => {
    const labels = f64([0, 1, 1, 0, 1]);
    for (const d of [0, 3]) {
      const p = fitPlatt(new Float64Array(5).fill(d), labels).apply(f64([d]));
      // mean of the targets: 3 of 4/5 and 2 of 1/4
      expect(p[0]).toBeCloseTo((3 * 0.8 + 2 * 0.25) / 5, 8);
    }
  });

  it("has no overflow far out", () => {
    expect([...new Platt(-2, 0).apply(f64([-1e6, 0, 1e6]))]).toEqual([0, 0.5, 1]);
  });
});

describe("the isotonic map", () => {
  it("never falls, has the mean of the labels, and no rising step map on its rows is nearer to them", () => {
    fc.assert(
      fc.property(rows, rows, ({ values, labels }, other) => {
        const map = fitIsotonic(values, labels);
        const p = map.apply(values);
        const order = [...values.keys()].sort((i, j) => values[i] - values[j]);
        for (let i = 1; i < order.length; i++) expect(p[order[i]]).toBeGreaterThanOrEqual(p[order[i - 1]]);
        expect(p.reduce((sum, each, i) => sum + each - labels[i], 0)).toBeCloseTo(0, 9);
        const error = (q: Float64Array) => q.reduce((sum, each, i) => sum + (each - labels[i]) ** 2, 0);
        const rival = fitIsotonic(other.values, other.labels).apply(values);
        expect(error(p)).toBeLessThanOrEqual(error(rival) + 1e-9);
      }),
    );
  });

  it("depends neither on the order of the rows nor on their duplicates", () => {
    fc.assert(
      fc.property(rows, ({ values, labels }) => {
        const map = fitIsotonic(values, labels);
        expect(fitIsotonic(values.slice().reverse(), labels.slice().reverse())).toEqual(map);
        const twice = fitIsotonic(f64([...values, ...values]), f64([...labels, ...labels]));
        expect(twice).toEqual(map);
      }),
    );
  });

  it("is level beyond its ends and never passes a knot between", () => {
    const map = fitIsotonic(f64([1, 2, 3, 4]), f64([0, 1, 0, 1]));
    expect([...map.apply(f64([-9, 1.5, 2.5, 3.5, 9]))]).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

describe("bad input", () => {
  const [two, labels] = [f64([0.1, 0.9]), f64([0, 1])];
  it.each([fitPlatt, fitIsotonic])("is named by %o", (fit) => {
    expect(() => fit(f64([0.1, Number.NaN]), labels)).toThrow("row 1 (counted from 0) is not a finite number");
    expect(() => fit(two, f64([0, 2]))).toThrow("the target of a calibration is 0 or 1");
    expect(() => fit(two, f64([1, 1]))).toThrow("of class 1");
    expect(() => fit(two, f64([1]))).toThrow("one target per row, 2");
    expect(() => fit(f64([]), f64([]))).toThrow("got no rows");
    expect(() => fit(two, labels).apply(f64([Number.POSITIVE_INFINITY]))).toThrow("row 0");
  });
});
