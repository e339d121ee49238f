import { describe, expect, test } from "vitest";
import { difference, instantiate, slopes, spread } from "./wasm";

const wasm = instantiate();
const delta = 0.7;

type Loss = (x: Float64Array, y: Float64Array) => number;

const mean = (terms: Float64Array) => terms.reduce((a, b) => a + b) / terms.length;
const sum = (terms: Float64Array) => terms.reduce((a, b) => a + b);
const clipped = (p: number) => Math.min(Math.max(p, 1e-7), 1 - 1e-7);
const huber = (e: number) => (e <= delta ? 0.5 * e * e : delta * e - 0.5 * delta * delta);
const cross = (p: number, y: number) => -y * Math.log(p) - (1 - y) * Math.log(1 - p);
const logSum = (x: Float64Array) => Math.log(sum(x.map(Math.exp)));

/** The loss of a row in float64, kinds in the order of their numbers. */
const kinds: { name: string; exact: Loss; inputs: [number, number]; classes: boolean }[] = [
  {
    name: "binary cross-entropy on logits",
    exact: (x, y) => mean(x.map((z, j) => Math.log1p(Math.exp(z)) - z * y[j])),
    inputs: [-5, 5],
    classes: false,
  },
  {
    name: "categorical cross-entropy on logits",
    exact: (x, y) => sum(x.map((z, j) => y[j] * (logSum(x) - z))),
    inputs: [-5, 5],
    classes: true,
  },
  {
    name: "binary cross-entropy",
    exact: (x, y) => mean(x.map((p, j) => cross(clipped(p), y[j]))),
    inputs: [0.05, 0.95],
    classes: false,
  },
  {
    name: "categorical cross-entropy",
    exact: (x, y) => -sum(x.map((p, j) => y[j] * Math.log(clipped(p / sum(x))))),
    inputs: [0.05, 0.95],
    classes: true,
  },
  {
    name: "mean squared error",
    exact: (x, y) => mean(x.map((p, j) => (p - y[j]) ** 2)),
    inputs: [-2, 2],
    classes: false,
  },
  {
    name: "mean absolute error",
    exact: (x, y) => mean(x.map((p, j) => Math.abs(p - y[j]))),
    inputs: [-2, 2],
    classes: false,
  },
  {
    name: "Huber's loss",
    exact: (x, y) => mean(x.map((p, j) => huber(Math.abs(p - y[j])))),
    inputs: [-2, 2],
    classes: false,
  },
];

const shapes = [
  [1, 1],
  [5, 1],
  [1, 3],
  [3, 2],
  [7, 5],
  [4, 8],
];

/** Calls the kernel as the network does: for kinds 0 and 1 with z, and p worked out from it. */
function loss(kind: number, x: ArrayLike<number>, y: ArrayLike<number>, rows: number, weights?: ArrayLike<number>) {
  const units = x.length / rows;
  const [z, g] = [wasm.put(x), wasm.room(x.length)];
  let p = z;
  if (kind < 2) {
    p = wasm.room(x.length);
    wasm.call("activate", kind === 0 ? 2 : 4, z, p, rows, units);
  }
  const w = weights ? wasm.put(weights) : 0;
  const value = wasm.call("loss", kind, kind < 2 ? z : 0, p, wasm.put(y), w, g, rows, units, delta);
  return { value, gradient: wasm.floats(g, x.length) };
}

/** One class per row, in turn. */
function oneHot(rows: number, units: number): Float32Array {
  return Float32Array.from({ length: rows * units }, (_, i) => (i % units === Math.floor(i / units) % units ? 1 : 0));
}

