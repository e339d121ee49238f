/**
 * A forest in few bytes, for a page that predicts by it. Nothing here needs Node.
 *
 * The bytes: length of the JSON (u32), the JSON (`Header`), per column its distinct thresholds in ascending order, the
 * distinct leaf values (all f64, little-endian), then bits: each tree's nodes, every node before its left subtree and
 * that before its right one. A leaf is a 1 and the number of its value, a split a 0, its column and the number of its
 * threshold. Thresholds and values are exact: so are predictions, but for the last digits.
 */
import { HitlabError } from "../../errors";
import type { DecisionTree } from "../decision-tree";
import { BitReader, BitWriter, bitsFor } from "./bits";

/** What of a forest is packed. */
export interface PackableForest {
  readonly names: readonly string[];
  readonly trees: readonly DecisionTree[];
}

interface Header {
  readonly format: "hitlab-packed-forest";
  readonly version: 1;
  readonly names: readonly string[];
  /** Values of a leaf. */
  readonly outputs: number;
  /** Nodes of each tree. */
  readonly nodes: readonly number[];
  /** Distinct thresholds of each column. */
  readonly thresholds: readonly number[];
  /** Distinct leaf values. */
  readonly leaves: number;
}

/** Distinct things and the number of each. */
interface Numbered<Thing> {
  readonly things: readonly Thing[];
  readonly numbers: ReadonlyMap<Thing, number>;
}

/**
 * Packs a forest: about 4 bytes a node. Covers are left out.
 *
 * @example
 * ```ts
 * writeFileSync("forest.bin", trees.packForest(model));
 * ```
 */
export function packForest({ names, trees }: PackableForest): Uint8Array {
  const outputs = trees[0].value.length / trees[0].feature.length;
  const thresholds = names.map((_, column) => numbered(thresholdsOf(trees, column)));
  const leaves = numbered(leavesOf(trees, outputs));
  const header: Header = {
    format: "hitlab-packed-forest",
    version: 1,
    names,
    outputs,
    nodes: trees.map(({ feature }) => feature.length),
    thresholds: thresholds.map(({ things }) => things.length),
    leaves: leaves.things.length,
  };
  const bits = new BitWriter();
  for (const tree of trees) writeTree(bits, tree, thresholds, leaves, outputs);
  const values = leaves.things.flatMap((key) => key.split(" ").map(Number));
  return joined(header, [...thresholds.flatMap(({ things }) => things), ...values], bits.end());
}

function thresholdsOf(trees: readonly DecisionTree[], column: number): number[] {
  const distinct = new Set<number>();
  for (const { feature, threshold } of trees) {
    for (let node = 0; node < feature.length; node++) if (feature[node] === column) distinct.add(threshold[node]);
  }
  return [...distinct].sort((a, b) => a - b);
}

/** The leaves' values, as text: numbers print so that they read back the same. */
function leavesOf(trees: readonly DecisionTree[], outputs: number): string[] {
  const distinct = new Set<string>();
  for (const tree of trees) {
    for (let node = 0; node < tree.feature.length; node++) {
      if (tree.feature[node] < 0) distinct.add(leafKey(tree, node, outputs));
    }
  }
  return [...distinct];
}

function leafKey({ value }: DecisionTree, node: number, outputs: number): string {
  return value.subarray(node * outputs, (node + 1) * outputs).join(" ");
}

function numbered<Thing>(things: readonly Thing[]): Numbered<Thing> {
  return { things, numbers: new Map(things.map((thing, i) => [thing, i])) };
}

function writeTree(
  bits: BitWriter,
  tree: DecisionTree,
  thresholds: readonly Numbered<number>[],
  leaves: Numbered<string>,
  outputs: number,
): void {
  const columnBits = bitsFor(thresholds.length);
  const leafBits = bitsFor(leaves.things.length);
  const waiting = [0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const column = tree.feature[node];
    if (column < 0) {
      bits.write(1, 1);
      bits.write(leaves.numbers.get(leafKey(tree, node, outputs)) as number, leafBits);
      continue;
    }
    const { things, numbers } = thresholds[column];
    bits.write(0, 1);
    bits.write(column, columnBits);
    bits.write(numbers.get(tree.threshold[node]) as number, bitsFor(things.length));
    waiting.push(tree.right[node], tree.left[node]);
  }
}

