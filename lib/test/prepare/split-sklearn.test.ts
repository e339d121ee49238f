import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { numpyRandomState } from "../../src/numpy-random";
import { type SklearnSplit, type SplitOptions, split } from "../../src/prepare";
import { samplesOf } from "./samples-of";

interface Golden {
  readonly seed: number;
  readonly n: number;
  readonly testSize: number;
  readonly classes: number | null;
  readonly train: number[];
  readonly test: number[];
  readonly sizes: [number, number];
  readonly sha256: string;
}

const golden: Golden[] = JSON.parse(readFileSync(join(__dirname, "golden-splits.json"), "utf8"));

function splitOf({ seed, n, testSize, classes }: Golden) {
  const labels = Float64Array.from({ length: n }, (_, i) => (classes ? (i * i + Math.floor(i / 7)) % classes : 0));
  const how: SklearnSplit = { by: "random", like: "sklearn", randomState: seed, testSize, stratify: classes !== null };
  return split(samplesOf(labels), how);
}

describe("split like sklearn", () => {
  it.each(golden)(
    "seed $seed, $n rows, test $testSize, $classes classes: scikit-learn's rows in its order",
    (asked) => {
      const { train, test, index } = splitOf(asked);
      expect([[...index.train.slice(0, 5)], [...index.test.slice(0, 5)]]).toEqual([asked.train, asked.test]);
      expect([index.train.length, index.test.length, index.dropped.length]).toEqual([...asked.sizes, 0]);
      const both = Int32Array.of(...index.train, ...index.test);
      expect(createHash("sha256").update(both).digest("hex")).toBe(asked.sha256);
      expect(both.sort()).toEqual(Int32Array.from({ length: asked.n }, (_, i) => i));
      expect([[...train.x.data.slice(0, 5)], [...test.x.data.slice(0, 5)]]).toEqual([asked.train, asked.test]);
    },
  );

  it("takes a quarter for test when no size is told, and no class into account", () => {
    const y = [0, 0, 0, 0, 0, 0, 0, 1];
    const parts = split(samplesOf(y), { by: "random", like: "sklearn", randomState: 12 });
    expect(parts.index.test).toEqual(numpyRandomState(12).permutation(8).slice(0, 2));
  });

  const samples = samplesOf([0, 0, 0, 1]);
  const like = { by: "random", like: "sklearn", randomState: 12 };

  it.each([
    ["a seed's name", { ...like, seed: 12 }, /no such option.*"seed".*randomState, testSize, stratify/],
    ["sizes", { ...like, sizes: [0.75, 0.25] }, /no such option.*"sizes"/],
    [
      "a random state without like",
      { by: "random", sizes: [0.5, 0.5], randomState: 1 },
      /no such option.*"randomState"/,
    ],
    ["like with groups", { by: "group", like: "sklearn", group: "a", sizes: [0.5, 0.5] }, /like may only be "sklearn"/],
    ["like another", { ...like, like: "keras" }, /like may only be "sklearn"/],
    ["no random state", { by: "random", like: "sklearn" }, /random state must be a whole number/],
    ["a negative one", { ...like, randomState: -1 }, /random state must be a whole number/],
    ["a size of rows", { ...like, testSize: 2 }, /testSize must be a share/],
    ["a size without train rows", { ...like, testSize: 0.9 }, /train part of 4 rows would be empty/],
    ["a class of one row", { ...like, stratify: true }, /class 1 has one row only/],
  ])("refuses %s", (_, options, message) => {
    expect(() => split(samples, options as unknown as SplitOptions)).toThrow(message);
  });

  it("refuses to stratify by a class that is not there", () => {
    const unknown = samplesOf([0, 1, Number.NaN, 1]);
    expect(() => split(unknown, { ...like, stratify: true } as SplitOptions)).toThrow(/row 2 .*has no class/);
    const ours = { by: "random", sizes: [0.5, 0.5], seed: 1, stratify: true } as const;
    expect(() => split(unknown, ours)).toThrow(/row 2 .*has no class/);
  });

  it("refuses a part smaller than the number of classes, and no rows", () => {
    const three = samplesOf([0, 0, 1, 1, 2, 2]);
    expect(() => split(three, { by: "random", like: "sklearn", randomState: 1, stratify: true })).toThrow(
      /a part of 2 rows cannot hold 3 classes/,
    );
    expect(() => split(samplesOf([]), { by: "random", like: "sklearn", randomState: 1 })).toThrow(/of 0 rows/);
  });
});
