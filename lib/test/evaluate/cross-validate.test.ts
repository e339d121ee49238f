import { describe, expect, it } from "vitest";
import { bootstrap, crossValidate, meanInterval, scores } from "../../src/evaluate";
import type { Parts } from "../../src/prepare";
import { type Samples, takeRows } from "../../src/samples";
import { golden, goldenSamples, logistic } from "./comparisons";

/** Folds whose test rows are given. */
function foldsOf(samples: Samples, tests: readonly number[][]): Parts[] {
  return tests.map((rows) => {
    const test = Int32Array.from(rows);
    const train = Int32Array.from(samples.y.keys()).filter((row) => !rows.includes(row));
    const index = { train, test, dropped: new Int32Array(0) };
    return { train: takeRows(samples, train), test: takeRows(samples, test), index };
  });
}

/** The model of comparisons.golden.py: the difference of the classes' means as coefficients. */
function meansModel({ x, y }: Samples) {
  const mean = (label: number, c: number) => {
    const rows = [...y.keys()].filter((row) => y[row] === label);
    return rows.reduce((sum, row) => sum + x.data[row * x.columns + c], 0) / rows.length;
  };
  return logistic(Array.from({ length: x.columns }, (_, c) => mean(1, c) - mean(0, c)));
}

const folds = foldsOf(goldenSamples, golden.cross.folds);
const fitPredict = (train: Samples, test: Samples) => meansModel(train).predictProbability(test.x);

describe("crossValidate", () => {
  it("agrees with scikit-learn's cross_val_predict and cross_val_score", async () => {
    const found = await crossValidate(folds, fitPredict, { metrics: ["accuracy", "rocAuc"] });
    golden.cross.probabilities.forEach((p, row) => {
      expect(found.probabilities[row], `row ${row}`).toBeCloseTo(p, 12);
    });
    for (const metric of ["accuracy", "rocAuc"] as const) {
      found.folds.forEach((fold, k) => {
        expect(fold[metric]).toBeCloseTo(golden.cross[metric][k], 12);
      });
    }
    expect(found.means).toEqual([
      { metric: "accuracy", ...meanInterval(found.folds.map(({ accuracy }) => accuracy)) },
      { metric: "rocAuc", ...meanInterval(found.folds.map(({ rocAuc }) => rocAuc as number)) },
    ]);
    expect(found.pooled).toEqual(scores(golden.y, found.probabilities));
    expect(found.rows).toHaveLength(120);
  });

  it("trains and tells fold after fold", async () => {
    const seen: number[] = [];
    const told: string[] = [];
    await crossValidate(
      folds,
      async (train, test, fold) => {
        seen.push(fold);
        expect([train.y.length, test.y.length]).toEqual([96, 24]);
        await Promise.resolve();
        return fitPredict(train, test);
      },
      { progress: (done, total, text) => told.push(`${done}/${total} ${text}`) },
    );
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(told[0]).toBe("0/5 fold 1 of 5");
    expect(told[5]).toBe("5/5 done");
  });

  it("leaves rows that no fold tests without a probability, so that scoring them by mistake fails", async () => {
    const found = await crossValidate(folds.slice(0, 2), fitPredict);
    expect(found.rows).toEqual(Int32Array.from(golden.cross.folds.slice(0, 2).flat()).sort());
    expect(found.pooled.rows).toBe(48);
    expect(() => bootstrap(golden.y, found.probabilities)).toThrow("probability of row");
    const { accuracy } = bootstrap(golden.y, found.probabilities, { rows: found.rows, samples: 10 });
    expect(accuracy.estimate).toBe(found.pooled.accuracy);
  });

  it("takes the mean of an AUC over the folds that have both classes", async () => {
    const ones = [...goldenSamples.y.keys()].filter((row) => golden.y[row] === 1).slice(0, 5);
    const rest = [...goldenSamples.y.keys()].filter((row) => !ones.includes(row));
    const found = await crossValidate(foldsOf(goldenSamples, [ones, rest]), (_, test) => test.y.map(() => 0.5));
    expect(found.means[1]).toEqual({ metric: "rocAuc", estimate: 0.5, low: null, high: null, sd: null, n: 1 });
    const none = await crossValidate(foldsOf(goldenSamples, [ones]), (_, test) => test.y.map(() => 0.5));
    expect(none.means[1]).toMatchObject({ estimate: null, n: 0 });
  });

  it("names what is wrong", async () => {
    await expect(crossValidate([], fitPredict)).rejects.toThrow("there are no folds");
    const never = () => expect.unreachable("an option is refused before the first training");
    const auc = { metrics: ["auc" as "rocAuc"] };
    await expect(crossValidate(folds, never, auc)).rejects.toThrow('no such metric (found "auc")');
    await expect(crossValidate(folds, never, { level: 95 })).rejects.toThrow("level of an interval");
    await expect(crossValidate(folds, never, { threshold: 2 })).rejects.toThrow("a threshold must be");
    await expect(crossValidate([folds[0], folds[0]], fitPredict)).rejects.toThrow("which an earlier fold tests too");
    await expect(crossValidate(folds, () => [0.5])).rejects.toThrow("each of the 24 test rows of fold 0 (found 1)");
    await expect(crossValidate(folds, (_, test) => test.y.map(() => Number.NaN))).rejects.toThrow(
      "probability of row 0",
    );
    const small = foldsOf(takeRows(goldenSamples, [0, 1, 2, 3]), [[0, 1]]);
    await expect(crossValidate([small[0], folds[0]], fitPredict)).rejects.toThrow("have only 4 rows");
  });
});
