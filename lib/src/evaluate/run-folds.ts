import { HitlabError } from "../errors";
import type { Parts } from "../prepare/split";
import type { Samples } from "../samples";
import type { Metric } from "./counted";
import { type MeanInterval, meanInterval } from "./mean-interval";
import type { Numbers } from "./scored";

export interface FoldsOptions {
  /** Level of the intervals. Default 0.95. */
  readonly level?: number;
  /** Told how many folds are done, as by `show.progress`. */
  readonly progress?: (done: number, total: number, text: string) => void;
}

/** A metric over the folds; with a model beside it, a row of `show.intervals`. */
export interface FoldMean<M extends string = Metric> extends Omit<MeanInterval, "estimate"> {
  readonly metric: M;
  /** Mean over the folds in which the metric is defined (`n` of them); null if there is none. */
  readonly estimate: number | null;
}

/** What is made of each fold. */
interface FoldWork<Scores> {
  readonly score: (y: Float64Array, predicted: Numbers) => Scores;
  /** What `fitPredict` must give each test row, and how it comes by it, for an error. */
  readonly gives: { readonly one: string; readonly remedy: string };
  readonly progress: FoldsOptions["progress"];
}

/**
 * Trains and tests fold after fold.
 *
 * @returns the scores of each fold; target and out-of-fold prediction of each row of the samples that were split (NaN
 *   where no fold tests it); and the numbers of the tested rows, ascending
 */
export async function runFolds<S extends Samples, Scores>(
  folds: readonly Parts<S>[],
  fitPredict: (train: S, test: S, fold: number) => Promise<Numbers> | Numbers,
  { score, gives, progress }: FoldWork<Scores>,
): Promise<{ folds: Scores[]; y: Float64Array; predictions: Float64Array; rows: Int32Array }> {
  const { y, rows } = testedRows(folds);
  const predictions = new Float64Array(y.length).fill(Number.NaN);
  const scored: Scores[] = [];
  for (const [k, { train, test, index }] of folds.entries()) {
    progress?.(k, folds.length, `fold ${k + 1} of ${folds.length}`);
    const found = await fitPredict(train, test, k);
    if (found?.length !== test.y.length) {
      throw new HitlabError({
        what: `fitPredict must return ${gives.one} for each of the ${test.y.length} test rows of fold ${k}`,
        value: found?.length,
        remedy: gives.remedy,
      });
    }
    scored.push(score(test.y, found));
    index.test.forEach((row, i) => {
      predictions[row] = found[i];
    });
  }
  progress?.(folds.length, folds.length, "done");
  return { folds: scored, y, predictions, rows };
}

/** Targets in the order of the samples that were split, and the rows that have one. */
export function testedRows(folds: readonly Parts[]): { y: Float64Array; rows: Int32Array } {
  if (folds.length === 0) throw new HitlabError({ what: "there are no folds", remedy: "pass those of prepare.kFold" });
  const length = rowCount(folds[0]);
  const y = new Float64Array(length).fill(Number.NaN);
  for (const [k, fold] of folds.entries()) {
    fold.index.test.forEach((row, i) => {
      if (row >= length || !Number.isNaN(y[row])) throw badRow(row, k, length);
      y[row] = fold.test.y[i];
    });
  }
  return { y, rows: Int32Array.from(y.keys()).filter((row) => !Number.isNaN(y[row])) };
}

/** Rows of the samples that were split. */
export function rowCount({ index: { train, validation, test, dropped } }: Parts): number {
  return train.length + (validation?.length ?? 0) + test.length + dropped.length;
}

function badRow(row: number, fold: number, length: number): HitlabError {
  return new HitlabError({
    what:
      row < length
        ? `fold ${fold} (counted from 0) tests row ${row}, which an earlier fold tests too`
        : `fold ${fold} (counted from 0) tests row ${row}, but the samples of fold 0 have only ${length} rows`,
    remedy: "pass the folds of one call of prepare.kFold or prepare.leaveOneGroupOut",
  });
}

/** One row per metric: mean and t interval over the folds in which it is defined. */
export function foldMeans<M extends string>(
  folds: readonly Readonly<Record<M, number | null>>[],
  metrics: readonly M[],
  level: number,
): FoldMean<M>[] {
  return metrics.map((metric) => {
    const values = folds.map((fold) => fold[metric]).filter((value) => value !== null);
    if (values.length === 0) return { metric, estimate: null, low: null, high: null, sd: null, n: 0 };
    return { metric, ...meanInterval(values, level) };
  });
}
