import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluate, HitlabError, trees } from "../../../src";
import { readAscending, writeAscending } from "../../../src/models/forest/ascending";
import { BitReader, BitWriter, bitsFor, hashOf } from "../../../src/models/forest/bits";
import { treeContributions } from "../../../src/models/tree-shap";
import { random } from "../../../src/random";
import { matrix } from "../../../src/samples";
import { bruteForce } from "../../evaluate/brute-shapley";
import { randomTree } from "../random-tree";
import { problem } from "./problems";

const shapes = fc.record({
  columns: fc.integer({ min: 1, max: 5 }),
  depth: fc.integer({ min: 0, max: 8 }),
  outputs: fc.integer({ min: 1, max: 4 }),
});

/** Trees that split at random, whose nodes hold whole rows. */
function randomForest(seed: number, shape: { columns: number; depth: number; outputs: number }) {
  const rng = random(seed, "pack");
  return {
    names: Array.from({ length: shape.columns }, (_, column) => `column ${column}`),
    trees: [1, 2, 3].map(() => randomTree(rng, { ...shape, whole: true })),
    row: Float64Array.from({ length: shape.columns }, () => rng.integer(0, 9) / 8),
  };
}

/** The names and a tree of three nodes at least. */
function splitTree() {
  const { names, trees: grown } = randomForest(1, { columns: 3, depth: 5, outputs: 2 });
  const tree = grown.find(({ feature }) => feature[0] >= 0);
  if (!tree) throw new Error("no tree of this seed splits");
  return { names, tree };
}

/** What is packed of a tree: all but what splits say. */
function packedPart({ value, ...tree }: trees.DecisionTree) {
  const outputs = value.length / tree.feature.length;
  return { ...tree, leaves: value.filter((_, i) => tree.feature[Math.floor(i / outputs)] < 0) };
}

