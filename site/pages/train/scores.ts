import { accuracy, confusionOf } from "../../../lib/src/evaluate/confusion";
import { mean } from "../../../lib/src/evaluate/mean";
import { brierOf } from "../../../lib/src/evaluate/probability";
import { areasOf } from "../../../lib/src/evaluate/ranking";
import { checkScored } from "../../../lib/src/evaluate/scored";
import { fitLinearRegression } from "../../../lib/src/models/linear/linear-regression";
import { fitLogisticRegression } from "../../../lib/src/models/linear/logistic-regression";
import type { TrainingRows } from "./rows";
import type { Baseline, Gain, TestScores } from "./trainer";

/** Scores of what a model says of the test songs: probabilities, or natural logarithms of 1 + streams. */
export function testScores(rows: TrainingRows, said: Float64Array): TestScores {
  if (rows.task === "regression")
    return { task: "regression", ...regressionScores(inLogarithms(rows, rows.test.y), said) };
  const scored = checkScored(rows.test.y, said);
  const { rocAuc } = areasOf(scored);
  return { task: "classification", accuracy: accuracy(confusionOf(scored, 0.5)), rocAuc, brier: brierOf(scored) };
}

/**
 * What a network should beat: a model that knows no feature, and the simplest one that knows them all.
 *
 * @param said what the network says of the test songs, as for `testScores`
 */
export function baselines(rows: TrainingRows, said: Float64Array): Baseline[] {
  const { task, train, test } = rows;
  const constant = test.y.map(() => mean(train.y));
  const baseline = (name: string, answers: Float64Array): Baseline => ({
    name,
    test: testScores(rows, answers),
    gain: gainOver(answers, said, rows),
  });
  if (task === "regression") {
    const line = fitLinearRegression(train).predict(test.x);
    return [
      baseline("the training songs' mean", inLogarithms(rows, constant)),
      baseline("linear regression", inLogarithms(rows, line)),
    ];
  }
  const commoner = mean(train.y) > 0.5 ? "hit" : "flop";
  return [
    baseline(`always “${commoner}”`, constant),
    baseline("logistic regression", fitLogisticRegression(train).predictProbability(test.x)),
  ];
}

/** The two models answer for the same songs: their differences, song by song, tell more than two intervals apart. */
function gainOver(baseline: Float64Array, network: Float64Array, rows: TrainingRows): Gain {
  const { task, test } = rows;
  const truth = inLogarithms(rows, test.y);
  const fault = (said: Float64Array, row: number) =>
    task === "regression" ? Math.abs(said[row] - truth[row]) : Number(said[row] > 0.5 !== (truth[row] === 1));
  const gains = truth.map((_, row) => fault(baseline, row) - fault(network, row));
  const centre = mean(gains);
  const variance = gains.reduce((sum, gain) => sum + (gain - centre) ** 2, 0) / Math.max(1, gains.length - 1);
  const half = 1.96 * Math.sqrt(variance / gains.length);
  return { mean: centre, low: centre - half, high: centre + half };
}

function inLogarithms({ target }: TrainingRows, scaled: Float64Array): Float64Array {
  return target ? scaled.map((value) => value * target.deviation + target.mean) : scaled;
}

/** As lib's `evaluate.regression`, which does not load without tfjs. */
function regressionScores(y: Float64Array, said: Float64Array): { readonly r2: number | null; readonly mae: number } {
  const centre = mean(y);
  const [errors, spread] = [
    y.map((target, row) => said[row] - target),
    mean(y.map((target) => (target - centre) ** 2)),
  ];
  const mse = mean(errors.map((error) => error * error));
  return { r2: y.some((target) => target !== y[0]) ? 1 - mse / spread : null, mae: mean(errors.map(Math.abs)) };
}
