/** Sums of kernels over weighted rows: by WebAssembly, kernel by kernel, or as the polynomial that they are. */
import type { Arena } from "../../kernels/arena";
import { type ClassicExports, withClassicKernels } from "../../kernels/classic";
import { recordSize, writeRecord } from "../../kernels/records";
import type { Matrix } from "../../samples";
import type { Kernel, WeightedRows } from "./svc-kernel";

/** Numbers of the kinds, in lib/kernels/classic/svm-row.ts too. */
const kinds = { linear: 0, poly: 1, rbf: 2 };

const kernelFields = { gamma: "f64", coef0: "f64", kind: "i32", features: "i32", degree: "i32" } as const;

/** Rows of a panel, and what their number is filled up to (svm-row.ts, svm.ts). */
const PANEL = 16;
const BLOCK = 64;

/** Lays a kernel's record out; returns its address. */
export function layKernel(arena: Arena<ClassicExports>, kernel: Kernel, features: number): number {
  const at = arena.allocate(recordSize(kernelFields) / 4);
  writeRecord(arena.view(), at, kernelFields, { ...kernel, kind: kinds[kernel.kind], features });
  return at;
}

/** Rows filled up to whole blocks. */
export function blockRows(rows: number): number {
  return BLOCK * Math.ceil(rows / BLOCK);
}

/**
 * Writes rows as panels of sixteen, feature after feature (svm-row.ts); those that fill a block up are zeros.
 *
 * @param panels room for blockRows(index.length) * x.columns numbers
 */
export function writePanels(x: Matrix, index: ArrayLike<number>, panels: Float64Array): void {
  const p = x.columns;
  const rows = blockRows(index.length);
  for (let r = 0; r < rows; r++) {
    const to = Math.floor(r / PANEL) * PANEL * p + (r % PANEL);
    const from = r < index.length ? index[r] * p : -1;
    for (let j = 0; j < p; j++) panels[to + j * PANEL] = from < 0 ? 0 : x.data[from + j];
  }
}

/** Queries that are laid out at a time: bounds the memory of large predictions. */
const QUERIES = 4096;

/**
 * sum over r of weights[r] k(row r, query) for each query, kernel by kernel.
 *
 * @param rounded take the kernel values as float32, as the solver's steps do; the sums are float64 all the same
 * @param index which rows of `queries`
 */
export function kernelByKernel(
  kernel: Kernel,
  { x, index: chosen, weights }: WeightedRows,
  queries: Matrix,
  index: Int32Array,
  rounded = false,
): Float64Array {
  const sums = new Float64Array(index.length);
  const rows = blockRows(chosen.length);
  withClassicKernels((arena) => {
    const record = layKernel(arena, kernel, x.columns);
    const panels = arena.allocate(2 * rows * x.columns);
    const weightsAt = arena.allocate(2 * rows);
    const scratch = arena.allocate(2 * rows);
    const queriesAt = arena.allocate(2 * blockRows(QUERIES) * x.columns);
    const out = arena.allocate(2 * QUERIES);
    writePanels(x, chosen, arena.doubles(panels, rows * x.columns));
    arena.doubles(weightsAt, weights.length).set(weights);
    for (let from = 0; from < index.length; from += QUERIES) {
      const part = index.subarray(from, from + QUERIES);
      writePanels(queries, part, arena.doubles(queriesAt, blockRows(part.length) * x.columns));
      const found = arena.doubles(out, part.length).fill(0);
      arena.exports.kernelSums(record, Number(rounded), panels, rows, weightsAt, queriesAt, part.length, scratch, out);
      sums.set(found, from);
    }
  });
  return sums;
}
