import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { audioFeatures, hitPredictor } from "../../../src/data/load";
import { fitLogisticRegression } from "../../../src/models/linear/logistic-regression";
import { fitMultinomialRegression } from "../../../src/models/linear/multinomial-regression";
import { fitLinearSVC } from "../../../src/models/svm/linear-svc";
import { fitLinearSVM } from "../../../src/models/svm/linear-svm";
import { minMax, samples, split, standard } from "../../../src/prepare";
import type { Samples } from "../../../src/samples";
import { expectClose, parameters } from "./problems";

interface Fitted {
  readonly parameters: number[];
  readonly train: number;
  readonly test: number;
}
interface Golden {
  readonly logistic: Fitted;
  readonly lbfgs: Fitted;
  readonly squaredHinge: Fitted;
  readonly exactHinge: Fitted & { objective: number; dual: number };
  readonly multinomial: { coefficients: number[]; intercepts: number[]; train: number; test: number };
}
type Scaling = "standard" | "minmax" | "independent";
const golden: Record<Scaling, Golden> = JSON.parse(
  readFileSync(new URL("study4-golden.json", import.meta.url), "utf8"),
);

interface Rows {
  readonly train: Samples;
  readonly test: Samples;
}

/** The study's own train and test rows, scaled in its three ways. */
async function studyRows(): Promise<Record<Scaling, Rows>> {
  const { frame } = await hitPredictor();
  const all = samples(frame, { features: [...audioFeatures], target: "target", info: ["decade"] });
  const cut = (rows: Samples): Rows => split(rows, { by: "random", like: "sklearn", randomState: 12 });
  const plain = cut(all);
  const scaled = (scaler: ReturnType<typeof standard>) => ({
    train: scaler.apply(plain.train),
    test: scaler.apply(plain.test),
  });
  return {
    standard: scaled(standard(plain.train)),
    minmax: scaled(minMax(plain.train)),
    independent: cut(independent(all)),
  };
}

/** Seven columns divided by their maximum over all rows, loudness + 50 before. */
function independent(all: Samples): Samples {
  const divided = ["loudness", "duration_ms", "key", "tempo", "time_signature", "chorus_hit", "sections"];
  const { columns, names } = all.x;
  const shifted = all.x.data.map((v, i) => (names[i % columns] === "loudness" ? v + 50 : v));
  const most = names.map((name, j) =>
    divided.includes(name) ? shifted.reduce((max, v, i) => (i % columns === j ? Math.max(max, v) : max), 0) : 1,
  );
  return { ...all, x: { ...all.x, data: shifted.map((v, i) => v / most[i % columns]) } };
}

/** Two accuracies differ by at most so many songs of the rows. */
function expectSongs(found: number, expected: number, rows: Samples, songs: number): void {
  expect(Math.abs(found - expected) * rows.y.length).toBeLessThan(songs + 0.5);
}

describe.runIf(process.env.HITLAB_DATA)("on study 4's own songs (needs HITLAB_DATA)", () => {
  let rows: Record<Scaling, Rows>;
  beforeAll(async () => {
    rows = await studyRows();
  }, 60_000);

  describe.each(["standard", "minmax", "independent"] as const)("%s columns", (scaling) => {
    it("logistic regression is scikit-learn's, to 1e-9; its lbfgs stops a few songs away", () => {
      const { train, test } = rows[scaling];
      const { logistic, lbfgs } = golden[scaling];
      const model = fitLogisticRegression(train);
      expectClose(parameters(model), logistic.parameters, 1e-9);
      expect([model.score(train), model.score(test)]).toEqual([logistic.train, logistic.test]);
      expectSongs(model.score(test), lbfgs.test, test, 12);
    });

    it("the squared hinge is LinearSVC's", () => {
      const { train, test } = rows[scaling];
      const { squaredHinge } = golden[scaling];
      const model = fitLinearSVC(train);
      expectClose(parameters(model), squaredHinge.parameters, 1e-4);
      expect([model.score(train), model.score(test)]).toEqual([squaredHinge.train, squaredHinge.test]);
    });

    it("the exact hinge has an objective between the two that LIBSVM ends at, and its accuracy to 3 songs", () => {
      const { train, test } = rows[scaling];
      const { exactHinge } = golden[scaling];
      const model = fitLinearSVM(train);
      expect(model.converged).toBe(true);
      expect(model.objective - model.gap).toBeGreaterThan(exactHinge.dual);
      expect(model.objective).toBeLessThan(exactHinge.objective);
      expect(exactHinge.objective / model.objective).toBeLessThan(1 + 1e-6);
      expectSongs(model.score(train), exactHinge.train, train, 3);
      expectSongs(model.score(test), exactHinge.test, test, 3);
    });

    it("the decades' multinomial regression is scikit-learn's, to 1e-9", () => {
      const [train, test] = [rows[scaling].train, rows[scaling].test].map((part) => ({
        ...part,
        y: Float64Array.from(part.info.decade),
      }));
      const { multinomial } = golden[scaling];
      const model = fitMultinomialRegression(train);
      expectClose(model.coefficients.data, multinomial.coefficients, 1e-9);
      expectClose(model.intercepts, multinomial.intercepts, 1e-9);
      expect([model.score(train), model.score(test)]).toEqual([multinomial.train, multinomial.test]);
    });
  });

  it("the study's printed accuracies of its linear SVM come out to 3 songs: .73086 standard, .73066 MinMax", () => {
    const printed = { standard: [0.72581, 0.73086], minmax: [0.72565, 0.73066] } as const;
    for (const scaling of ["standard", "minmax"] as const) {
      const { train, test } = rows[scaling];
      const model = fitLinearSVM(train);
      expectSongs(model.score(train), printed[scaling][0], train, 3);
      expectSongs(model.score(test), printed[scaling][1], test, 3);
    }
  });
});
