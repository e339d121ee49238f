import { matrix, type Samples } from "../../../src/samples";
import { lehmer } from "../../prepare/chart-frame";

export interface Problem {
  readonly train: Samples;
  readonly test: Samples;
  /** For the train rows. */
  readonly weights: Float64Array;
}

/** Rows in 0 .. 1 whose target hangs on the first two columns and on chance; the same as problem() of golden.py. */
export function problem(rows: number, columns: number, classes: number): Problem {
  const next = lehmer();
  const uniform = () => next() / 2147483647;
  const data = Float64Array.from({ length: 2 * rows * columns }, () => Math.floor(uniform() * 2 ** 20) / 2 ** 20);
  const y = Float64Array.from({ length: 2 * rows }, (_, row) => {
    const first = data[row * columns];
    const second = columns > 1 ? data[row * columns + 1] : first;
    return first + second * second + uniform();
  });
  const target = classes === 0 ? y : y.map((v) => Math.min(Math.floor((v * classes) / 3), classes - 1));
  const weights = Float64Array.from({ length: rows }, () => 1 + Math.floor(uniform() * 4) / 4);
  const half = (from: number): Samples => ({
    x: matrix(rows, columns, data.slice(from * columns, (from + rows) * columns)),
    y: target.slice(from, from + rows),
    info: {},
  });
  return { train: half(0), test: half(rows), weights };
}

/** The samples with their columns in another order. */
export function withColumns({ x, y, info }: Samples, order: readonly number[]): Samples {
  const data = Float64Array.from({ length: x.rows * order.length }, (_, i) => {
    return x.data[Math.floor(i / order.length) * x.columns + order[i % order.length]];
  });
  const names = order.map((column) => x.names[column]);
  return { x: matrix(x.rows, order.length, data, names), y, info };
}
