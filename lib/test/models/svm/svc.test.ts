import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fitSVC, loadSVC, type SVCOptions } from "../../../src/models/svm-models";
import { matrix, type Samples, takeRows } from "../../../src/samples";
import {
  dualObjective,
  dualOf,
  kernelValue,
  largestDifference,
  problem,
  row,
  samples,
  violation,
} from "./svc-problems";

const train = problem(300, 5);
const kinds: SVCOptions["kernel"][] = ["linear", "poly", "rbf"];

describe.each(kinds)("SVC with kernel %s", (kernel) => {
  const exact = { kernel, tolerance: 1e-6 };
  const model = fitSVC(train, exact);
  const decisions = model.decision(train.x);

  it("decides by its support vectors, as the definition says", () => {
    const byDefinition = Array.from(train.y, (_, i) => {
      const k = (s: number) => kernelValue(model, row({ x: model.supportVectors }, s), row(train, i));
      return model.dualCoefficients.reduce((sum, weight, s) => sum + weight * k(s), model.intercept);
    });
    expect(largestDifference(decisions, byDefinition)).toBeLessThan(1e-11);
    expect([...model.predict(train.x)]).toEqual([...decisions].map((d) => (d >= 0 ? 1 : 0)));
    expect(model.score(train)).toBeGreaterThan(0.6);
  });

  it("keeps its dual coefficients within 0 and c, and their sum at 0", () => {
    const dual = dualOf(model, train.y.length);
    expect(dual.every((value, i) => (train.y[i] ? value >= 0 && value <= 1 : value <= 0 && value >= -1))).toBe(true);
    expect(Math.abs(dual.reduce((sum, value) => sum + value, 0))).toBeLessThan(1e-10);
    expect([...model.supportVectors.data]).toEqual([...takeRows(train, model.supportIndex).x.data]);
  });

  it("finds the same without shrinking, and with room for two kernel rows only", () => {
    for (const other of [{ shrinking: false }, { cacheMb: 1e-9 }, { cacheMb: 0.05, shrinking: false }]) {
      const again = fitSVC(train, { ...exact, ...other });
      expect(largestDifference(again.decision(train.x), decisions)).toBeLessThan(1e-5);
    }
    const whole = fitSVC(train, { ...exact, shrinking: false });
    const small = fitSVC(train, { ...exact, shrinking: false, cacheMb: 1e-9 });
    expect(small.dualCoefficients).toEqual(whole.dualCoefficients);
  });

  it("finds the same from rows and columns in another order", () => {
    const order = Int32Array.from(train.y, (_, i) => (i * 7) % 300);
    const turned = fitSVC(takeRows(train, order), exact);
    expect(largestDifference(turned.decision(train.x), decisions)).toBeLessThan(1e-5);
    const columns = turnColumns(train);
    expect(largestDifference(fitSVC(columns, exact).decision(columns.x), decisions)).toBeLessThan(1e-5);
  });

  it("takes a row twice as a row of twice the weight, and one of weight 0 as none", () => {
    const gamma = model.kernel.gamma;
    const every = [...train.y.keys()];
    const doubled = fitSVC(takeRows(train, [...every, ...every.slice(0, 40)]), { ...exact, gamma });
    const sampleWeights = train.y.map((_, i) => (i < 40 ? 2 : 1));
    const weighted = fitSVC(train, { ...exact, gamma, sampleWeights });
    expect(largestDifference(doubled.decision(train.x), weighted.decision(train.x))).toBeLessThan(1e-5);
    const without = fitSVC(train, { ...exact, gamma, sampleWeights: train.y.map((_, i) => (i < 40 ? 0 : 1)) });
    const fewer = fitSVC(takeRows(train, every.slice(40)), { ...exact, gamma });
    expect(largestDifference(without.decision(train.x), fewer.decision(train.x))).toBeLessThan(1e-5);
  });

  it("turns all decisions round when the classes change names", () => {
    const other = fitSVC({ ...train, y: train.y.map((label) => 1 - label) }, exact);
    expect(
      largestDifference(
        other.decision(train.x).map((d) => -d),
        decisions,
      ),
    ).toBeLessThan(1e-5);
  });

  it("has the same digits when it is fit again, and when it is read from its folder", () => {
    expect(fitSVC(train, exact).decision(train.x)).toEqual(decisions);
    inFolder((folder) => {
      model.save(folder);
      const again = loadSVC(folder);
      expect(again.decision(train.x)).toEqual(decisions);
      expect(again).toEqual(model);
    });
  });

  it("is not put off by a constant column, or by rows alike of both classes", () => {
    const rows = Array.from({ length: 40 }, (_, i) => [3, Math.floor(i / 4) / 10, (i % 8) / 8]);
    const same = samples(
      rows.flatMap((r) => [r, r]),
      rows.flatMap((_, i) => [i < 20 ? 1 : 0, i % 3 ? 1 : 0]),
    );
    const found = fitSVC(same, exact);
    expect(found.converged).toBe(true);
    expect(violation(found, same, () => 1)).toBeLessThan(1e-5);
  });

  it("fits two rows, and rows that do not differ at all", () => {
    const two = fitSVC(
      samples(
        [
          [0, 1],
          [1, 0.5],
        ],
        [0, 1],
      ),
      { kernel },
    );
    expect([...two.predict(two.supportVectors)]).toEqual([0, 1]);
    const alike = fitSVC(
      samples(
        [
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        [0, 1, 1],
      ),
      { kernel },
    );
    expect([...alike.decision(alike.supportVectors)].every(Number.isFinite)).toBe(true);
  });

  it("goes on on columns far apart in size", () => {
    const wide = { ...train, x: { ...train.x, data: train.x.data.map((v, i) => (i % 5 === 0 ? 2e5 + 7e4 * v : v)) } };
    const found = fitSVC(wide, { kernel, c: 1e-3, maxIterations: 20_000 });
    expect(found.decision(wide.x).every(Number.isFinite)).toBe(true);
  });
});

describe("SVC", () => {
  it("ends at the same decisions though rows are left out and brought back by the thousand", () => {
    const many = problem(2500, 6, 4);
    const left = fitSVC(many, { kernel: "rbf", c: 3, tolerance: 1e-5 });
    const all = fitSVC(many, { kernel: "rbf", c: 3, tolerance: 1e-5, shrinking: false });
    expect(largestDifference(left.decision(many.x), all.decision(many.x))).toBeLessThan(1e-3);
    expect(dualObjective(left, many)).toBeCloseTo(dualObjective(all, many), 5);
  }, 30_000);

  it("sums a polynomial kernel of too many monomials kernel by kernel", () => {
    const wide = problem(80, 60);
    const model = fitSVC(wide, { kernel: "poly", degree: 4, coef0: 1 });
    const found = model.decision(wide.x);
    const first = model.dualCoefficients.reduce(
      (sum, weight, s) => sum + weight * kernelValue(model, row({ x: model.supportVectors }, s), row(wide, 0)),
      model.intercept,
    );
    expect(found[0]).toBeCloseTo(first, 10);
  });

  it("is the intercept alone where the tolerance asks for no step", () => {
    const model = fitSVC(train, { tolerance: 3 });
    expect([model.supportIndex.length, model.iterations, model.converged]).toEqual([0, 0, true]);
    expect(model.decision(train.x).every((value) => value === model.intercept)).toBe(true);
    inFolder((folder) => {
      model.save(folder);
      expect(loadSVC(folder)).toEqual(model);
    });
  });

  it("says so when it stopped before the end", () => {
    const model = fitSVC(train, { maxIterations: 5 });
    expect([model.iterations, model.converged]).toEqual([5, false]);
  });

  it("gives probabilities by Platt's map of decisions on held-out rows", () => {
    const model = fitSVC(train, { probability: true });
    const p = model.predictProbability(train.x);
    expect(p.every((value) => value > 0 && value < 1)).toBe(true);
    const share = p.reduce((sum, value) => sum + value, 0) / 300;
    expect(Math.abs(share - train.y.reduce((sum, label) => sum + label, 0) / 300)).toBeLessThan(0.05);
    expect(fitSVC(train, { probability: true }).platt).toEqual(model.platt);
    expect(fitSVC(train, { probability: true, seed: 7 }).platt).not.toEqual(model.platt);
    // The decisions are those of the fit on all rows.
    expect(model.decision(train.x)).toEqual(fitSVC(train).decision(train.x));
    expect(() => fitSVC(train).predictProbability(train.x)).toThrow("probability: true");
    inFolder((folder) => {
      model.save(folder);
      expect(loadSVC(folder).predictProbability(train.x)).toEqual(p);
    });
  });

  it.each<[string, SVCOptions, string]>([
    ["a degree of 2.5", { kernel: "poly", degree: 2.5 }, "degree must be a whole number"],
    ["a degree of 0", { kernel: "poly", degree: 0 }, "degree must be a whole number"],
    ["gamma 0", { gamma: 0 }, "gamma must be a positive number"],
    ["a negative gamma", { gamma: -1 }, "gamma must be a positive number"],
    ["gamma NaN", { gamma: Number.NaN }, "gamma must be a positive number"],
    ["c 0", { c: 0 }, "c must be a positive number"],
    ["tolerance 0", { tolerance: 0 }, "tolerance must be a positive number"],
    ["no room", { cacheMb: 0 }, "cacheMb must be a positive number"],
    ["coef0 NaN", { kernel: "poly", coef0: Number.NaN }, "coef0 must be a number"],
    ["an unknown kernel", { kernel: "sigmoid" as "rbf" }, "kernel is one of linear, poly, rbf"],
    ["a weight too few", { classWeight: [1] }, "classWeight must be 2"],
    ["a seed of -1", { seed: -1 }, "seed must be a whole number"],
  ])("refuses %s", (_, options, message) => {
    expect(() => fitSVC(train, options)).toThrow(message);
  });

  it("refuses NaN, one class, three classes, other columns, kernel values beyond float32", () => {
    const holed = { ...train, x: { ...train.x, data: train.x.data.with(7, Number.NaN) } };
    expect(() => fitSVC(holed)).toThrow("not a finite number");
    expect(() => fitSVC({ ...train, y: train.y.map(() => 1) })).toThrow("of class 1");
    expect(() => fitSVC({ ...train, y: train.y.map((_, i) => i % 3) })).toThrow("two classes");
    expect(() => fitSVC({ ...train, y: train.y.map((label) => 2 * label - 1) })).toThrow("0 or 1");
    expect(() => fitSVC(train).predict(matrix(1, 2, new Float64Array(2)))).toThrow("fit on the columns");
    const huge = { ...train, x: { ...train.x, data: train.x.data.map((v) => 1e6 * v) } };
    expect(() => fitSVC(huge, { kernel: "poly", gamma: 1 })).toThrow("too large for float32");
  });

  it("takes class 1 where nothing speaks for either, as scikit-learn's SVC", () => {
    // SVC().fit(np.ones((4, 1)), [0, 1, 1, 0]).predict([[1]]) is [1], its decision 0.
    const model = fitSVC(samples([[1], [1], [1], [1]], [0, 1, 1, 0]));
    expect([...model.decision(model.supportVectors)]).toEqual([0, 0, 0, 0]);
    expect([...model.predict(model.supportVectors)]).toEqual([1, 1, 1, 1]);
  });

  it("never gives NaN: refuses what leaves the range of numbers", () => {
    const sized = (by: number) => ({ ...train, x: { ...train.x, data: train.x.data.map((v) => by * v) } });
    for (const by of [1e200, 1e-160]) expect(() => fitSVC(sized(by))).toThrow(/gamma "scale" cannot be found.*scale/);
    expect(fitSVC(sized(1e-160), { kernel: "linear" }).decision(train.x).every(Number.isFinite)).toBe(true);
    const sampleWeights = new Float64Array(300).fill(1e-200);
    expect(() => fitSVC(train, { c: 1e-200, sampleWeights })).toThrow(/row 0 .*beyond the range of numbers/);
    const poly = fitSVC(train, { kernel: "poly" });
    const far = { ...train.x, data: train.x.data.with(23, 1e200) };
    expect(() => poly.predict(far)).toThrow(/inputs of row 4 .*overflow/);
  });

  it("refuses a folder that was changed", () => {
    inFolder((folder) => {
      fitSVC(train).save(folder);
      writeFileSync(join(folder, "model.json"), '{"format":"hitlab-svc","version":1,"arrays":[]}');
      expect(() => loadSVC(folder)).toThrow("arrays.bin");
    });
  });
});

function turnColumns({ x, y, info }: Samples): Samples {
  const data = x.data.map((_, i) => x.data[Math.floor(i / x.columns) * x.columns + (x.columns - 1 - (i % x.columns))]);
  return { x: { ...x, data }, y, info };
}

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "hitlab-svc-"));
  try {
    work(join(folder, "model"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
