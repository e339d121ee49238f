import type { Matrix } from "../../samples";

/** Columns as codes: which of its distinct values, or of its bins, in ascending order a row has. */
export interface Codes {
  /** Column after column, in memory that threads share; of 16 bits if no column has more than 65,536 codes. */
  readonly codes: Uint16Array | Uint32Array;
  /** Per column the least value of each code. */
  readonly low: readonly Float64Array[];
  /** Per column the greatest value of each code; the same as `low` unless codes are bins. */
  readonly high: readonly Float64Array[];
}

/**
 * Replaces each value by its code.
 *
 * @param bins 0: a code per distinct value; otherwise so many codes at the most, each of about equally many rows
 */
export function encode({ rows, columns, data }: Matrix, bins: number): Codes {
  const values = Array.from({ length: columns }, (_, column) => {
    const taken = new Float64Array(rows);
    for (let row = 0, i = column; row < rows; row++, i += columns) taken[row] = data[i];
    return taken;
  });
  const edges = values.map((taken) => edgesOf(taken.slice().sort(), bins));
  const wide = edges.some(({ high }) => high.length > 65_536);
  const cells = rows * columns;
  const codes = wide
    ? new Uint32Array(new SharedArrayBuffer(cells * 4))
    : new Uint16Array(new SharedArrayBuffer(cells * 2));
  values.forEach((taken, column) => {
    fillCodes(taken, edges[column].high, codes.subarray(column * rows, (column + 1) * rows));
  });
  return { codes, low: edges.map(({ low }) => low), high: edges.map(({ high }) => high) };
}

/** The least and the greatest value of each code. */
function edgesOf(sorted: Float64Array, bins: number): { low: Float64Array; high: Float64Array } {
  const distinct = distinctOf(sorted);
  if (bins === 0 || distinct.length <= bins) return { low: distinct, high: distinct };
  const low = [sorted[0]];
  const high: number[] = [];
  let left = sorted.length;
  let inBin = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    while (end < sorted.length && sorted[end] === sorted[i]) end++;
    // As many rows as are left for each bin that is left.
    if (inBin > 0 && inBin >= left / (bins - high.length)) {
      high.push(sorted[i - 1]);
      low.push(sorted[i]);
      left -= inBin;
      inBin = 0;
    }
    inBin += end - i;
    i = end;
  }
  high.push(sorted[sorted.length - 1]);
  return { low: Float64Array.from(low), high: Float64Array.from(high) };
}

function distinctOf(sorted: Float64Array): Float64Array {
  const distinct = new Float64Array(sorted.length);
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct[count++] = sorted[i];
  }
  return distinct.slice(0, count);
}

function fillCodes(values: Float64Array, high: Float64Array, codes: Uint16Array | Uint32Array): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    let from = 0;
    let to = high.length - 1;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (high[middle] < value) from = middle + 1;
      else to = middle;
    }
    codes[i] = from;
  }
}
