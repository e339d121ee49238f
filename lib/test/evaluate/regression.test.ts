import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { openBackend } from "../../src/backend";
import { HitlabError } from "../../src/errors";
import {
  classifier,
  majority,
  meanBaseline,
  medianBaseline,
  mseShare,
  partialDependence,
  regression,
  regressor,
} from "../../src/evaluate";
import { predict } from "../../src/models/networks";
import { random } from "../../src/random";
import { golden, goldenSamples, linearModel, metrics } from "./regression-golden";

const number = fc.integer({ min: -1e6, max: 1e6 }).map((sixteenths) => sixteenths / 16);
const pairs = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 40 }).map((rows) => ({
  y: rows.map(([target]) => target),
  predicted: rows.map(([, prediction]) => prediction),
}));

describe("regression", () => {
  it.each(Object.entries(golden.cases))("has scikit-learn's scores: %s", (_, { y, predicted, scores }) => {
    const ours = regression(y, predicted);
    expect(ours.rows).toBe(y.length);
    for (const metric of metrics) {
      const theirs = scores[metric];
      if (theirs === null) expect(ours[metric], metric).toBeNull();
      else expect(Math.abs((ours[metric] as number) - theirs), metric).toBeLessThanOrEqual(1e-12 * Math.abs(theirs));
    }
    expect([ours.y, ours.predictions]).toEqual([Float64Array.from(y), Float64Array.from(predicted)]);
  });

  it("scores the named rows only, and looks at no other", () => {
    const some = regression([1, 2, Number.NaN, 4], [1, 3, 5, 8], { rows: [0, 3, 3] });
    expect(some).toEqual(regression([1, 4, 4], [1, 8, 8]));
  });

  it("is in the target's unit: twice the numbers, twice the errors, the same R2", () => {
    fc.assert(
      fc.property(pairs, ({ y, predicted }) => {
        const [one, two] = [1, 2].map((times) =>
          regression(
            y.map((each) => times * each),
            predicted.map((each) => times * each),
          ),
        );
        expect(two.mse).toBe(4 * one.mse);
        for (const metric of ["rmse", "mae", "medianAbsoluteError", "bias"] as const) {
          expect(two[metric]).toBe(2 * one[metric]);
        }
        expect(two.r2).toBe(one.r2);
        expect(one.mse + 1e-9 * one.mse).toBeGreaterThanOrEqual(one.bias * one.bias);
        expect(one.rmse * (1 + 1e-12)).toBeGreaterThanOrEqual(one.mae);
      }),
    );
  });

  it("has no R2 where targets do not differ, or too little to tell", () => {
    expect(regression([0.1, 0.1, 0.1], [0.1, 0.1, 0.1]).r2).toBeNull();
    expect(regression([0, 1e-170], [1, 1]).r2).toBeNull();
    expect(regression([0, 1e-150], [0, 1e-150]).r2).toBe(1);
  });

  const bad: [string, () => unknown, RegExp][] = [
    ["a NaN", () => regression([1, 2], [1, Number.NaN]), /prediction for row 1 .*found NaN.*missing values/],
    ["infinity", () => regression([1, 2], [1, Number.POSITIVE_INFINITY]), /prediction for row 1 .*Infinity/],
    ["a run-away", () => regression([1, 2], [-1e200, 2]), /prediction for row 0 .*found -1e\+200.*ran away/],
    ["a target that is missing", () => regression([1, Number.NaN], [1, 2]), /target of row 1 .*without a target/],
    ["whole numbers of 64 bits", () => regression([1n, 2n] as never, [1, 2]), /target of row 0/],
    ["different lengths", () => regression([1, 2], [1]), /2 targets but 1 predictions/],
    ["no rows", () => regression([], []), /no rows to score/],
    ["a row that is not there", () => regression([1, 2], [1, 2], { rows: [2] }), /rows\[0\] .*found 2/],
    ["one number too few", () => regressor({ predict: () => [1] }, goldenSamples), /1 predictions for 120 rows/],
    ["nothing", () => regressor({ predict: () => undefined as never }, goldenSamples), /gave undefined predictions/],
    ["a classifier", () => regressor(majority({ y: Float64Array.of(0, 1) }) as never, goldenSamples), /no predict/],
    ["a regressor as a classifier", () => classifier({ predict: () => [1] } as never, goldenSamples), /regressor/],
    ["training without rows", () => meanBaseline({ y: new Float64Array(0) }), /no training rows/],
    ["training on NaN", () => medianBaseline({ y: Float64Array.of(1, Number.NaN) }), /target of row 1/],
    ["a share in percent", () => mseShare([1, 2], [1, 3], 5), /share .*found 5/],
  ];
  it.each(bad)("refuses %s", (_, attempt, message) => {
    expect(attempt).toThrow(HitlabError);
    expect(attempt).toThrow(message);
  });
});

