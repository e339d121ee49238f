import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClassicExports, classicModule } from "../src/kernels/classic";
import { philox4x32, random, randomWords, withMathRandom, xoshiro } from "../src/random";

describe("philox4x32", () => {
  // Known answers of Random123 (kat_vectors, philox4x32 10 rounds).
  it.each([
    [[0, 0, 0, 0], [0, 0], "6627e8d5 e169c58d bc57ac4c 9b00dbd8"],
    [[0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], "408f276d 41c83b0e a20bc7c6 6d5451fd"],
    [[0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], "d16cfe09 94fdcceb 5001e420 24126ea1"],
  ])("gives the published words for counter %j and key %j", (counter, key, words) => {
    const out = new Uint32Array(4);
    philox4x32(counter, key, out);
    expect([...out].map((word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(words);
  });
});

describe("randomWords", () => {
  // The first words of the authors' C program (https://prng.di.unimi.it/xoshiro128starstar.c), compiled and run.
  it.each([
    [
      [1, 2, 3, 4],
      [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849],
    ],
    [
      [0xdeadbeef, 0x12345678, 0, 0xffffffff],
      [2576977301, 2263960055, 3801082360, 2416413370, 786480307, 2603330348, 2662564952, 2624170315],
    ],
  ])("is xoshiro128** (state %j)", (state, words) => {
    const next = xoshiro(Int32Array.from(state));
    expect(words.map(() => next())).toEqual(words);
  });

  it("is the generator that grows trees in the kernels", () => {
    const { seedWords, nextWord } = new WebAssembly.Instance(classicModule()).exports as unknown as ClassicExports;
    const state = [7, 0x80000000, 0xffffffff, 9];
    seedWords(state[0], state[1], state[2], state[3]);
    const next = xoshiro(Int32Array.from(state));
    for (let i = 0; i < 1000; i++) expect(nextWord() >>> 0).toBe(next());
  });

  it("begins each stream of each seed elsewhere, and repeats it", () => {
    const first = (seed: number, ...path: (string | number)[]) => randomWords(seed, ...path)();
    expect(first(42, "a", 1)).toBe(first(42, "a", 1));
    expect(new Set([first(42, "a", 1), first(42, "a", 2), first(42, "b", 1), first(43, "a", 1)]).size).toBe(4);
  });

  it("draws every byte of its words about equally often", () => {
    const next = randomWords(3, "bytes");
    const draws = 100_000;
    for (const shift of [0, 8, 16, 24]) {
      const counts = new Array(256).fill(0);
      for (let i = 0; i < draws; i++) counts[(next() >>> shift) & 255]++;
      const expected = draws / 256;
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(chiSquare).toBeLessThan(330.5); // 99.9 % quantile, 255 degrees of freedom
    }
  });
});

describe("random", () => {
  it("repeats itself for the same seed and stream, and differs for another of either", () => {
    const first = (seed: number, ...path: (string | number)[]) => random(seed, ...path).uniform();
    expect(first(42, "a", 1)).toBe(first(42, "a", 1));
    expect(new Set([first(42, "a", 1), first(42, "a", 2), first(42, "b", 1), first(43, "a", 1)]).size).toBe(4);
  });

  it("keeps a stream's numbers whatever its parent has drawn", () => {
    const fresh = random(7).stream("x").uniform();
    const parent = random(7);
    parent.uniform();
    expect(parent.stream("x").uniform()).toBe(fresh);
  });

  it("draws uniforms and normals of the right mean and spread", () => {
    const rng = random(1, "moments");
    const n = 20_000;
    const uniform = Array.from({ length: n }, () => rng.uniform());
    const normal = Array.from({ length: n }, () => rng.normal(3, 2));
    const mean = (v: number[]) => v.reduce((a, b) => a + b, 0) / n;
    // Four standard errors of a mean of n draws.
    expect(Math.abs(mean(uniform) - 0.5)).toBeLessThan((4 * 0.2887) / Math.sqrt(n));
    expect(Math.abs(mean(normal) - 3)).toBeLessThan((4 * 2) / Math.sqrt(n));
    const centre = mean(normal);
    const sd = Math.sqrt(mean(normal.map((x) => (x - centre) ** 2)));
    expect(Math.abs(sd - 2)).toBeLessThan(0.05);
  });

  it("draws each whole number of a range about equally often", () => {
    const rng = random(2, "die");
    const counts = new Array(6).fill(0);
    for (let i = 0; i < 60_000; i++) counts[rng.integer(1, 7) - 1]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(20.5); // 99.9 % quantile, 5 degrees of freedom
  });

  it("permutes and samples without repeats", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(1000), (n, seed) => {
        const order = random(seed, "p").permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(new Set(random(seed).sample(n, n >> 1)).size).toBe(n >> 1);
      }),
    );
  });

  it.each([-2, 1.5, 6, Number.NaN])("refuses to sample %s of 5", (k) => {
    expect(() => random(1).sample(5, k)).toThrow(/cannot draw .* out of 5\. To mend it: ask for .* 0 to 5\./);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 32])("refuses the seed %s", (seed) => {
    expect(() => random(seed)).toThrow(/whole number from 0/);
  });
});

describe("withMathRandom", () => {
  it("makes Math.random repeatable inside and leaves it as it was", async () => {
    const original = Math.random;
    const draw = () => withMathRandom(random(5, "tf"), () => [Math.random(), Math.random()]);
    expect(await draw()).toEqual(await draw());
    await expect(withMathRandom(random(5), () => Promise.reject(new Error("inner")))).rejects.toThrow("inner");
    expect(Math.random).toBe(original);
  });

  it("refuses a second scope inside the first", async () => {
    await expect(withMathRandom(random(1), () => withMathRandom(random(2), () => 0))).rejects.toThrow(/at once/);
  });
});
