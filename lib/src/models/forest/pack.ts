import { HitlabError } from "../../errors";
import type { DecisionTree } from "../decision-tree";
import { writeAscending } from "./ascending";
import { BitWriter, bitsFor, hashOf } from "./bits";
import { mostValues, type PackedHeader } from "./unpack";

/** What of a forest is packed. */
export interface PackableForest {
  readonly names: readonly string[];
  readonly trees: readonly DecisionTree[];
}

/** The distinct leaves, the commonest first, and per tree which of them a node is. */
interface Leaves {
  readonly count: number;
  readonly values: Float64Array;
  readonly numbers: readonly Int32Array[];
}

/**
 * Packs a forest with the covers of its nodes: 2.5 to 3 bytes a node.
 *
 * @throws HitlabError for no tree, more than 2^24 values, or a node whose cover is no whole number below 2^24 or not
 * the sum of its children's: rows that weigh otherwise than 1, by `sampleWeights` or `classWeight`, are not packed
 * @example
 * ```ts
 * writeFileSync("forest.bin", trees.packForest(model));
 * ```
 */
export function packForest({ names, trees }: PackableForest): Uint8Array {
  if (trees.length === 0) throw tooMuch("a forest without trees", "fit it with nEstimators from 1");
  const outputs = trees[0].value.length / trees[0].feature.length;
  const nodes = trees.map(({ feature }) => feature.length);
  if (nodes.reduce((sum, size) => sum + size, 0) * outputs > mostValues) {
    throw tooMuch(`a forest of more than ${mostValues} values`, "grow fewer trees, or give a maxDepth");
  }
  const thresholds = names.map((_, column) => thresholdsOf(trees, column));
  const leaves = leavesOf(trees, outputs);
  const bits = new BitWriter();
  for (const ascending of thresholds) writeAscending(bits, ascending);
  trees.forEach((tree, i) => {
    writeTree(bits, tree, thresholds, (node) => {
      writeLeaf(bits, leaves.numbers[i][node], leaves.count, outputs);
    });
  });
  const header: PackedHeader = {
    format: "hitlab-packed-forest",
    version: 2,
    names,
    outputs,
    nodes,
    thresholds: thresholds.map(({ length }) => length),
    leaves: leaves.count,
  };
  return joined(header, leaves.values, bits.end());
}

/** The distinct thresholds of a column, ascending. */
function thresholdsOf(trees: readonly DecisionTree[], column: number): Float64Array {
  const all: number[] = [];
  for (const { feature, threshold } of trees) {
    for (let node = 0; node < feature.length; node++) if (feature[node] === column) all.push(threshold[node]);
  }
  const sorted = Float64Array.from(all).sort();
  if (sorted.every(Number.isFinite)) return sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  throw notFinite("a threshold");
}

function leavesOf(trees: readonly DecisionTree[], outputs: number): Leaves {
  const found = new Map<string, { values: Float64Array; times: number; first: number }>();
  const firsts = trees.map(({ feature, value }) =>
    Int32Array.from(feature, (column, node) => {
      if (column >= 0) return -1;
      const values = value.subarray(node * outputs, (node + 1) * outputs);
      // Numbers print so that different ones differ.
      const key = values.join();
      const known = found.get(key) ?? { values, times: 0, first: found.size };
      if (known.times++ === 0) found.set(key, known);
      return known.first;
    }),
  );
  const ranked = [...found.values()].sort((a, b) => b.times - a.times);
  const values = Float64Array.from(ranked.flatMap((leaf) => [...leaf.values]));
  if (!values.every(Number.isFinite)) throw notFinite("a leaf");
  const rank = new Int32Array(ranked.length);
  ranked.forEach(({ first }, i) => {
    rank[first] = i;
  });
  return { count: ranked.length, values, numbers: firsts.map((ofNodes) => ofNodes.map((first) => rank[first])) };
}

function writeTree(
  bits: BitWriter,
  { feature, threshold, left, right, cover }: DecisionTree,
  thresholds: readonly Float64Array[],
  writeLeafOf: (node: number) => void,
): void {
  if (!isCount(cover[0])) throw noCount(cover[0]);
  bits.write(cover[0], 24);
  const waiting = [0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const column = feature[node];
    bits.write(column < 0 ? 1 : 0, 1);
    if (column < 0) {
      writeLeafOf(node);
      continue;
    }
    const [a, b] = [left[node], right[node]];
    if (!isCount(cover[a]) || !isCount(cover[b])) throw noCount(isCount(cover[a]) ? cover[b] : cover[a]);
    if (cover[a] + cover[b] !== cover[node]) throw noCount(cover[node]);
    bits.write(column, bitsFor(thresholds.length));
    bits.write(placeOf(threshold[node], thresholds[column]), bitsFor(thresholds[column].length));
    bits.write(cover[a] - 1, bitsFor(cover[node] - 1));
    waiting.push(b, a);
  }
}

function isCount(cover: number): boolean {
  return Number.isInteger(cover) && cover > 0 && cover < 2 ** 24;
}

/** Where a value is among ascending ones. */
function placeOf(value: number, ascending: Float64Array): number {
  let [from, to] = [0, ascending.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle] < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

function writeLeaf(bits: BitWriter, leaf: number, leaves: number, outputs: number): void {
  const common = Math.min(outputs, leaves);
  bits.write(leaf < common ? 0 : 1, 1);
  if (leaf < common) bits.write(leaf, bitsFor(common));
  else bits.write(leaf - common, bitsFor(leaves - common));
}

function joined(header: PackedHeader, values: Float64Array, bits: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const start = 4 + json.length;
  const bytes = new Uint8Array(start + 8 * values.length + bits.length + 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  bytes.set(json, 4);
  values.forEach((value, i) => {
    view.setFloat64(start + 8 * i, value, true);
  });
  bytes.set(bits, start + 8 * values.length);
  view.setUint32(bytes.length - 4, hashOf(bytes.subarray(0, -4)), true);
  return bytes;
}

function noCount(cover: number): HitlabError {
  return new HitlabError({
    what: "a forest whose nodes do not hold whole numbers of train rows cannot be packed",
    value: cover,
    remedy: "fit it without sampleWeights and without classWeight",
  });
}

function notFinite(what: string): HitlabError {
  return new HitlabError({
    what: `${what} of the forest is no finite number, so it cannot be packed`,
    remedy: "pass a forest that predicts a number for every row",
  });
}

function tooMuch(what: string, remedy: string): HitlabError {
  return new HitlabError({ what: `${what} cannot be packed`, remedy });
}