describe("regressor", () => {
  beforeAll(async () => {
    await openBackend();
  });

  it("scores what a model predicts", () => {
    const model = linearModel(golden.model);
    expect(regressor(model, goldenSamples)).toEqual(regression(golden.y, model.predict(goldenSamples.x)));
    expect(regressor(model, goldenSamples, { rows: [3, 4] }).rows).toBe(2);
  });

  it("scores a network of tfjs as it stands, and refuses one with two outputs", () => {
    const dense = (units: number) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [4] })] });
    const [network, twofold] = [dense(1), dense(2)];
    try {
      const found = regressor(network, goldenSamples);
      expect(found).toEqual(regression(golden.y, predict(network, goldenSamples.x)));
      const { average } = partialDependence(network, goldenSamples, { feature: "c0", grid: [0] });
      expect(average[0]).toBeTypeOf("number");
      expect(() => regressor(twofold, goldenSamples)).toThrow(/240 predictions for 120 rows/);
    } finally {
      network.dispose();
      twofold.dispose();
    }
  });

  it.each(["mean", "median"] as const)("has scikit-learn's baseline of the %s", (kind) => {
    const baseline = kind === "mean" ? meanBaseline : medianBaseline;
    [120, 41, 1].forEach((rows, i) => {
      const model = baseline({ y: Float64Array.from(golden.y.slice(0, rows)) });
      expect(model).toMatchObject({ kind, value: expect.closeTo(golden.dummies[kind][i], 12) });
      expect(model.predict(goldenSamples.x)).toEqual(new Float64Array(120).fill(model.value));
    });
    expect(regressor(meanBaseline(goldenSamples), goldenSamples).r2).toBeCloseTo(0, 12);
  });
});

describe("mseShare", () => {
  it("is the part of the squared error in the worst rows, the last of them in part", () => {
    const y = [0, 0, 0, 0];
    expect(mseShare(y, [3, 1, -1, 1], 0.25)).toBeCloseTo(9 / 12, 14);
    expect(mseShare(y, [3, 1, -1, 1], 0.125)).toBeCloseTo(4.5 / 12, 14);
    expect(mseShare(y, [3, 2, 1, 0], 0.375)).toBeCloseTo(11 / 14, 14);
    expect(mseShare(y, [9, 3, 1, 1], 0.25, { rows: [1, 2, 3, 3] })).toBeCloseTo(9 / 12, 14);
    expect([0, 1].map((share) => mseShare(y, [3, 1, 1, 1], share))).toEqual([0, 1]);
    expect(mseShare(y, y)).toBeNull();
    expect(mseShare([0, 0], [1e-170, 0], 0.5)).toBe(1);
  });

  it("rises with the share of rows, from the share itself where all errors are of one size", () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: 0, max: 1, noNaN: true }), ({ y, predicted }, share) => {
        const found = mseShare(y, predicted, share);
        fc.pre(found !== null);
        expect(found).toBeGreaterThanOrEqual(share - 1e-9);
        expect(found).toBeLessThanOrEqual((mseShare(y, predicted, (1 + share) / 2) as number) + 1e-9);
      }),
    );
    const alike = Array.from({ length: 40 }, () => 2);
    expect(mseShare(new Float64Array(40), alike)).toBeCloseTo(0.05, 14);
  });

  it("is about .28 for normal errors", () => {
    const rng = random(1, "normal errors");
    const errors = Float64Array.from({ length: 20_000 }, () => rng.normal());
    expect(mseShare(new Float64Array(20_000), errors)).toBeCloseTo(0.279, 2);
  });
});
