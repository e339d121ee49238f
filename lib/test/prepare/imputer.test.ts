import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ImputerOptions, imputer, transformerFromJSON } from "../../src/prepare";
import { matrix } from "../../src/samples";
import { samplesOf } from "./samples-of";

const nan = Number.NaN;
const of = (rows: readonly (readonly number[])[], names = ["a", "b", "c", "d"]) =>
  matrix(rows.length, names.length, Float64Array.from(rows.flat()), names);
const rowsOf = (x: { rows: number; columns: number; data: Float64Array }) =>
  Array.from({ length: x.rows }, (_, r) => [...x.data.subarray(r * x.columns, (r + 1) * x.columns)]);

const train = of([
  [1.5, nan, 3, 4],
  [nan, 2e9, 3, 5],
  [4.25, 7, nan, 6],
  [nan, 11, 8, 7],
  [0.1, 13.5, -2, 8],
]);
const test = of([
  [nan, nan, nan, nan],
  [9, 8, 7, nan],
]);

/**
 * Golden values, scikit-learn 1.9.1:
 *
 * X = np.array([[1.5, nan, 3, 4], [nan, 2e9, 3, 5], [4.25, 7, nan, 6], [nan, 11, 8, 7], [0.1, 13.5, -2, 8]])
 * T = np.array([[nan, nan, nan, nan], [9, 8, 7, nan]])
 * for strategy in ("mean", "median"):
 *     i = SimpleImputer(strategy=strategy, add_indicator=True).fit(X)
 *     print(strategy, i.statistics_.tolist(), i.transform(T).tolist())
 */
const golden = [
  ["mean", [1.95, 500000007.875, 3, 6]],
  ["median", [1.5, 12.25, 3, 6]],
] as const;

describe("imputer", () => {
  it.each(golden)("%s: scikit-learn's numbers and indicators", (strategy, fill) => {
    const fitted = imputer(train, { strategy, indicators: true });
    fill.forEach((value, c) => {
      expect(fitted.fill[c]).toBeCloseTo(value, 12);
    });
    expect(fitted.names).toEqual(["a", "b", "c", "d", "a missing", "b missing", "c missing"]);
    const filled = fitted.apply(test);
    expect(filled.names).toEqual(fitted.names);
    expect(rowsOf(filled)).toEqual([
      [...fitted.fill, 1, 1, 1],
      [9, 8, 7, fitted.fill[3], 0, 0, 0],
    ]);
    expect(Number.isNaN(test.data[0])).toBe(true);
  });

  it("fills with a constant, and only the columns named", () => {
    expect(rowsOf(imputer(train, { strategy: "constant", value: -1 }).apply(test))).toEqual([
      [-1, -1, -1, -1],
      [9, 8, 7, -1],
    ]);
    const some = imputer(train, { strategy: "mean", columns: ["d", "b"], indicators: true });
    expect([some.columns, [...some.fill], some.indicated]).toEqual([["d", "b"], [6, 500000007.875], ["b"]]);
    expect(rowsOf(some.apply(test))[0]).toEqual([nan, 500000007.875, nan, 6, 1]);
    const empty = of([[nan], [nan]], ["tidal"]);
    expect([...imputer(empty, { strategy: "constant", value: 0 }).apply(empty).data]).toEqual([0, 0]);
  });

  it("keeps target and info of samples", () => {
    const songs = { ...samplesOf([1, 0], { artist: Int32Array.of(3, 4) }), x: of([[nan], [2]], ["a"]) };
    const filled = imputer(songs, { strategy: "mean" }).apply(songs);
    expect([filled.y, filled.info, [...filled.x.data]]).toEqual([songs.y, songs.info, [2, 2]]);
  });

  it("fills each gap from the train rows alone and gives the same digits after a trip through JSON", () => {
    const cell = fc.oneof(
      { weight: 3, arbitrary: fc.double({ min: -1e300, max: 1e300, noNaN: true }) },
      fc.constant(nan),
    );
    const column = fc
      .array(cell, { minLength: 1, maxLength: 20 })
      .filter((cells) => cells.some((v) => !Number.isNaN(v)));
    fc.assert(
      fc.property(
        column,
        column,
        fc.constantFrom("mean", "median"),
        fc.boolean(),
        (ours, theirs, strategy, indicators) => {
          const own = of(
            ours.map((v) => [v]),
            ["a"],
          );
          const other = of(
            theirs.map((v) => [v]),
            ["a"],
          );
          const fitted = imputer(own, { strategy, indicators });
          const known = ours.filter((v) => !Number.isNaN(v));
          // Rounding may leave the range by a digit.
          const slack = 1e-12 * Math.max(...known.map(Math.abs));
          expect(fitted.fill[0]).toBeGreaterThanOrEqual(Math.min(...known) - slack);
          expect(fitted.fill[0]).toBeLessThanOrEqual(Math.max(...known) + slack);
          const filled = fitted.apply(other);
          const expected = theirs.map((v) => {
            const value = Number.isNaN(v) ? fitted.fill[0] : v;
            return fitted.names.length === 2 ? [value, Number(Number.isNaN(v))] : [value];
          });
          expect(rowsOf(filled)).toEqual(expected);
          const again = transformerFromJSON(JSON.parse(JSON.stringify(fitted)));
          expect(again.apply(other)).toEqual(filled);
        },
      ),
    );
  });

  it("refuses numbers whose mean overflows", () => {
    const huge = of([[1e308], [1e308]], ["a"]);
    expect(() => imputer(huge, { strategy: "mean" })).toThrow(/column "a": the numbers are too large for their mean/);
  });

  it("refuses what it cannot fill, by column and row", () => {
    const fit =
      (options: ImputerOptions, x = train) =>
      () =>
        imputer(x, options);
    const odd = "mode" as "mean";
    expect(fit({ strategy: odd })).toThrow(/strategy must be "mean", "median" or "constant" \(found "mode"\)/);
    expect(fit({ strategy: "constant" })).toThrow(/"constant" needs a finite number/);
    expect(fit({ strategy: "mean", value: 0 })).toThrow(/"mean" learns what to fill with \(found 0\)/);
    expect(fit({ strategy: "mean", columns: ["e"] })).toThrow(/no such column \(found "e"\).*name one of: a, b, c, d/);
    expect(fit({ strategy: "mean", columns: ["a", "a"] })).toThrow(/named twice/);
    expect(fit({ strategy: "mean", columns: "a" as unknown as string[] })).toThrow(/list of at least one name/);
    expect(fit({ strategy: "median" }, of([[nan], [nan]], ["tidal"]))).toThrow(
      /column "tidal": all 2 train rows are empty, so they have no median/,
    );
    const infinite = of([[1], [Number.NEGATIVE_INFINITY]], ["a"]);
    expect(fit({ strategy: "mean" }, infinite)).toThrow(/column "a": row 1 .* is infinite/);
    const fitted = imputer(of([[1], [2]], ["a"]), { strategy: "mean" });
    expect(() => fitted.apply(infinite)).toThrow(/column "a": row 1 .* is infinite/);
    const taken = of([[1, nan]], ["a missing", "a"]);
    expect(fit({ strategy: "constant", value: 0, indicators: true }, taken)).toThrow(/same name \(found "a missing"\)/);
    expect(() => fitted.apply(train)).toThrow(/this imputer was fit on the columns a \(found "a, b, c, d"\)/);
    expect(() => imputer(of([], ["a"]), { strategy: "mean" })).toThrow(/imputer got no rows/);
  });
});
