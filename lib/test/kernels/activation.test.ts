import { describe, expect, test } from "vitest";
import { difference, instantiate, slopes, spread } from "./wasm";

const wasm = instantiate();

type Rowwise = (row: Float64Array) => Float64Array;

const each =
  (f: (z: number) => number): Rowwise =>
  (row) =>
    row.map(f);

function softmax(row: Float64Array): Float64Array {
  const largest = Math.max(...row);
  const powers = row.map((z) => Math.exp(z - largest));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** Kinds in the order of their numbers. */
const kinds: { name: string; exact: Rowwise }[] = [
  { name: "linear", exact: each((z) => z) },
  { name: "relu", exact: each((z) => Math.max(0, z)) },
  { name: "sigmoid", exact: each((z) => 1 / (1 + Math.exp(-z))) },
  { name: "tanh", exact: each(Math.tanh) },
  { name: "softmax", exact: softmax },
];

const shapes = [
  [1, 1],
  [1, 3],
  [2, 2],
  [3, 5],
  [5, 8],
  [7, 13],
];

function activate(kind: number, z: ArrayLike<number>, rows: number, units: number): Float32Array {
  const p = wasm.room(z.length);
  wasm.call("activate", kind, wasm.put(z), p, rows, units);
  return wasm.floats(p, z.length);
}

/** The function applied to every row. */
function byRow(exact: Rowwise, z: ArrayLike<number>, units: number): Float64Array {
  const all = Float64Array.from(z);
  for (let at = 0; at < all.length; at += units) all.set(exact(all.slice(at, at + units)), at);
  return all;
}

describe.each(kinds.map((kind, number) => ({ ...kind, number })))("$name", ({ exact, number }) => {
  test.each(shapes)("forward on %i x %i", (rows, units) => {
    const z = spread(rows * units, -4, 4);
    expect(difference(activate(number, z, rows, units), byRow(exact, z, units))).toBeLessThan(1e-6);
  });

  test("forward in place", () => {
    const z = spread(21, -4, 4);
    const address = wasm.put(z);
    wasm.call("activate", number, address, address, 3, 7);
    expect(wasm.floats(address, 21)).toEqual(activate(number, z, 3, 7));
  });

  test.each(shapes)("backward on %i x %i agrees with central differences", (rows, units) => {
    const z = spread(rows * units, -2, 2);
    const upstream = spread(rows * units, -1, 1, 100);
    const dp = wasm.put(upstream);
    wasm.call("activateBackward", number, wasm.put(activate(number, z, rows, units)), dp, rows, units);
    const total = (x: Float64Array) => byRow(exact, x, units).reduce((sum, p, i) => sum + p * upstream[i], 0);
    expect(difference(wasm.floats(dp, rows * units), slopes(total, z))).toBeLessThan(1e-6);
  });
});

describe("softmax of extreme logits", () => {
  test.each([
    [
      [1000, 0, -1000],
      [1, 0, 0],
    ],
    [
      [-1000, -1000, -1000],
      [1 / 3, 1 / 3, 1 / 3],
    ],
    [
      [3e38, -3e38, 0],
      [1, 0, 0],
    ],
    [
      [0, Number.NEGATIVE_INFINITY, 0],
      [0.5, 0, 0.5],
    ],
  ])("%j gives %j", (z, expected) => {
    expect([...activate(4, z, 1, 3)]).toEqual(expected.map(Math.fround));
  });

  test("a NaN is not hidden", () => {
    expect(activate(4, [0, Number.NaN, 1], 1, 3).every(Number.isNaN)).toBe(true);
  });
});

test("relu lets no gradient through at 0", () => {
  const dp = wasm.put([1, 1, 1]);
  wasm.call("activateBackward", 1, wasm.put([0, 2, 0]), dp, 1, 3);
  expect([...wasm.floats(dp, 3)]).toEqual([0, 1, 0]);
});

test("an unknown kind stops the program", () => {
  expect(() => activate(5, [1], 1, 1)).toThrow(WebAssembly.RuntimeError);
});
