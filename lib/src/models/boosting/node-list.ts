import type { DecisionTree } from "../decision-tree";

/** The nodes of a tree that grows. */
export class NodeList {
  private readonly feature: number[] = [];
  private readonly threshold: number[] = [];
  private readonly left: number[] = [];
  private readonly right: number[] = [];
  private readonly value: number[] = [];
  /** Where each node's rows began and ended when it was made; splits below move them inside these bounds only. */
  private readonly bounds: [number, number][] = [];

  /** Adds a leaf with the rows order[start .. end); returns its number. */
  add(start: number, end: number): number {
    this.feature.push(-1);
    this.threshold.push(0);
    this.left.push(-1);
    this.right.push(-1);
    this.value.push(0);
    return this.bounds.push([start, end]) - 1;
  }

  split(node: number, feature: number, threshold: number, left: number, right: number): void {
    this.feature[node] = feature;
    this.threshold[node] = threshold;
    this.left[node] = left;
    this.right[node] = right;
  }

  setValue(node: number, value: number): void {
    this.value[node] = value;
  }

  /** The tree, its nodes numbered from the root down the left side first: a left child is the next node. */
  toTree(cover: (start: number, end: number) => number): DecisionTree {
    const order = this.downwards();
    const place = new Int32Array(order.length);
    order.forEach((node, at) => {
      place[node] = at;
    });
    const child = (nodes: number[]) => order.map((node) => (nodes[node] < 0 ? -1 : place[nodes[node]]));
    return {
      feature: Int16Array.from(order, (node) => this.feature[node]),
      threshold: Float64Array.from(order, (node) => this.threshold[node]),
      left: Int32Array.from(child(this.left)),
      right: Int32Array.from(child(this.right)),
      cover: Float64Array.from(order, (node) => cover(...this.bounds[node])),
      value: Float64Array.from(order, (node) => this.value[node]),
    };
  }

  private downwards(): number[] {
    const order: number[] = [];
    const ahead = [0];
    while (ahead.length > 0) {
      const node = ahead.pop() as number;
      order.push(node);
      if (this.left[node] >= 0) ahead.push(this.right[node], this.left[node]);
    }
    return order;
  }
}
