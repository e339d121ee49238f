import { describe, expect, it } from "vitest";
import { partialDependence } from "../../src/evaluate";
import { type Matrix, matrix } from "../../src/samples";
import golden from "./partial-dependence.golden.json"; // made by partial-dependence.golden.py

const x = matrix(25, 3, Float64Array.from(golden.rows), ["a", "b", "c"]);

function plain({ rows, data }: Matrix): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    const [a, b, c] = data.subarray(3 * row, 3 * row + 3);
    return (a * b) / (1 + c * c);
  });
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < found.length; i++) expect(found[i]).toBeCloseTo(expected[i], 13);
}

describe("partialDependence", () => {
  it.each(golden.cases)("has scikit-learn's averages and lines for column $feature", ({ feature, values, ...told }) => {
    const found = partialDependence(plain, x, { feature, grid: values });
    expect(Array.from(found.values)).toEqual(values);
    expectNear(found.average, told.average);
    expectNear(found.individual.data, told.individual);
    expect(found.individual).toMatchObject({ rows: 25, columns: values.length });
  });

  it("takes quantiles, or each value where there are few", () => {
    expectNear(partialDependence(plain, x, { feature: "a", grid: 7 }).values, golden.quantiles);
    expect(Array.from(partialDependence(plain, x, { feature: "b" }).values)).toEqual(golden.cases[1].values);
  });

  it("draws rows for the lines, the same for the same seed, and leaves the data as they were", () => {
    const before = x.data.slice();
    const model = { predictProbability: plain };
    const samples = { x, y: new Float64Array(25), info: {} };
    const few = partialDependence(model, samples, { feature: "a", grid: 3, rows: 4, seed: 1 });
    const all = partialDependence(model, samples, { feature: "a", grid: 3 });
    expect(few.rows).toEqual(partialDependence(model, x, { feature: "a", rows: 4, seed: 1 }).rows);
    expect(few.rows).not.toEqual(partialDependence(model, x, { feature: "a", rows: 4, seed: 2 }).rows);
    expect(few.average).toEqual(all.average);
    few.rows.forEach((row, i) => {
      expect(few.individual.data.slice(3 * i, 3 * i + 3)).toEqual(all.individual.data.slice(3 * row, 3 * row + 3));
    });
    expect(x.data).toEqual(before);
  });

  it("refuses what it cannot ask", () => {
    const none = matrix(0, 3, new Float64Array(0), x.names);
    expect(() => partialDependence(plain, x, { feature: "d" })).toThrow(/no such column \(found "d"\).*a, b, c/);
    expect(() => partialDependence(plain, none, { feature: "a" })).toThrow(/no rows/);
    expect(() => partialDependence(plain, x, { feature: "a", grid: 1 })).toThrow(/grid must be a whole number from 2/);
    expect(() => partialDependence(plain, x, { feature: "a", grid: [1, Number.NaN] })).toThrow(/finite number/);
    expect(() => partialDependence(plain, x, { feature: "a", grid: [] })).toThrow(/needs values/);
    const unknown = () => new Float64Array(25).fill(Number.NaN, 3);
    expect(() => partialDependence(unknown, x, { feature: "a" })).toThrow(/prediction for row 3 .*not a finite number/);
    expect(() => partialDependence(() => [1, 2], x, { feature: "a" })).toThrow(/2 predictions for 25 rows/);
    expect(() => partialDependence(plain, { ...x, data: x.data.fill(Number.NaN) }, { feature: "a" })).toThrow(/row 0/);
  });
});
