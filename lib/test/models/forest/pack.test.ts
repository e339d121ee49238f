import { describe, expect, it } from "vitest";
import { trees } from "../../../src";
import { BitReader, BitWriter, bitsFor, hashOf } from "../../../src/models/forest/bits";
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
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.map((byte, i) => (i === at ? byte ^ (1 << (at % 8)) : byte));
      expect(() => trees.unpackForest(flipped), `byte ${at}`).toThrow("not a packed forest");
    }
    expect(() => trees.unpackForest(Uint8Array.of(...bytes, 0))).toThrow("not a packed forest");
    expect(() => trees.unpackForest(bytes).predict([1, 2])).toThrow("3 finite numbers");
    expect(() => trees.unpackForest(bytes).predict([1, 2, Number.NaN])).toThrow("3 finite numbers");
  });
});

describe("a forest packed by another hand", () => {
  const leaf = { format: "hitlab-packed-forest", version: 2, names: ["a"], outputs: 1, nodes: [1], thresholds: [0] };
  type Fields = readonly (readonly [value: number, bits: number])[];
  /** Bytes whose hash is right: the header, one number and bits. */
  const packed = (header: object, fields: Fields, value = 5) => {
    const json = new TextEncoder().encode(JSON.stringify(header));
    const writer = new BitWriter();
    for (const [number, bits] of fields) writer.write(number, bits);
    const bits = writer.end();
    const bytes = new Uint8Array(4 + json.length + 8 + bits.length + 4);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, json.length, true);
    bytes.set(json, 4);
    view.setFloat64(4 + json.length, value, true);
    bytes.set(bits, 12 + json.length);
    view.setUint32(bytes.length - 4, hashOf(bytes.subarray(0, -4)), true);
    return bytes;
  };
  /** A root of this cover, and leaf 0. */
  const root = (cover: number): Fields => [
    [cover, 24],
    [1, 1],
    [0, 1],
  ];

  it("is read if it is whole", () => {
    const forest = trees.unpackForest(packed({ ...leaf, leaves: 1 }, root(7)));
    expect([...forest.predict([3])]).toEqual([5]);
    expect([...forest.trees[0].cover]).toEqual([7]);
  });

  it.each<[object, Fields]>([
    [{ version: 1 }, root(7)],
    [{ leaves: 0 }, root(7)],
    [{ leaves: 1.5 }, root(7)],
    [{ leaves: 2 }, root(7)],
    [{ leaves: 1e12 }, root(7)],
    [{ nodes: [1e9] }, root(7)],
    [{ nodes: [-1] }, root(7)],
    [{ nodes: [] }, root(7)],
    [{ nodes: "1" }, root(7)],
    [{ thresholds: [] }, root(7)],
    [{ thresholds: [1e9] }, root(7)],
    [{ names: "a" }, root(7)],
    [{ outputs: 0 }, root(7)],
    [{}, [...root(7), [0, 8]]],
    [{}, [...root(7), [1, 1]]],
    [{}, root(0)],
    [
      {},
      [
        [7, 24],
        [0, 1],
      ],
    ],
    [
      {},
      [
        [7, 24],
        [1, 1],
        [1, 1],
      ],
    ],
    [{ nodes: [2] }, [...root(7), [1, 1], [0, 1]]],
  ])("is refused if it says %j, fields %j", (wrong, fields) => {
    expect(() => trees.unpackForest(packed({ ...leaf, leaves: 1, ...wrong }, fields))).toThrow("not a packed forest");
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
    expect(reader.isAtEnd).toBe(true);
    reader.read(24);
    expect(reader.isAtEnd).toBe(false);
  });

  it("are as few as needed", () => {
    expect([1, 2, 3, 4, 5, 1024, 1025].map(bitsFor)).toEqual([0, 1, 2, 2, 3, 10, 11]);
  });
});
