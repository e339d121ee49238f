import { HitlabError } from "../errors";
import { type NumpyRandomState, numpyRandomState } from "../numpy-random";
import { rowsByClass } from "./rows-by";
import { emptyPart } from "./shares";
import type { Assignment } from "./split-rows";

export interface SklearnOptions {
  readonly randomState: number;
  readonly testSize?: number;
  readonly stratify?: boolean;
}

const noRows = new Int32Array(0);

/** The rows of scikit-learn's `train_test_split`, in its order; the rules stand at `split`. */
export function bySklearn(labels: Float64Array, options: SklearnOptions): Assignment {
  const { randomState, testSize = 0.25, stratify = false } = options;
  if (!(testSize > 0 && testSize < 1)) {
    throw new HitlabError({
      what: "testSize must be a share between 0 and 1",
      value: testSize,
      remedy: "leave it out for 0.25, scikit-learn's default",
    });
  }
  const n = labels.length;
  const test = Math.ceil(testSize * n);
  if (test === 0 || test >= n) throw emptyPart(test === 0 ? "test" : "train", `${n} rows`);
  const rng = numpyRandomState(randomState);
  if (stratify) return stratified(labels, n - test, test, rng);
  const order = rng.permutation(n);
  return { train: order.slice(test), test: order.slice(0, test), dropped: noRows };
}

/** As `StratifiedShuffleSplit`: a permutation within each class, then one of all train and one of all test rows. */
function stratified(labels: Float64Array, train: number, test: number, rng: NumpyRandomState): Assignment {
  const classes = rowsByClass(labels);
  const counts = classes.map((rows) => rows.length);
  checkClasses(labels, classes, Math.min(train, test));
  const inTrain = classShares(counts, train, rng);
  const inTest = classShares(
    counts.map((count, c) => count - inTrain[c]),
    test,
    rng,
  );
  const orders = classes.map((rows) => Array.from(rng.permutation(rows.length), (at) => rows[at]));
  const trainRows = orders.flatMap((rows, c) => rows.slice(0, inTrain[c]));
  const testRows = orders.flatMap((rows, c) => rows.slice(inTrain[c], inTrain[c] + inTest[c]));
  // Drawn in this order: first train, then test.
  const orderOfTrain = rng.permutation(train);
  const orderOfTest = rng.permutation(test);
  return {
    train: orderOfTrain.map((at) => trainRows[at]),
    test: orderOfTest.map((at) => testRows[at]),
    dropped: noRows,
  };
}

function checkClasses(labels: Float64Array, classes: readonly number[][], smallerPart: number): void {
  const lone = classes.find((rows) => rows.length < 2);
  const remedy = "leave out stratify, or use more rows";
  if (lone) throw new HitlabError({ what: `class ${labels[lone[0]]} has one row only, too few to stratify`, remedy });
  if (smallerPart >= classes.length) return;
  throw new HitlabError({ what: `a part of ${smallerPart} rows cannot hold ${classes.length} classes`, remedy });
}

/**
 * How many of `draws` rows each class gives: its share rounded down, then one more for the largest remainders; of
 * equal remainders chance decides. As scikit-learn's `_approximate_mode`, draw for draw.
 */
function classShares(counts: readonly number[], draws: number, rng: NumpyRandomState): number[] {
  const total = counts.reduce((a, b) => a + b, 0);
  const ideal = counts.map((count) => (count / total) * draws);
  const given = ideal.map(Math.floor);
  let left = draws - given.reduce((a, b) => a + b, 0);
  const remainders = ideal.map((share, c) => share - given[c]);
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (left === 0) break;
    const tied = remainders.flatMap((remainder, c) => (remainder === value ? [c] : []));
    // `choice` without replacement is a permutation, cut short: drawn even where nothing is to choose.
    for (const at of rng.permutation(tied.length).subarray(0, left)) {
      given[tied[at]]++;
      left--;
    }
  }
  return given;
}
