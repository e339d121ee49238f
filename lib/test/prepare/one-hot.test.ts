import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, it } from "vitest";
import { type OneHotOptions, oneHot, samples, transformerFromJSON } from "../../src/prepare";
import { samplesOf } from "./samples-of";

/** Samples of texts, coded in the order in which they come, as `prepare.samples` does. */
function songs(keys: readonly (string | null)[], modes: readonly string[]) {
  const frame = pl.DataFrame([
    pl.Series("key", [...keys], pl.Utf8),
    pl.Series("mode", [...modes], pl.Utf8),
    pl.Series(
      "tempo",
      keys.map((_, row) => row),
      pl.Float64,
    ),
    pl.Series(
      "y",
      keys.map(() => 0),
      pl.Float64,
    ),
  ]);
  return samples(frame, { features: ["tempo"], target: "y", info: ["key", "mode"], missing: "keep" });
}

const encodedRows = ({ x }: { x: { rows: number; columns: number; data: Float64Array } }) =>
  Array.from({ length: x.rows }, (_, r) => [...x.data.subarray(r * x.columns + 1, (r + 1) * x.columns)]);

const train = songs(["C#", "A", null, "C", "a"], ["Major", "Minor", "Major", "Major", "Minor"]);
const columns = ["key", "mode"];

/**
 * Golden values, scikit-learn 1.9.1:
 *
 * keys = np.array([["C#", "Major"], ["A", "Minor"], ["(missing)", "Major"], ["C", "Major"], ["a", "Minor"]], dtype=object)
 * new = np.array([["a", "Minor"], ["H", "Major"]], dtype=object)
 * e = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(keys)
 * print(e.get_feature_names_out(["key", "mode"]).tolist(), e.transform(new).tolist())
 * e = OneHotEncoder(drop="first", sparse_output=False).fit(keys)
 * print(e.get_feature_names_out(["key", "mode"]).tolist(), e.transform(keys[:3]).tolist())
 */
describe("oneHot", () => {
  it("agrees with scikit-learn, whatever codes the texts have", () => {
    const encoder = oneHot(train, { columns, unknown: "ignore" });
    const keys = ["key=(missing)", "key=A", "key=C", "key=C#", "key=a"];
    expect(encoder.names).toEqual(["tempo", ...keys, "mode=Major", "mode=Minor"]);
    const encoded = encoder.apply(songs(["a", "H"], ["Minor", "Major"]));
    expect(encoded.x.names).toEqual(encoder.names);
    expect(encodedRows(encoded)).toEqual([
      [0, 0, 0, 0, 1, 0, 1],
      [0, 0, 0, 0, 0, 1, 0],
    ]);
  });

  it("drops the first category as scikit-learn", () => {
    const encoder = oneHot(train, { columns, drop: "first" });
    expect(encoder.names).toEqual(["tempo", "key=A", "key=C", "key=C#", "key=a", "mode=Minor"]);
    expect(encodedRows(encoder.apply(train)).slice(0, 3)).toEqual([
      [0, 0, 1, 0, 0],
      [1, 0, 0, 0, 1],
      [0, 0, 0, 0, 0],
    ]);
    expect(encoder.categories[0][0]).toBe("(missing)");
  });

  it("encodes numbers by size and leaves its input alone", () => {
    const rows = samplesOf([0, 0, 0], { decade: Float64Array.of(100, 90, 90) });
    const encoded = oneHot(rows, { columns: ["decade"] }).apply(rows);
    expect(encoded.x.names).toEqual(["c0", "decade=90", "decade=100"]);
    expect(encodedRows(encoded)).toEqual([
      [0, 1],
      [1, 0],
      [1, 0],
    ]);
    expect([rows.x.columns, encoded.info]).toEqual([1, rows.info]);
  });

  it("has a single 1 for each known category, the same after a trip through JSON", () => {
    const texts = fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(texts, texts, (ours, theirs) => {
        const of = (keys: string[]) => songs(keys, keys);
        const encoder = oneHot(of(ours), { columns: ["key"], unknown: "ignore" });
        const encoded = encoder.apply(of(theirs));
        encodedRows(encoded).forEach((cells, row) => {
          expect(cells.filter((cell) => cell === 1)).toHaveLength(Number(ours.includes(theirs[row])));
          expect(cells.every((cell, c) => cell === Number(encoder.names[c + 1] === `key=${theirs[row]}`))).toBe(true);
        });
        const again = transformerFromJSON(JSON.parse(JSON.stringify(encoder)));
        expect([again.names, again.apply(of(theirs)).x]).toEqual([encoder.names, encoded.x]);
      }),
      { numRuns: 20 },
    );
  });

  it("refuses unknown categories and what is not there, by column and row", () => {
    const fit =
      (options: OneHotOptions, rows = train) =>
      () =>
        oneHot(rows, options);
    const encoder = oneHot(train, { columns });
    const other = songs(["A", "H"], ["Major", "Major"]);
    expect(() => encoder.apply(other)).toThrow(
      'column "key": row 1 (counted from 0) holds an unknown category (found "H"). To mend it: pass unknown',
    );
    expect(() => encoder.apply(train.x)).toThrow(/a matrix has no info columns/);
    expect(() => encoder.apply({ ...train, info: {} })).toThrow(/no info column "key"/);
    expect(() => encoder.apply(encoder.apply(train))).toThrow(/was fit on the columns tempo/);
    expect(() => encoder.apply({ ...train, values: {} })).toThrow(/texts in one place and numbers in another/);
    expect(fit({ columns: ["artist"] })).toThrow(/no info column "artist"/);
    expect(fit({ columns: [] })).toThrow(/list of info columns/);
    expect(fit({ columns: ["key", "key"] })).toThrow(/named twice/);
    expect(fit({ columns, unknown: "ignore", drop: "first" })).toThrow(/would pass for it/);
    expect(fit({ columns, unknown: "drop" as "ignore" })).toThrow(/unknown must be "error" or "ignore"/);
    expect(fit({ columns, drop: "last" as "first" })).toThrow(/drop must be "none" or "first"/);
    const noNumber = samplesOf([0], { decade: Float64Array.of(Number.NaN) });
    expect(() => oneHot(noNumber, { columns: ["decade"] })).toThrow(/column "decade": row 0 .* has no category/);
    const named = { ...train, x: { ...train.x, names: ["mode=Major"] } };
    expect(() => oneHot(named, { columns })).toThrow(/same name \(found "mode=Major"\)/);
  });
});
