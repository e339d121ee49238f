import type { Arena } from "../../kernels/arena";
import type { BoostExports } from "../../kernels/boost-exports";
import type { DecisionTree } from "../decision-tree";
import type { Binned } from "./bins";
import { NodeList } from "./node-list";
import type { TreeOptions } from "./options";
import type { Rows } from "./rows";
import type { Units } from "./units";

/** A split that was found: which rows go left, and their sums. */
interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly rows: number;
  readonly gradient: number;
  readonly hessian: number;
}

/** A node at the tree's edge: its rows are order[start .. end). */
interface Leaf {
  readonly node: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly gradient: number;
  readonly hessian: number;
  /** What is added to a row's score, before the learning rate. */
  readonly value: number;
  /** Address of its histogram and the best split by it, as long as it may be split. */
  histogram?: number;
  split?: Split;
}

/** Grows the trees, one after the other: always at the leaf whose split gains most, as scikit-learn and LightGBM. */
export class TreeGrower {
  /** What the splits by each column gained, all trees together. */
  readonly gains: Float64Array;
  private readonly order: number;
  private readonly gathered: number;
  private readonly units: number;
  private readonly total: number;
  private readonly found: number;
  /** Histograms that no leaf uses. */
  private readonly free: number[] = [];

  constructor(
    private readonly kernels: Arena<BoostExports>,
    private readonly binned: Binned,
    private readonly rows: Rows,
    private readonly scale: Units,
    private readonly options: Required<TreeOptions>,
    /** Without weights a node's cover is its number of rows. */
    private readonly weights: Float64Array | undefined,
  ) {
    this.gains = new Float64Array(binned.columns);
    this.order = kernels.allocate(binned.rows);
    this.gathered = kernels.allocate(4 * binned.rows);
    this.units = kernels.allocate(4);
    this.total = kernels.allocate(4);
    this.found = kernels.allocate(10);
    kernels.doubles(this.units, 2).set([1 / scale.gradientScale, 1 / scale.hessianScale]);
  }

  /** A tree that fits the gradients; its leaves, times the learning rate, are added to the scores. */
  grow(): DecisionTree {
    const nodes = new NodeList();
    const open: Leaf[] = [];
    const done: Leaf[] = [];
    const sort = (leaf: Leaf) => (leaf.split ? open : done).push(leaf);
    sort(this.root(nodes));
    while (open.length > 0) {
      const parent = takeBest(open);
      const last = open.length + done.length + 2 >= this.options.maxLeafNodes;
      for (const child of this.split(nodes, parent, last)) sort(child);
      if (last) break;
    }
    for (const leaf of [...open, ...done]) this.finish(nodes, leaf);
    return nodes.toTree((start, end) => this.cover(start, end));
  }

  private root(nodes: NodeList): Leaf {
    const { rows, bins } = this.binned;
    const { kernels } = this;
    const order = kernels.integers(this.order, rows);
    for (let i = 0; i < rows; i++) order[i] = i;
    const histogram = this.histogramOf(0, rows);
    const binsOf0 = kernels.integers(bins, 1)[0];
    kernels.exports.boostTotal(histogram, binsOf0, this.units, this.scale.countBit, this.total);
    const [gradient, hessian] = kernels.doubles(this.total, 2);
    // Its value is 0, as in scikit-learn: a tree that cannot split changes nothing.
    const root = { node: nodes.add(0, rows), start: 0, end: rows, depth: 0, gradient, hessian, value: 0 };
    return this.prepared(root, histogram);
  }

  /** The two children of a leaf; unless the tree is full, with the best split of each. */
  private split(nodes: NodeList, parent: Leaf, last: boolean): Leaf[] {
    const split = parent.split as Split;
    const { codes, rows, thresholds } = this.binned;
    const { feature, bin } = split;
    const { start, end } = parent;
    this.kernels.exports.boostPartition(codes, rows, feature, bin, this.order, start, end, this.gathered);
    const middle = start + split.rows;
    this.gains[feature] += split.gain;
    const right = { gradient: parent.gradient - split.gradient, hessian: parent.hessian - split.hessian };
    const children = [this.child(nodes, parent, start, middle, split), this.child(nodes, parent, middle, end, right)];
    nodes.split(parent.node, feature, thresholds[feature][bin], children[0].node, children[1].node);
    const mayGoOn = !last && children.some((child) => this.maySplit(child));
    if (mayGoOn) return this.withHistograms(parent, children);
    this.release(parent);
    return children;
  }

