import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expm1, type LogBase, log1p, logTransform, transformerFromJSON } from "../../src/prepare";
import { matrix } from "../../src/samples";

const of = (values: ArrayLike<number>, name = "streams") => matrix(values.length, 1, Float64Array.from(values), [name]);
const bases = ["e", "2", "10"] as const;

/**
 * Golden values, numpy 2:
 *
 * x = [0, 1, 999, 2**40]
 * print(np.log1p(x).tolist(), (np.log1p(x) / np.log(2)).tolist(), np.log10([.5, 1, 1000, 2**40]).tolist())
 */
describe("logTransform", () => {
  it("agrees with numpy", () => {
    const counts = [0, 1, 999, 2 ** 40];
    const expectLike = (ours: Float64Array, theirs: number[]) => {
      theirs.forEach((value, row) => {
        expect(ours[row]).toBeCloseTo(value, 11);
      });
    };
    expectLike(log1p(counts), [0, Math.LN2, 6.907755278982137, 27.725887222398722]);
    const two = logTransform(of(counts), { base: "2" });
    expectLike(two.apply(of(counts)).data, [0, 1, 9.965784284662087, 40.000000000001315]);
    const positive = of([0.5, 1, 1000, 2 ** 40]);
    const ten = logTransform(positive, { base: "10", plusOne: false });
    expectLike(ten.apply(positive).data, [-0.3010299956639812, 0, 3, 12.041199826559248]);
  });

  it.each(bases)("base %s: whole counts up to 10^12 come back exactly after rounding", (base) => {
    const count = fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 1e12 }), fc.constant(1e12));
    fc.assert(
      fc.property(fc.array(count, { minLength: 1, maxLength: 500 }), fc.boolean(), (counts, plusOne) => {
        const x = of(plusOne ? counts : counts.map((v) => Math.max(v, 1)));
        const logs = logTransform(x, { base, plusOne });
        expect(logs.inverse(logs.apply(x)).data.map(Math.round)).toEqual(x.data);
        if (base === "e" && plusOne) expect(expm1(log1p(x.data)).map(Math.round)).toEqual(x.data);
        const again = transformerFromJSON(JSON.parse(JSON.stringify(logs)));
        expect(again.apply(x)).toEqual(logs.apply(x));
      }),
    );
  });

  it("comes back up to rounding for small numbers too", () => {
    fc.assert(
      fc.property(fc.double({ min: -0.5, max: 10, noNaN: true }), (value) => {
        const [back] = expm1(log1p([value]));
        expect(Math.abs(back - value)).toBeLessThanOrEqual(8 * Number.EPSILON * Math.abs(value) + 1e-323);
      }),
    );
  });

  it("changes the columns named only", () => {
    const x = matrix(2, 3, Float64Array.of(0, 1, 5, Number.NaN, 3, -5), ["a", "b", "c"]);
    const logs = logTransform(x, { columns: ["b"], base: "2" });
    expect([...logs.apply(x).data]).toEqual([0, 1, 5, Number.NaN, 2, -5]);
    expect([logs.inputs, logs.names, logs.columns]).toEqual([x.names, x.names, ["b"]]);
  });

  it("refuses what has no logarithm, by column and row", () => {
    expect(() => logTransform(of([0, -1]))).toThrow(
      'column "streams": row 1 (counted from 0) has no logarithm of one more (found -1)',
    );
    expect(() => logTransform(of([1, 0]), { plusOne: false })).toThrow(
      /row 1 .* has no logarithm \(found 0\).*plusOne/,
    );
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => logTransform(of([odd]))).toThrow(/row 0 .* has no logarithm/);
      expect(() => expm1([0, odd])).toThrow(/row 1 .* is no logarithm of a finite number/);
    }
    const logs = logTransform(of([1]));
    expect(() => logs.apply(of([-2]))).toThrow(/column "streams": row 0 .* \(found -2\)/);
    expect(() => logs.inverse(of([710]))).toThrow(/column "streams": row 0 .* is no logarithm of a finite number/);
    expect(() => logs.inverse(of([Number.NEGATIVE_INFINITY]))).toThrow(/is no logarithm of a finite number/);
    expect(() => logs.apply(of([1], "plays"))).toThrow(/fit on the columns streams/);
    expect(() => log1p([3, -4])).toThrow(/^row 1 .* \(found -4\)/);
    expect(() => log1p([3, null as unknown as number])).toThrow(/^row 1 .* \(found null\).*fill empty cells before/);
    expect(() => log1p(["3" as unknown as number])).toThrow(/^row 0 .* \(found "3"\)/);
    expect(() => logTransform(of([1]), { base: 10 as unknown as LogBase })).toThrow(/base must be .* \(found 10\)/);
    expect(() => logTransform(of([1]), { base: "7" as LogBase })).toThrow(
      /base must be "e", "2" or "10" \(found "7"\)/,
    );
    expect(() => logTransform(of([1]), { columns: ["plays"] })).toThrow(/no such column/);
    const good = logs.toJSON();
    const bad = (change: object) => () => transformerFromJSON({ ...good, ...change });
    expect(bad({ base: "3" })).toThrow(/log: base is none of e, 2, 10/);
    expect(bad({ plusOne: 1 })).toThrow(/log: plusOne is none of true, false/);
    expect(bad({ columns: ["plays"] })).toThrow(/columns names other columns/);
  });
});
