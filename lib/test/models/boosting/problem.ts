import { matrix, type Samples } from "../../../src/samples";
import { lehmer } from "../../prepare/chart-frame";

/** Columns of five kinds in turn: even numbers, digits, hundredths, yes or no, and numbers crowded around 0. */
function cell(j: number, u: number): number {
  if (j % 5 === 1) return Math.floor(10 * u);
  if (j % 5 === 2) return Math.floor(100 * u) / 100;
  if (j % 5 === 3) return u < 0.3 ? 1 : 0;
  return j % 5 === 4 ? (2 * u - 1) * (2 * u - 1) * (2 * u - 1) : u;
}

/** `n` rows of `p` columns; golden.py has the same. The target depends on all kinds of columns, and on chance. */
export function problem(n: number, p: number): Samples {
  const draw = lehmer();
  const uniform = () => draw() / 2147483647;
  const data = new Float64Array(n * p);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let score = uniform() - 1;
    for (let j = 0; j < p; j++) {
      const u = uniform();
      data[i * p + j] = cell(j, u);
      score += j % 2 ? (u - 0.5) * (u - 0.5) * 4 - 0.2 : u - 0.5;
    }
    y[i] = score > -0.5 ? 1 : 0;
  }
  return { x: matrix(n, p, data), y, info: {} };
}

/** Weights 0.5, 1, 1.5, 2, 2.5, 0.5 ... */
export function weights(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => ((i % 5) + 1) / 2);
}
