import { accuracy, confusionOf } from "../../../lib/src/evaluate/confusion";
import { mean } from "../../../lib/src/evaluate/mean";
import { brierOf } from "../../../lib/src/evaluate/probability";
import { areasOf } from "../../../lib/src/evaluate/ranking";
import { checkScored } from "../../../lib/src/evaluate/scored";
import { fitLinearRegression } from "../../../lib/src/models/linear/linear-regression";
import { fitLogisticRegression } from "../../../lib/src/models/linear/logistic-regression";
import type { TrainingRows } from "./rows";
import type { TestScores, TrainingResult } from "./trainer";

/** Scores of what a model says of the test songs: probabilities, or natural logarithms of 1 + streams. */
export function testScores(rows: TrainingRows, said: Float64Array): TestScores {
  if (rows.task === "regression")
    return { task: "regression", ...regressionScores(inLogarithms(rows, rows.test.y), said) };
  const scored = checkScored(rows.test.y, said);
  const { rocAuc } = areasOf(scored);
  return { task: "classification", accuracy: accuracy(confusionOf(scored, 0.5)), rocAuc, brier: brierOf(scored) };
}

/** What a network should beat: a model that knows no feature, and the simplest one that knows them all. */
export function baselines(rows: TrainingRows): TrainingResult["baselines"] {
  const { task, train, test } = rows;
  const constant = test.y.map(() => mean(train.y));
  if (task === "regression") {
    const line = fitLinearRegression(train).predict(test.x);
    return [
      { name: "the training songs' mean", test: testScores(rows, inLogarithms(rows, constant)) },
      { name: "linear regression", test: testScores(rows, inLogarithms(rows, line)) },
    ];
  }
  const logistic = fitLogisticRegression(train).predictProbability(test.x);
  return [
    { name: "the same for every song", test: testScores(rows, constant) },
    { name: "logistic regression", test: testScores(rows, logistic) },
  ];
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
