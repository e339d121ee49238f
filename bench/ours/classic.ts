import type { Samples } from "hitlab";
import type { Answer } from "../protocol";
import type { ClassicModel, ClassicWork } from "../settings";
import { firstRows, partsOf } from "./data";
import { hitlab } from "./packages";

const { evaluate, linear, svm, trees } = hitlab;

type Fitted = Awaited<ReturnType<typeof fitModel>>;
type Round = (round: number) => Promise<Omit<Answer, "by">>;

/** The last fit of each model: a work that predicts comes after the one that fits, and need not fit again. */
const fitted = new Map<string, Fitted>();

/** Rounds of a work with one of the classic models. Judging is not timed. */
export async function classicWork(settings: ClassicWork): Promise<Round> {
  const { train, test, note } = await partsOf(settings.data);
  const upTo = (rows: Samples, round: number) => (round === 0 ? firstRows(rows, settings.warmUpRows) : rows);
  const key = JSON.stringify([settings.data, settings.model]);
  if (settings.task === "fit") {
    return async (round) => {
      const rows = upTo(train, round);
      const { result, seconds } = await timed(() => fitModel(settings.model, rows, round));
      // That of the round that does not count is of a part of the rows.
      if (round > 0) fitted.set(key, result);
      return { seconds, quality: result.score(test), note };
    };
  }
  const model = fitted.get(key) ?? (await fitModel(settings.model, train, 1));
  fitted.set(key, model);
  const round = settings.task === "predict" ? predictRound : importanceRound;
  return async (number) => ({ ...(await round(model, upTo(test, number), number)), note });
}

async function predictRound(model: Fitted, test: Samples) {
  const { result, seconds } = await timed(() => model.predict(test.x));
  const right = result.filter((told, row) => told === test.y[row]).length;
  return { seconds, quality: right / test.y.length };
}

/** 5 permutations of each column; what counts is one column's importance. */
async function importanceRound(model: Fitted, test: Samples, seed: number) {
  if (!("featureImportances" in model)) throw new Error("only the forest's columns are permuted");
  const { result, seconds } = await timed(() => evaluate.permutationImportance(model, test, { repeats: 5, seed }));
  const quality = result.features.find(({ feature }) => feature === "instrumentalness")?.importance ?? Number.NaN;
  return { seconds, quality };
}

/** The models by name; trees use all cores, the others one thread. */
async function fitModel(model: ClassicModel, train: Samples, seed: number) {
  if (model.name === "forest") {
    const { nEstimators, maxDepth } = model;
    return trees.fitRandomForest(train, { nEstimators, maxDepth, seed });
  }
  if (model.name === "logistic-regression") return linear.fitLogisticRegression(train, { c: model.c });
  if (model.name === "linear-svc") return svm.fitLinearSVC(train, { c: model.c });
  if (model.name === "linear-svm") return svm.fitLinearSVM(train, { c: model.c });
  if (model.name === "svc-poly") return svm.fitSVC(train, { kernel: "poly", c: model.c, degree: model.degree });
  return trees.fitGradientBoosting(train, { maxIterations: model.maxIterations });
}

async function timed<T>(work: () => T | Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1000 };
}
