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

  toTree(cover: (start: number, end: number) => number): DecisionTree {
    return {
      feature: Int16Array.from(this.feature),
      threshold: Float64Array.from(this.threshold),
      left: Int32Array.from(this.left),
      right: Int32Array.from(this.right),
      cover: Float64Array.from(this.bounds, ([start, end]) => cover(start, end)),
      value: Float64Array.from(this.value),
    };
  }
}
