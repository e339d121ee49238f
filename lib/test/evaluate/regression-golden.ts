import { readFileSync } from "node:fs";
import type { RegressionMetric } from "../../src/evaluate";
import { type Matrix, matrix, type Samples } from "../../src/samples";

type Scores = Record<Exclude<RegressionMetric, "r2">, number> & { r2: number | null };

/** What regression.golden.py wrote. */
export const golden: {
  cases: Record<string, { y: number[]; predicted: number[]; scores: Scores }>;
  x: number[][];
  y: number[];
  cross: { folds: number[][]; models: number[][]; predictions: number[] } & Record<"mse" | "mae" | "r2", number[]>;
  model: number[];
  importance: Record<"mse" | "mae" | "r2", { mean: number[]; sd: number[] }>;
  partial: { values: number[]; average: number[]; first: number[] };
  dummies: Record<"mean" | "median", number[]>;
  bootstrap: {
    y: number[];
    a: number[];
    b: number[];
    groups: number[];
    quantiles: Record<string, [from: number, to: number]>;
    spearman: number;
  };
} = JSON.parse(readFileSync(new URL("./regression.golden.json", import.meta.url), "utf8"));

export const metrics: readonly RegressionMetric[] = ["mse", "rmse", "mae", "medianAbsoluteError", "r2", "bias"];

export function samplesOf(rows: readonly (readonly number[])[], y: ArrayLike<number>, names?: string[]): Samples {
  const x = matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()), names);
  return { x, y: Float64Array.from(y), info: {} };
}

/** The golden rows. */
export const goldenSamples = samplesOf(golden.x, golden.y);

/** A linear model: its coefficients, then the intercept. */
export function linearModel(coefficients: readonly number[]) {
  const intercept = coefficients[coefficients.length - 1];
  return {
    predict: (x: Matrix) =>
      Float64Array.from({ length: x.rows }, (_, r) =>
        coefficients.slice(0, -1).reduce((sum, c, j) => sum + c * x.data[r * x.columns + j], intercept),
      ),
  };
}
