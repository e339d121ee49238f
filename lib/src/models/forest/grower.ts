import { HitlabError } from "../../errors";
import { Arena } from "../../kernels/arena";
import type { ClassicExports } from "../../kernels/classic";
import { randomWords } from "../../random";
import type { DecisionTree } from "../decision-tree";
import { fillBag } from "./bag";
import type { ForestTable } from "./table";

/** Items of 32 bits tell so many rows and classes apart, and hold such weights. */
const countedRows = 2 ** 20;
const countedClasses = 64;
const countedWeight = 63;

/** Where the kernels put a tree. */
interface Places {
  readonly features: number;
  readonly lows: number;
  readonly highs: number;
  readonly rights: number;
  readonly covers: number;
  readonly values: number;
}

/** Grows trees of one forest, any of them in any order, in the memory of one instance of the classic kernels. */
export class TreeGrower {
  private readonly kernels: Arena<ClassicExports>;
  /** Whether rows count as whole numbers, which are faster to add up. */
  private readonly counting: boolean;
  private readonly bag: Uint8Array;
  private readonly items: number;
  private readonly weights: number;
  private readonly places: Places;

  constructor(private readonly table: ForestTable) {
    const { module, rows, classes, weights } = table;
    this.kernels = new Arena(new WebAssembly.Instance(module).exports as unknown as ClassicExports);
    this.counting = classes > 0 && classes <= countedClasses && rows < countedRows && isSmallCounts(table);
    this.bag = new Uint8Array(rows).fill(1);
    this.weights = this.kernels.allocate(2 * rows);
    if (weights) this.kernels.doubles(this.weights, rows).set(weights);
    else this.kernels.doubles(this.weights, rows).fill(1);
    this.layTable();
    this.items = this.layRoom();
    this.places = this.layTree();
  }

  /** Tree number `tree` of the forest. @throws HitlabError if the bootstrap drew rows of weight 0 only */
  grow(tree: number): DecisionTree {
    const { seed, bootstrap } = this.table.settings;
    if (bootstrap) fillBag(this.bag, seed, tree);
    const next = randomWords(seed, "forest", "columns", tree);
    this.kernels.exports.seedWords(next(), next(), next(), next());
    const items = this.counting ? this.countItems() : this.weighItems();
    // A mean over no rows would be a NaN in every prediction.
    if (items === 0) {
      throw new HitlabError({
        what: "all the rows drawn for it have weight 0",
        remedy: "drop the rows of weight 0 before fitting, or set bootstrap to false",
      });
    }
    return this.read(this.kernels.exports.growTree(items));
  }

  private layTable(): void {
    const { rows, columns, codes, targets } = this.table;
    const { kernels } = this;
    const wide = codes.codes.BYTES_PER_ELEMENT === 4;
    const codeAt = kernels.allocate(wide ? rows * columns : Math.ceil((rows * columns) / 2));
    const bytes = new Uint8Array(codes.codes.buffer);
    new Uint8Array(kernels.exports.memory.buffer, codeAt, bytes.length).set(bytes);
    const countAt = kernels.allocate(columns);
    kernels.integers(countAt, columns).set(codes.high.map((high) => high.length));
    const targetAt = kernels.allocate(2 * rows);
    kernels.doubles(targetAt, rows).set(targets);
    kernels.exports.forestTable(rows, columns, codeAt, wide ? 1 : 0, countAt, this.weights, targetAt);
  }

  /** Returns the address of the items. */
  private layRoom(): number {
    const { rows, columns, codes, classes, settings } = this.table;
    const { kernels } = this;
    const most = codes.high.reduce((greatest, { length }) => Math.max(greatest, length), 0);
    const [items, spare, keys, sorting] = [rows, rows + 1, 2 * rows, 2 * rows].map((n) => kernels.allocate(n));
    const counts = kernels.allocate(rows + 1);
    const histogram = kernels.allocate(2 * most);
    const stack = kernels.allocate(4 * (rows + 2));
    const order = kernels.allocate(columns);
    const totals = kernels.allocate(2 * Math.max(2, classes));
    const left = kernels.allocate(2 * Math.max(2, classes));
    kernels.exports.forestRoom(items, spare, keys, sorting, counts, histogram, stack, order, totals, left);
    const depth = Math.min(settings.maxDepth, 0x7fffffff);
    const { maxFeatures, minSamplesSplit, minSamplesLeaf } = settings;
    const [split, leaf] = [minSamplesSplit, minSamplesLeaf].map((n) => Math.min(n, 2 ** 30 - 1));
    kernels.exports.forestKind(classes, this.counting ? 1 : 0, depth, maxFeatures, split, leaf);
    return items;
  }

