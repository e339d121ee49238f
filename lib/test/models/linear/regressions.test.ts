import { describe, expect, it } from "vitest";
import { fitElasticNet, fitLasso } from "../../../src/models/linear/elastic-net";
import { fitHuber } from "../../../src/models/linear/huber";
import { fitLinearRegression } from "../../../src/models/linear/linear-regression";
import { fitRidge } from "../../../src/models/linear/ridge";
import { fitRidgeCV } from "../../../src/models/linear/ridge-cv";
import { linearRegressionFromJSON } from "../../../src/models/linear-models";
import { matrix, type Samples, takeRows } from "../../../src/samples";
import { expectClose, parameters, samples, uniform } from "./problems";
import golden from "./regression-golden.json";

type Name = keyof typeof golden;

/** The problems of regression-golden.py. */
function regressionProblem(name: Name): Samples {
  const [n, p] = name === "wide" ? [12, 20] : [80, 6];
  const draw = uniform();
  const rows = Array.from({ length: n }, () => Array.from({ length: p }, () => draw() * 2 - 1));
  const y = rows.map(([a, b, c]) => 3 + 2 * a - b + 0.5 * c + draw() - 0.5);
  if (name === "outliers")
    return samples(
      rows,
      y.map((value, row) => value + (row % 9 === 0 ? 8 : 0)),
    );
  if (name === "dependent")
    return samples(
      rows.map(([a, b, c, d]) => [a, b, c, d, 0.1, a + b]),
      y,
    );
  const [by, from] = [
    [1, 100, 1e4, 0.01, 1, 10],
    [0, 5000, -1e5, 0, 1, 2023],
  ];
  if (name !== "scales") return samples(rows, y);
  return samples(
    rows.map((row) => row.map((value, j) => value * by[j] + from[j])),
    y.map((value) => value * 1e6),
  );
}

function rowWeights(n: number): Float64Array {
  const draw = uniform(7);
  return Float64Array.from({ length: n }, () => 0.5 + draw());
}

/** Each parameter to so many parts of itself, or of 1 where it is smaller. */
function expectParameters(model: { coefficients: Float64Array; intercept: number }, theirs: number[], within = 1e-10) {
  const ours = parameters(model);
  expect(ours).toHaveLength(theirs.length);
  ours.forEach((value, j) => {
    expect(Math.abs(value - theirs[j]) / Math.max(1, Math.abs(theirs[j])), `parameter ${j}`).toBeLessThan(within);
  });
}

describe.each(Object.keys(golden) as Name[])("as scikit-learn: %s", (name) => {
  const problem = regressionProblem(name);
  const sampleWeights = rowWeights(problem.y.length);
  const cases = golden[name];

  it.each(["least squares", "weighted", "ridge", "weighted ridge"] as const)("%s", (label) => {
    const theirs = cases[label];
    const weighted = label.startsWith("weighted") ? { sampleWeights } : {};
    const model = label.endsWith("ridge")
      ? fitRidge(problem, { alpha: label === "ridge" ? 3 : 0.5, ...weighted })
      : fitLinearRegression(problem, weighted);
    expectParameters(model, theirs.parameters);
    expect(model.score(problem)).toBeCloseTo(theirs.score, 12);
  });

  it("ridge with its penalty chosen by leaving out single rows", () => {
    const theirs = cases["ridge cv"];
    const { model, scores } = fitRidgeCV(problem, { alphas: [0.01, 0.1, 1, 10, 100] });
    expect(model.fit.alpha).toBe(theirs.alpha);
    expectParameters(model, theirs.parameters);
    scores.forEach(({ mse, foldMse }, at) => {
      expect(Math.abs(mse / theirs.mse[at] - 1)).toBeLessThan(1e-9);
      expect(Math.abs(foldMse[0] / theirs.first[at] - 1)).toBeLessThan(1e-9);
    });
  });

  const nets = Object.entries(cases).filter(([label]) => /lasso$|net/.test(label)) as [string, Net][];
  it.each(nets)("%s", (_label, theirs) => {
    const { alpha, l1Ratio } = theirs;
    const model = fitElasticNet(problem, { alpha, l1Ratio, tolerance: 1e-13, maxIterations: 1_000_000 });
    expect(model.fit.converged).toBe(true);
    expectParameters(model, theirs.parameters, 1e-7);
    expect(model.score(problem)).toBeCloseTo(theirs.score, 7);
    // The same columns are out.
    theirs.parameters.forEach((value, j) => {
      if (value === 0) expect(model.coefficients[j]).toBe(0);
    });
  });

  const hubers = Object.entries(cases).filter(([label]) => /huber/.test(label)) as [string, Huber][];
  it.each(hubers)("%s", (_label, theirs) => {
    const { epsilon, alpha } = theirs;
    const model = fitHuber(problem, { epsilon, alpha });
    expect(model.fit.converged).toBe(true);
    expectParameters(model, theirs.parameters);
    expect(model.fit.scale).toBeCloseTo(theirs.scale, 10);
    expect(model.fit.outliers).toEqual(theirs.outliers);
  });
});

