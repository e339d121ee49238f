import type { Arena } from "../../kernels/arena";
import type { ClassicExports } from "../../kernels/classic";

/**
 * The rows of a fit in the memory of the classic kernels, a 1 appended to each, and the sums over them that Newton's
 * method needs. Numbers per row stay in that memory too, and are told by their address.
 */
export class RowTable {
  private readonly width: number;
  private readonly x: number;
  private readonly vector: number;
  private readonly matrix: number;
  private readonly scratch: number;

  /** @param x row-major, `columns` per row */
  constructor(
    private readonly kernels: Arena<ClassicExports>,
    x: Float64Array,
    private readonly columns: number,
    readonly rows: number,
  ) {
    this.width = upToFour(columns + 1);
    this.x = kernels.allocate(2 * upToFour(rows) * this.width);
    this.vector = kernels.allocate(2 * this.width);
    this.matrix = kernels.allocate(2 * this.width * this.width);
    // A block of rows: BLOCK in lib/kernels/classic/linear-sums.ts.
    this.scratch = kernels.allocate(2 * Math.max(1024, 4 * this.width));
    this.write(x);
  }

  /** Room for a number per row; zeros, or `values`. */
  numbers(values?: Float64Array): number {
    const at = this.kernels.allocate(2 * upToFour(this.rows));
    if (values) this.kernels.doubles(at, this.rows).set(values);
    return at;
  }

  /** Writes each row's score, x coefficients + intercept, to `out`. */
  scores(coefficientsAndIntercept: Float64Array, out: number): void {
    const { kernels, x, rows, width, columns, vector } = this;
    kernels.doubles(vector, width).set(coefficientsAndIntercept);
    kernels.exports.linearScores(x, rows, width, columns, vector, out);
  }

  /** out = from - a * step, row by row. */
  move(from: number, a: number, step: number, out: number): void {
    this.kernels.exports.linearMove(from, a, step, out, this.rows);
  }

  /** The sum of slope * row: `columns` + 1 numbers. */
  gradient(slopes: number): Float64Array {
    const { kernels, x, rows, width, columns, vector } = this;
    kernels.doubles(vector, width).fill(0);
    kernels.exports.linearGradient(x, rows, width, slopes, vector);
    return kernels.doubles(vector, columns + 1).slice();
  }

  /** The sum of weight * row row', row-major, of which only the lower triangle is filled. */
  hessian(weights: number): Float64Array {
    const { kernels, x, rows, width, columns, matrix, scratch } = this;
    const sums = kernels.doubles(matrix, width * width).fill(0);
    kernels.exports.linearHessian(x, rows, width, weights, scratch, matrix);
    const hessian = new Float64Array((columns + 1) ** 2);
    for (let j = 0; j <= columns; j++) hessian.set(sums.subarray(j * width, j * width + j + 1), j * (columns + 1));
    return hessian;
  }

  private write(x: Float64Array): void {
    const { columns, width } = this;
    const out = this.kernels.doubles(this.x, this.rows * width);
    for (let from = 0, to = 0; to < out.length; to += width - columns) {
      for (const end = from + columns; from < end; ) out[to++] = x[from++];
      out[to] = 1;
    }
  }
}

function upToFour(n: number): number {
  return 4 * Math.ceil(n / 4);
}
