import type { Arena } from "../../kernels/arena";
import { type ClassicExports, withClassicKernels } from "../../kernels/classic";
import type { Matrix } from "../../samples";
import type { DecisionTree } from "../decision-tree";

/** So many rows are predicted at a time: they and a tree stay in the processor's cache. */
const block = 4096;

/** Bytes of a node: see lib/kernels/classic/forest/predict.ts. */
const nodeBytes = 16;

/** A tree as the kernels read it. */
interface Laid {
  readonly nodes: Uint8Array;
  readonly value: Float64Array;
}

/** Trees laid out for prediction by the kernels; the left child of a node must be the next node. */
export class ForestNodes {
  private readonly trees: readonly Laid[];
  private readonly longest: number;

  constructor(
    trees: readonly DecisionTree[],
    private readonly outputs: number,
  ) {
    this.trees = trees.map((tree) => ({ nodes: layOut(tree), value: tree.value }));
    this.longest = trees.reduce((longest, { feature }) => Math.max(longest, feature.length), 0);
  }

  /** Mean over the trees of what they say of each row: rows x outputs, row-major. Sums run in the order of the trees. */
  means(x: Matrix): Float64Array {
    const means = this.sums(x, 0);
    for (let i = 0; i < means.length; i++) means[i] /= this.trees.length;
    return means;
  }

  /** `start` plus what each tree in turn says of each row: rows x outputs, row-major. */
  sums(x: Matrix, start: number): Float64Array {
    return withClassicKernels((kernels) => {
      const { outputs, longest } = this;
      const nodes = kernels.allocate((longest * nodeBytes) / 4);
      const values = kernels.allocate(2 * longest * outputs);
      const rows = kernels.allocate(2 * Math.min(block, x.rows) * x.columns);
      const out = kernels.allocate(2 * Math.min(block, x.rows) * outputs);
      const sums = new Float64Array(x.rows * outputs);
      for (let from = 0; from < x.rows; from += block) {
        const count = Math.min(block, x.rows - from);
        const taken = x.data.subarray(from * x.columns, (from + count) * x.columns);
        kernels.doubles(rows, taken.length).set(taken);
        kernels.doubles(out, count * outputs).fill(start);
        this.add(kernels, nodes, values, rows, x.columns, count, out);
        sums.set(kernels.doubles(out, count * outputs), from * outputs);
      }
      return sums;
    });
  }

  private add(
    kernels: Arena<ClassicExports>,
    nodes: number,
    values: number,
    rows: number,
    columns: number,
    count: number,
    out: number,
  ): void {
    const bytes = new Uint8Array(kernels.exports.memory.buffer);
    const doubles = kernels.doubles(values, this.longest * this.outputs);
    for (const tree of this.trees) {
      bytes.set(tree.nodes, nodes);
      doubles.set(tree.value);
      kernels.exports.predictTree(nodes, values, this.outputs, rows, columns, count, out);
    }
  }
}

function layOut({ feature, threshold, right }: DecisionTree): Uint8Array {
  const buffer = new ArrayBuffer(feature.length * nodeBytes);
  const doubles = new Float64Array(buffer);
  const words = new Uint32Array(buffer);
  for (let node = 0; node < feature.length; node++) {
    const leaf = feature[node] < 0;
    doubles[2 * node] = leaf ? Number.NEGATIVE_INFINITY : threshold[node];
    words[4 * node + 2] = leaf ? 0 : (right[node] - node) * nodeBytes;
    words[4 * node + 3] = leaf ? 0 : feature[node] * 8;
  }
  return new Uint8Array(buffer);
}