it("stops the lasso where scikit-learn does by default", () => {
  const problem = regressionProblem("plain");
  const theirs = golden.plain["lasso by default"];
  const { fit, ...model } = fitLasso(problem, { alpha: 0.02 });
  expectParameters(model, theirs.parameters, 1e-12);
  expect(fit.iterations).toBe(theirs.iterations);
  expect(fit.dualityGap).toBeCloseTo(theirs.gap, 12);
});

interface Net {
  readonly parameters: number[];
  readonly score: number;
  readonly alpha: number;
  readonly l1Ratio: number;
}

interface Huber extends Omit<Net, "l1Ratio"> {
  readonly epsilon: number;
  readonly scale: number;
  readonly outliers: number[];
}

const plain = regressionProblem("plain");

describe("a linear regression", () => {
  it("meets a line exactly, and says how many columns tell something", () => {
    const rows = [
      [1, 2, 3],
      [2, 0, 2],
      [0, 1, 1],
      [4, 4, 8],
      [3, 1, 4],
    ];
    const line = samples(
      rows,
      rows.map(([a, b]) => 5 + 2 * a - b),
    );
    const model = fitLinearRegression(line);
    expect(model.fit).toEqual({ method: "least squares", rank: 2 });
    expectClose(model.predict(line.x), line.y, 1e-12);
    expect(model.score(line)).toBeCloseTo(1, 14);
  });

  it("counts a row of weight 2 as two rows, and one of weight 0 not at all", () => {
    const index = [...plain.y.keys()].flatMap((row) => (row % 3 === 0 ? [row, row] : row % 3 === 1 ? [row] : []));
    const sampleWeights = plain.y.map((_, row) => 2 - (row % 3));
    const repeated = fitLinearRegression(takeRows(plain, index));
    expectParameters(fitLinearRegression(plain, { sampleWeights }), parameters(repeated), 1e-12);
  });

  it("gives a constant column no coefficient, whatever its size", () => {
    const withConstant = samples(
      Array.from(plain.y, (_, r) => [plain.x.data[6 * r], 1e9 / 3]),
      [...plain.y],
    );
    for (const model of [
      fitLinearRegression(withConstant),
      fitLasso(withConstant, { alpha: 0.01 }),
      fitHuber(withConstant),
    ]) {
      expect(model.coefficients[1]).toBe(0);
      expect(model.score(withConstant)).toBeGreaterThan(0.5);
    }
  });

  it.each([
    ["least squares", () => fitLinearRegression(plain)],
    ["ridge", () => fitRidge(plain, { alpha: 2 })],
    ["elastic net", () => fitElasticNet(plain, { alpha: 0.1 })],
    ["huber", () => fitHuber(plain)],
  ] as const)("comes back from its file with the same digits: %s", (method, fit) => {
    const model = fit();
    const back = linearRegressionFromJSON(JSON.parse(JSON.stringify(model)));
    expect(back).toEqual(model);
    expect(back.fit.method).toBe(method);
    expect(back.predict(plain.x)).toEqual(model.predict(plain.x));
  });

  it("says what is wrong with a file", () => {
    const json = JSON.parse(JSON.stringify(fitRidge(plain)));
    const read = (change: object) => () => linearRegressionFromJSON({ ...json, ...change });
    expect(read({ format: "hitlab-scaler" })).toThrow(/not a linear regression saved by hitlab.*hitlab-scaler/);
    expect(read({ coefficients: [1] })).toThrow(/coefficients are not 6 numbers/);
    expect(read({ fit: { method: "guess" } })).toThrow(/method guess/);
    expect(read({ fit: undefined })).toThrow(/method undefined/);
    expect(read({ fit: { method: "ridge" } })).toThrow(/alpha is missing/);
  });

  it("predicts and scores only what it can", () => {
    const model = fitLinearRegression(plain);
    expect(() => model.predict(matrix(1, 2, new Float64Array(2), ["a", "b"]))).toThrow(/was fit on the columns c0, c1/);
    expect(() => model.predict({ ...plain.x, data: plain.x.data.map(() => Number.NaN) })).toThrow(/c0.*NaN/);
    expect(() => model.predict({ ...plain.x, data: plain.x.data.map(() => 1.7e308) })).toThrow(/overflow/);
    expect(() => model.score({ ...plain, y: plain.y.map(() => Number.NaN) })).toThrow(/target of row 0/);
  });
});