describe("a packed forest", () => {
  it.each([2, 3, 0])("predicts and explains as the forest does (%d classes)", async (classes) => {
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
    expect(packed.predictRows(test.x.data)).toEqual(expected);
    expect(packed.trees.map(packedPart)).toEqual(model.trees.map(packedPart));
    const sum = { trees: packed.trees, output: classes === 0 ? 0 : 1, scale: 1 / 5, baseline: 0 };
    const { contributions, base } = evaluate.treeShap(model, test.x);
    expect(treeContributions(sum, test.x)).toEqual({ contributions: contributions.data, base });
  });

  it("has in its splits the means of the rows below", async () => {
    const model = await trees.fitRandomForest(problem(150, 4, 3).train, { nEstimators: 3 });
    const packed = trees.unpackForest(trees.packForest(model));
    packed.trees.forEach(({ value }, i) => {
      for (let k = 0; k < value.length; k++) expect(value[k]).toBeCloseTo(model.trees[i].value[k], 12);
    });
  });

  it("comes back whatever its trees are", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), shapes, (seed, shape) => {
        const forest = randomForest(seed, shape);
        const packed = trees.unpackForest(trees.packForest(forest));
        expect(packed.trees.map(packedPart)).toEqual(forest.trees.map(packedPart));
      }),
    );
  });

  it("gives the Shapley values of the game over all subsets of the columns", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), shapes, (seed, shape) => {
        const forest = randomForest(seed, shape);
        const output = shape.outputs - 1;
        const unpacked = trees.unpackForest(trees.packForest(forest)).trees;
        const x = { rows: 1, columns: shape.columns, data: forest.row };
        const { contributions } = treeContributions({ trees: unpacked, output, scale: 1 / 3, baseline: 0 }, x);
        const each = forest.trees.map((tree) => bruteForce(tree, forest.row, output));
        contributions.forEach((found, column) => {
          const expected = each.reduce((sum, values) => sum + values[column], 0) / 3;
          expect(Math.abs(found - expected), `column ${column}`).toBeLessThan(1e-12);
        });
      }),
      { numRuns: 60 },
    );
  });

  it("is a model that treeShap takes", async () => {
    const { train, test } = problem(60, 3, 2);
    const model = await trees.fitRandomForest(train, { nEstimators: 3 });
    const packed = trees.unpackForest(trees.packForest(model));
    const x = matrix(1, 3, test.x.data.slice(0, 3), test.x.names);
    expect(evaluate.treeShap(packed, x)).toEqual(evaluate.treeShap(model, x));
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
    const rows = Float64Array.of(1, 2, 3, 4, Number.NaN, 6);
    expect(() => trees.unpackForest(bytes).predictRows(rows)).toThrow('3 finite numbers (found "4, NaN, 6")');
    expect(() => trees.unpackForest(bytes).predictRows(rows.subarray(0, 4))).toThrow('(found "4")');
  });

  it("holds whole train rows only", async () => {
    const { train, weights } = problem(60, 3, 2);
    const weighed = await trees.fitRandomForest(train, { nEstimators: 3, sampleWeights: weights });
    expect(() => trees.packForest(weighed)).toThrow(/whole numbers of train rows.*without sampleWeights/s);
    const { names, tree } = splitTree();
    for (const [node, cover] of [
      [0, 2 ** 24],
      [0, 101],
      [1, 0],
      [2, Number.NaN],
    ]) {
      const wrong = { ...tree, cover: tree.cover.map((own, i) => (i === node ? cover : own)) };
      expect(() => trees.packForest({ names, trees: [wrong] }), `${node}: ${cover}`).toThrow("whole numbers");
    }
  });

  it("is not made of what is no forest", () => {
    const { names, tree } = splitTree();
    const spoilt = (part: "threshold" | "value") => ({
      names,
      trees: [{ ...tree, [part]: tree[part].map(() => Number.NaN) }],
    });
    expect(() => trees.packForest({ names, trees: [] })).toThrow("without trees");
    expect(() => trees.packForest(spoilt("threshold"))).toThrow("a threshold of the forest is no finite number");
    expect(() => trees.packForest(spoilt("value"))).toThrow("a leaf of the forest is no finite number");
    const nodes = tree.feature.length;
    const wide = { ...tree, value: new Float64Array(nodes * Math.ceil(2 ** 24 / nodes + 1)) };
    expect(() => trees.packForest({ names, trees: [wide] })).toThrow("more than 16777216 values");
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
    [{ names: [], thresholds: [] }, root(7)],
    [{ outputs: 2 ** 25 }, root(7)],
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

/** A tree in which every row comes to a leaf, and a column that is not known has a share of going left. */
function expectWhole({ feature, threshold, left, right, cover, value }: trees.DecisionTree, columns: number): void {
  expect(threshold.every(Number.isFinite) && value.every(Number.isFinite)).toBe(true);
  for (let node = 0; node < feature.length; node++) {
    expect(cover[node]).toBeGreaterThan(0);
    if (feature[node] === -1) {
      expect([left[node], right[node]]).toEqual([-1, -1]);
      continue;
    }
    expect(feature[node] >= 0 && feature[node] < columns).toBe(true);
    expect(left[node]).toBe(node + 1);
    expect(right[node] > node + 1 && right[node] < feature.length).toBe(true);
    expect(cover[left[node]] + cover[right[node]]).toBe(cover[node]);
  }
}

describe("damaged bytes whose hash is right", () => {
  const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), byte: fc.nat(255) });

  it("are refused, or hold whole trees", () => {
    const seen = { refused: 0, whole: 0 };
    fc.assert(
      fc.property(fc.nat(2 ** 31), shapes, fc.array(change, { maxLength: 3 }), fc.nat(9), (seed, shape, all, cut) => {
        const whole = trees.packForest(randomForest(seed, shape));
        const bytes = whole.slice(0, whole.length - (cut > 7 ? cut : 0));
        // Most of the header would only be refused as text.
        const from = 4 + new DataView(bytes.buffer).getUint32(0, true) - (seed % 40);
        for (const { at, byte } of all) bytes[Math.floor(from + at * (bytes.length - 5 - from))] = byte;
        new DataView(bytes.buffer).setUint32(bytes.length - 4, hashOf(bytes.subarray(0, -4)), true);
        try {
          const { trees: read, names } = trees.unpackForest(bytes);
          for (const tree of read) expectWhole(tree, names.length);
          seen.whole++;
        } catch (error) {
          if (!(error instanceof HitlabError)) throw error;
          seen.refused++;
        }
      }),
      { numRuns: 400 },
    );
    expect(Math.min(seen.refused, seen.whole)).toBeGreaterThan(40);
  });

  it("and any bytes at all are a HitlabError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(() => trees.unpackForest(bytes)).toThrow(HitlabError);
      }),
    );
  });
});

describe("ascending doubles", () => {
  const extremes = [
    -Number.MAX_VALUE,
    -1,
    -Number.MIN_VALUE,
    0,
    Number.MIN_VALUE,
    1,
    1 + Number.EPSILON,
    Number.MAX_VALUE,
  ];
  const written = (doubles: Float64Array) => {
    const bits = new BitWriter();
    writeAscending(bits, doubles);
    return bits.end();
  };

  it("come back as they were written", () => {
    const doubles = fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0));
    fc.assert(
      fc.property(doubles, (some) => {
        const ascending = Float64Array.from(some).sort();
        const reader = new BitReader(written(ascending));
        expect(readAscending(reader, ascending.length)).toEqual(ascending);
        expect(reader.isAtEnd).toBe(true);
      }),
      { examples: [[extremes], [[]]] },
    );
  });

  it("are few bits if they are near: 6 for the next number there is", () => {
    const near = Float64Array.from({ length: 801 }, (_, i) => 0.5 + i * 2 ** -53);
    expect(written(near).length).toBe(written(near.subarray(0, 1)).length + 600);
  });

  it("are refused if they do not ascend or are not finite", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (bytes, count) => {
        const read = readAscending(new BitReader(bytes), count);
        if (read === undefined) return;
        expect(read.every((value, i) => Number.isFinite(value) && (i === 0 || value > read[i - 1]))).toBe(true);
      }),
    );
    // The greatest difference at once: a NaN.
    expect(readAscending(new BitReader(new Uint8Array(9).fill(255)), 1)).toBeUndefined();
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
