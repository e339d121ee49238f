import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minMax, robust, type Scaler, scalerFromJSON, standard } from "../../src/prepare";
import { type Matrix, matrix } from "../../src/samples";
import { lehmer } from "./chart-frame";
import { samplesOf } from "./samples-of";

const column = (x: Matrix, c: number) => Array.from({ length: x.rows }, (_, r) => x.data[r * x.columns + c]);

const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
const matrices = fc
  .record({ rows: fc.integer({ min: 1, max: 30 }), columns: fc.integer({ min: 1, max: 5 }) })
  .chain(({ rows, columns }) =>
    fc
      .array(value, { minLength: rows * columns, maxLength: rows * columns })
      .map((data) => matrix(rows, columns, Float64Array.from(data))),
  );

describe.each([
  ["minMax", minMax],
  ["standard", standard],
  ["robust", robust],
] as const)("%s", (kind, fit) => {
  it("comes back by inverse, exact to rounding", () => {
    fc.assert(
      fc.property(matrices, matrices, (x, other) => {
        const scaler = fit(x);
        const rows = other.columns === x.columns ? other : x;
        const back = scaler.inverse(scaler.apply(rows));
        back.data.forEach((v, i) => {
          const size = Math.abs(rows.data[i]) + Math.abs(scaler.center[i % x.columns]);
          // 1e-300: numbers near the smallest ones lose digits when divided.
          expect(Math.abs(v - rows.data[i])).toBeLessThanOrEqual(4 * Number.EPSILON * size + 1e-300);
        });
      }),
    );
  });

  it("makes a constant column 0 (up to rounding of its mean), with scale 1", () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 50 }), (constant, rows) => {
        const x = matrix(rows, 1, new Float64Array(rows).fill(constant));
        const scaler = fit(x);
        expect(scaler.scale[0]).toBe(1);
        for (const v of scaler.apply(x).data) {
          expect(Math.abs(v)).toBeLessThanOrEqual(rows * Number.EPSILON * Math.abs(constant));
        }
      }),
    );
  });

  it("gives the same after a trip through JSON, and leaves its input alone", () => {
    fc.assert(
      fc.property(matrices, (x) => {
        const before = x.data.slice();
        const scaler = fit(x);
        const again = scalerFromJSON(JSON.parse(JSON.stringify(scaler)));
        expect(again.apply(x)).toEqual(scaler.apply(x));
        expect(again.kind).toBe(kind);
        expect(x.data).toEqual(before);
      }),
    );
  });

  it("scales samples and keeps all else", () => {
    const samples = { ...samplesOf([0, 1, 0], { song: Int32Array.from([4, 5, 6]) }), title: "kept" };
    const scaled = fit(samples).apply(samples);
    expect(scaled).toMatchObject({ y: samples.y, info: samples.info, title: "kept" });
    expect(scaled.x).toEqual(fit(samples.x).apply(samples.x));
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("refuses %d by column and row", (bad) => {
    const good = matrix(3, 2, Float64Array.from([1, 2, 3, 4, 5, 6]), ["energy", "tempo"]);
    const broken = { ...good, data: Float64Array.from([1, 2, 3, 4, 5, bad]) };
    const message = `column "tempo": row 2 (counted from 0) is not a finite number (found ${bad})`;
    expect(() => fit(broken)).toThrow(message);
    expect(() => fit(good).apply(broken)).toThrow(message);
    expect(() => fit(good).inverse(broken)).toThrow(message);
  });

  it("refuses numbers whose spread overflows", () => {
    const huge = matrix(2, 2, Float64Array.of(1, -1.5e308, 2, 1.5e308), ["a", "b"]);
    expect(() => fit(huge)).toThrow(/column "b": the numbers are too large for their (range|variance|median)/);
  });

  it("refuses other columns and no rows", () => {
    const x = matrix(2, 2, new Float64Array(4), ["energy", "tempo"]);
    expect(() => fit(x).apply({ ...x, names: ["tempo", "energy"] })).toThrow(/fit on the columns energy, tempo/);
    expect(() => fit(x).apply(matrix(2, 1, new Float64Array(2)))).toThrow(/fit on the columns energy, tempo/);
    expect(() => fit(matrix(0, 2, new Float64Array(0)))).toThrow(/got no rows/);
  });
});

