import { expect, test } from "vitest";
import { withClassicKernels } from "../../src/kernels/classic";
import { RowTable } from "../../src/models/linear/row-table";
import { accumulate, multiply } from "../../src/models/linear/rows";
import { random } from "../../src/random";
import { exp, ln } from "../../src/special";

const sizes = [
  { rows: 1, columns: 1 },
  { rows: 3, columns: 2 },
  { rows: 6, columns: 3 },
  { rows: 64, columns: 7 },
  { rows: 1027, columns: 15 },
  { rows: 41, columns: 100 },
];

test.each(sizes)("sums over $rows rows of $columns columns are those of plain loops", ({ rows, columns }) => {
  const rng = random(1, "classic-linear");
  const numbers = (count: number) => Float64Array.from({ length: count }, () => rng.normal());
  const [x, v, slopes, weights] = [numbers(rows * columns), numbers(columns + 1), numbers(rows), numbers(rows)];
  const scores = new Float64Array(rows);
  multiply(x, columns, v, scores);
  const [gradient, hessian] = [new Float64Array(columns + 1), new Float64Array((columns + 1) ** 2)];
  accumulate(x, columns, slopes, weights, gradient, hessian);

  withClassicKernels((kernels) => {
    const table = new RowTable(kernels, x, columns, rows);
    const out = table.numbers();
    table.scores(v, out);
    expect(kernels.doubles(out, rows)).toEqual(scores);
    expectClose(table.gradient(table.numbers(slopes)), gradient);
    expectClose(table.hessian(table.numbers(weights)), hessian);
    table.move(table.numbers(slopes), 0.25, table.numbers(weights), out);
    expect(kernels.doubles(out, rows)).toEqual(slopes.map((slope, i) => slope - 0.25 * weights[i]));
  });
});

/** Rows past a multiple of four are added up in another order. */
function expectClose(found: Float64Array, wanted: Float64Array): void {
  const gaps = wanted.map((value, i) => Math.abs(found[i] - value));
  expect(found.length).toBe(wanted.length);
  expect(Math.max(...gaps)).toBeLessThan(1e-12);
}

const rows = 20_001;
const rng = random(2, "classic-linear");
const margins = Float64Array.from({ length: rows }, (_, i) => {
  // All that may come, and beyond it: near 0, where ln has another branch, and where exp ends.
  const spread = [1, 5, 1e-6, 1e-12, 40, 300][i % 6];
  return spread * rng.normal();
});
margins.set([0, -0, 37, -37, 745, -745, 1e6, -1e6, 1e-300]);
const targets = Float64Array.from({ length: rows }, () => Number(rng.uniform() < 0.5));
const weights = Float64Array.from({ length: rows }, () => rng.uniform());

test("log losses have the digits of special.ts", () => {
  let sum = 0;
  const [slopes, curvatures] = [new Float64Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i++) {
    const size = Math.abs(margins[i]);
    // Below, exp is no normal number, and the kernel takes 0.
    const e = size > 708 ? 0 : exp(-size);
    const wrong = margins[i] > 0 !== targets[i] > 0;
    const residual = (weights[i] * (wrong ? 1 : e)) / (1 + e);
    slopes[i] = targets[i] > 0 ? -residual : residual;
    curvatures[i] = (weights[i] * e) / ((1 + e) * (1 + e));
    const log = 1 + e === 1 ? e : (ln(1 + e) * e) / (1 + e - 1);
    sum += weights[i] * (wrong ? size + log : log);
  }
  expect(lossesOf("linearLogLosses")).toEqual({ sum, slopes, curvatures });
});

test("squared hinges are those of a plain loop", () => {
  let sum = 0;
  const [slopes, curvatures] = [new Float64Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i++) {
    const sign = targets[i] > 0 ? 1 : -1;
    const short = 1 - sign * margins[i];
    if (short <= 0) continue;
    slopes[i] = -sign * (2 * weights[i] * short);
    curvatures[i] = 2 * weights[i];
    sum += weights[i] * short * short;
  }
  expect(lossesOf("linearSquaredHinges")).toEqual({ sum, slopes, curvatures });
});

function lossesOf(kernel: "linearLogLosses" | "linearSquaredHinges") {
  return withClassicKernels((kernels) => {
    const table = new RowTable(kernels, new Float64Array(rows), 1, rows);
    const [slopes, curvatures] = [table.numbers(), table.numbers()];
    const given = [table.numbers(margins), table.numbers(targets), table.numbers(weights)] as const;
    const sum = kernels.exports[kernel](...given, rows, slopes, curvatures);
    const read = (at: number) => kernels.doubles(at, rows).slice();
    return { sum, slopes: read(slopes), curvatures: read(curvatures) };
  });
}
