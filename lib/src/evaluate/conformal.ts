import { HitlabError } from "../errors";
import type { Parts } from "../prepare/split";
import { checkLevel } from "./calibration";
import { checkPredicted, checkPrediction, type Predicted } from "./predicted";
import { testedRows } from "./run-folds";
import type { Numbers } from "./scored";

/** Ends of the intervals, one pair per row. */
export interface PredictionIntervals {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

export interface SplitConformalOptions {
  /** Share of new rows that the intervals are to hold. Default 0.9. */
  readonly level?: number;
  /** How hard each calibration row is, above 0: intervals get wider in proportion. Without it all are equally wide. */
  readonly scale?: Numbers;
}

export interface SplitConformal {
  readonly level: number;
  /** Calibration rows. */
  readonly n: number;
  /** Half the width of each interval; with a scale, of the interval of a row whose scale is 1. */
  readonly halfWidth: number;
  /**
   * Intervals round predictions of new rows.
   *
   * @param scale of the new rows, by the same rule as that of the calibration rows; if they had one
   */
  interval(predicted: Numbers, scale?: Numbers): PredictionIntervals;
}

/**
 * Prediction intervals of any model from its errors on rows that it has not seen: as wide as it takes to hold the given
 * share of those, and one row more.
 *
 * If calibration rows and a new one are exchangeable (drawn at random from the same rows), and neither model nor scale
 * has seen either, the interval holds the new value with a probability of at least `level`, whatever the model and the
 * distribution of errors, and of at most `level + 1 / (n + 1)` where no two errors are equal. That is an average
 * over calibration sets and over all rows:
 * - of one calibration set of n rows, coverage scatters by about sqrt(level (1 - level) / n), .02 for 190 rows;
 * - hits may be covered less than the others: see `coverageBy`. A `scale`, such as the prediction of a second model
 *   trained on the absolute errors of the first, makes intervals wide where errors are large;
 * - for later years, or other songs of artists who are among the calibration rows, rows are not exchangeable: measure.
 *
 * Intervals of a logarithm keep their coverage when both ends are taken back by its inverse.
 *
 * Source: Papadopoulos, Proedrou, Vovk & Gammerman, "Inductive confidence machines for regression", ECML (2002); Lei,
 * G'Sell, Rinaldo, Tibshirani & Wasserman, "Distribution-free predictive inference for regression", JASA 113 (2018),
 * section 2.2 and, for the scale, 5.2.
 *
 * @param y of rows that the model was not trained on
 * @param predicted by the model, for the same rows
 * @throws HitlabError for bad rows (see `regression`), a scale that is not above 0, a level out of
 *   range, or fewer rows than the level needs (9 for 0.9, 19 for 0.95)
 * @example
 * ```ts
 * const conformal = evaluate.splitConformal(calibration.y, model.predict(calibration.x), { level: 0.9 });
 * const { low, high } = conformal.interval(model.predict(test.x));
 * evaluate.coverage(test.y, low, high); // { estimate: 0.91, ... }
 * ```
 */
export function splitConformal(y: Numbers, predicted: Numbers, options: SplitConformalOptions = {}): SplitConformal {
  const level = checkLevel(options.level ?? 0.9);
  const errors = absoluteErrors(checkPredicted(y, predicted));
  const scales = options.scale && checkScale(options.scale, errors.length);
  const place = placeOf(level, errors.length);
  const scores = errors.map((error, row) => error / (scales?.[row] ?? 1)).sort();
  const halfWidth = scores[place - 1];
  return {
    level,
    n: errors.length,
    halfWidth,
    interval(newPredicted, newScale) {
      const middles = Float64Array.from(newPredicted, checkPrediction);
      const half = newScales(scales !== undefined, newScale, middles.length).map((each) => each * halfWidth);
      return { low: middles.map((m, row) => m - half[row]), high: middles.map((m, row) => m + half[row]) };
    },
  };
}

export interface CrossConformalOptions {
  /** Share of new rows that the intervals are to hold, above 0.5. Default 0.9. */
  readonly level?: number;
}

export interface CrossConformal {
  readonly level: number;
  /** Tested rows of all folds. */
  readonly n: number;
  /**
   * Intervals of new rows.
   *
   * @param byFold predictions of the new rows by the model of each fold, in the order of the folds
   */
  interval(byFold: readonly Numbers[]): PredictionIntervals;
}

/**
 * Prediction intervals from a cross-validation (CV+): every row serves for training and for calibration. Nothing is set
 * aside, at the price of keeping each fold's model.
 *
 * Round the prediction of each fold's model stand the errors of the rows that this model did not see; the interval
 * spans the middle of all these. For k folds of equal size and exchangeable rows it holds a new value with a probability
 * of at least 1 - 2 (1 - level) - min(2 (1 - 1 / k) / (n / k + 1), (1 - k / n) / (k + 1)): of level 0.9 somewhat less
 * than 0.8 is certain. About 0.9 is usual where the folds' models agree. So measure it, by `coverage`.
 *
 * Source: Barber, Candes, Ramdas & Tibshirani, "Predictive inference with the jackknife+", Annals of Statistics 49
 * (2021), section 3 and theorem 4.
 *
 * @param folds of `prepare.kFold`; no row may be tested twice
 * @param predictions of each row of the samples that were split, by the model of the fold that tests it, as
 *   `crossValidateRegression` gives them; rows that no fold tests are not looked at
 * @throws HitlabError for no folds, a row tested twice, bad rows (see `regression`), a level out of range, or fewer rows
 *   than the level needs
 * @example
 * ```ts
 * const models: LinearRegression[] = [];
 * const cross = await evaluate.crossValidateRegression(folds, (train, test, fold) => {
 *   models[fold] = linear.fitLinearRegression(train);
 *   return models[fold].predict(test.x);
 * });
 * const conformal = evaluate.crossConformal(folds, cross.predictions, { level: 0.9 });
 * const { low, high } = conformal.interval(models.map((model) => model.predict(fresh.x)));
 * ```
 */
export function crossConformal(
  folds: readonly Parts[],
  predictions: Numbers,
  options: CrossConformalOptions = {},
): CrossConformal {
  const level = checkLevel(options.level ?? 0.9);
  if (level <= 0.5) {
    const remedy = "pass for example 0.9";
    throw new HitlabError({ what: "of a level up to 0.5, CV+ promises nothing", value: level, remedy });
  }
  const { y } = testedRows(folds);
  const rows = folds.flatMap(({ index }) => [...index.test]);
  const foldOf = folds.flatMap(({ index }, fold) => Array.from(index.test, () => fold));
  const errors = absoluteErrors(checkPredicted(y, predictions, rows));
  const n = errors.length;
  const place = placeOf(level, n);
  return {
    level,
    n,
    interval(byFold) {
      const fresh = checkByFold(byFold, folds.length);
      const [low, high, ends] = [new Float64Array(fresh), new Float64Array(fresh), new Float64Array(n)];
      const middle = (row: number, i: number) => byFold[foldOf[i]][row];
      for (let row = 0; row < fresh; row++) {
        errors.forEach((error, i) => {
          ends[i] = middle(row, i) - error;
        });
        low[row] = ends.sort()[n - place];
        errors.forEach((error, i) => {
          ends[i] = middle(row, i) + error;
        });
        high[row] = ends.sort()[place - 1];
      }
      return { low, high };
    },
  };
}

function absoluteErrors({ y, predictions }: Predicted): Float64Array {
  return y.map((value, i) => Math.abs(value - predictions[i]));
}

/** Which of the ascending scores of n rows is the limit, counted from 1: the one below which a new one falls so often. */
function placeOf(level: number, n: number): number {
  // Less a little: 0.55 * 100 is more than 55 in floating point.
  const place = Math.ceil((n + 1) * level - 1e-9);
  if (place <= n) return place;
  throw new HitlabError({
    what: `intervals of level ${level} need at least ${Math.ceil(level / (1 - level) - 1e-9)} calibration rows`,
    value: n,
    remedy: "set aside more rows, or ask for a lower level",
  });
}

function checkScale(scale: Numbers, rows: number): Float64Array {
  if (scale.length !== rows) {
    const what = `the scale has ${scale.length} rows, but there are ${rows}`;
    throw new HitlabError({ what, remedy: "pass a number for each row" });
  }
  const scales = Float64Array.from(scale);
  const odd = scales.findIndex((value) => !(value > 0 && Number.isFinite(value)));
  if (odd < 0) return scales;
  throw new HitlabError({
    what: `the scale of row ${odd} (counted from 0) is not a finite number above 0`,
    value: scales[odd],
    remedy: "add a small number to each scale, or take Math.max of each and a small number",
  });
}

function newScales(calibrated: boolean, scale: Numbers | undefined, rows: number): Float64Array {
  if (calibrated === (scale !== undefined)) return scale ? checkScale(scale, rows) : new Float64Array(rows).fill(1);
  throw new HitlabError({
    what: calibrated ? "the calibration rows had a scale, the new rows have none" : "the calibration rows had no scale",
    remedy: "pass a scale by the same rule to both, or to neither",
  });
}

/** @returns the number of new rows */
function checkByFold(byFold: readonly Numbers[], folds: number): number {
  const rows = byFold[0]?.length ?? 0;
  if (byFold.length !== folds || byFold.some((predicted) => predicted.length !== rows)) {
    throw new HitlabError({
      what: `CV+ needs the predictions of the same rows by the models of all ${folds} folds`,
      value: `${byFold.length} lists of ${byFold.map((predicted) => predicted.length).join(", ")} rows`,
      remedy: "keep each fold's model, and let each predict the new rows",
    });
  }
  for (const predicted of byFold) Array.from(predicted, checkPrediction);
  return rows;
}
