import type { Arena } from "../../kernels/arena";
import { type ClassicExports, withClassicKernels } from "../../kernels/classic";
import { provideRows } from "./binary";
import type { Derivatives, Loss, LossRows, RowData } from "./loss-rows";

/** Sums by the kernels of the classic models, in whose memory rows and numbers lie: numbers are their address. */
export class KernelRows implements LossRows<number> {
  readonly y: number;
  readonly rowWeights: number;
  private readonly rows: number;
  private readonly columns: number;
  private readonly width: number;
  private readonly x: number;
  private readonly vector: number;
  private readonly matrix: number;
  private readonly scratch: number;

  constructor(
    private readonly kernels: Arena<ClassicExports>,
    { x, columns, y, rowWeights }: RowData,
  ) {
    this.rows = y.length;
    this.columns = columns;
    this.width = upToFour(columns + 1);
    this.x = kernels.allocate(2 * (this.rows + 3) * this.width);
    this.vector = kernels.allocate(2 * this.width);
    this.matrix = kernels.allocate(2 * this.width * this.width);
    // A block of rows: BLOCK in lib/kernels/classic/linear-sums.ts.
    this.scratch = kernels.allocate(2 * Math.max(1024, 4 * this.width));
    this.writeRows(x);
    this.y = this.numbers(y);
    this.rowWeights = this.numbers(rowWeights);
  }

  numbers(values?: Float64Array): number {
    const at = this.kernels.allocate(2 * upToFour(this.rows));
    if (values) this.kernels.doubles(at, this.rows).set(values);
    return at;
  }

  scores(coefficientsAndIntercept: Float64Array, out: number): void {
    const { kernels, x, rows, width, columns, vector } = this;
    kernels.doubles(vector, width).set(coefficientsAndIntercept);
    kernels.exports.linearScores(x, rows, width, columns, vector, out);
  }

  move(from: number, a: number, step: number, out: number): void {
    this.kernels.exports.linearMove(from, a, step, out, this.rows);
  }

  losses(loss: Loss, scores: number, slopes: number, curvatures: number): number {
    const { linearLogLosses, linearSquaredHinges } = this.kernels.exports;
    const sum = loss === "log" ? linearLogLosses : linearSquaredHinges;
    return sum(scores, this.y, this.rowWeights, this.rows, slopes, curvatures);
  }

  derivatives(slopes: number, curvatures: number): Derivatives {
    const { kernels, x, rows, width, columns, vector, matrix, scratch } = this;
    kernels.doubles(vector, width).fill(0);
    kernels.exports.linearGradient(x, rows, width, slopes, vector);
    const sums = kernels.doubles(matrix, width * width).fill(0);
    kernels.exports.linearHessian(x, rows, width, curvatures, scratch, matrix);
    const hessian = new Float64Array((columns + 1) ** 2);
    for (let j = 0; j <= columns; j++) hessian.set(sums.subarray(j * width, j * width + j + 1), j * (columns + 1));
    return { gradient: kernels.doubles(vector, columns + 1).slice(), hessian };
  }

  private writeRows(x: Float64Array): void {
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

/** Node's way to the sums: what imports this file fits by the kernels. */
provideRows((data, work) => withClassicKernels((kernels) => work(new KernelRows(kernels, data))));
