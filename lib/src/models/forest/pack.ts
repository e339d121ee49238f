import { HitlabError } from "../../errors";
import type { DecisionTree } from "../decision-tree";
import { BitWriter, bitsFor, hashOf } from "./bits";
import type { PackedHeader } from "./unpack";

/** What of a forest is packed. */
export interface PackableForest {
  readonly names: readonly string[];
  readonly trees: readonly DecisionTree[];
}

/** Distinct things and the number of each. */
interface Numbered<Thing> {
  readonly things: readonly Thing[];
  readonly numbers: ReadonlyMap<Thing, number>;
}

/**
 * Packs a forest: about 4 bytes a node. Covers are left out.
 *
 * @throws HitlabError for no tree, or more than 2^23 different leaves or thresholds of a column
 * @example
 * ```ts
 * writeFileSync("forest.bin", trees.packForest(model));
 * ```
 */
export function packForest({ names, trees }: PackableForest): Uint8Array {
  if (trees.length === 0) throw tooMuch("a forest without trees", "fit it with nEstimators from 1");
  const outputs = trees[0].value.length / trees[0].feature.length;
  const thresholds = names.map((_, column) => numbered(thresholdsOf(trees, column)));
  const leaves = numbered(leavesOf(trees, outputs));
  const header: PackedHeader = {
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
    for (let node = 0; node < feature.length; node++) if (feature[node] === column) addTo(distinct, threshold[node]);
  }
  return [...distinct].sort((a, b) => a - b);
}

/** A Set holds 2^24 things at the most, and a number of the bits has 24. */
function addTo<Thing>(distinct: Set<Thing>, thing: Thing): void {
  distinct.add(thing);
  if (distinct.size <= 2 ** 23) return;
  throw tooMuch("a forest of more than 2^23 different leaves", "grow fewer trees, or give a maxDepth");
}

/** The leaves' values, as text: numbers print so that they read back the same. */
function leavesOf(trees: readonly DecisionTree[], outputs: number): string[] {
  const distinct = new Set<string>();
  for (const tree of trees) {
    for (let node = 0; node < tree.feature.length; node++) {
      if (tree.feature[node] < 0) addTo(distinct, leafKey(tree, node, outputs));
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

function joined(header: PackedHeader, numbers: readonly number[], bits: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(4 + json.length + 8 * numbers.length + bits.length + 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, json.length, true);
  bytes.set(json, 4);
  numbers.forEach((value, i) => {
    view.setFloat64(4 + json.length + 8 * i, value, true);
  });
  bytes.set(bits, 4 + json.length + 8 * numbers.length);
  view.setUint32(bytes.length - 4, hashOf(bytes.subarray(0, -4)), true);
  return bytes;
}

function tooMuch(what: string, remedy: string): HitlabError {
  return new HitlabError({ what: `${what} cannot be packed`, remedy });
}
