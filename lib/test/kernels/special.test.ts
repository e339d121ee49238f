import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { instantiate, spread } from "./wasm";

const wasm = instantiate();
const kernels = ["expArray", "logArray", "log1pArray", "tanhArray", "sigmoidArray", "gateArray"];

/** The kernel's results for the numbers. */
function apply(kernel: string, x: ArrayLike<number>): Float32Array {
  const y = wasm.room(x.length);
  wasm.call(kernel, wasm.put(x), y, x.length);
  return wasm.floats(y, x.length);
}

/** Every 9973th float32 of both signs, NaNs among them, that is within the bounds. */
function floatsBetween(low: number, high: number): Float32Array {
  const bits = Uint32Array.from({ length: Math.floor(2 ** 32 / 9973) }, (_, i) => 9973 * i);
  return new Float32Array(bits.buffer).filter((x) => x >= low && x <= high);
}

/** The largest error in ulp, the distance of neighbouring float32 numbers where the result lies. */
function largestError(found: Float32Array, x: Float32Array, exact: (x: number) => number): number {
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    const expected = exact(x[i]);
    if (found[i] === expected) continue;
    const ulp = 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(expected)))) - 23);
    const error = Math.abs(found[i] - expected) / ulp;
    if (!(error <= largest)) largest = error;
  }
  return largest;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const inf = Number.POSITIVE_INFINITY;

// The bounds that the docstrings of lib/kernels/special.ts state, on a sample; ulp.mjs tries every float32.
test.each([
  { kernel: "expArray", exact: Math.exp, low: -87.33654, high: 88.72283, ulp: 1 },
  { kernel: "logArray", exact: Math.log, low: 1e-45, high: 3.4e38, ulp: 0.84 },
  { kernel: "log1pArray", exact: Math.log1p, low: 0, high: 3.4e38, ulp: 2.5 },
  { kernel: "tanhArray", exact: Math.tanh, low: -inf, high: inf, ulp: 6.2 },
  { kernel: "sigmoidArray", exact: sigmoid, low: -87.3, high: inf, ulp: 2.5 },
])("$kernel is right to $ulp ulp", ({ kernel, exact, low, high, ulp }) => {
  const x = floatsBetween(low, high);
  expect(x.length).toBeGreaterThan(1e5);
  expect(largestError(apply(kernel, x), x, exact)).toBeLessThan(ulp);
});

test.each([
  ["expArray", [-inf, -1000, -87.34, 0, 88.8, inf], [0, 0, 0, 1, inf, inf]],
  ["logArray", [0, -0, 1, inf, -1, -inf, -1e-45], [-inf, -inf, 0, inf, Number.NaN, Number.NaN, Number.NaN]],
  ["log1pArray", [0, 1e-45, 1e-30], [0, 1e-45, 1e-30].map(Math.fround)],
  ["tanhArray", [-inf, -9, -0, 0, 9, inf, 1e-45, 1e-30], [-1, -1, -0, 0, 1, 1, 1e-45, 1e-30].map(Math.fround)],
  ["sigmoidArray", [-inf, -1000, 0, 17, 1000, inf], [0, 0, 0.5, 1, 1, 1]],
])("%s at the extremes", (kernel, x, expected) => {
  expect([...apply(kernel, x)]).toEqual(expected);
});

test.each(kernels)("%s keeps NaN, whatever its bits", (kernel) => {
  const x = new Float32Array(Uint32Array.of(0x7fc00000, 0xffc00000, 0x7fc00fff, 0xffffffff).buffer);
  expect(apply(kernel, x).every(Number.isNaN)).toBe(true);
});

test("gateArray is the sigmoid function to 2e-7", () => {
  const x = spread(50_000, -40, 40);
  const y = apply("gateArray", x);
  expect(Math.max(...Array.from(x, (value, i) => Math.abs(y[i] - sigmoid(value))))).toBeLessThan(2e-7);
  expect(y.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect([...apply("gateArray", [-inf, 0, inf])]).toEqual([0, 0.5, 1]);
});

test("tanh stays within -1 and 1 and is odd", () => {
  const x = spread(100_000, 0, 10);
  const y = apply("tanhArray", x);
  expect(y.every((value) => value <= 1)).toBe(true);
  expect(
    apply(
      "tanhArray",
      x.map((value) => -value),
    ),
  ).toEqual(y.map((value) => -value));
});

test.each(kernels)("%s has the same digits in every lane", (kernel) => {
  const x = spread(1000, 1e-3, 20);
  const y = apply(kernel, x);
  for (const lanes of [1, 2, 3]) expect(apply(kernel, x.slice(lanes))).toEqual(y.slice(lanes));
});

test.each([1, 2, 3, 5, 7])("%i numbers are all done", (n) => {
  expect(apply("expArray", new Float32Array(n))).toEqual(new Float32Array(n).fill(1));
});

// Digits may not drift: these hashes are the same on every machine, and change only with the formulas.
test.each([
  ["expArray", -90, 90, "539add267a057a6e"],
  ["logArray", 0, 1e6, "4b7383f0cf67fbfd"],
  ["log1pArray", 0, 10, "b697e4a48bd1338f"],
  ["tanhArray", -9, 9, "edbdb38db40c39ec"],
  ["sigmoidArray", -90, 90, "f41388dce35e0a07"],
  ["gateArray", -20, 20, "8379b8fd06ec4516"],
])("%s has the digits it always had", (kernel, low, high, golden) => {
  const x = Float32Array.from({ length: 100_001 }, (_, i) => low + ((high - low) * i) / 100_000);
  const y = apply(kernel, x);
  expect(createHash("sha256").update(new Uint8Array(y.buffer)).digest("hex").slice(0, 16)).toBe(golden);
});
