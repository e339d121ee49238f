import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { numbersPerRow, predict } from "../models/predict";
import type { Samples } from "../samples";
import type { PreparedFold } from "./options";
import type { Scoring } from "./score";

/** How a trained model did, or why it has no score. */
export type Judged =
  | { readonly score: number; readonly trainScore: number | null; readonly predicted: Float64Array }
  | { readonly score: null; readonly trainScore: null; readonly error: string };

/** Scores a trained model on its fold: on the rows it has not seen, and on those it has. */
export function judge(model: tf.LayersModel, data: PreparedFold, fold: number, scoring: Scoring): Judged {
  const scored = (rows: Samples) => scoredOn(model, rows, data, (y, predicted) => scoring.of(y, predicted, fold));
  const test = scored(data.test);
  if ("error" in test) return failure(test.error);
  // A score of the caller's own may know of the test rows only.
  const train = scoring.named ? scored(data.train) : undefined;
  return { ...test, trainScore: train && "score" in train ? train.score : null };
}

export function failure(error: string): Judged {
  return { score: null, trainScore: null, error };
}

/** What the model says of some rows and its score, or why there is none. */
function scoredOn(
  model: tf.LayersModel,
  rows: Samples,
  { restore = asTheyAre }: PreparedFold,
  scoreOf: (y: Float64Array, predicted: Float64Array) => number | null,
): { readonly score: number; readonly predicted: Float64Array } | { readonly error: string } {
  const predicted = restore(onePerRow(model, predict(model, rows.x)));
  // The last step of a training may be the one that goes too far: no loss has told of it.
  const bad = predicted.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return { error: `the prediction of row ${bad} of the fold's test rows is ${predicted[bad]}` };
  try {
    // A copy: a restore may change what it is given.
    const score = scoreOf(restore(rows.y.slice()), predicted);
    return Number.isFinite(score) ? { score: score as number, predicted } : { error: `the score is ${score}` };
  } catch (error) {
    if (error instanceof HitlabError) return { error: error.message };
    throw error;
  }
}

export function asTheyAre(values: Float64Array): Float64Array {
  return values;
}

/** The predictions themselves, of two softmax outputs the second. */
function onePerRow(model: tf.LayersModel, predicted: Float64Array): Float64Array {
  const outputs = outputsOf(model);
  return outputs === 1 ? predicted : predicted.filter((_value, at) => at % outputs === 1);
}

function outputsOf(model: tf.LayersModel): number {
  return model.outputs.reduce((sum, { shape }) => sum + numbersPerRow(shape), 0);
}

/** @throws HitlabError on a model whose predictions are not one number per row, nor those of two classes */
export function checkOutputs(model: tf.LayersModel): void {
  const outputs = outputsOf(model);
  if (outputs <= 2) return;
  const remedy = "search with models of one output, or of two classes";
  throw new HitlabError({
    what: `a model that gives ${outputs} numbers per row has no one prediction to score`,
    remedy,
  });
}