describe.each(kinds.map((kind, number) => ({ ...kind, number })))("$name", ({ exact, inputs, classes, number }) => {
  const total = (x: Float64Array, y: Float32Array, rows: number, weights?: ArrayLike<number>) => {
    const units = x.length / rows;
    const ofRow = (row: number) =>
      exact(x.slice(row * units, (row + 1) * units), Float64Array.from(y.slice(row * units, (row + 1) * units)));
    return Array.from({ length: rows }, (_, row) => (weights?.[row] ?? 1) * ofRow(row)).reduce((a, b) => a + b);
  };

  test.each(shapes)("value and gradient of %i x %i, with and without weights", (rows, units) => {
    const x = spread(rows * units, ...inputs);
    const hard = classes ? oneHot(rows, units) : spread(rows * units, 0, 1, 50).map(Math.round);
    for (const y of [hard, spread(rows * units, 0, 1, 20)]) {
      for (const weights of [undefined, spread(rows, 0, 3, 7)]) {
        const found = loss(number, x, y, rows, weights);
        expect(difference([found.value], [total(Float64Array.from(x), y, rows, weights)])).toBeLessThan(1e-6);
        const slope = slopes((moved) => total(moved, y, rows, weights) / rows, x);
        expect(difference(found.gradient, slope)).toBeLessThan(1e-6);
      }
    }
  });

  test("needs no gradient", () => {
    const x = spread(6, ...inputs);
    const [z, p, y] = [wasm.put(x), wasm.put(x), wasm.put(oneHot(2, 3))];
    if (number < 2) wasm.call("activate", number === 0 ? 2 : 4, z, p, 2, 3);
    const before = wasm.floats(0, 64);
    expect(wasm.call("loss", number, z, p, y, 0, 0, 2, 3, delta)).toBe(loss(number, x, oneHot(2, 3), 2).value);
    expect(wasm.floats(0, 64)).toEqual(before);
  });

  test("a row of weight 0 counts for nothing", () => {
    const x = spread(6, ...inputs);
    const { value, gradient } = loss(number, x, oneHot(2, 3), 2, [0, 1]);
    expect(value).toBe(loss(number, x.slice(3), oneHot(2, 3).slice(3), 1).value);
    expect([...gradient.slice(0, 3)].map(Math.abs)).toEqual([0, 0, 0]);
  });
});

describe("at the extremes", () => {
  test("binary cross-entropy on logits is exact where the probability is 0 or 1", () => {
    expect(loss(0, [1000], [1], 1)).toEqual({ value: 0, gradient: Float32Array.of(0) });
    expect(loss(0, [1000], [0], 1)).toEqual({ value: 1000, gradient: Float32Array.of(1) });
    expect(loss(0, [-1000], [1], 1)).toEqual({ value: 1000, gradient: Float32Array.of(-1) });
    expect(loss(0, [-30], [0], 1).value / Math.log1p(Math.exp(-30))).toBeCloseTo(1, 6);
  });

  test("categorical cross-entropy on logits neither overflows nor loses small losses", () => {
    expect(loss(1, [1000, 0, -1000], [0, 0, 1], 1).value).toBe(2000);
    expect(loss(1, [1000, 0, -1000], [1, 0, 0], 1)).toEqual({ value: 0, gradient: new Float32Array(3) });
    expect(loss(1, [30, 0], [1, 0], 1).value / Math.log1p(Math.exp(-30))).toBeCloseTo(1, 6);
  });

  // keras.losses clips: -ln(1e-7) = 16.118, and what is clipped has no gradient.
  test("probabilities are clipped as in Keras", () => {
    const binary = loss(2, [0, 1], [1, 1], 2);
    expect(binary.value).toBeCloseTo(16.118_095_65, 5);
    expect([...binary.gradient]).toEqual([0, 0]);
    const categorical = loss(3, [0, 2], [1, 0], 1);
    expect(categorical.value).toBeCloseTo(16.118_095_65, 5);
    expect([...categorical.gradient]).toEqual([0, 0]);
  });

  test("shares are divided by their sum", () => {
    expect(loss(3, [2, 6], [1, 0], 1).value).toBeCloseTo(Math.log(4), 6);
  });

  test("a NaN is not hidden", () => {
    for (let kind = 0; kind < kinds.length; kind++) {
      expect(loss(kind, [Number.NaN, 0.5], [1, 0], 1).value, kinds[kind].name).toBeNaN();
    }
  });

  test("an unknown kind stops the program", () => {
    expect(() => loss(7, [1], [1], 1)).toThrow(WebAssembly.RuntimeError);
  });
});

describe("metrics", () => {
  const call = (name: string, p: number[], y: number[], rows: number, ...kind: number[]) =>
    wasm.call(name, ...kind, wasm.put(p), wasm.put(y), rows, p.length / rows);

  test("binary: one half is not yet 1", () => {
    expect(call("correct", [0.5, 0.51, 0.49, 0.9, 0.1], [0, 1, 0, 0, 1], 5, 0)).toBe(3);
    expect(call("correct", [0.9, 0.1, 0.9, 0.9], [1, 1, 1, 1], 2, 0)).toBe(1.5);
  });

  test("categorical: the first of equals", () => {
    expect(call("correct", [0.4, 0.4, 0.2, 0.1, 0.2, 0.7], [1, 0, 0, 1, 0, 0], 2, 1)).toBe(1);
    expect(call("correct", [0.4, 0.4, 0.2], [0, 1, 0], 1, 1)).toBe(0);
  });

  test("absolute error: the sum over rows of the mean over units", () => {
    expect(call("absoluteError", [1, 2, 3, -4, 5, 6], [0, 2, 5, 4, 5, 6], 2)).toBeCloseTo(1 + 8 / 3, 12);
    expect(call("absoluteError", [1, 2, 3], [0, 0, 0], 3)).toBe(6);
  });
});
