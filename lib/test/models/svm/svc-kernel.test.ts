import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { withClassicKernels } from "../../../src/kernels/classic";
import { recordSize } from "../../../src/kernels/records";
import { smoFields } from "../../../src/models/svm/smo";
import type { Kernel } from "../../../src/models/svm/svc-kernel";
import { PolynomialSum } from "../../../src/models/svm/svc-polynomial";
import { kernelByKernel } from "../../../src/models/svm/svc-sums";
import { fitSVC } from "../../../src/models/svm-models";
import { type Matrix, matrix } from "../../../src/samples";
import { exp } from "../../../src/special";
import { kernelValue, largestDifference, problem, row } from "./svc-problems";

const kernels: Kernel[] = [
  { kind: "linear", gamma: 1, degree: 0, coef0: 0 },
  { kind: "rbf", gamma: 0.7, degree: 0, coef0: 0 },
  ...[1, 2, 3, 4, 5, 7, 8].map((degree): Kernel => ({ kind: "poly", gamma: 0.3, degree, coef0: 0.5 })),
  { kind: "poly", gamma: 0.3, degree: 3, coef0: 0 },
];

const every = (x: Matrix) => Int32Array.from({ length: x.rows }, (_, i) => i);

/** weights[r] k(row r, query), summed in float64 by the definition. */
function byDefinition(kernel: Kernel, x: Matrix, weights: Float64Array, queries: Matrix): Float64Array {
  return Float64Array.from({ length: queries.rows }, (_, q) =>
    weights.reduce((sum, w, r) => sum + w * kernelValue({ kernel }, row({ x }, r), row({ x: queries }, q)), 0),
  );
}

it("the record of the solver has the size that is written", () => {
  withClassicKernels(({ exports }) => {
    expect(Math.ceil(exports.smoSize() / 8) * 8).toBe(recordSize(smoFields));
  });
});

describe.each(kernels.map((kernel) => [JSON.stringify(kernel), kernel] as const))("sums of %s", (_, kernel) => {
  it.each([
    [1, 1, 1],
    [15, 3, 2],
    [16, 4, 17],
    [65, 7, 33],
    [130, 2, 4100],
  ])("over %d rows of %d columns for %d queries are the definition's", (rows, columns, count) => {
    const x = problem(rows, Math.max(3, columns)).x;
    const queries = problem(count, Math.max(3, columns), 77).x;
    const weights = Float64Array.from({ length: rows }, (_, r) => (r % 5) - 2 + r / rows);
    const expected = byDefinition(kernel, x, weights, queries);
    const terms = { x, index: every(x), weights };
    const near = 1e-12 * rows * Math.max(1, ...expected.map(Math.abs));
    expect(largestDifference(kernelByKernel(kernel, terms, queries, every(queries)), expected)).toBeLessThan(near);
    const polynomial = PolynomialSum.of(kernel, terms);
    expect(polynomial === undefined).toBe(kernel.kind === "rbf");
    if (polynomial) expect(largestDifference(polynomial.at(queries, every(queries)), expected)).toBeLessThan(near);
  });

  it("rounded are those of float32 kernel values", () => {
    const { x } = problem(20, 4);
    const one = { x, index: Int32Array.of(3), weights: Float64Array.of(1) };
    const found = kernelByKernel(kernel, one, x, every(x), true);
    const exact = kernelByKernel(kernel, one, x, every(x));
    expect([...found]).toEqual([...exact].map(Math.fround));
  });
});

it("e^x has the digits of exp in lib/src/special.ts, from 0 down to where it is taken for 0", () => {
  // k((0), (s)) = exp(-s^2).
  const s = Float64Array.from({ length: 4000 }, (_, i) => (i / 4000) * 27);
  const kernel: Kernel = { kind: "rbf", gamma: 1, degree: 0, coef0: 0 };
  const origin = { x: matrix(1, 1, Float64Array.of(0)), index: Int32Array.of(0), weights: Float64Array.of(1) };
  const queries = matrix(s.length, 1, s);
  const found = kernelByKernel(kernel, origin, queries, every(queries));
  expect(found).toEqual(s.map((value) => (value * value > 708 ? 0 : exp(-value * value))));
  const far = matrix(1, 1, Float64Array.of(1e6));
  expect([...kernelByKernel(kernel, origin, far, every(far))]).toEqual([0]);
});

it("models have the digits that they have everywhere", () => {
  const train = problem(400, 6);
  const digits = (["linear", "poly", "rbf"] as const).map((kernel) => {
    const { dualCoefficients, intercept } = fitSVC(train, { kernel });
    return createHash("sha256").update(dualCoefficients).update(Float64Array.of(intercept)).digest("hex").slice(0, 16);
  });
  expect(digits).toEqual(["c3b2ec793d48c7c1", "61b6876bb105025a", "b9a1a9ae7b1063d8"]);
});
