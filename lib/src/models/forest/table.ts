import type { Codes } from "./encode";
import type { ForestSettings } from "./options";

/** What every worker of a fit is given: plain data and shared memory. */
export interface ForestTable {
  readonly module: WebAssembly.Module;
  readonly rows: number;
  readonly columns: number;
  readonly codes: Codes;
  /** Class of each row, or target less the mean of all. */
  readonly targets: Float64Array;
  /** Weight of each row: sampleWeights times the class's weight; undefined = all 1. */
  readonly weights?: Float64Array;
  /** Number of classes; 0 = regression. */
  readonly classes: number;
  readonly settings: Pick<
    ForestSettings,
    "seed" | "bootstrap" | "maxDepth" | "maxFeatures" | "minSamplesSplit" | "minSamplesLeaf"
  >;
}

/** A copy in memory that threads share. */
export function shared(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
