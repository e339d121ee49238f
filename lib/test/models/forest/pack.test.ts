import { describe, expect, it } from "vitest";
import { trees } from "../../../src";
import { BitReader, BitWriter, bitsFor } from "../../../src/models/forest/bits";
import { problem } from "./problems";

describe("a packed forest", () => {
  it.each([2, 3, 0])("predicts what the forest does (%d classes)", async (classes) => {
    const { train, test } = problem(150, 4, classes);
    const options = { nEstimators: 5, maxDepth: 7 };
    const model =
      classes === 0
        ? await trees.fitRandomForestRegressor(train, options)
        : await trees.fitRandomForest(train, options);
    const packed = trees.unpackForest(trees.packForest(model));
    expect([packed.names, packed.outputs]).toEqual([train.x.names, Math.max(1, classes)]);
    const expected =
      model instanceof trees.RandomForestRegressor ? model.predict(test.x) : model.predictProbabilities(test.x).data;
    const rows = Array.from({ length: 150 }, (_, row) => test.x.data.slice(4 * row, 4 * row + 4));
    expect(rows.flatMap((row) => [...packed.predict(row)])).toEqual([...expected]);
  });

  it("may lie anywhere in a buffer, and may be a single leaf", async () => {
    const { train } = problem(40, 2, 0);
    const flat = { ...train, y: train.y.map(() => 3) };
    const bytes = trees.packForest(await trees.fitRandomForestRegressor(flat, { nEstimators: 2 }));
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect([...trees.unpackForest(shifted.subarray(3)).predict([0, 0])]).toEqual([3]);
  });

  it("is refused when it is cut off, damaged or something else", async () => {
    const { train } = problem(60, 3, 2);
    const bytes = trees.packForest(await trees.fitRandomForest(train, { nEstimators: 3 }));
    for (const end of [0, 3, 20, bytes.length >> 1, bytes.length - 1]) {
      expect(() => trees.unpackForest(bytes.subarray(0, end))).toThrow("not a packed forest");
    }
    expect(() => trees.unpackForest(new Uint8Array(50).fill(65))).toThrow("not a packed forest");
    const wrong = bytes.map((byte, i) => (i > bytes.length - 20 ? ~byte : byte));
    expect(() => trees.unpackForest(wrong)).toThrow("not a packed forest");
    expect(() => trees.unpackForest(bytes).predict([1, 2])).toThrow("3 finite numbers");
    expect(() => trees.unpackForest(bytes).predict([1, 2, Number.NaN])).toThrow("3 finite numbers");
  });
});

describe("bits", () => {
  it("come back as they were written", () => {
    const numbers = Array.from({ length: 500 }, (_, i) => [(i * 7919) % 2 ** (i % 25), i % 25]);
    const writer = new BitWriter();
    for (const [value, bits] of numbers) writer.write(value, bits);
    const bytes = writer.end();
    const reader = new BitReader(bytes);
    expect(numbers.map(([, bits]) => reader.read(bits))).toEqual(numbers.map(([value]) => value));
    expect(bytes.length).toBe(Math.ceil(numbers.reduce((sum, [, bits]) => sum + bits, 0) / 8));
    expect(reader.isPastEnd).toBe(false);
  });

  it("are as few as needed", () => {
    expect([1, 2, 3, 4, 5, 1024, 1025].map(bitsFor)).toEqual([0, 1, 2, 2, 3, 10, 11]);
  });
});
