/**
 * A forest in few bytes, for a page that predicts by it and says why. Nothing here needs Node.
 *
 * The bytes: length of the JSON (u32), the JSON (`PackedHeader`), the distinct leaves, the commonest first, `outputs`
 * numbers each (f64; all little-endian), bits, and the FNV-1a hash of all bytes before it (u32).
 *
 * The bits: per column its distinct thresholds (`writeAscending`), then each tree: the cover of its root (24 bits) and
 * its nodes, every node before its left subtree and that before its right one. A split is a 0, its column, the number of
 * its threshold and the cover of its left child less 1; the right child has the rest of its cover. A leaf is a 1 and the
 * number of what it says: a 0 and one of the first `outputs` leaves (as many are pure, and nearly all leaves of a deep
 * tree are), or a 1 and one of the others. Numbers below n take as many bits as n - 1.
 *
 * Thresholds, covers and leaves are exact, and so are predictions and contributions.
 */
import { HitlabError } from "../../errors";
import { type DecisionTree, leafOf } from "../decision-tree";
import { leastBits, readAscending } from "./ascending";
import { BitReader, bitsFor, hashOf } from "./bits";

/** What the JSON of a packed forest says. */
export interface PackedHeader {
  readonly format: "hitlab-packed-forest";
  readonly version: 2;
  readonly names: readonly string[];
  /** Values of a leaf. */
  readonly outputs: number;
  /** Nodes of each tree. */
  readonly nodes: readonly number[];
  /** Distinct thresholds of each column. */
  readonly thresholds: readonly number[];
  /** Distinct leaves. */
  readonly leaves: number;
}

/** Most values of all nodes together, nodes x outputs: 128 MB. A forest of all songs has a fifth of that. */
export const mostValues = 2 ** 24;

/** A forest read from its bytes. */
export interface UnpackedForest {
  /** Names of the columns, in the order of a row's numbers. */
  readonly names: readonly string[];
  /** Numbers that `predict` gives: the classes, or 1. */
  readonly outputs: number;
  /** The trees, for `treeContributions`: as they were fitted, but that splits say the mean of their leaves by cover. */
  readonly trees: readonly DecisionTree[];
  /** Mean over the trees for a row: the probability of each class, or the expected target. */
  predict(row: ArrayLike<number>): Float64Array;
  /** The same for many rows that lie one after another, several times as fast: rows x outputs. */
  predictRows(rows: Float64Array): Float64Array;
}

/** What the nodes of a packed forest refer to. */
interface Tables {
  readonly thresholds: readonly Float64Array[];
  /** Distinct leaves, and their values one after another. */
  readonly leaves: number;
  readonly values: Float64Array;
  readonly outputs: number;
}

/**
 * Reads what `packForest` wrote, in a page as in Node. A node then takes 26 bytes, and 8 for each output.
 *
 * @throws HitlabError if the bytes are no packed forest, or not all of it
 * @example
 * ```ts
 * const forest = unpackForest(new Uint8Array(await response.arrayBuffer()));
 * const [flop, hit] = forest.predict(row);
 * const sum = { trees: forest.trees, output: 1, scale: 1 / forest.trees.length, baseline: 0 };
 * const why = treeContributions(sum, { rows: 1, columns: row.length, data: row });
 * ```
 */
export function unpackForest(bytes: Uint8Array): UnpackedForest {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + (bytes.length < 4 ? 0 : view.getUint32(0, true));
  const header = readHeader(bytes, start);
  const { names, outputs, nodes, leaves } = header;
  const last = bytes.length - 4;
  if (view.getUint32(last, true) !== hashOf(bytes.subarray(0, last))) throw notPacked("they are damaged or cut off");
  const end = start + 8 * leaves * outputs;
  // What promises more than there is room for is refused before memory is made for it: a node takes a bit at least.
  if (8 * (last - end) < leastBits * sum(header.thresholds) + sum(nodes)) throw notPacked("its tables are cut off");
  if (sum(nodes) * outputs > mostValues) throw notPacked(`it has more than ${mostValues} values`);
  const values = Float64Array.from({ length: leaves * outputs }, (_, i) => view.getFloat64(start + 8 * i, true));
  if (!values.every(Number.isFinite)) throw notPacked("a leaf holds no number");
  const bits = new BitReader(bytes.subarray(end, last));
  const thresholds = header.thresholds.map((count) => readThresholds(bits, count));
  const trees = readTrees(bits, nodes, { thresholds, leaves, values, outputs });
  if (!bits.isAtEnd) throw notPacked("its trees are longer or shorter than what is there");
  const predictRows = (rows: Float64Array) => meansOf(trees, outputs, rows, names.length);
  return { names, outputs, trees, predictRows, predict: (row) => predictRows(oneRow(row, names.length)) };
}

function readHeader(bytes: Uint8Array, end: number): PackedHeader {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))) as PackedHeader;
    if (header.format === "hitlab-packed-forest" && header.version === 2 && isWhole(header)) return header;
  } catch {
    // Said below.
  }
  throw notPacked("its beginning is not that of format hitlab-packed-forest, version 2");
}

function isWhole({ names, outputs, nodes, thresholds, leaves }: PackedHeader): boolean {
  const wholes = (numbers: readonly number[], least: number) =>
    Array.isArray(numbers) && numbers.every((value) => Number.isInteger(value) && value >= least);
  return (
    // A node's column has 16 bits, one of them the sign.
    names.length > 0 &&
    names.length < 2 ** 15 &&
    names.every((name) => typeof name === "string") &&
    thresholds.length === names.length &&
    wholes(thresholds, 0) &&
    nodes.length > 0 &&
    wholes(nodes, 1) &&
    wholes([outputs, leaves], 1)
  );
}