function joined(header: Header, numbers: readonly number[], bits: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(4 + json.length + 8 * numbers.length + bits.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  bytes.set(json, 4);
  numbers.forEach((value, i) => {
    view.setFloat64(4 + json.length + 8 * i, value, true);
  });
  bytes.set(bits, 4 + json.length + 8 * numbers.length);
  return bytes;
}

/** A forest read from its bytes. */
export interface UnpackedForest {
  /** Names of the columns, in the order of a row's numbers. */
  readonly names: readonly string[];
  /** Numbers that `predict` gives: the classes, or 1. */
  readonly outputs: number;
  /** Mean over the trees for a row: the probability of each class, or the expected target. */
  predict(row: ArrayLike<number>): Float64Array;
}

/** The nodes of all trees; the left child is the next node. */
interface Nodes {
  /** -1 at a leaf. */
  readonly feature: Int16Array;
  readonly threshold: Float64Array;
  /** The right child; at a leaf where its values begin. */
  readonly right: Int32Array;
}

/**
 * Reads what `packForest` wrote, in a page as in Node.
 *
 * @throws HitlabError if the bytes are no packed forest, or not all of it
 * @example
 * ```ts
 * const forest = unpackForest(new Uint8Array(await response.arrayBuffer()));
 * const [flop, hit] = forest.predict(row);
 * ```
 */
export function unpackForest(bytes: Uint8Array): UnpackedForest {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + (bytes.length < 4 ? 0 : view.getUint32(0, true));
  const { names, outputs, nodes, thresholds, leaves } = readHeader(bytes, start);
  const counts = [...thresholds, leaves * outputs];
  const end = start + 8 * counts.reduce((sum, count) => sum + count, 0);
  if (end > bytes.length) throw notPacked("its tables are cut off");
  let at = start;
  const tables = counts.map((count) =>
    Float64Array.from({ length: count }, () => {
      at += 8;
      return view.getFloat64(at - 8, true);
    }),
  );
  const values = tables[thresholds.length];
  const bits = new BitReader(bytes.subarray(end));
  const all = readNodes(bits, nodes, tables.slice(0, -1), leaves, outputs);
  if (bits.isPastEnd) throw notPacked("its trees are cut off");
  return { names, outputs, predict: (row) => predictRow(all, nodes, values, outputs, row, names.length) };
}

function readHeader(bytes: Uint8Array, end: number): Header {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))) as Header;
    if (header.format === "hitlab-packed-forest" && header.version === 1) return header;
  } catch {
    // Said below.
  }
  throw notPacked("its beginning is not that of format hitlab-packed-forest, version 1");
}

function readNodes(
  bits: BitReader,
  sizes: readonly number[],
  thresholds: readonly Float64Array[],
  leaves: number,
  outputs: number,
): Nodes {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const nodes = { feature: new Int16Array(total), threshold: new Float64Array(total), right: new Int32Array(total) };
  let root = 0;
  for (const size of sizes) {
    readTree(bits, nodes, root, root + size, thresholds, leaves, outputs);
    root += size;
  }
  return nodes;
}

function readTree(
  bits: BitReader,
  { feature, threshold, right }: Nodes,
  root: number,
  end: number,
  thresholds: readonly Float64Array[],
  leaves: number,
  outputs: number,
): void {
  // Splits whose right subtree is still to come.
  const open: number[] = [];
  for (let node = root; node < end; node++) {
    if (bits.read(1) === 1) {
      feature[node] = -1;
      right[node] = outputs * readBelow(bits, leaves);
      const parent = open.pop();
      if (parent !== undefined) right[parent] = node + 1;
      if ((parent === undefined) !== (node === end - 1)) throw notPacked("a tree is not whole");
      continue;
    }
    const column = readBelow(bits, thresholds.length);
    feature[node] = column;
    threshold[node] = thresholds[column][readBelow(bits, thresholds[column].length)];
    open.push(node);
  }
  if (open.length > 0) throw notPacked("a tree is not whole");
}

function readBelow(bits: BitReader, count: number): number {
  const value = bits.read(bitsFor(count));
  if (value < count) return value;
  throw notPacked("a node names a column, threshold or leaf that there is not");
}

function predictRow(
  { feature, threshold, right }: Nodes,
  sizes: readonly number[],
  values: Float64Array,
  outputs: number,
  row: ArrayLike<number>,
  columns: number,
): Float64Array {
  checkRow(row, columns);
  const sums = new Float64Array(outputs);
  let root = 0;
  for (const size of sizes) {
    let node = root;
    while (feature[node] >= 0) node = row[feature[node]] <= threshold[node] ? node + 1 : right[node];
    for (let k = 0; k < outputs; k++) sums[k] += values[right[node] + k];
    root += size;
  }
  return sums.map((sum) => sum / sizes.length);
}

function checkRow(row: ArrayLike<number>, columns: number): void {
  const numbers = Array.from(row);
  if (numbers.length === columns && numbers.every(Number.isFinite)) return;
  throw new HitlabError({
    what: `a row of this forest is ${columns} finite numbers`,
    value: numbers.join(", "),
    remedy: "pass a number for each of its columns, in the order of names",
  });
}

function notPacked(why: string): HitlabError {
  const remedy = "pass the bytes that packForest gave, all of them";
  return new HitlabError({ what: `these bytes are not a packed forest: ${why}`, remedy });
}
