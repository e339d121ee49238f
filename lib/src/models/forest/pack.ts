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

/** Per column the number of each of its thresholds, in ascending order. */
type Thresholds = readonly ReadonlyMap<number, number>[];

/**
 * Packs a forest with the covers of its nodes: some 2.5 bytes a node.
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
  for (const each of thresholds) writeAscending(bits, each);
  const numbers = thresholds.map((each) => new Map(Array.from(each, (value, i) => [value, i])));
  trees.forEach((tree, i) => {
    writeTree(bits, tree, numbers, leaves.numbers[i], leaves.count, outputs);
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

function thresholdsOf(trees: readonly DecisionTree[], column: number): Float64Array {
  const distinct = new Set<number>();
  for (const { feature, threshold } of trees) {
    for (let node = 0; node < feature.length; node++) if (feature[node] === column) distinct.add(threshold[node]);
  }
  return Float64Array.from(distinct).sort();
}

function leavesOf(trees: readonly DecisionTree[], outputs: number): Leaves {
  const found = new Map<string, number>();
  const counts: number[] = [];
  const values: number[] = [];
  const numbers = trees.map(({ feature, value }) => {
    const ofNodes = new Int32Array(feature.length);
    for (let node = 0; node < feature.length; node++) {
      if (feature[node] >= 0) continue;
      const says = value.subarray(node * outputs, (node + 1) * outputs);
      // Numbers print so that different ones differ.
      const key = says.join();
      let leaf = found.get(key);
      if (leaf === undefined) {
        leaf = found.size;
        found.set(key, leaf);
        counts.push(0);
        values.push(...says);
      }
      counts[leaf]++;
      ofNodes[node] = leaf;
    }
    return ofNodes;
  });
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a]);
  const ranks = new Int32Array(order.length);
  order.forEach((leaf, rank) => {
    ranks[leaf] = rank;
  });
  return {
    count: order.length,
    values: Float64Array.from(order.flatMap((leaf) => values.slice(leaf * outputs, (leaf + 1) * outputs))),
    numbers: numbers.map((ofNodes) => ofNodes.map((leaf) => ranks[leaf])),
  };
}

function writeTree(
  bits: BitWriter,
  tree: DecisionTree,
  thresholds: Thresholds,
  leaf: Int32Array,
  leaves: number,
  outputs: number,
): void {
  const { feature, threshold, left, right, cover } = tree;
  if (!(Number.isInteger(cover[0]) && cover[0] > 0 && cover[0] < 2 ** 24)) throw noCount(cover[0]);
  bits.write(cover[0], 24);
  const columnBits = bitsFor(thresholds.length);
  const common = Math.min(outputs, leaves);
  const waiting = [0];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const column = feature[node];
    if (column < 0) {
      const rare = leaf[node] >= common;
      bits.write(rare ? 3 : 1, 2);
      if (rare) bits.write(leaf[node] - common, bitsFor(leaves - common));
      else bits.write(leaf[node], bitsFor(common));
      continue;
    }
    const [a, b] = [left[node], right[node]];
    bits.write(0, 1);
    bits.write(column, columnBits);
    bits.write(thresholds[column].get(threshold[node]) as number, bitsFor(thresholds[column].size));
    if (!(Number.isInteger(cover[a]) && cover[a] > 0 && cover[b] > 0)) throw noCount(cover[a]);
    if (cover[a] + cover[b] !== cover[node]) throw noCount(cover[node]);
    bits.write(cover[a] - 1, bitsFor(cover[node] - 1));
    waiting.push(b, a);
  }
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

function tooMuch(what: string, remedy: string): HitlabError {
  return new HitlabError({ what: `${what} cannot be packed`, remedy });
}