function readThresholds(bits: BitReader, count: number): Float64Array {
  const thresholds = readAscending(bits, count);
  if (thresholds) return thresholds;
  throw notPacked("the thresholds of a column do not ascend");
}

/** The trees, whose nodes lie one tree after another in the same memory. */
function readTrees(bits: BitReader, sizes: readonly number[], tables: Tables): DecisionTree[] {
  const { outputs } = tables;
  const total = sum(sizes);
  const all: DecisionTree = {
    feature: new Int16Array(total),
    threshold: new Float64Array(total),
    left: new Int32Array(total),
    right: new Int32Array(total),
    cover: new Float64Array(total),
    value: new Float64Array(total * outputs),
  };
  let root = 0;
  return sizes.map((size) => {
    const [from, to] = [root, root + size];
    root = to;
    const tree = {
      feature: all.feature.subarray(from, to),
      threshold: all.threshold.subarray(from, to),
      left: all.left.subarray(from, to),
      right: all.right.subarray(from, to),
      cover: all.cover.subarray(from, to),
      value: all.value.subarray(from * outputs, to * outputs),
    };
    readTree(bits, tree, tables);
    fillSplits(tree, outputs);
    return tree;
  });
}

function readTree(bits: BitReader, tree: DecisionTree, tables: Tables): void {
  const { feature, right, cover } = tree;
  const last = feature.length - 1;
  // Splits whose right subtree is still to come.
  const open: number[] = [];
  cover[0] = bits.read(24);
  for (let node = 0; node <= last; node++) {
    if (bits.read(1) === 0) {
      readSplit(bits, tree, node, tables);
      open.push(node);
      continue;
    }
    readLeaf(bits, tree, node, tables);
    const parent = open.pop();
    if ((parent === undefined) !== (node === last)) throw notPacked("a tree is not whole");
    if (parent === undefined) continue;
    right[parent] = node + 1;
    cover[node + 1] = cover[parent] - cover[parent + 1];
  }
  if (open.length > 0 || cover[0] === 0) throw notPacked("a tree is not whole");
}

function readSplit(
  bits: BitReader,
  { feature, threshold, left, cover }: DecisionTree,
  node: number,
  { thresholds }: Tables,
): void {
  const column = readBelow(bits, thresholds.length);
  feature[node] = column;
  threshold[node] = thresholds[column][readBelow(bits, thresholds[column].length)];
  left[node] = node + 1;
  cover[node + 1] = 1 + readBelow(bits, cover[node] - 1);
}

function readLeaf(
  bits: BitReader,
  { feature, left, right, value }: DecisionTree,
  node: number,
  { leaves, values, outputs }: Tables,
): void {
  feature[node] = left[node] = right[node] = -1;
  const common = Math.min(outputs, leaves);
  const leaf = bits.read(1) === 0 ? readBelow(bits, common) : common + readBelow(bits, leaves - common);
  for (let k = 0; k < outputs; k++) value[node * outputs + k] = values[leaf * outputs + k];
}

function readBelow(bits: BitReader, count: number): number {
  const value = bits.read(bitsFor(count));
  if (value < count) return value;
  throw notPacked("a node names a column, threshold, cover or leaf that there is not");
}

/** What a split says, the mean of its children by cover, is not packed. */
function fillSplits({ feature, right, cover, value }: DecisionTree, outputs: number): void {
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node] < 0) continue;
    const [a, b] = [node + 1, right[node]];
    for (let k = 0; k < outputs; k++) {
      const sum = cover[a] * value[a * outputs + k] + cover[b] * value[b * outputs + k];
      value[node * outputs + k] = sum / cover[node];
    }
  }
}

/** Tree by tree, so that one stays in the processor's cache. */
function meansOf(trees: readonly DecisionTree[], outputs: number, rows: Float64Array, columns: number): Float64Array {
  const bad = rows.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw wrongRow(rows.subarray(bad - (bad % columns)).subarray(0, columns), columns);
  if (rows.length % columns !== 0) throw wrongRow(rows.subarray(rows.length - (rows.length % columns)), columns);
  const means = new Float64Array((rows.length / columns) * outputs);
  for (const tree of trees) {
    for (let from = 0, to = 0; from < rows.length; from += columns, to += outputs) {
      const leaf = leafOf(tree, rows, from) * outputs;
      for (let k = 0; k < outputs; k++) means[to + k] += tree.value[leaf + k];
    }
  }
  for (let i = 0; i < means.length; i++) means[i] /= trees.length;
  return means;
}

function oneRow(row: ArrayLike<number>, columns: number): Float64Array {
  const numbers = Float64Array.from(row);
  if (numbers.length === columns) return numbers;
  throw wrongRow(numbers, columns);
}

function wrongRow(row: Float64Array, columns: number): HitlabError {
  return new HitlabError({
    what: `a row of this forest is ${columns} finite numbers`,
    value: row.join(", "),
    remedy: "pass a number for each of its columns, in the order of names",
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

function notPacked(why: string): HitlabError {
  const remedy = "pass the bytes that packForest gave, all of them";
  return new HitlabError({ what: `these bytes are not a packed forest: ${why}`, remedy });
}
