/**
 * A forest in few bytes, for a page that predicts by it. Nothing here needs Node.
 *
 * The bytes: length of the JSON (u32), the JSON (`PackedHeader`), per column its distinct thresholds in ascending order, the
 * distinct leaf values (all f64, little-endian), then bits: each tree's nodes, every node before its left subtree and
 * that before its right one. A leaf is a 1 and the number of its value, a split a 0, its column and the number of its
 * threshold. Last the FNV-1a hash of all bytes before it (u32). Thresholds and values are exact, and so are predictions.
 */
import { HitlabError } from "../../errors";
import { BitReader, bitsFor, hashOf } from "./bits";

/** What the JSON of a packed forest says. */
export interface PackedHeader {
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
  const last = bytes.length - 4;
  if (view.getUint32(last, true) !== hashOf(bytes.subarray(0, last))) throw notPacked("they are damaged or cut off");
  const counts = [...thresholds, leaves * outputs];
  const end = start + 8 * sum(counts);
  // A node takes a bit at least: what promises more is refused before memory is made for it.
  if (end + sum(nodes) / 8 > last) throw notPacked("its tables are cut off");
  let at = start;
  const tables = counts.map((count) =>
    Float64Array.from({ length: count }, () => {
      at += 8;
      return view.getFloat64(at - 8, true);
    }),
  );
  const values = tables[thresholds.length];
  const bits = new BitReader(bytes.subarray(end, last));
  const all = readNodes(bits, nodes, tables.slice(0, -1), leaves, outputs);
  if (!bits.isAtEnd) throw notPacked("its trees are longer or shorter than what is there");
  return { names, outputs, predict: (row) => predictRow(all, nodes, values, outputs, row, names.length) };
}

function readHeader(bytes: Uint8Array, end: number): PackedHeader {
  try {
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, end))) as PackedHeader;
    if (header.format === "hitlab-packed-forest" && header.version === 1 && isWhole(header)) return header;
  } catch {
    // Said below.
  }
  throw notPacked("its beginning is not that of format hitlab-packed-forest, version 1");
}

function isWhole({ names, outputs, nodes, thresholds, leaves }: PackedHeader): boolean {
  const wholes = (numbers: readonly number[], least: number) =>
    Array.isArray(numbers) && numbers.every((value) => Number.isInteger(value) && value >= least);
  return (
    names.every((name) => typeof name === "string") &&
    thresholds.length === names.length &&
    wholes(thresholds, 0) &&
    nodes.length > 0 &&
    wholes(nodes, 1) &&
    wholes([outputs, leaves], 1)
  );
}

function readNodes(
  bits: BitReader,
  sizes: readonly number[],
  thresholds: readonly Float64Array[],
  leaves: number,
  outputs: number,
): Nodes {
  const total = sum(sizes);
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

function notPacked(why: string): HitlabError {
  const remedy = "pass the bytes that packForest gave, all of them";
  return new HitlabError({ what: `these bytes are not a packed forest: ${why}`, remedy });
}