  private layTree(): Places {
    const { rows, classes, settings } = this.table;
    const leaves = Math.min(
      Math.max(1, Math.floor(rows / settings.minSamplesLeaf)),
      2 ** Math.min(settings.maxDepth, 31),
    );
    const nodes = 2 * leaves;
    const [features, lows, highs, rights] = [0, 1, 2, 3].map(() => this.kernels.allocate(nodes));
    const covers = this.kernels.allocate(2 * nodes);
    const values = this.kernels.allocate(2 * nodes * Math.max(1, classes));
    this.kernels.exports.forestTree(features, lows, highs, rights, covers, values);
    return { features, lows, highs, rights, covers, values };
  }

  /** Items of rows that count as whole numbers: weight (6 bits), class (6), row (20). Returns how many there are. */
  private countItems(): number {
    const { rows, targets, weights } = this.table;
    return fillCounted(this.kernels.integers(this.items, rows), this.bag, targets, weights);
  }

  /** Items that are row numbers, and the weights of the rows. Returns how many items there are. */
  private weighItems(): number {
    const { rows, weights } = this.table;
    const own = this.kernels.doubles(this.weights, rows);
    return fillWeighed(this.kernels.integers(this.items, rows), own, this.bag, weights);
  }

  /** The tree of so many nodes that lies in the kernels' memory, copied to memory that threads share. */
  private read(nodes: number): DecisionTree {
    const { kernels, places, table } = this;
    const outputs = Math.max(1, table.classes);
    const buffer = new SharedArrayBuffer(nodes * (8 + 8 + 8 * outputs + 4 + 4 + 2));
    const threshold = new Float64Array(buffer, 0, nodes);
    const cover = new Float64Array(buffer, 8 * nodes, nodes);
    const value = new Float64Array(buffer, 16 * nodes, nodes * outputs);
    const left = new Int32Array(buffer, (16 + 8 * outputs) * nodes, nodes);
    const right = new Int32Array(buffer, (20 + 8 * outputs) * nodes, nodes);
    const feature = new Int16Array(buffer, (24 + 8 * outputs) * nodes, nodes);
    cover.set(kernels.doubles(places.covers, nodes));
    value.set(kernels.doubles(places.values, nodes * outputs));
    right.set(kernels.integers(places.rights, nodes));
    feature.set(kernels.integers(places.features, nodes));
    for (let node = 0; node < nodes; node++) left[node] = feature[node] < 0 ? -1 : node + 1;
    this.fillThresholds(threshold, feature);
    return { feature, threshold, left, right, cover, value };
  }

  private fillThresholds(threshold: Float64Array, feature: Int16Array): void {
    const { low, high } = this.table.codes;
    const lows = this.kernels.integers(this.places.lows, feature.length);
    const highs = this.kernels.integers(this.places.highs, feature.length);
    for (let node = 0; node < feature.length; node++) {
      const column = feature[node];
      if (column >= 0) threshold[node] = between(high[column][lows[node]], low[column][highs[node]]);
    }
  }
}

/** Half-way between two neighbouring values; the lower one if rounding would reach the upper one, which goes right. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

/** Whether every weight is a whole number that fits an item, whatever the bootstrap draws. */
function isSmallCounts({ weights, settings }: ForestTable): boolean {
  if (!weights) return true;
  // A row that the bootstrap draws several times has its weight as often.
  if (settings.bootstrap) return false;
  return weights.every((weight) => Number.isInteger(weight) && weight <= countedWeight);
}

function fillCounted(items: Int32Array, bag: Uint8Array, classes: Float64Array, weights?: Float64Array): number {
  let count = 0;
  for (let row = 0; row < bag.length; row++) {
    const weight = weights ? weights[row] : Math.min(bag[row], countedWeight);
    if (weight > 0) items[count++] = row | (classes[row] << 20) | (weight << 26);
  }
  return count;
}

function fillWeighed(items: Int32Array, own: Float64Array, bag: Uint8Array, weights?: Float64Array): number {
  let count = 0;
  for (let row = 0; row < bag.length; row++) {
    own[row] = bag[row] * (weights ? weights[row] : 1);
    if (own[row] > 0) items[count++] = row;
  }
  return count;
}
