import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitLinearSVC, linearSVCFromJSON } from "../../../src/models/svm/linear-svc";
import { fitLinearSVM, type LinearSVM, linearSVMFromJSON } from "../../../src/models/svm/linear-svm";
import { matrix, type Samples, takeRows } from "../../../src/samples";
import { changed, expectClose, objective, parameters, problem, samples, weightOptions } from "../linear/problems";

interface Golden {
  readonly n: number;
  readonly p: number;
  readonly c: number;
  readonly weight: null | "balanced" | "rows" | number[];
  readonly squared: number[];
  readonly exact: number[];
  readonly objective: number;
  readonly nSupport: number;
}
const golden: Golden[] = JSON.parse(readFileSync(new URL("linear-golden.json", import.meta.url), "utf8"));

const options = ({ n, c, weight }: Golden) => ({ c, ...weightOptions(weight, n) });

describe.each(golden.map((g) => [g.n, g.p, g.c, g.weight, g] as const))(
  "agrees with scikit-learn on %d rows of %d columns, C = %d, weights %s",
  (n, p, _c, _weight, expected) => {
    it("squared hinge", () => {
      const model = fitLinearSVC(problem(n, p), options(expected));
      expect(model.converged).toBe(true);
      expectClose(parameters(model), expected.squared, 1e-7);
    });

    it("exact hinge", () => {
      const model = fitLinearSVM(problem(n, p), { ...options(expected), tolerance: 1e-11 });
      expect(model.converged).toBe(true);
      // LIBSVM stops a little above the optimum.
      expect(model.objective).toBeLessThanOrEqual(expected.objective * (1 + 1e-11));
      expect(model.objective / expected.objective).toBeGreaterThan(1 - 1e-6);
      expectClose(parameters(model), expected.exact, 1e-4);
      expect(model.nSupport).toBe(expected.nSupport);
    });
  },
);

/** Random small problems: ties, duplicates and separable classes among them. */
const small = fc
  .array(
    fc.tuple(fc.integer({ min: -3, max: 3 }), fc.double({ min: -3, max: 3, noNaN: true }), fc.constantFrom(0, 1)),
    {
      minLength: 2,
      maxLength: 30,
    },
  )
  .filter((rows) => new Set(rows.map(([, , y]) => y)).size === 2)
  .map((rows) =>
    samples(
      rows.map(([a, b]) => [a, b]),
      rows.map(([, , y]) => y),
    ),
  );
const strengths = fc.constantFrom(1e-4, 0.01, 1, 100, 1e5);

describe("the optimum", () => {
  it("of the exact hinge is proven by the dual, and no parameter can be moved to lower it", () => {
    fc.assert(
      fc.property(small, strengths, (data, c) => {
        const model = fitLinearSVM(data, { c });
        expect(model.converged).toBe(true);
        expect(model.gap).toBeLessThanOrEqual(1e-8 * model.objective);
        const at = (m: Pick<LinearSVM, "coefficients" | "intercept">) => objective(m, data, () => c, 1, false);
        expect(at(model) / model.objective).toBeCloseTo(1, 10);
        for (const by of [-1, -0.1, -1e-3, 1e-3, 0.1, 1]) {
          const least = model.objective - 1.01 * model.gap - 1e-12 * model.objective;
          expect(at({ ...model, intercept: model.intercept + by })).toBeGreaterThanOrEqual(least);
          for (const j of [0, 1]) {
            const coefficients = model.coefficients.map((w, k) => (k === j ? w + by : w));
            expect(at({ coefficients, intercept: model.intercept })).toBeGreaterThanOrEqual(least);
          }
        }
      }),
    );
  });

  it("of the squared hinge has a gradient of zero", () => {
    fc.assert(
      fc.property(small, strengths, (data, c) => {
        const model = fitLinearSVC(data, { c });
        expect(model.converged).toBe(true);
        const slopes = [...model.coefficients, model.intercept];
        model.decision(data.x).forEach((margin, r) => {
          const sign = 2 * data.y[r] - 1;
          const slope = -2 * c * sign * Math.max(0, 1 - sign * margin);
          slopes[0] += slope * data.x.data[2 * r];
          slopes[1] += slope * data.x.data[2 * r + 1];
          slopes[2] += slope;
        });
        for (const slope of slopes) expect(Math.abs(slope)).toBeLessThan(1e-6 + 1e-11 * c * data.x.rows);
      }),
    );
  });
});

