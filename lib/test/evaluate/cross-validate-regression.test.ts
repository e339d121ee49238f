import { describe, expect, it } from "vitest";
import { crossValidateRegression, meanInterval, regression } from "../../src/evaluate";
import type { Parts } from "../../src/prepare";
import { type Samples, takeRows } from "../../src/samples";
import { golden, goldenSamples, linearModel } from "./regression-golden";

const folds: Parts[] = golden.cross.folds.map((rows) => {
  const test = Int32Array.from(rows);
  const train = Int32Array.from(golden.y.keys()).filter((row) => !rows.includes(row));
  const index = { train, test, dropped: new Int32Array(0) };
  return { train: takeRows(goldenSamples, train), test: takeRows(goldenSamples, test), index };
});
const fitPredict = (_: Samples, test: Samples, fold: number) => linearModel(golden.cross.models[fold]).predict(test.x);

describe("crossValidateRegression", () => {
  it("agrees with scikit-learn's cross_val_predict and cross_val_score", async () => {
    const told: string[] = [];
    const found = await crossValidateRegression(folds, fitPredict, {
      progress: (done, total, text) => told.push(`${done}/${total} ${text}`),
    });
    golden.cross.predictions.forEach((prediction, row) => {
      expect(found.predictions[row], `row ${row}`).toBeCloseTo(prediction, 12);
    });
    for (const metric of ["mse", "mae", "r2"] as const) {
      found.folds.forEach((fold, k) => {
        expect(fold[metric]).toBeCloseTo(golden.cross[metric][k], 12);
      });
    }
    expect(found.means).toEqual(
      (["mse", "mae", "r2"] as const).map((metric) => {
        return { metric, ...meanInterval(found.folds.map((fold) => fold[metric] as number)) };
      }),
    );
    expect(found.pooled).toEqual(regression(golden.y, found.predictions));
    expect(found.rows).toHaveLength(120);
    expect([told[0], told[5]]).toEqual(["0/5 fold 1 of 5", "5/5 done"]);
  });

  it("leaves rows that no fold tests without a prediction, so that scoring them by mistake fails", async () => {
    const found = await crossValidateRegression(folds.slice(0, 2), fitPredict, { metrics: ["bias"], level: 0.9 });
    expect(found.rows).toEqual(Int32Array.from(golden.cross.folds.slice(0, 2).flat()).sort());
    expect(found.pooled).toEqual(regression(golden.y, found.predictions, { rows: found.rows }));
    expect(() => regression(golden.y, found.predictions)).toThrow("prediction for row");
    expect(found.means).toEqual([
      {
        metric: "bias",
        ...meanInterval(
          found.folds.map(({ bias }) => bias),
          0.9,
        ),
      },
    ]);
  });

  it("takes the mean of R2 over the folds whose targets differ", async () => {
    const single = golden.y.slice(0, 3).map((_, row): Parts => {
      const rest = Int32Array.from(golden.y.keys()).filter((each) => each !== row);
      const index = { train: rest, test: Int32Array.of(row), dropped: new Int32Array(0) };
      return { train: takeRows(goldenSamples, rest), test: takeRows(goldenSamples, [row]), index };
    });
    const found = await crossValidateRegression(single, () => [0]);
    expect(found.means[2]).toEqual({ metric: "r2", estimate: null, low: null, high: null, sd: null, n: 0 });
    expect(found.pooled.r2).toBeTypeOf("number");
  });

  it("names what is wrong", async () => {
    await expect(crossValidateRegression([], fitPredict)).rejects.toThrow("there are no folds");
    const never = () => expect.unreachable("an option is refused before the first training");
    const auc = { metrics: ["auc" as "r2"] };
    await expect(crossValidateRegression(folds, never, auc)).rejects.toThrow("no such metric for predicted numbers");
    await expect(crossValidateRegression(folds, never, { level: 95 })).rejects.toThrow("level of an interval");
    await expect(crossValidateRegression(folds, () => [0.5])).rejects.toThrow(
      "a prediction for each of the 24 test rows of fold 0 (found 1)",
    );
    const unknown = (_: Samples, test: Samples) => test.y.map(() => Number.NaN);
    await expect(crossValidateRegression(folds, unknown)).rejects.toThrow("prediction for row 0");
  });
});
