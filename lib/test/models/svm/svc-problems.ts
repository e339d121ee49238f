import { readFileSync } from "node:fs";
import type { SVC, SVCOptions } from "../../../src/models/svm-models";
import { matrix, type Samples } from "../../../src/samples";

export function samples(rows: readonly (readonly number[])[], y: readonly number[]): Samples {
  return { x: matrix(rows.length, rows[0].length, Float64Array.from(rows.flat())), y: Float64Array.from(y), info: {} };
}

/** `n` rows of `p` columns in -1 .. 1 with a curved border and chance; as `problem` of svc.golden.py. */
export function problem(n: number, p: number, seed = 1): Samples {
  let state = seed;
  const uniform = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const rows = Array.from({ length: n }, () => Array.from({ length: p }, () => uniform() * 2 - 1));
  const y = rows.map((r) => (r[0] * r[1] + 0.5 * r[2] - r[0] + uniform() - 0.5 > 0 ? 1 : 0));
  return samples(rows, y);
}

export interface Golden {
  readonly n: number;
  readonly p: number;
  readonly seed: number;
  readonly options: Readonly<Record<string, never>>;
  readonly gamma: number;
  readonly iterations: number;
  readonly supportIndex: number[];
  readonly nSupport: number[];
  readonly dualCoefficients: number[];
  readonly intercept: number;
  readonly objective: number;
  /** Of the first thirty rows. */
  readonly decision: number[];
}

export const golden: Golden[] = JSON.parse(readFileSync(new URL("svc.golden.json", import.meta.url), "utf8"));

/** scikit-learn's options by our names. */
export function ourOptions({ options }: Golden): SVCOptions {
  const { C, tol, class_weight, ...rest } = options as Readonly<Record<string, unknown>>;
  const classWeight = typeof class_weight === "object" ? Object.values(class_weight ?? {}) : class_weight;
  const ours = { c: C, tolerance: tol, classWeight };
  // What scikit-learn was not told, ours is not told either.
  return { ...rest, ...Object.fromEntries(Object.entries(ours).filter(([, value]) => value !== undefined)) };
}

/** k(a, b) in float64, by its definition. */
export function kernelValue({ kernel }: Pick<SVC, "kernel">, a: ArrayLike<number>, b: ArrayLike<number>): number {
  const indices = Array.from(a, (_, j) => j);
  if (kernel.kind === "rbf") return Math.exp(-kernel.gamma * indices.reduce((s, j) => s + (a[j] - b[j]) ** 2, 0));
  const product = indices.reduce((s, j) => s + a[j] * b[j], 0);
  return kernel.kind === "linear" ? product : (kernel.gamma * product + kernel.coef0) ** kernel.degree;
}

export function row({ x }: Pick<Samples, "x">, i: number): Float64Array {
  return x.data.subarray(i * x.columns, (i + 1) * x.columns);
}

/** a y of each train row. */
export function dualOf(model: SVC, rows: number): Float64Array {
  const dual = new Float64Array(rows);
  model.supportIndex.forEach((i, s) => {
    dual[i] = model.dualCoefficients[s];
  });
  return dual;
}

/** sum_j y_j a_j k(x_j, x_i) of each train row, in float64, by the kernel's definition. */
export function margins(model: SVC, train: Samples): Float64Array {
  return Float64Array.from(train.y, (_, i) =>
    model.supportIndex.reduce(
      (sum, j, s) => sum + model.dualCoefficients[s] * kernelValue(model, row(train, j), row(train, i)),
      0,
    ),
  );
}

/** What the dual minimises: a' Q a / 2 - sum(a). */
export function dualObjective(model: SVC, train: Samples): number {
  const found = margins(model, train);
  return dualOf(model, train.y.length).reduce((sum, ya, i) => sum + (ya * found[i]) / 2 - Math.abs(ya), 0);
}

/** By how much the pair of rows that violates the optimum's conditions most does so. */
export function violation(model: SVC, train: Samples, c: (row: number) => number): number {
  const found = margins(model, train);
  const dual = dualOf(model, train.y.length);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  train.y.forEach((label, i) => {
    const f = found[i] - (label ? 1 : -1);
    const [grows, falls] = [Math.abs(dual[i]) < c(i), Math.abs(dual[i]) > 0];
    if (label ? grows : falls) low = Math.min(low, f);
    if (label ? falls : grows) high = Math.max(high, f);
  });
  return high - low;
}

export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce(
    (most, value, i) => Math.max(most, Math.abs(value - b[i])),
    a.length === b.length ? 0 : 9,
  );
}