describe.each([
  ["LinearSVC", fitLinearSVC, 1e-8],
  ["LinearSVM", (data: Samples, o = {}) => fitLinearSVM(data, { tolerance: 1e-11, ...o }), 2e-5],
] as const)("%s", (_, fit, within) => {
  const data = problem(120, 4);
  const expected = parameters(fit(data));

  it("does not depend on the order of the rows", () => {
    const turned = takeRows(
      data,
      Array.from({ length: 120 }, (_, r) => (r * 7 + 3) % 120),
    );
    expectClose(parameters(fit(turned)), expected, within);
  });

  it("follows the order of the columns", () => {
    const [a, b, c, d, intercept] = parameters(fit(changed(data, ([a, b, c, d]) => [d, b, a, c])));
    expectClose([c, b, d, a, intercept], expected, within);
  });

  it("takes every row twice as a weight of 2 and as twice the c", () => {
    const twice = takeRows(
      data,
      Array.from({ length: 240 }, (_, r) => r % 120),
    );
    const doubled = parameters(fit(data, { c: 2 }));
    expectClose(parameters(fit(twice)), doubled, within);
    expectClose(parameters(fit(data, { sampleWeights: new Float64Array(120).fill(2) })), doubled, within);
    expectClose(parameters(fit(data, { classWeight: [2, 2] })), doubled, within);
  });

  it("takes a weight of 0 as an absent row", () => {
    const sampleWeights = Float64Array.from({ length: 120 }, (_, r) => Number(r % 3 > 0));
    const without = takeRows(
      data,
      [...sampleWeights.keys()].filter((r) => r % 3 > 0),
    );
    expectClose(parameters(fit(data, { sampleWeights })), parameters(fit(without)), within);
  });

  it("shares a coefficient among equal columns and gives a column of zeros none", () => {
    const half = Math.sqrt(0.5);
    const [a, a2, b, c, d, zero, intercept] = parameters(
      fit(changed(data, ([a, b, c, d]) => [half * a, half * a, b, c, d, 0])),
    );
    expect(zero).toBe(0);
    expectClose([half * (a + a2), b, c, d, intercept], expected, within);
  });

  it("has a score, and is the same after a trip through JSON", () => {
    const model = fit(data);
    const fromJSON = model.kind === "linear SVC" ? linearSVCFromJSON : linearSVMFromJSON;
    const again = fromJSON(JSON.parse(JSON.stringify(model)));
    expect(again).toEqual(model);
    const right = model.predict(data.x).filter((guess, r) => guess === data.y[r]).length;
    expect(again.score(data)).toBe(right / 120);
    expect(model.predict(data.x)).toEqual(model.decision(data.x).map((margin) => Number(margin > 0)));
    expect(() => fromJSON({ ...model.toJSON(), objective: null })).toThrow(/saved by hitlab.*objective is missing/);
    expect(() => fromJSON({ format: "other" })).toThrow(/format other, version undefined/);
  });

  it("never gives NaN: columns of any scale, any c, a tolerance out of reach", () => {
    const scales = [1e-8, 1, 1e5, 1e8];
    const wild = changed(data, (row) => row.map((v, j) => v * scales[j] + scales[j]));
    const apart = samples([[-2], [-1], [1], [2]], [0, 0, 1, 1]);
    for (const rows of [data, wild, apart]) {
      for (const c of [1e-12, 1e-3, 1, 1e3, 1e8, 1e12]) {
        for (const tolerance of [1e-6, 1e-30]) {
          const model = fit(rows, { c, tolerance });
          expect([...parameters(model), model.objective].every(Number.isFinite)).toBe(true);
          if (tolerance > 1e-30 && rows !== wild) expect([c, model.converged]).toEqual([c, true]);
        }
      }
    }
    const early = fit(data, { maxIterations: 2 });
    expect([early.converged, early.iterations]).toEqual([false, 2]);
  });

  it.each([
    ["one class", { ...data, y: new Float64Array(120) }, {}, /all 120 train rows are of class 0/],
    ["a target of 2", { ...data, y: data.y.map((v) => 2 * v) }, {}, /0 or 1; row \d+/],
    ["NaN", { ...data, x: { ...data.x, data: data.x.data.map(() => Number.NaN) } }, {}, /"c0": row 0/],
    ["overflow", changed(data, (row) => row.map((v) => v * 1e200)), {}, /overflow.*scale the columns first/],
    ["c 0", data, { c: 0 }, /c must be a positive number/],
    ["a tolerance of NaN", data, { tolerance: Number.NaN }, /tolerance must be/],
    ["half an iteration", data, { maxIterations: 2.5 }, /maxIterations must be a whole number/],
    ["weights of other rows", data, { sampleWeights: new Float64Array(3) }, /120 finite numbers.*found "3 numbers"/],
    ["a negative weight", data, { classWeight: [1, -1] }, /classWeight must be 2 finite.*found "-1 at 1"/],
    [
      "c times weights beyond numbers",
      data,
      { c: 1e300, sampleWeights: new Float64Array(120).fill(1e300) },
      /range|overflow/,
    ],
    ["a class without weight", data, { classWeight: [0, 1] }, /rows of class 0 have the weight 0/],
  ])("refuses %s", (_, bad, o, message) => {
    expect(() => fit(bad, o)).toThrow(message);
  });

  it("refuses other columns, and inputs whose sums overflow", () => {
    const far = { ...data.x, data: data.x.data.with(9, 1e308).with(10, -1e308) };
    const model = fit(
      changed(data, (row) => row.map((v) => v / 100)),
      { c: 1e4 },
    );
    expect(() => model.predict(far)).toThrow(/inputs of row 2 .*overflow/);
    expect(() => fit(data).predict(matrix(1, 1, new Float64Array(1)))).toThrow(/was fit on the columns c0, c1, c2, c3/);
  });
});

