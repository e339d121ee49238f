import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantile, transformerFromJSON } from "../../src/prepare";
import { type Matrix, matrix } from "../../src/samples";

const of = (rows: readonly (readonly number[])[]) =>
  matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
const column = (x: Matrix, c: number) => Array.from({ length: x.rows }, (_, r) => x.data[r * x.columns + c]);

const train = of([
  [0, 5],
  [0, 1],
  [0, 9],
  [3, 2],
  [4, 2.5],
  [4, 8],
  [4, 7],
  [10, 6],
  [11, 3],
  [250, 4],
]);
const test = of([
  [-1, 0],
  [0, 1],
  [1, 1.5],
  [3, 5.25],
  [4, 9],
  [5, 8.5],
  [250, 20],
  [1000, 2],
]);

/**
 * Golden values, scikit-learn 1.9.1:
 *
 * X = np.array([[0, 5], [0, 1], [0, 9], [3, 2], [4, 2.5], [4, 8], [4, 7], [10, 6], [11, 3], [250, 4]], dtype=float)
 * T = np.array([[-1, 0], [0, 1], [1, 1.5], [3, 5.25], [4, 9], [5, 8.5], [250, 20], [1000, 2]], dtype=float)
 * for output in ("uniform", "normal"):
 *     for n in (10, 4):
 *         q = QuantileTransformer(n_quantiles=n, output_distribution=output, subsample=None).fit(X)
 *         Z = q.transform(T)
 *         print(output, n, Z.T.tolist(), q.inverse_transform(Z).T.tolist())
 */
const golden = [
  [
    "uniform",
    10,
    [0, 0, 0.2592592592592593, 0.3333333333333336, 0.5555555555555556, 0.6851851851851851, 1, 1],
    [0, 0, 0.05555555555555555, 0.5833333333333334, 1, 0.9444444444444444, 1, 0.1111111111111111],
  ],
  [
    "uniform",
    4,
    [0, 0, 0.11111111111111122, 0.3333333333333342, 0.6666666666666666, 0.6680216802168022, 1, 1],
    [0, 0, 0.08333333333333336, 0.5833333333333335, 1, 0.9444444444444444, 1, 0.16666666666666669],
  ],
  [
    "normal",
    10,
    [
      -5.199337582605575, -5.199337582605575, -0.645630749275982, -0.4307272992954568, 0.13971029888186212,
      0.482248214837923, 5.19933758270342, 5.19933758270342,
    ],
    [
      -5.199337582605575, -5.199337582605575, -1.5932188180230507, 0.21042839424792484, 5.19933758270342,
      1.59321881802305, 5.19933758270342, -1.22064034884735,
    ],
  ],
  [
    "normal",
    4,
    [
      -5.199337582605575, -5.199337582605575, -1.2206403488473492, -0.4307272992954551, 0.43072729929545744,
      0.43445696436144404, 5.19933758270342, 5.19933758270342,
    ],
    [
      -5.199337582605575, -5.199337582605575, -1.382994127100638, 0.21042839424792512, 5.19933758270342,
      1.59321881802305, 5.19933758270342, -0.967421566101701,
    ],
  ],
] as const;

const clipped = [
  [0, 0, 1, 3, 4, 5, 250, 250],
  [1, 1, 1.5, 5.25, 9, 8.5, 9, 2],
];

describe("quantile", () => {
  it.each(golden)("%s, %d quantiles: scikit-learn's numbers, there and back", (output, quantiles, ...theirs) => {
    const scaler = quantile(train, { output, quantiles });
    const scaled = scaler.apply(test);
    const back = scaler.inverse(scaled);
    theirs.forEach((values, c) => {
      values.forEach((value, row) => {
        // The normal quantile at 1e-7 differs from SciPy's by 5e-12.
        expect(column(scaled, c)[row]).toBeCloseTo(value, 10);
        expect(column(back, c)[row]).toBeCloseTo(clipped[c][row], 11);
      });
    });
  });

  it("keeps the order, stays in its range, comes back within train's range, the same after JSON", () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    const values = fc.array(value, { minLength: 1, maxLength: 40 });
    const options = fc.record({
      output: fc.constantFrom("uniform" as const, "normal" as const),
      quantiles: fc.integer({ min: 2, max: 50 }),
    });
    fc.assert(
      fc.property(values, values, options, (ours, theirs, how) => {
        const x = of(ours.map((v) => [v]));
        const ascending = of([...theirs].sort((a, b) => a - b).map((v) => [v]));
        const scaler = quantile(x, how);
        const scaled = scaler.apply(ascending);
        const [low, high] = how.output === "uniform" ? [0, 1] : [-5.2, 5.2];
        scaled.data.forEach((v, row) => {
          expect(v).toBeGreaterThanOrEqual(row === 0 ? low : scaled.data[row - 1]);
          expect(v).toBeLessThanOrEqual(high);
        });
        const back = scaler.inverse(scaled).data;
        for (const v of back) {
          expect(v).toBeGreaterThanOrEqual(Math.min(...ours));
          expect(v).toBeLessThanOrEqual(Math.max(...ours));
        }
        const again = transformerFromJSON(JSON.parse(JSON.stringify(scaler)));
        expect(again.apply(ascending)).toEqual(scaled);
      }),
    );
  });

  it("spreads train rows without ties evenly, and makes a constant column 0", () => {
    const x = of([[3], [100], [-7], [8], [4]]);
    expect([...quantile(x).apply(x).data]).toEqual([0.25, 1, 0, 0.75, 0.5]);
    const same = of([[7], [7], [7]]);
    expect([...quantile(same).apply(same).data]).toEqual([0, 0, 0]);
    expect([...quantile(of([[7]])).apply(of([[6], [7], [8]])).data]).toEqual([0, 0, 1]);
  });

  it("refuses odd options, values and files", () => {
    const x = of([[1], [2]]);
    expect(() => quantile(x, { quantiles: 1 })).toThrow(/whole number from 2 up \(found 1\)/);
    expect(() => quantile(x, { output: "gaussian" as "normal" })).toThrow(/output must be "uniform" or "normal"/);
    expect(() => quantile(of([[Number.NaN]]))).toThrow(/column "c0": row 0 .* is not a finite number/);
    expect(() => quantile(x).apply(of([[1, 2]]))).toThrow(/this quantile scaler was fit on the columns c0/);
    expect(() => quantile(of([[-1.5e308], [1.5e308]]))).toThrow(/too large for their range/);
    const bad = (change: object) => () => transformerFromJSON({ ...quantile(x).toJSON(), ...change });
    expect(bad({ quantiles: [[2, 1]] })).toThrow(/quantiles are not ascending/);
    expect(bad({ quantiles: [[]] })).toThrow(/quantiles is not a list of numbers/);
    expect(bad({ quantiles: [[1, 2], [1]] })).toThrow(/quantiles is no list of 1/);
    expect(bad({ output: "other" })).toThrow(/output is none of uniform, normal/);
  });
});
