import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeOutOfFold, kFold, type TargetEncoderOptions, targetEncoder } from "../../src/prepare";
import { outOfFold } from "../../src/prepare/target-encoder";
import { samplesOf } from "./samples-of";

interface Golden {
  readonly name: string;
  readonly smoothing: number | "auto";
  readonly category: number[];
  readonly y: number[];
  readonly all: number[];
  readonly unknown: number;
  readonly outOfFold: number[];
}

const golden: Golden[] = JSON.parse(readFileSync(join(__dirname, "golden-encoder.json"), "utf8"));
const songs = (y: number[], artist: number[]) => samplesOf(y, { artist: Int32Array.from(artist) });

/** Largest distance between two lists. */
const off = (ours: ArrayLike<number>, theirs: readonly number[]) =>
  theirs.reduce((most, value, row) => Math.max(most, Math.abs(ours[row] - value)), ours.length - theirs.length);

describe("targetEncoder", () => {
  it.each(golden)("$name, smoothing $smoothing: scikit-learn's numbers", ({ category, y, smoothing, ...theirs }) => {
    const samples = songs(y, category);
    const how: TargetEncoderOptions = { column: "artist", smoothing };
    const encoder = targetEncoder(samples, how);
    const near = 1e-13 * Math.max(1, ...y.map(Math.abs));
    expect(off(encoder.encode(samples), theirs.all)).toBeLessThan(near);
    expect(off(encoder.encode(songs([0], [999])), [theirs.unknown])).toBeLessThan(near);
    const fold = Int32Array.from(y, (_, row) => row % 4);
    expect(off(outOfFold(samples, fold, how), theirs.outOfFold)).toBeLessThan(near);
  });

  it("adds a column of its own and leaves the input as it was", () => {
    const train = songs([1, 0, 1], [7, 7, 8]);
    const encoded = targetEncoder(train, { column: "artist", smoothing: 0 }).apply(train);
    expect(encoded.x.names).toEqual(["c0", "artist (target mean)"]);
    expect([...encoded.x.data]).toEqual([0, 0.5, 1, 0.5, 2, 1]);
    expect(train.x.columns).toBe(1);
  });

  it("gives every category the mean where all targets are the same", () => {
    const encoder = targetEncoder(songs([1, 1, 1], [1, 1, 2]), { column: "artist" });
    expect([...encoder.means.values(), encoder.prior]).toEqual([1, 1, 1]);
  });

  it("refuses a column that is not there, no rows, an odd smoothing, a target without a value", () => {
    const train = songs([1, 0], [1, 2]);
    expect(() => targetEncoder(train, { column: "song" })).toThrow(/no info column "song"/);
    expect(() => targetEncoder(songs([], []), { column: "artist" })).toThrow(/no rows to learn/);
    expect(() => targetEncoder(train, { column: "artist", smoothing: -1 })).toThrow(/smoothing must be/);
    expect(() => targetEncoder(train, { column: "artist", smoothing: Number.NaN })).toThrow(/smoothing must be/);
    expect(() => targetEncoder(songs([Number.NaN], [1]), { column: "artist" })).toThrow(/not a finite number/);
    const encoder = targetEncoder(train, { column: "artist" });
    expect(() => encoder.apply(encoder.apply(train))).toThrow(/same name \(found "artist \(target mean\)"\)/);
  });
});

describe("encodeOutOfFold", () => {
  const y = Array.from({ length: 40 }, (_, row) => Number(row % 3 === 0));
  const train = songs(
    y,
    y.map((_, row) => row % 10),
  );

  it("learns each row's number from the other folds", () => {
    const encoded = encodeOutOfFold(train, { column: "artist", smoothing: 1, folds: 4, seed: 5 });
    expect(encoded.x.names).toEqual(["c0", "artist (target mean)"]);
    for (const parts of kFold(train, { folds: 4, seed: 5, stratify: true })) {
      const values = targetEncoder(parts.train, { column: "artist", smoothing: 1 }).encode(parts.test);
      expect(Array.from(parts.index.test, (row) => encoded.x.data[row * 2 + 1])).toEqual([...values]);
    }
  });

  it("tells nothing of a label that only its own row could tell, where the encoder fit on all rows tells it", () => {
    const alone = songs(
      y,
      y.map((_, row) => row),
    );
    const leak = targetEncoder(alone, { column: "artist", smoothing: 0 }).encode(alone);
    expect([...leak]).toEqual(y);
    const { x } = encodeOutOfFold(alone, { column: "artist", smoothing: 0 });
    const honest = y.map((_, row) => x.data[row * 2 + 1]);
    // The mean of the other folds, whatever the row's own label is.
    expect(Math.max(...honest) - Math.min(...honest)).toBeLessThan(0.05);
  });

  it("takes a target that is no class in plain folds", () => {
    const streams = songs(
      y.map((_, row) => row * 1.5),
      y.map((_, row) => row % 4),
    );
    expect(encodeOutOfFold(streams, { column: "artist" }).x.columns).toBe(2);
  });
});
