import pl from "nodejs-polars";
import { expect, it } from "vitest";
import { samples } from "../../src/prepare";
import { takeRows } from "../../src/samples";

const frame = pl.DataFrame({
  artist: ["B", "A", "B"],
  year: [1991, 1992, 1993],
  tempo: [120.5, 99, 101],
  energy: [0.5, 0.25, 0],
  target: pl.Series("target", Int32Array.of(1, 0, 1)),
});

it("takes features, target and info from a frame, row for row", () => {
  const songs = samples(frame, { features: ["energy", "tempo"], target: "target", info: ["artist", "year"] });
  expect(songs.x).toEqual({
    rows: 3,
    columns: 2,
    data: Float64Array.of(0.5, 120.5, 0.25, 99, 0, 101),
    names: ["energy", "tempo"],
  });
  expect(songs.y).toEqual(Float64Array.of(1, 0, 1));
  expect(songs.info).toEqual({ artist: Int32Array.of(0, 1, 0), year: Float64Array.of(1991, 1992, 1993) });
  expect(songs.values).toEqual({ artist: ["B", "A"] });
  expect(takeRows(songs, [1]).values.artist[takeRows(songs, [1]).info.artist[0]]).toBe("A");
  expect(samples(frame, { features: ["tempo"], target: "target" }).info).toEqual({});
});

it("refuses what would be silently wrong", () => {
  const of =
    (features: string[], target = "target", info: string[] = []) =>
    () =>
      samples(frame, { features, target, info });
  expect(of([])).toThrow(/at least one feature/);
  expect(of("tempo" as unknown as string[])).toThrow(/a list of at least one feature \(found "tempo"\)/);
  expect(of(["tempo", "target"])).toThrow(/the target is among the features \(found "target"\)/);
  expect(of(["tempo", "tempo"])).toThrow(/a column is named twice \(found "tempo"\)/);
  expect(of(["tempo"], "target", ["year", "year"])).toThrow(/named twice/);
  expect(of(["pitch"])).toThrow(/no such column \(found "pitch"\)/);
  expect(of(["tempo"], "hit")).toThrow(/no such column \(found "hit"\)/);
  expect(of(["tempo"], "target", ["singer"])).toThrow(/no such column \(found "singer"\)/);
  expect(of(["artist"])).toThrow(/column "artist": row 0 .* holds no number \(found "B"\).*prepare.oneHot/);
  expect(of(["tempo"], "target", "artist" as unknown as string[])).toThrow(/info must be a list .* \(found "artist"\)/);
});

it("names the row of an empty cell", () => {
  const holes = pl.DataFrame([
    pl.Series("a", [1, Number.NaN]),
    pl.Series("b", [1, null], pl.Float64),
    pl.Series("text", ["x", null], pl.Utf8),
    pl.Series("y", [0, 1]),
  ]);
  expect(() => samples(holes, { features: ["a"], target: "y" })).toThrow(/column "a": row 1 /);
  expect(() => samples(holes, { features: ["y"], target: "b" })).toThrow(/column "b": row 1 /);
  expect(() => samples(holes, { features: ["y"], target: "a", info: ["text"] })).toThrow(/column "text": row 1 .*text/);
  expect(() => samples(holes, { features: ["b"], target: "y" })).toThrow(/is empty\. To mend it: .*missing: "keep"/);
});

it("keeps empty cells where asked: NaN, and a category of its own", () => {
  const holes = pl.DataFrame([
    pl.Series("a", [1, Number.NaN, null], pl.Float64),
    pl.Series("count", [1, null, 3], pl.Int64),
    pl.Series("text", ["x", null, null], pl.Utf8),
    pl.Series("y", [0, 1, 1]),
  ]);
  const kept = samples(holes, { features: ["a", "count"], target: "y", info: ["text", "count"], missing: "keep" });
  expect([...kept.x.data]).toEqual([1, 1, Number.NaN, Number.NaN, Number.NaN, 3]);
  expect(kept.info.count).toEqual(Float64Array.of(1, Number.NaN, 3));
  expect([kept.values.text, [...kept.info.text]]).toEqual([
    ["x", "(missing)"],
    [0, 1, 1],
  ]);
});

it("keeps no empty target, no text for a number, no infinity, and no text that says empty", () => {
  const odd = pl.DataFrame([
    pl.Series("digits", ["1", null, "2,000"], pl.Utf8),
    pl.Series("infinite", [1, null, Number.POSITIVE_INFINITY], pl.Float64),
    pl.Series("said", [null, "(missing)", "x"], pl.Utf8),
    pl.Series("y", [0, null, 1], pl.Float64),
    pl.Series("fine", [0, 1, 1]),
  ]);
  const of =
    (features: string[], target: string, info: string[] = []) =>
    () =>
      samples(odd, { features, target, info, missing: "keep" });
  expect(of(["fine"], "y")).toThrow(/column "y": row 1 /);
  expect(of(["digits"], "fine")).toThrow(/column "digits": row 2 .* holds no number \(found "2,000"\)/);
  expect(of(["infinite"], "fine")).toThrow(/column "infinite": row 2 .* holds no number \(found Infinity\)/);
  expect(of(["fine"], "y", ["said"])).toThrow(/column "said": row 1 .* empty cells would get/);
  expect(() => samples(odd, { features: ["fine"], target: "y", missing: "drop" as "keep" })).toThrow(/missing must be/);
});
