import { describe, expect, it } from "vitest";
import { fitSVC } from "../../../src/models/svm-models";
import { dualObjective, golden, largestDifference, ourOptions, problem, violation } from "./svc-problems";

/** At C = 1e6 the last digits of e^x send the solver other ways; at 1500 rows and 4,000 steps too. */
function isUnsteady({ options }: (typeof golden)[number]): boolean {
  const { C, tol } = options as { C?: number; tol?: number };
  return C === 1e6 || (C === 5 && tol === 1e-5);
}

describe.each(golden.map((g) => [`${g.n} x ${g.p}, ${JSON.stringify(g.options)}`, g] as const))("SVC on %s", (_, g) => {
  const train = problem(g.n, g.p, g.seed);
  const model = fitSVC(train, ourOptions(g));
  const c = (row: number) => costOf(g, train.y[row]);

  it("takes scikit-learn's gamma and, step by step, its way", () => {
    expect(model.converged).toBe(true);
    if (model.kernel.kind !== "linear") expect(model.kernel.gamma).toBeCloseTo(g.gamma, 9);
    expect(Math.abs(model.iterations - g.iterations)).toBeLessThanOrEqual(isUnsteady(g) ? 0.02 * g.iterations : 0);
  });

  it("ends at scikit-learn's support vectors, dual coefficients and decisions", () => {
    expect([...model.supportIndex]).toEqual(g.supportIndex);
    expect(model.nSupport).toEqual(g.nSupport);
    const scale = Math.max(...g.dualCoefficients.map(Math.abs));
    const near = isUnsteady(g) ? 1e-3 : 1e-8;
    expect(largestDifference(model.dualCoefficients, g.dualCoefficients)).toBeLessThan(near * scale);
    const found = model.decision(train.x).slice(0, 30);
    expect(largestDifference(found, g.decision)).toBeLessThan(near * Math.max(1, ...g.decision.map(Math.abs)));
  });

  it("satisfies the optimum's conditions, found in float64 by the kernel's definition", () => {
    // What float32 kernel values take from the tolerance.
    const lost = 1e-6 * Math.max(1, c(0));
    expect(violation(model, train, c)).toBeLessThan(((g.options as { tol?: number }).tol ?? 1e-3) + lost);
  });

  it("has a dual objective no worse than scikit-learn's", () => {
    expect(dualObjective(model, train)).toBeLessThan(g.objective + 1e-6 * Math.abs(g.objective));
  });
});

function costOf(g: (typeof golden)[number], label: number): number {
  const { C = 1, class_weight: weight } = g.options as { C?: number; class_weight?: "balanced" | number[] };
  if (weight === undefined) return C;
  if (weight !== "balanced") return C * weight[label];
  const y = problem(g.n, g.p, g.seed).y;
  return (C * g.n) / (2 * y.filter((other) => other === label).length);
}