describe("the fits", () => {
  const fits = { fitLinearRegression, fitRidge, fitRidgeCV, fitElasticNet, fitHuber };
  it.each(Object.entries(fits))("%s refuses rows that it cannot use", (_name, fit) => {
    const target = (y: Float64Array) => () => fit({ ...plain, y });
    expect(target(plain.y.map((y, row) => (row === 7 ? Number.NaN : y)))).toThrow(/target of row 7 .*NaN/);
    expect(target(plain.y.slice(1))).toThrow(/one target per row, 80/);
    const x =
      (data: Float64Array, columns = 6) =>
      () =>
        fit({ ...plain, x: matrix(data.length / columns, columns, data) });
    expect(x(plain.x.data.map((v, i) => (i === 8 ? Number.NaN : v)))).toThrow(/c2.*row 1 .*NaN/);
    expect(x(plain.x.data.map((v) => v * 1e200))).toThrow(/sums of .* overflow/);
    expect(() => fit({ ...plain, x: matrix(80, 0, new Float64Array(0)) })).toThrow(/got no columns/);
    expect(() => fit(takeRows(plain, []))).toThrow(/got no rows/);
  });

  it("refuse options out of range", () => {
    expect(() => fitRidge(plain, { alpha: 0 })).toThrow(/alpha must be a positive number/);
    expect(() => fitLinearRegression(plain, { sampleWeights: new Float64Array(80) })).toThrow(/all rows .* weight 0/);
    expect(() => fitRidge(plain, { sampleWeights: new Float64Array(3) })).toThrow(/80 finite numbers from 0/);
    expect(() => fitElasticNet(plain, { l1Ratio: 0 })).toThrow(/l1Ratio must be a positive number/);
    expect(() => fitElasticNet(plain, { l1Ratio: 1.5 })).toThrow(/l1Ratio must be at most 1.*1.5/);
    expect(() => fitLasso(plain, { maxIterations: 0.5 })).toThrow(/maxIterations must be a whole number/);
    expect(() => fitHuber(plain, { epsilon: 0.9 })).toThrow(/epsilon must be at least 1/);
    expect(() => fitHuber(plain, { alpha: -1 })).toThrow(/alpha must be a number from 0.*-1/);
  });

  it("say when they were stopped before the optimum", () => {
    const wide = regressionProblem("wide");
    expect(fitLasso(wide, { alpha: 1e-3, tolerance: 1e-12, maxIterations: 3 }).fit).toMatchObject({
      iterations: 3,
      converged: false,
    });
    expect(fitHuber(regressionProblem("outliers"), { maxIterations: 1 }).fit).toMatchObject({
      iterations: 1,
      converged: false,
    });
  });
});

describe("the lasso", () => {
  it("takes fewer rounds from the coefficients of a neighbouring alpha", () => {
    const cold = fitLasso(plain, { alpha: 0.02, tolerance: 1e-10 });
    const warm = fitLasso(plain, { alpha: 0.02, tolerance: 1e-10, warmStart: fitLasso(plain, { alpha: 0.021 }) });
    expect(warm.fit.iterations).toBeLessThan(cold.fit.iterations);
    expectParameters(warm, parameters(cold), 1e-6);
    expect(() => fitLasso(regressionProblem("wide"), { warmStart: cold })).toThrow(/6 coefficients, the data have 20/);
  });

  it("keeps nothing from the alpha on at which the steepest column is at rest", () => {
    expect(fitLasso(plain, { alpha: 10 }).coefficients).toEqual(new Float64Array(6));
    expect(fitLasso(plain, { alpha: 10 }).intercept).toBeCloseTo(
      plain.y.reduce((sum, y) => sum + y / 80, 0),
      12,
    );
  });
});

