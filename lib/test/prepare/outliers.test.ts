import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { outliers, transformerFromJSON, winsorize } from "../../src/prepare";
import { matrix } from "../../src/samples";
import { samplesOf } from "./samples-of";

const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 58, -40];
const of = (column: readonly number[]) => matrix(column.length, 1, Float64Array.from(column), ["plays"]);

/**
 * Golden values, numpy 2 and SciPy 1.17.1:
 *
 * x = np.array([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 58, -40], dtype=float)
 * q1, q3 = np.quantile(x, [.25, .75])
 * z = .6745 * (x - np.median(x)) / stats.median_abs_deviation(x)
 * low, high = q1 - 1.5 * (q3 - q1), q3 + 1.5 * (q3 - q1)
 * print(low, high, ((x < low) | (x > high)).nonzero()[0].tolist(), (abs(z) > 3.5).nonzero()[0].tolist())
 */
describe("outliers", () => {
  it("finds those that the two rules name", () => {
    const [found] = outliers(of(values));
    const rows = Int32Array.of(10, 11);
    expect(found).toEqual({
      column: "plays",
      n: 12,
      low: -3.5,
      high: 10.5,
      iqr: 2,
      share: 2 / 12,
      robustZ: 2,
      rows,
      robustZRows: rows,
    });
    // z-scores 18.4 and -14.7; 9 has 1.85.
    expect([...outliers(of(values), { z: 15 })[0].robustZRows]).toEqual([10]);
    expect([...outliers(of(values), { z: 1.8 })[0].robustZRows]).toEqual([5, 10, 11]);
    expect([...outliers(of(values), { factor: 1 })[0].rows]).toEqual([5, 10, 11]);
  });

  it("reads frames and samples; empty cells do not count", () => {
    const frame = pl.DataFrame([
      pl.Series("track", ["a", "b", "c", "d"], pl.Utf8),
      pl.Series("plays", [1, null, 1, 90], pl.Int64),
      pl.Series("tidal", [null, null, null, null], pl.Float64),
    ]);
    const [plays, tidal] = outliers(frame);
    expect(plays).toMatchObject({ column: "plays", n: 3, iqr: 0, robustZ: null });
    expect(tidal).toMatchObject({ column: "tidal", n: 0, low: null, high: null, iqr: 0, share: null, robustZ: null });
    expect(outliers(frame, { columns: ["plays"] })).toHaveLength(1);
    expect(outliers(samplesOf([0, 1])).map(({ column }) => column)).toEqual(["c0"]);
    expect(() => outliers(frame, { columns: ["track"] })).toThrow(/column "track": row 0 .* holds no number/);
  });

  it("refuses odd options and infinities", () => {
    expect(() => outliers(of(values), { factor: 0 })).toThrow(/factor must be a positive number/);
    expect(() => outliers(of(values), { z: Number.NaN })).toThrow(/z must be a positive number/);
    expect(() => outliers(of(values), { columns: ["streams"] })).toThrow(/no such column/);
    expect(() => outliers(of([-1e308, 1e308]))).toThrow(/too large for their bounds/);
    expect(() => outliers(of([1, Number.POSITIVE_INFINITY]))).toThrow(/column "plays": row 1 .* is infinite/);
  });
});

describe("winsorize", () => {
  it("draws values to the train rows' quantiles, as pandas' clip", () => {
    // np.clip(x, *np.quantile(x, [.1, .9])).tolist()
    const golden = [3, 1, 4, 1, 5, 8.700000000000001, 2, 6, 5, 3, 8.700000000000001, 1];
    const fitted = winsorize(of(values), { low: 0.1, high: 0.9 });
    expect([...fitted.apply(of(values)).data]).toEqual(golden);
    expect([...fitted.apply(of([-1e9, 2.5, 1e9])).data]).toEqual([1, 2.5, 8.700000000000001]);
    const again = transformerFromJSON(JSON.parse(JSON.stringify(fitted)));
    expect(again.apply(of(values))).toEqual(fitted.apply(of(values)));
    expect([...winsorize(of(values), { low: 0, high: 1 }).apply(of([-50, 60])).data]).toEqual([-40, 58]);
  });

  it("leaves what lies within the bounds, draws all else to the nearer one, and changes nothing the second time", () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    const column = fc.array(value, { minLength: 1, maxLength: 40 });
    const share = fc.double({ min: 0, max: 0.49, noNaN: true });
    fc.assert(
      fc.property(column, column, share, share, (ours, theirs, low, cut) => {
        const fitted = winsorize(of(ours), { low, high: 1 - cut });
        const once = fitted.apply(of(theirs));
        once.data.forEach((drawn, row) => {
          const inside = theirs[row] >= fitted.low[0] && theirs[row] <= fitted.high[0];
          const bound = theirs[row] < fitted.low[0] ? fitted.low[0] : fitted.high[0];
          expect(drawn).toBe(inside ? theirs[row] : bound);
        });
        expect(fitted.apply(once)).toEqual(once);
      }),
    );
  });

  it("refuses odd shares, values and files", () => {
    expect(() => winsorize(of(values), { low: 1, high: 99 })).toThrow(/two ascending shares.*low 1, high 99/);
    expect(() => winsorize(of([Number.NaN]))).toThrow(/column "plays": row 0 .* is not a finite number/);
    const huge = of([-1.5e308, 1.5e308]);
    expect(() => winsorize(huge)).toThrow(/column "plays": the numbers are too large for their range/);
    const file = { ...winsorize(of(values)).toJSON(), low: [1e9] };
    expect(() => transformerFromJSON(file)).toThrow(/winsorize: low is above high/);
  });
});
