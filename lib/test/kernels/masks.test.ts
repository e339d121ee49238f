import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { philox4x32 } from "../../src/random";
import { instantiate, spread } from "./wasm";

const wasm = instantiate();

describe("philox4", () => {
  const word = fc.integer({ min: 0, max: 0xffffffff });

  test("gives four blocks of lib/src/random.ts", () => {
    const out = wasm.room(16);
    fc.assert(
      fc.property(fc.array(word, { minLength: 6, maxLength: 6 }), ([block, c1, c2, c3, k0, k1]) => {
        wasm.call("philox4", out, block, c1, c2, c3, k0, k1);
        const expected = [0, 1, 2, 3].flatMap((i) => blockOf([(block + i) >>> 0, c1, c2, c3], [k0, k1]));
        expect([...wasm.words(out, 16)]).toEqual(expected);
      }),
    );
  });
});

function blockOf(counter: number[], key: number[]): number[] {
  const out = new Uint32Array(4);
  philox4x32(counter, key, out);
  return [...out];
}

interface Draw {
  rate: number;
  seed: number;
  stream: number;
  epoch: number;
  step: number;
  layer: number;
}

const usual: Draw = { rate: 0.2, seed: 42, stream: 7, epoch: 1, step: 2, layer: 3 };

/** The mask of n elements, and what became of x. */
function drop(x: Float32Array, draw: Partial<Draw> = {}): { mask: Float32Array; y: Float32Array } {
  const { rate, seed, stream, epoch, step, layer } = { ...usual, ...draw };
  const [y, mask] = [wasm.put(x), wasm.room(x.length)];
  wasm.call("dropoutForward", y, mask, x.length, rate, seed, stream, epoch, step, layer);
  return { mask: wasm.floats(mask, x.length), y: wasm.floats(y, x.length) };
}

const ones = (n: number) => new Float32Array(n).fill(1);
const kept = (mask: Float32Array) => mask.filter((value) => value > 0).length / mask.length;

describe("dropoutForward", () => {
  test.each([1, 3, 4, 8, 31, 32, 33, 100, 1001])("masks %i elements by the half words of random.ts", (n) => {
    const { rate, seed, stream, epoch, step, layer } = usual;
    const expected = Float32Array.from({ length: n }, (_, i) => {
      const block = blockOf([i >> 3, step, layer, epoch], [seed, stream]);
      const bits = (block[(i & 7) >> 1] >>> (16 * (i & 1))) & 0xffff;
      return bits >= Math.round(rate * 65_536) ? 1 / (1 - rate) : 0;
    });
    expect(drop(ones(n)).mask).toEqual(expected);
  });

  test("multiplies by the mask", () => {
    const x = spread(101, -3, 3);
    const { mask, y } = drop(x);
    expect(y).toEqual(x.map((value, i) => value * mask[i]));
  });

  test.each([0, 0.1, 0.25, 0.5, 0.9])("keeps a share of 1 - %f, so that the mean stays", (rate) => {
    const n = 100_000;
    const { mask } = drop(ones(n), { rate });
    // Five standard deviations.
    expect(Math.abs(kept(mask) - (1 - rate))).toBeLessThanOrEqual(5 * Math.sqrt((rate * (1 - rate)) / n));
    expect(new Set(mask.filter((value) => value > 0))).toEqual(new Set([Math.fround(1 / (1 - rate))]));
  });

  test("keeps nothing when the rate rounds to 1", () => {
    expect(kept(drop(ones(100), { rate: 0.999999 }).mask)).toBe(0);
  });

  test.each([{ seed: 43 }, { stream: 8 }, { epoch: 2 }, { step: 3 }, { layer: 4 }])("draws anew for %o", (draw) => {
    const n = 50_000;
    const [a, b] = [drop(ones(n)).mask, drop(ones(n), draw).mask];
    const both = a.filter((value, i) => value > 0 && b[i] > 0).length / n;
    expect(Math.abs(both - 0.64)).toBeLessThan(5 * Math.sqrt((0.64 * 0.36) / n));
  });

  test("draws the same again, and the same for a shorter list", () => {
    expect(drop(ones(1000)).mask).toEqual(drop(ones(1000)).mask);
    expect(drop(ones(37)).mask).toEqual(drop(ones(1000)).mask.slice(0, 37));
  });

  test("writes no further than the next multiple of four", () => {
    const [x, mask, after] = [wasm.put(ones(5)), wasm.room(5), wasm.put([1, 2, 3, 4])];
    wasm.call("dropoutForward", x, mask, 5, 0.5, 1, 2, 3, 4, 5);
    expect([...wasm.floats(after, 4)]).toEqual([1, 2, 3, 4]);
  });
});

test.each([1, 5, 64])("dropoutBackward multiplies %i gradients by the mask", (n) => {
  const { mask } = drop(ones(n));
  const gradient = spread(n, -1, 1);
  const dy = wasm.put(gradient);
  wasm.call("dropoutBackward", dy, wasm.put(mask), n);
  expect(wasm.floats(dy, n)).toEqual(gradient.map((value, i) => value * mask[i]));
});