describe("Huber's regression", () => {
  it("is hardly bent by wild targets", () => {
    const wild = { ...plain, y: plain.y.map((y, row) => (row % 9 === 0 ? 1e6 : y)) };
    const clean = parameters(fitLinearRegression(plain));
    const bent = fitHuber(wild);
    expect(bent.fit.converged).toBe(true);
    expect(bent.fit.outliers).toEqual(expect.arrayContaining([0, 9, 18, 27, 36, 45, 54, 63, 72]));
    expectClose(bent.coefficients, clean.slice(0, 6), 0.4);
    expect(Math.abs(fitLinearRegression(wild).coefficients[0] - clean[0])).toBeGreaterThan(1e4);
  });

  it("has the same fit in other units of columns and target", () => {
    const problem = regressionProblem("outliers");
    const x = matrix(
      80,
      6,
      problem.x.data.map((v) => v * 1e-4),
    );
    const [here, there] = [problem, { ...problem, x, y: problem.y.map((y) => y * 1e8) }].map((s) =>
      fitHuber(s, { alpha: 0 }),
    );
    expectClose(
      there.coefficients.map((v) => v / 1e12),
      here.coefficients,
      1e-9,
    );
    expect(there.fit.scale / 1e8).toBeCloseTo(here.fit.scale, 9);
    expect(there.fit.outliers).toEqual(here.fit.outliers);
  });

  it("refuses targets that leave it no scale, or says that it found no optimum", () => {
    const remedy = /no scale of the errors/;
    expect(() => fitHuber({ ...plain, y: plain.y.map((_, r) => 2 * plain.x.data[6 * r]) })).toThrow(remedy);
    expect(() => fitHuber({ ...plain, y: plain.y.map(() => 3) })).toThrow(remedy);
    // All targets but one are alike: the scale sinks and sinks.
    expect(fitHuber({ ...plain, y: plain.y.map((_, r) => Number(r === 0)) }).fit.converged).toBe(false);
  });
});

describe("the choice of a ridge's penalty", () => {
  const grouped = { ...plain, info: { artist: Int32Array.from(plain.y, (_, row) => Math.floor(row / 8)) } };

  it("leaves out single rows as refits without them would", () => {
    const { scores } = fitRidgeCV(plain, { alphas: [0.5] });
    for (const row of [0, 17, 79]) {
      const others = [...plain.y.keys()].filter((r) => r !== row);
      const [predicted] = fitRidge(takeRows(plain, others), { alpha: 0.5 }).predict(takeRows(plain, [row]).x);
      expect(scores[0].foldMse[row]).toBeCloseTo((plain.y[row] - predicted) ** 2, 12);
    }
  });

  it("by folds leaves out whole groups, and fits all rows with the alpha it chose", () => {
    const { model, scores } = fitRidgeCV(grouped, { alphas: [1, 100], folds: 10, group: "artist" });
    expect(model).toEqual(fitRidge(grouped, { alpha: model.fit.alpha }));
    expect(scores.map(({ alpha }) => alpha)).toEqual([1, 100]);
    // With as many folds as groups the deal does not matter.
    const errors = Array.from({ length: 10 }, (_, artist) => {
      const rows = [...plain.y.keys()];
      const refit = fitRidge(
        takeRows(
          plain,
          rows.filter((r) => grouped.info.artist[r] !== artist),
        ),
        { alpha: 1 },
      );
      const held = takeRows(
        plain,
        rows.filter((r) => grouped.info.artist[r] === artist),
      );
      return refit.predict(held.x).reduce((sum, value, r) => sum + (held.y[r] - value) ** 2, 0) / 8;
    });
    const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
    expectClose(sorted(scores[0].foldMse), sorted(errors), 1e-12);
    expect(scores[0].mse).toBeCloseTo(
      errors.reduce((sum, error) => sum + error / 10, 0),
      12,
    );
  });

  it("refuses what it cannot do", () => {
    expect(() => fitRidgeCV(plain, { alphas: [] })).toThrow(/no alpha to choose from/);
    expect(() => fitRidgeCV(plain, { alphas: [1, 0] })).toThrow(/alpha must be a positive number/);
    expect(() => fitRidgeCV(grouped, { group: "artist" })).toThrow(/does not keep a group together.*artist/);
    expect(() => fitRidgeCV(grouped, { group: "song", folds: 3 })).toThrow(/no such info column.*song.*artist/);
    expect(() => fitRidgeCV(takeRows(plain, [0]))).toThrow(/row 0 .* left out/);
  });
});
