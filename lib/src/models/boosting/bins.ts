import type { Arena } from "../../kernels/arena";
import type { BoostExports } from "../../kernels/boost-exports";
import type { Matrix } from "../../samples";
import { binThresholds, distinctOf, weighDistinct } from "./thresholds";

/** Most thresholds of a column: bins are numbered in a byte. */
const most = 255;

/** A matrix whose columns are cut into bins, as it lies in the kernels' memory. */
export interface Binned {
  readonly rows: number;
  readonly columns: number;
  /** Columns in fours, the last four filled up with columns of one bin. */
  readonly blocks: number;
  /** Address of the bins: [blocks, rows, 4] bytes. */
  readonly codes: number;
  /** Address of the number of bins of each column (i32). */
  readonly bins: number;
  /** Where each column is cut. */
  readonly thresholds: readonly Float64Array[];
}

/**
 * Cuts the columns of `x` into bins.
 *
 * @param weights of the rows; without them each row counts the same
 */
export function layOutBins(
  kernels: Arena<BoostExports>,
  x: Matrix,
  maxBins: number,
  weights: Float64Array | undefined,
): Binned {
  const { rows, columns } = x;
  const blocks = Math.ceil(columns / 4);
  const codes = kernels.allocate(blocks * rows);
  const bins = kernels.allocate(columns);
  const thresholds = kernels.briefly(() => {
    const column = kernels.allocate(2 * rows);
    const sorted = kernels.allocate(2 * rows);
    const other = kernels.allocate(2 * rows);
    const counts = kernels.allocate(2048);
    const edges = kernels.allocate(2 * most);
    return Array.from({ length: columns }, (_, f) => {
      const values = kernels.doubles(column, rows);
      copyColumn(x.data, f, columns, values);
      kernels.doubles(sorted, rows).set(values);
      kernels.exports.boostSort(sorted, rows, other, counts);
      const distinct = distinctOf(kernels.doubles(sorted, rows));
      const cuts = binThresholds(weights ? weighDistinct(distinct, values, weights) : distinct, maxBins);
      const table = kernels.doubles(edges, most).fill(Number.POSITIVE_INFINITY);
      table.set(cuts);
      kernels.exports.boostCodes(column, rows, edges, codes + (f >> 2) * rows * 4 + (f & 3));
      return cuts;
    });
  });
  kernels.integers(bins, columns).set(thresholds.map((cuts) => cuts.length + 1));
  return { rows, columns, blocks, codes, bins, thresholds };
}

function copyColumn(data: Float64Array, column: number, columns: number, out: Float64Array): void {
  for (let i = 0, at = column; i < out.length; i++, at += columns) out[i] = data[at];
}
