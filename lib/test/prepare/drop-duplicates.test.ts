import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { dropDuplicates } from "../../src/prepare";

const frame = pl.DataFrame([
  pl.Series("track", ["a", "b", "a", null, null, "b"], pl.Utf8),
  pl.Series("streams", [1, 2, 3, null, null, 2], pl.Int64),
  pl.Series("share", [0.5, Number.NaN, 0.5, null, Number.NaN, Number.NaN], pl.Float64),
]);

/**
 * Golden values, pandas 3.1.1:
 *
 * f = pd.DataFrame({"track": ["a", "b", "a", None, None, "b"], "streams": [1, 2, 3, nan, nan, 2],
 *                   "share": [.5, nan, .5, nan, nan, nan]})
 * print(f.drop_duplicates().index.tolist(), f.drop_duplicates(["track"]).index.tolist(),
 *       f.drop_duplicates(["share"]).index.tolist())
 */
describe("dropDuplicates", () => {
  it.each([
    [undefined, [0, 1, 2, 3]],
    [["track"], [0, 1, 3]],
    [["share"], [0, 1]],
  ])("%j: pandas' rows", (columns, kept) => {
    const numbered = frame.withColumn(pl.Series("row", [0, 1, 2, 3, 4, 5]));
    const { frame: left, dropped, rows } = dropDuplicates(columns ? numbered : frame, columns);
    expect([left.height, dropped]).toEqual([kept.length, 6 - kept.length]);
    expect(rows).toEqual([0, 1, 2, 3, 4, 5].filter((row) => !kept.includes(row)));
    if (columns) expect(left.getColumn("row").toArray()).toEqual(kept);
  });

  it("keeps a frame without duplicates, and tells infinities apart", () => {
    const values = pl.DataFrame({ a: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0] });
    expect(dropDuplicates(values)).toMatchObject({ dropped: 0, rows: [] });
    expect(dropDuplicates(values).frame.height).toBe(4);
  });

  it("refuses columns that are not there", () => {
    expect(() => dropDuplicates(frame, ["song"])).toThrow(/no such column \(found "song"\)/);
    expect(() => dropDuplicates(frame, ["track", "track"])).toThrow(/named twice/);
    expect(() => dropDuplicates(frame, [])).toThrow(/at least one name/);
    expect(() => dropDuplicates(frame, "track" as unknown as string[])).toThrow(/at least one name/);
  });
});