it("finds the widest road between separable classes", () => {
  // By hand: the margin runs through -1 and 1, whatever the c, once it is large enough.
  const model = fitLinearSVM(samples([[-2], [-1], [1], [2]], [0, 0, 1, 1]), { c: 1e6 });
  expectClose(parameters(model), [1, 0], 1e-6);
  expect([model.objective, model.nSupport]).toEqual([expect.closeTo(0.5, 7), 2]);
});

it("has the same digits on every machine", () => {
  expect(parameters(fitLinearSVC(problem(200, 5)))).toEqual([
    1.1147132651361487, 0.6567374369973317, -0.5928271959264287, 0.18950309194447826, 0.2826965856199815,
    0.3023270190318154,
  ]);
  expect(parameters(fitLinearSVM(problem(200, 5)))).toEqual([
    1.8452501841029725, 1.4164564310945071, -1.0499807498899114, 0.34329995541406544, 0.4078301990562076,
    0.5490952486725407,
  ]);
});

it("proves the exact hinge's optimum whatever the scale and mean of the columns, and the c", () => {
  const scale = fc.constantFrom(1e-6, 1e-3, 1, 1e3, 1e6);
  const shift = fc.constantFrom(0, 1, 1e3, 1e5);
  fc.assert(
    fc.property(fc.array(fc.tuple(scale, shift), { minLength: 4, maxLength: 4 }), strengths, (columns, c) => {
      const data = changed(problem(60, 4), (row) => row.map((v, j) => (v + columns[j][1]) * columns[j][0]));
      expect(fitLinearSVM(data, { c }).converged).toBe(true);
    }),
  );
});

it("shifts only the intercept of the exact hinge when columns are shifted; a constant column changes nothing", () => {
  const data = problem(120, 4);
  const { coefficients, intercept } = fitLinearSVM(data, { tolerance: 1e-11 });
  const moved = fitLinearSVM(
    changed(data, ([a, b, c, d]) => [a + 100, b, c, d - 7, 3]),
    { tolerance: 1e-11 },
  );
  expectClose(moved.coefficients, [...coefficients, 0], 2e-5);
  expect(moved.intercept).toBeCloseTo(intercept - 100 * coefficients[0] + 7 * coefficients[3], 2);
});
