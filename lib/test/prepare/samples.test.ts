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
  expect(of(["artist"])).toThrow(/column "artist": row 0 .* holds no number/);
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
});
