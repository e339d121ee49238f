import { expect, it } from "vitest";
import { fitLogisticRegression } from "../../../src/models/linear/logistic-regression";
import { fitLogisticRegressionCV } from "../../../src/models/linear/logistic-regression-cv";
import { random } from "../../../src/random";
import { matrix, type Samples, takeRows } from "../../../src/samples";
import { ln } from "../../../src/special";

/** Twelve groups of ten rows; the class follows the sum of two columns squeezed into a corner of 0..1. */
function squeezed(scale: number): Samples {
  const rng = random(3, "cv");
  const x = Float64Array.from({ length: 240 }, () => scale * rng.normal());
  const y = Float64Array.from({ length: 120 }, (_, r) => Number(x[2 * r] + x[2 * r + 1] + scale * rng.normal() > 0));
  return { x: matrix(120, 2, x), y, info: { song: Int32Array.from({ length: 120 }, (_, r) => Math.floor(r / 10)) } };
}

it("loosens the penalty for columns of small scale, and fits all rows with the C it chose", () => {
  const [small, large] = [squeezed(0.01), squeezed(1)].map((samples) =>
    fitLogisticRegressionCV(samples, { group: "song" }),
  );
  expect(small.model.c).toBeGreaterThan(large.model.c);
  const refit = fitLogisticRegression(squeezed(0.01), { c: small.model.c });
  expect(small.model.coefficients).toEqual(refit.coefficients);
});

it("scores each C by the log loss on groups that were held out", () => {
  const samples = squeezed(1);
  const { scores } = fitLogisticRegressionCV(samples, { cs: [1], group: "song", folds: 12 });
  // Leave one group out, by hand: with as many folds as groups the deal does not matter.
  let sum = 0;
  for (let g = 0; g < 12; g++) {
    const rows = [...samples.y.keys()];
    const model = fitLogisticRegression(
      takeRows(
        samples,
        rows.filter((r) => samples.info.song[r] !== g),
      ),
      { c: 1 },
    );
    const held = takeRows(
      samples,
      rows.filter((r) => samples.info.song[r] === g),
    );
    model.predictProbability(held.x).forEach((p, r) => {
      sum -= ln(held.y[r] ? p : 1 - p);
    });
  }
  expect(scores[0].logLoss).toBeCloseTo(sum / 120, 10);
});

it("refuses unknown groups and more folds than groups", () => {
  expect(() => fitLogisticRegressionCV(squeezed(1), { group: "artist" })).toThrow(/"artist".*name one of: song/);
  expect(() => fitLogisticRegressionCV(squeezed(1), { group: "song", folds: 13 })).toThrow(/13 folds, 12 groups/);
  expect(() => fitLogisticRegressionCV(squeezed(1), { cs: [] })).toThrow(/no C to choose from/);
});

it("comes to the same optimum from another model's coefficients, in fewer steps", () => {
  const samples = squeezed(1);
  const cold = fitLogisticRegression(samples, { c: 10 });
  const warm = fitLogisticRegression(samples, { c: 10, warmStart: fitLogisticRegression(samples, { c: 9 }) });
  expect(warm.iterations).toBeLessThan(cold.iterations);
  for (const [j, value] of cold.coefficients.entries()) expect(warm.coefficients[j]).toBeCloseTo(value, 7);
  const narrow = { ...samples, x: matrix(240, 1, samples.x.data), y: new Float64Array(240).map((_, r) => r % 2) };
  expect(() => fitLogisticRegression(narrow, { warmStart: cold })).toThrow("2 coefficients");
});
