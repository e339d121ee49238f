import type { DecisionTree } from "../../src/models/decision-tree";
import type { Random } from "../../src/random";

export interface Shape {
  readonly columns: number;
  readonly depth: number;
  readonly outputs: number;
  /** Some nodes were reached by no train row. */
  readonly empty?: boolean;
  /** Nodes hold whole rows, at least one each. */
  readonly whole?: boolean;
}

/** A tree that splits at random, often by the same column again. */
export function randomTree(rng: Random, { columns, depth, outputs, empty, whole }: Shape): DecisionTree {
  const nodes: { feature: number; threshold: number; left: number; right: number; cover: number }[] = [];
  const grow = (level: number, cover: number): number => {
    const at = nodes.length;
    const node = { feature: -1, threshold: 0, left: -1, right: -1, cover };
    nodes.push(node);
    if (level === depth || rng.uniform() < 0.15 || (whole && cover < 2)) return at;
    node.feature = rng.integer(0, columns);
    node.threshold = rng.integer(0, 8) / 8;
    const share = empty && rng.uniform() < 0.2 ? 0 : rng.uniform();
    const left = whole ? rng.integer(1, cover) : cover * share;
    node.left = grow(level + 1, left);
    node.right = grow(level + 1, cover - left);
    return at;
  };
  grow(0, 100);
  return {
    feature: Int16Array.from(nodes, (node) => node.feature),
    threshold: Float64Array.from(nodes, (node) => node.threshold),
    left: Int32Array.from(nodes, (node) => node.left),
    right: Int32Array.from(nodes, (node) => node.right),
    cover: Float64Array.from(nodes, (node) => node.cover),
    value: Float64Array.from({ length: nodes.length * outputs }, () => rng.normal()),
  };
}
