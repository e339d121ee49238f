import { readFileSync } from "node:fs";
import { type Matrix, matrix, type Samples } from "../../src/samples";
import { sigmoid } from "../../src/special";

type Metric = "accuracy" | "rocAuc" | "brier" | "logLoss";

/** What comparisons.golden.py wrote. */
export const golden: {
  x: number[][];
  y: number[];
  coefficients: number[];
  importance: Record<Metric, { mean: number[]; sd: number[] }>;
  cross: { folds: number[][]; probabilities: number[]; accuracy: number[]; rocAuc: number[] };
  means: [values: number[], level: number, mean: number, sd: number, low: number, high: number][];
  mcnemar: [a: number, b: number, pValue: number][];
} = JSON.parse(readFileSync(new URL("./comparisons.golden.json", import.meta.url), "utf8"));

export function samplesOf(rows: readonly (readonly number[])[], y: readonly number[], names?: string[]): Samples {
  const x = matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()), names);
  return { x, y: Float64Array.from(y), info: {} };
}

/** The golden rows. */
export const goldenSamples = samplesOf(golden.x, golden.y);

/** A logistic model without intercept. */
export function logistic(coefficients: readonly number[]) {
  return {
    predictProbability: (x: Matrix) =>
      Float64Array.from({ length: x.rows }, (_, r) =>
        sigmoid(coefficients.reduce((sum, c, j) => sum + c * x.data[r * x.columns + j], 0)),
      ),
  };
}