/**
 * Golden values, scikit-learn 1.9.1:
 *
 * def lehmer(state=1):
 *     while True:
 *         state = state * 16807 % 2147483647
 *         yield state / 2147483647
 * d = lehmer()
 * X = np.array([[next(d) * 5 - 2, 7.1, next(d) * 1e6 + 1e5, 1e9 + 0.1, next(d) * 1e-17] for _ in range(40)])
 * for S in (MinMaxScaler, StandardScaler):
 *     s = S().fit(X); print(s.scale_.tolist(), s.transform(X)[[0, 39]].tolist())
 *
 * for q in ((25, 75), (5, 95)):
 *     s = RobustScaler(quantile_range=q).fit(X); print(s.scale_.tolist(), s.transform(X)[[0, 39]].tolist())
 *
 * The last column's range is below 10 epsilon: constant to MinMaxScaler, not to StandardScaler.
 */
describe("scalers agree with scikit-learn", () => {
  const draw = lehmer();
  const uniform = () => draw() / 2147483647;
  const rows = Array.from({ length: 40 }, () => [
    uniform() * 5 - 2,
    7.1,
    uniform() * 1e6 + 1e5,
    1e9 + 0.1,
    uniform() * 1e-17,
  ]);
  const x = matrix(40, 5, Float64Array.from(rows.flat()));

  function expectLike(scaler: Scaler, scale: number[], first: number[], last: number[]): void {
    scale.forEach((s, c) => {
      expect(scaler.scale[c] / s).toBeCloseTo(1, 12);
    });
    const scaled = scaler.apply(x);
    first.forEach((v, c) => {
      // The constant columns may differ by the rounding of their mean: 1e9 * epsilon * some.
      const digits = c === 3 ? 5 : 12;
      expect(column(scaled, c)[0]).toBeCloseTo(v, digits);
      expect(column(scaled, c)[39]).toBeCloseTo(last[c], digits);
    });
  }

  it("minMax", () => {
    expectLike(
      minMax(x),
      [1 / 0.21397581550294162, 1, 1 / 1.0166835971458223e-6, 1, 1],
      [0, 0, 0.11759988000097464, 0, 7.479071359838858e-18],
      [0.22761002117145154, 0, 0.7105014692759272, 0, 1.2272907566406256e-18],
    );
  });

  it("standard", () => {
    expectLike(
      standard(x),
      [1.366774696970046, 1, 278313.7373525235, 1, 3.1518031939692318e-18],
      [-1.7804959492320105, 0, -1.4934155690893611, 0, 0.7804532308222386],
      [-1.0022269011385387, 0, 0.6019613429952141, 0, -1.203103551898397],
    );
  });

  it("robust", () => {
    expectLike(
      robust(x),
      [2.2367972914300847, 1, 393650.3584932771, 1, 1],
      [-1.053025614823301, 0, -1.118359091793103, 0, 2.504709978822949e-18],
      [-0.5774713719580306, 0, 0.3630880020100843, 0, -3.7470706243752836e-18],
    );
    expectLike(
      robust(x, { quantiles: [0.05, 0.95] }),
      [4.287464802054439, 1, 878034.3305682922, 1, 1],
      [-0.5493700710766447, 0, -0.5013954945515987, 0, 2.504709978822949e-18],
      [-0.30127043843140033, 0, 0.1627837513635357, 0, -3.7470706243752836e-18],
    );
  });
});

describe("robust", () => {
  it("takes no quantiles but two ascending shares", () => {
    const x = matrix(2, 1, Float64Array.of(1, 2));
    for (const quantiles of [
      [0.5, 0.5],
      [25, 75],
      [-0.1, 0.5],
      [0.75, 0.25],
      [Number.NaN, 1],
    ] as const) {
      expect(() => robust(x, { quantiles })).toThrow(/two ascending shares from 0 to 1/);
    }
  });

  it("is not moved by an outlier", () => {
    const of = (last: number) => robust(matrix(5, 1, Float64Array.of(1, 2, 3, 4, last)));
    expect([of(5).center, of(5).scale]).toEqual([of(1e12).center, of(1e12).scale]);
  });
});

describe("scalerFromJSON refuses", () => {
  const good = minMax(matrix(2, 2, Float64Array.from([0, 0, 1, 2]))).toJSON();

  it.each([
    [null, /format undefined/],
    [[], /format undefined/],
    [{ ...good, format: "other" }, /format other/],
    [{ ...good, version: 2 }, /version 2/],
    [{ ...good, kind: "log" }, /kind log/],
    [{ ...good, names: "c0" }, /no names/],
    [{ ...good, names: [1, 2] }, /no names/],
    [{ ...good, center: [0] }, /center is not 2 numbers/],
    [{ ...good, center: [0, null] }, /center is not 2 numbers/],
    [{ ...good, scale: [1, 0] }, /scale is not 2 positive numbers/],
    [{ ...good, scale: undefined }, /scale is not 2 positive numbers/],
  ])("%j", (file, message) => {
    expect(() => scalerFromJSON(file)).toThrow(message);
  });
});
