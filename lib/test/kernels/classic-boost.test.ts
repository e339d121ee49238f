import { describe, expect, it } from "vitest";
import type { Arena } from "../../src/kernels/arena";
import { type ClassicExports, withClassicKernels } from "../../src/kernels/classic";
import { exp } from "../../src/special";
import { lehmer } from "../prepare/chart-frame";

type Kernels = Arena<ClassicExports>;

function numbers(n: number, from: number, to: number): Float64Array {
  const draw = lehmer();
  return Float64Array.from({ length: n }, () => from + ((to - from) * draw()) / 2147483647);
}

/** Lays doubles out, with room for one more, and gives their address. */
function lay(kernels: Kernels, values: ArrayLike<number>): number {
  const at = kernels.allocate(2 * values.length + 2);
  kernels.doubles(at, values.length).set(values);
  return at;
}

function wholes(kernels: Kernels, at: number, n: number): BigInt64Array {
  return new BigInt64Array(kernels.exports.memory.buffer.slice(at, at + 8 * n));
}

describe("the kernels of gradient boosting", () => {
  it("have the digits of exp in lib/src/special.ts", () => {
    const x = Float64Array.of(
      ...numbers(20_001, -37, 37),
      0,
      -0,
      1e-300,
      -1e-20,
      2 ** -28,
      0.34657,
      -0.34658,
      700,
      -700,
    );
    const y = withClassicKernels((kernels) => {
      const [from, to] = [lay(kernels, x), lay(kernels, x)];
      kernels.exports.boostExp(from, to, x.length);
      return kernels.doubles(to, x.length).slice();
    });
    expect(y).toEqual(x.map(exp));
  });

  it.each([0, 1, 2, 1000])("sort %i numbers", (n) => {
    const some = numbers(n, -3, 3).map((value, i) => (i % 3 ? value : Math.round(value) * 10 ** (i % 300)));
    const values = Float64Array.of(...some, Number.POSITIVE_INFINITY, -Number.MAX_VALUE, 5e-324, -5e-324, 0, -0, 0);
    const sorted = withClassicKernels((kernels) => {
      const [at, other] = [lay(kernels, values), lay(kernels, values)];
      kernels.exports.boostSort(at, values.length, other, kernels.allocate(2048));
      return kernels.doubles(at, values.length).slice();
    });
    expect(sorted).toEqual(values.slice().sort());
  });

  it.each([0, 1, 3, 128, 255])("find the bin among %i edges", (count) => {
    const edges = numbers(count, -1, 1).sort();
    const values = Float64Array.of(...numbers(300, -1.2, 1.2), ...edges);
    const codes = withClassicKernels((kernels) => {
      const table = lay(kernels, new Float64Array(255).fill(Number.POSITIVE_INFINITY));
      kernels.doubles(table, 255).set(edges);
      const out = kernels.allocate(values.length);
      kernels.exports.boostCodes(lay(kernels, values), values.length, table, out);
      return kernels.integers(out, values.length).slice();
    });
    expect([...codes]).toEqual(Array.from(values, (value) => edges.filter((edge) => edge < value).length));
  });

  it.each([true, false])("count gradients and hessians in whole units, weights as copies %s", (copies) => {
    const scores = Float64Array.of(0, -1.5, 2.25, 40, -800, 0.1, 3);
    const targets = Float64Array.of(1, 0, 1, 0, 1, 0, 0);
    const weights = Float64Array.of(1, 2, 0.5, 1, 1, 0, 3);
    const cells = withClassicKernels((kernels) => {
      const at = kernels.allocate(4 * 8);
      const [s, t, w] = [scores, targets, weights].map((values) => lay(kernels, values));
      kernels.exports.boostGradients(s, t, w, at, 7, 2 ** 30, 2 ** 33, 45, copies);
      return wholes(kernels, at, 14);
    });
    const units = (value: number, weight: number, scale: number) =>
      copies ? weight * Math.round(Math.fround(value) * scale) : Math.round(Math.fround(value * weight) * scale);
    scores.forEach((score, i) => {
      const p = 1 / (1 + Math.exp(-score));
      const gradient = units(p - targets[i], weights[i], 2 ** 30);
      expect(Math.abs(Number(cells[2 * i]) - gradient), `gradient ${i}`).toBeLessThanOrEqual(1);
      const hessian = units(p * (1 - p), weights[i], 2 ** 33);
      expect(cells[2 * i + 1] >> 45n, `count ${i}`).toBe(1n);
      expect(Math.abs(Number(cells[2 * i + 1] & (2n ** 45n - 1n)) - hessian), `hessian ${i}`).toBeLessThanOrEqual(1);
    });
  });

  it("part rows in their order, and add up histograms of which the rest is the other child's", () => {
    const [rows, features] = [501, 6];
    const draw = lehmer();
    const code = Array.from({ length: rows * 8 }, (_, i) => (i % 8 < features ? draw() % 40 : 0));
    withClassicKernels((kernels) => {
      const codes = kernels.allocate(2 * rows);
      const bytes = new Uint8Array(kernels.exports.memory.buffer, codes, 8 * rows);
      const codeOf = (row: number, f: number) => code[row * 8 + f];
      for (let r = 0; r < rows; r++) {
        for (let f = 0; f < 8; f++) bytes[(f >> 2) * rows * 4 + 4 * r + (f & 3)] = codeOf(r, f);
      }
      const order = kernels.allocate(rows);
      const scratch = kernels.allocate(4 * rows);
      kernels.integers(order, rows).set(Array.from({ length: rows }, (_, r) => r));
      const cells = kernels.allocate(4 * rows);
      new BigInt64Array(kernels.exports.memory.buffer, cells, 2 * rows).forEach((_, i, all) => {
        all[i] = BigInt(i % 2 ? i : -7 * i);
      });
      const parent = kernels.allocate(2 * 4096);
      const child = kernels.allocate(2 * 4096);
      kernels.exports.boostHistogram(codes, 2, rows, order, rows, cells, scratch, parent);
      const middle = kernels.exports.boostPartition(codes, rows, 5, 17, order, 0, rows, scratch);
      const parted = [...kernels.integers(order, rows)];
      const all = Array.from({ length: rows }, (_, r) => r);
      const left = all.filter((r) => codeOf(r, 5) <= 17);
      const right = all.filter((r) => codeOf(r, 5) > 17);
      expect(parted).toEqual([...left, ...right]);
      expect(middle).toBe(left.length);
      kernels.exports.boostHistogram(codes, 2, rows, order, middle, cells, scratch, child);
      kernels.exports.boostSubtract(parent, child, 2);
      for (const [histogram, own] of [
        [child, left],
        [parent, right],
      ] as const) {
        const expected = new BigInt64Array(8 * 256 * 2);
        for (const r of own) {
          for (let f = 0; f < 8; f++) {
            expected[2 * (f * 256 + codeOf(r, f))] += BigInt(-7 * 2 * r);
            expected[2 * (f * 256 + codeOf(r, f)) + 1] += BigInt(2 * r + 1);
          }
        }
        expect(wholes(kernels, histogram, 4096)).toEqual(expected);
      }
    });
  });
});
