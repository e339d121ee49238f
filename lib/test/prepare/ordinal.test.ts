import { describe, expect, it } from "vitest";
import { type OrdinalOptions, ordinal, transformerFromJSON } from "../../src/prepare";
import { samplesOf } from "./samples-of";

function songs(texts: readonly string[]) {
  const values = [...new Set(texts)];
  const info = { size: Int32Array.from(texts, (text) => values.indexOf(text)) };
  return { ...samplesOf(new Float64Array(texts.length), info), values: { size: values } };
}

const train = songs(["low", "high", "mid", "low"]);
const size = ["low", "mid", "high"];
const coded = (encoder: ReturnType<typeof ordinal>, rows = train) => {
  const { x } = encoder.apply(rows);
  return Array.from({ length: x.rows }, (_, r) => x.data[r * 2 + 1]);
};

/**
 * Golden values, scikit-learn 1.9.1:
 *
 * key = np.array([["low"], ["high"], ["mid"], ["low"]], dtype=object)
 * print(OrdinalEncoder().fit(key).transform(key).ravel().tolist())
 * e = OrdinalEncoder(categories=[["low", "mid", "high"]], handle_unknown="use_encoded_value", unknown_value=-1).fit(key)
 * print(e.transform(np.array([["high"], ["odd"], ["low"]], dtype=object)).ravel().tolist())
 */
describe("ordinal", () => {
  it("agrees with scikit-learn, whatever codes the texts have", () => {
    const encoder = ordinal(train, { columns: ["size"] });
    expect([encoder.names, coded(encoder)]).toEqual([
      ["c0", "size"],
      [1, 0, 2, 1],
    ]);
    const ordered = ordinal(train, { columns: ["size"], categories: { size }, unknown: -1 });
    expect(coded(ordered, songs(["high", "odd", "low"]))).toEqual([2, -1, 0]);
    const again = transformerFromJSON(JSON.parse(JSON.stringify(ordered)));
    expect(again.apply(songs(["high", "odd", "low"])).x).toEqual(ordered.apply(songs(["high", "odd", "low"])).x);
  });

  it("orders numbers by size", () => {
    const rows = samplesOf([0, 0, 0], { decade: Float64Array.of(100, 90, 90) });
    const { x } = ordinal(rows, { columns: ["decade"] }).apply(rows);
    expect([...x.data]).toEqual([0, 1, 1, 0, 2, 0]);
  });

  it("refuses unknown categories and odd options", () => {
    const fit = (options: Omit<OrdinalOptions, "columns">) => () => ordinal(train, { columns: ["size"], ...options });
    const encoder = ordinal(train, { columns: ["size"] });
    expect(() => encoder.apply(songs(["mid", "odd"]))).toThrow(
      'column "size": row 1 (counted from 0) holds an unknown category (found "odd")',
    );
    expect(fit({ categories: { size: ["low", "mid"] } })).toThrow(/row 1 .* \(found "high"\)/);
    expect(fit({ categories: { size: ["low", "low"] } })).toThrow(/listed twice \(found "low"\)/);
    expect(fit({ categories: { size: [] } })).toThrow(/list of at least one/);
    expect(fit({ categories: { size: "low" as unknown as string[] } })).toThrow(/list of at least one \(found "low"\)/);
    expect(fit({ categories: { key: ["A"] } })).toThrow(/column that is not encoded \(found "key"\)/);
    expect(fit({ categories: { size: [1, 2, 3] } })).toThrow(/texts in one place and numbers in another/);
    expect(fit({ unknown: 1 })).toThrow(/no known category has \(found 1\)/);
    expect(fit({ unknown: Number.NaN })).toThrow(/no known category has \(found NaN\)/);
    expect(() => ordinal(train, { columns: ["mood"] })).toThrow(/no info column "mood"/);
    const named = { ...train, x: { ...train.x, names: ["size"] } };
    expect(() => ordinal(named, { columns: ["size"] })).toThrow(/same name \(found "size"\)/);
    const bad = (change: object) => () => transformerFromJSON({ ...encoder.toJSON(), ...change });
    expect(bad({ unknown: null })).toThrow(/unknown is neither/);
    expect(bad({ categories: [["a", "a"]] })).toThrow(/different texts or numbers/);
    expect(bad({ categories: [["a", 1]] })).toThrow(/different texts or numbers/);
    expect(bad({ categories: [] })).toThrow(/categories is no list of 1/);
  });
});
