import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLogisticRegression } from "../../../src/models/linear/logistic-regression";
import {
  fitMultinomialRegression,
  multinomialRegressionFromJSON,
} from "../../../src/models/linear/multinomial-regression";
import { takeRows } from "../../../src/samples";
import { changed, classed, expectClose, problem, samples, weightOptions } from "./problems";

interface Golden {
  readonly n: number;
  readonly p: number;
  readonly classes: number;
  readonly c: number;
  readonly weight: null | "balanced" | "rows" | number[];
  readonly coefficients: number[];
  readonly intercepts: number[];
  readonly first: number[];
  readonly score: number;
}
const golden: { several: Golden[] } = JSON.parse(readFileSync(new URL("golden.json", import.meta.url), "utf8"));

describe("multinomial regression", () => {
  it.each(golden.several)("agrees with scikit-learn: $n rows, $p columns, $classes classes, C = $c, $weight", (g) => {
    const data = classed(g.n, g.p, g.classes);
    const model = fitMultinomialRegression(data, { c: g.c, ...weightOptions(g.weight, g.n) });
    expect(model.converged).toBe(true);
    expect([model.coefficients.rows, model.coefficients.columns]).toEqual([g.classes, g.p]);
    expectClose(model.coefficients.data, g.coefficients, 1e-8);
    expectClose(model.intercepts, g.intercepts, 1e-8);
    expectClose(model.predictProbabilities(data.x).data.subarray(0, g.classes), g.first, 1e-9);
    expect(model.score(data)).toBe(g.score);
  });

  it("ends where the gradient of the penalised loss is zero", () => {
    const column = fc.double({ min: -3, max: 3, noNaN: true });
    const rows = fc.array(fc.tuple(column, fc.integer({ min: -1, max: 1 }), fc.integer({ min: 0, max: 2 })), {
      minLength: 3,
      maxLength: 30,
    });
    fc.assert(
      fc.property(rows, fc.constantFrom(1e-4, 1, 100, 1e5), (cases, c) => {
        fc.pre(new Set(cases.map(([, , y]) => y)).size === 3);
        const data = samples(
          cases.map(([a, b]) => [a, b]),
          cases.map(([, , y]) => y),
        );
        const model = fitMultinomialRegression(data, { c });
        expect(model.converged).toBe(true);
        const { data: p } = model.predictProbabilities(data.x);
        for (let k = 0; k < 3; k++) {
          const slopes = [model.coefficients.data[2 * k], model.coefficients.data[2 * k + 1], 0];
          cases.forEach(([a, b, y], r) => {
            const residual = c * (p[3 * r + k] - Number(y === k));
            [a, b, 1].forEach((v, j) => {
              slopes[j] += residual * v;
            });
          });
          for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(1e-6 + 1e-13 * c * cases.length);
        }
        expect(Math.abs(model.intercepts.reduce((sum, v) => sum + v, 0))).toBeLessThan(1e-6);
      }),
    );
  });

  it("of two classes has the probabilities of a logistic regression with 2 c", () => {
    const data = problem(200, 5);
    const two = fitMultinomialRegression(data, { c: 1 });
    expectClose(two.predictProbability(data.x), fitLogisticRegression(data, { c: 2 }).predictProbability(data.x), 1e-9);
  });

  it("does not depend on the order of rows, columns and classes, and counts weights as rows", () => {
    const data = classed(150, 4, 3);
    const expected = fitMultinomialRegression(data).predictProbabilities(data.x);
    const turned = takeRows(
      data,
      Array.from({ length: 150 }, (_, r) => (r * 7 + 3) % 150),
    );
    expectClose(fitMultinomialRegression(turned).predictProbabilities(data.x).data, expected.data, 1e-9);
    const swapped = changed(data, ([a, b, c, d]) => [d, b, a, c]);
    expectClose(fitMultinomialRegression(swapped).predictProbabilities(swapped.x).data, expected.data, 1e-9);
    const renamed = fitMultinomialRegression({ ...data, y: data.y.map((k) => 2 - k) }).predictProbabilities(data.x);
    expectClose(
      renamed.data,
      expected.data.map((_, at) => expected.data[at - (at % 3) + 2 - (at % 3)]),
      1e-9,
    );
    const twice = takeRows(
      data,
      Array.from({ length: 300 }, (_, r) => r % 150),
    );
    const weighted = fitMultinomialRegression(data, { sampleWeights: new Float64Array(150).fill(2) });
    expectClose(fitMultinomialRegression(twice).parameters, weighted.parameters, 1e-8);
    expectClose(fitMultinomialRegression(data, { c: 2 }).parameters, weighted.parameters, 1e-8);
  });

  it("gives rows whose probabilities sum to 1, and their likeliest class", () => {
    const data = classed(150, 4, 5);
    const model = fitMultinomialRegression(data);
    const { data: p, names } = model.predictProbabilities(data.x);
    expect(names).toEqual(["0", "1", "2", "3", "4"]);
    model.predict(data.x).forEach((guess, r) => {
      const row = [...p.subarray(5 * r, 5 * r + 5)];
      expect(row.reduce((sum, v) => sum + v, 0)).toBeCloseTo(1, 14);
      expect(row[guess]).toBe(Math.max(...row));
    });
  });

  it("never gives NaN: columns of any scale, any c", () => {
    const data = classed(90, 3, 3);
    const wild = changed(data, (row) => row.map((v, j) => v * [1e-8, 1e5, 1e8][j] + [0, 1e5, 1][j]));
    const apart = samples([[-2], [-1], [0], [1], [2]], [0, 0, 1, 2, 2]);
    for (const rows of [data, wild, apart]) {
      for (const c of [1e-12, 1, 1e6, 1e12]) {
        const model = fitMultinomialRegression(rows, { c });
        const numbers = [...model.parameters, ...model.predictProbabilities(rows.x).data];
        expect(numbers.every(Number.isFinite)).toBe(true);
        if (rows === data) expect([c, model.converged]).toEqual([c, true]);
      }
    }
  });

  it("has the same digits on every machine", () => {
    expect([...fitMultinomialRegression(classed(90, 3, 3)).parameters].slice(0, 4)).toEqual([
      -1.684202769385171, -0.7961369326397022, 1.5518566940345482, -0.42787199219432603,
    ]);
  });

  it("is the same after a trip through JSON", () => {
    const data = classed(90, 3, 3);
    const model = fitMultinomialRegression(data);
    const again = multinomialRegressionFromJSON(JSON.parse(JSON.stringify(model)));
    expect(again).toEqual(model);
    expect(again.predict(data.x)).toEqual(model.predict(data.x));
    const file = model.toJSON();
    expect(() => multinomialRegressionFromJSON({ ...file, parameters: [1] })).toThrow(/parameters are not 12 numbers/);
    expect(() => multinomialRegressionFromJSON({ ...file, classes: null })).toThrow(/classes is missing/);
    for (const classes of [0, 1, 1.5]) {
      expect(() => multinomialRegressionFromJSON({ ...file, classes })).toThrow(`${classes} classes`);
    }
    expect(() => multinomialRegressionFromJSON(null)).toThrow(/not a multinomial regression.*format undefined/);
  });

  const good = classed(60, 3, 3);
  it.each([
    ["one class", { ...good, y: new Float64Array(60) }, {}, /of one class/],
    ["a class without rows", { ...good, y: good.y.map((k) => (k === 1 ? 3 : k)) }, {}, /class 1 has no train row/],
    ["halves of a class", { ...good, y: good.y.map((k) => k / 2) }, {}, /number of the class/],
    ["NaN", { ...good, x: { ...good.x, data: good.x.data.map(() => Number.NaN) } }, {}, /"c0": row 0/],
    ["overflow", changed(good, (row) => row.map((v) => v * 1e200)), {}, /scale the columns first/],
    ["c 0", good, { c: 0 }, /c must be a positive number/],
    ["weights of two classes", good, { classWeight: [1, 2] }, /classWeight must be 3 finite numbers/],
  ])("refuses %s", (_, data, options, message) => {
    expect(() => fitMultinomialRegression(data, options)).toThrow(message);
  });

  it("refuses other columns, inputs whose sums overflow and the one probability of three classes", () => {
    const model = fitMultinomialRegression(
      changed(good, (row) => row.map((v) => v / 100)),
      { c: 1e4 },
    );
    const far = { ...good.x, data: good.x.data.with(7, 1e308) };
    expect(() => model.predict(far)).toThrow(/inputs of row 2 .*overflow/);
    expect(() => model.predict(classed(9, 4, 3).x)).toThrow(/fit on the columns c0, c1, c2/);
    expect(() => model.predictProbability(good.x)).toThrow(/3 classes.*predictProbabilities/);
  });
});
