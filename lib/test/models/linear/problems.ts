import { expect } from "vitest";
import type { WeightOptions } from "../../../src/models/linear/row-weights";
import { matrix, type Samples } from "../../../src/samples";
import { lehmer } from "../../prepare/chart-frame";

export function samples(rows: readonly (readonly number[])[], y: readonly number[]): Samples {
  return { x: matrix(rows.length, rows[0].length, Float64Array.from(rows.flat())), y: Float64Array.from(y), info: {} };
}

export function uniform(state = 1): () => number {
  const draw = lehmer(state);
  return () => draw() / 2147483647;
}

/** `n` rows of `p` columns in -1 .. 1; the target depends on the first three and on chance. */
export function problem(n: number, p: number): Samples {
  const draw = uniform();
  const rows = Array.from({ length: n }, () => Array.from({ length: p }, () => draw() * 2 - 1));
  return samples(
    rows,
    rows.map(([a, b, c]) => (a + 0.5 * b - c + 2 * draw() - 0.7 > 0 ? 1 : 0)),
  );
}

/** The same rows, each taken through `change`. */
export function changed({ x, y }: Samples, change: (row: number[]) => number[]): Samples {
  return samples(
    Array.from(y, (_, r) => change([...x.data.subarray(r * x.columns, (r + 1) * x.columns)])),
    [...y],
  );
}

export interface Linear {
  readonly coefficients: Float64Array;
  readonly intercept: number;
}

export function parameters({ coefficients, intercept }: Linear): number[] {
  return [...coefficients, intercept];
}

/** c * sum(weight * hinge^power) + |coefficients|^2 / 2, the intercept penalised or not, computed anew. */
export function objective(
  model: Linear,
  { x, y }: Samples,
  caps: (row: number) => number,
  power: 1 | 2,
  penaliseIntercept: boolean,
): number {
  const square = model.coefficients.reduce((sum, w) => sum + w * w, penaliseIntercept ? model.intercept ** 2 : 0);
  return y.reduce((sum, target, r) => {
    const margin = model.coefficients.reduce((m, w, j) => m + w * x.data[r * x.columns + j], model.intercept);
    return sum + caps(r) * Math.max(0, 1 - (2 * target - 1) * margin) ** power;
  }, square / 2);
}

/** As `problem`, the target cut into `classes` classes. */
export function classed(n: number, p: number, classes: number): Samples {
  const draw = uniform();
  const rows = Array.from({ length: n }, () => Array.from({ length: p }, () => draw() * 2 - 1));
  const level = (score: number) => Math.min(classes - 1, Math.max(0, Math.floor(((score + 2) * classes) / 4)));
  return samples(
    rows,
    rows.map(([a, b, c]) => level(a + 0.5 * b - c + 2 * draw() - 1)),
  );
}

/** Weight options by their name in the golden files. */
export function weightOptions(weight: null | "balanced" | "rows" | readonly number[], n: number): WeightOptions {
  if (weight === null) return {};
  if (weight !== "rows") return { classWeight: weight };
  const draw = uniform(7);
  return { sampleWeights: Float64Array.from({ length: n }, () => 0.5 + draw()) };
}

export function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, within: number): void {
  expect(found).toHaveLength(expected.length);
  for (let i = 0; i < found.length; i++) expect(Math.abs(found[i] - expected[i])).toBeLessThan(within);
}