  private child(
    nodes: NodeList,
    parent: Leaf,
    start: number,
    end: number,
    { gradient, hessian }: { gradient: number; hessian: number },
  ): Leaf {
    const value = -gradient / (hessian + this.options.l2Regularization + 1e-15);
    return { node: nodes.add(start, end), start, end, depth: parent.depth + 1, gradient, hessian, value };
  }

  private maySplit({ start, end, depth }: Leaf): boolean {
    return end - start >= 2 * this.options.minSamplesLeaf && depth < this.options.maxDepth;
  }

  /** Sums up the rows of the smaller child; the other's histogram is the parent's less this one. */
  private withHistograms(parent: Leaf, [left, right]: Leaf[]): Leaf[] {
    const leftIsSmaller = left.end - left.start < right.end - right.start;
    const smaller = leftIsSmaller ? left : right;
    const histogram = this.histogramOf(smaller.start, smaller.end);
    const rest = parent.histogram as number;
    this.kernels.exports.boostSubtract(rest, histogram, this.binned.blocks);
    return [
      this.prepared(left, leftIsSmaller ? histogram : rest),
      this.prepared(right, leftIsSmaller ? rest : histogram),
    ];
  }

  private histogramOf(start: number, end: number): number {
    const { codes, blocks, rows } = this.binned;
    const histogram = this.free.pop() ?? this.kernels.allocate(blocks * 4096);
    const order = this.order + 4 * start;
    const { cells } = this.rows;
    this.kernels.exports.boostHistogram(codes, blocks, rows, order, end - start, cells, this.gathered, histogram);
    return histogram;
  }

  /** The leaf with its best split; without one, its histogram is free again. */
  private prepared(leaf: Leaf, histogram: number): Leaf {
    leaf.histogram = histogram;
    leaf.split = this.maySplit(leaf) ? this.bestSplit(leaf) : undefined;
    if (!leaf.split) this.release(leaf);
    return leaf;
  }

  private bestSplit(leaf: Leaf): Split | undefined {
    const { kernels, binned, options } = this;
    kernels.doubles(this.total, 2).set([leaf.gradient, leaf.hessian]);
    const found = kernels.exports.boostSplit(
      leaf.histogram as number,
      binned.bins,
      binned.columns,
      this.total,
      leaf.gradient * leaf.value,
      leaf.end - leaf.start,
      options.minSamplesLeaf,
      options.l2Regularization,
      this.units,
      this.scale.countBit,
      this.found,
    );
    if (!found) return undefined;
    const [gain, gradient, hessian] = kernels.doubles(this.found, 3);
    const [feature, bin, rows] = kernels.integers(this.found + 24, 3);
    return { gain, gradient, hessian, feature, bin, rows };
  }

  private release(leaf: Leaf): void {
    if (leaf.histogram !== undefined) this.free.push(leaf.histogram);
    leaf.histogram = undefined;
  }

  private finish(nodes: NodeList, leaf: Leaf): void {
    this.release(leaf);
    const value = leaf.value * this.options.learningRate;
    nodes.setValue(leaf.node, value);
    this.kernels.exports.boostAdd(this.rows.scores, this.order, leaf.start, leaf.end, value);
  }

  private cover(start: number, end: number): number {
    if (!this.weights) return end - start;
    return sumOf(this.weights, this.kernels.integers(this.order, this.binned.rows), start, end);
  }
}

/** Takes out the leaf whose split gains most, the first of equals. */
function takeBest(open: Leaf[]): Leaf {
  let best = 0;
  for (let i = 1; i < open.length; i++) {
    if ((open[i].split as Split).gain > (open[best].split as Split).gain) best = i;
  }
  return open.splice(best, 1)[0];
}

function sumOf(values: Float64Array, order: Int32Array, start: number, end: number): number {
  let sum = 0;
  for (let k = start; k < end; k++) sum += values[order[k]];
  return sum;
}
