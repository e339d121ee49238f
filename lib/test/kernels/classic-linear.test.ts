import { expect, test } from "vitest";
import { withClassicKernels } from "../../src/kernels/classic";
import { KernelRows } from "../../src/models/linear/kernel-rows";
import type { LossRows, RowData } from "../../src/models/linear/loss-rows";
import { PlainRows } from "../../src/models/linear/plain-rows";
import { random } from "../../src/random";

// The kernels have the digits of plain loops, by which a page fits.

const sizes = [
  { rows: 1, columns: 1 },
  { rows: 3, columns: 2 },
  { rows: 6, columns: 3 },
  { rows: 64, columns: 7 },
  { rows: 1026, columns: 15 },
  { rows: 43, columns: 100 },
];

test.each(sizes)("sums over $rows rows of $columns columns", ({ rows, columns }) => {
  const rng = random(1, "classic-linear");
  const numbers = (count: number) => Float64Array.from({ length: count }, () => rng.normal());
  const data = { x: numbers(rows * columns), columns, y: new Float64Array(rows), rowWeights: numbers(rows) };
  const v = numbers(columns + 1);
  const { kernel, plain } = both(data, (sums, read) => {
    const [scores, moved] = [sums.numbers(), sums.numbers()];
    sums.scores(v, scores);
    sums.move(scores, 0.3, sums.rowWeights, moved);
    return { scores: read(scores), moved: read(moved), ...sums.derivatives(scores, sums.rowWeights) };
  });
  expect(kernel).toEqual(plain);
});

const rows = 20_001;
const rng = random(2, "classic-linear");
const margins = Float64Array.from({ length: rows }, (_, i) => {
  // All that may come, and beyond it: near 0, where exp and ln have other branches, and where exp ends.
  const spread = [1, 5, 1e-6, 1e-12, 40, 300][i % 6];
  return spread * rng.normal();
});
margins.set([0, -0, 37, -37, 745, -745, 1e6, -1e6, 1e-300]);

test.each(["log", "squaredHinge"] as const)("%s losses", (loss) => {
  const y = Float64Array.from(margins, (_, i) => (i >> 3) % 2);
  const rowWeights = Float64Array.from(margins, () => rng.uniform());
  const { kernel, plain } = both({ x: margins, columns: 1, y, rowWeights }, (sums, read) => {
    const [scores, slopes, curvatures] = [sums.numbers(), sums.numbers(), sums.numbers()];
    sums.scores(Float64Array.of(1, 0), scores);
    const sum = sums.losses(loss, scores, slopes, curvatures);
    return { sum, slopes: read(slopes), curvatures: read(curvatures) };
  });
  expect(kernel).toEqual(plain);
});

function both<T>(
  data: RowData,
  work: <Numbers>(sums: LossRows<Numbers>, read: (numbers: Numbers) => Float64Array) => T,
): { kernel: T; plain: T } {
  const kernel = withClassicKernels((kernels) =>
    work(new KernelRows(kernels, data), (at) => kernels.doubles(at, data.y.length).slice()),
  );
  return { kernel, plain: work(new PlainRows(data), (numbers) => numbers) };
}
