import { readFileSync } from "node:fs";

type Ends = [low: number[], high: number[]];
type Method = "pearson" | "spearman";
type SignRow = [wins: number, losses: number, ...Interval, pValue: number];
type Interval = [estimate: number, low: number, high: number];

/** What uncertainty.golden.py wrote. */
export const golden: {
  columns: Record<string, number[]>;
  gaps: Record<string, (number | null)[]>;
  correlation: [x: string, y: string, method: Method, level: number, ...Interval][];
  correlations: Record<Method, number[][]>;
  order: [distances: number[][], leaves: number[]][];
  clustered: string[];
  split: {
    y: number[];
    predicted: number[];
    scale: number[];
    fresh: number[];
    freshScale: number[];
    plain: Ends;
    normalised: Ends;
  };
  cross: { fold: number[]; byFold: number[][]; low: number[]; high: number[] };
  fits: [rate: number, units: number, optimizer: string, fold: number, seed: number, score: number][];
  effects: Record<
    "rate" | "units" | "optimizer",
    { means: number[]; differences: [from: unknown, to: unknown, ...Interval, ...Interval][]; share: number }
  >;
  wins: {
    split: number[];
    scores: Record<string, number[]>;
    pairs: Record<string, [runs: SignRow, splits: SignRow]>;
    meanRanks: Record<string, number>;
  };
} = JSON.parse(readFileSync(new URL("./uncertainty.golden.json", import.meta.url), "utf8"));

export function expectClose(found: ArrayLike<number | null>, expected: ArrayLike<number>, within = 1e-12): void {
  const far = Array.from(expected).findIndex((value, i) => !(Math.abs((found[i] ?? Number.NaN) - value) <= within));
  if (far >= 0 || found.length !== expected.length) {
    throw new Error(`entry ${far} is ${found[far]}, not ${expected[far]} (${found.length} of ${expected.length})`);
  }
}
