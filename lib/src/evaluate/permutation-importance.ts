import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { checkWhole } from "../models/checks";
import { isRandomColumn } from "../prepare/random-columns";
import { random } from "../random";
import type { Matrix, Samples } from "../samples";
import { checkLevel } from "./calibration";
import { mean } from "./mean";
import { checkPredicted } from "./predicted";
import { predictionsOf, type Regressor } from "./regression";
import { type Units, unitsOf } from "./resample";
import {
  isRegressionMetric,
  type RegressionRowMetric,
  type RowMetric,
  regressionRowScores,
  rowScores,
} from "./row-scores";
import { checkScored, checkThreshold, type Numbers } from "./scored";
import { type ProbabilityModel, probabilitiesOf } from "./scores";

export interface ImportanceOptions<M extends RowMetric | RegressionRowMetric = RowMetric> {
  /** Which score's fall is the importance. Default "accuracy". Losses and errors: how much they grow. */
  readonly metric?: M;
  /** Permutations of each column. Default 10. */
  readonly repeats?: number;
  /** Columns, or lists of columns permuted together (the same order for all of a list). Default each column alone. */
  readonly columns?: readonly (string | readonly string[])[];
  /** The group of each row (an artist): the interval is that of other groups. Without it of other rows. */
  readonly groups?: Numbers;
  /** Level of the intervals. Default 0.95. */
  readonly level?: number;
  /** A row is predicted 1 above it. Default 0.5. */
  readonly threshold?: number;
  /** Default 42. */
  readonly seed?: number;
}

/** Of these less is better: a row's part is negated. */
const negated: readonly string[] = ["brier", "logLoss", "mse", "mae"];

/** What a model loses when a column says nothing any more. */
export interface FeatureImportance {
  /** The column's name, or several joined by " + ". */
  readonly feature: string;
  /** Mean over the permutations of how much worse the score becomes. */
  readonly importance: number;
  /** Ends of the t interval over the rows or groups. */
  readonly low: number;
  readonly high: number;
  /** A column of noise by `prepare.withRandomColumns`. */
  readonly control: boolean;
  /** The importance in each permutation. */
  readonly repeats: Float64Array;
}

export interface PermutationImportance<M extends RowMetric | RegressionRowMetric = RowMetric> {
  readonly metric: M;
  /** The score of the untouched rows. */
  readonly baseline: number;
  /** In the order of the columns. */
  readonly features: readonly FeatureImportance[];
}

/**
 * How much a trained model leans on each column: how much worse it scores on rows in which the column's values have
 * been shuffled. As scikit-learn's `permutation_importance`, with intervals.
 *
 * The intervals are t intervals over the rows (or groups) that are scored: of what each row loses by the shuffling,
 * and of what the row loses that was given its value, on average over the permutations (for the area under the ROC
 * curve and R2: of the rows' influence on it). They tell how far the importance would move with other rows; they say
 * nothing about another training run, with fewer than about 20 groups they are rough, and with a few permutations only
 * they are too wide, as the luck of each counts twice.
 *
 * A column whose interval lies no higher than those of the random controls (`prepare.withRandomColumns`, before
 * training) was not shown to matter. Columns that tell the same story share their importance, and shuffling one of them
 * asks the model about rows that cannot exist: permute them together.
 *
 * Source: Breiman, "Random Forests", Machine Learning 45 (2001); Fisher, Rudin, Dominici, "All Models are Wrong, but
 * Many are Useful", JMLR 20 (2019); for the two parts of a row Hoeffding, "A Class of Statistics with Asymptotically
 * Normal Distribution", Annals of Mathematical Statistics 19 (1948); for groups Liang & Zeger, "Longitudinal data
 * analysis using generalized linear models", Biometrika 73 (1986).
 *
 * @param model for "mse", "mae" and "r2" anything with a `predict`, for the others with a `predictProbability`; or a
 *   network of tfjs with one output
 * @param samples rows the model was not trained on
 * @throws HitlabError for an unknown column or metric, a bad option, rows as in `scores` or `regression`
 * @example
 * ```ts
 * const importance = evaluate.permutationImportance(forest, parts.test, { metric: "rocAuc" });
 * show.importance(importance.features, { title: "Instrumentalness counts most" });
 * evaluate.permutationImportance(forest, parts.test, { columns: [["key", "mode"], "tempo"] });
 * evaluate.permutationImportance(regressor, parts.test, { metric: "r2" });
 * ```
 */
export function permutationImportance(
  model: ProbabilityModel | tf.LayersModel,
  samples: Samples,
  options?: ImportanceOptions,
): PermutationImportance;
export function permutationImportance(
  model: Regressor | tf.LayersModel,
  samples: Samples,
  options: ImportanceOptions<RegressionRowMetric> & { readonly metric: RegressionRowMetric },
): PermutationImportance<RegressionRowMetric>;
export function permutationImportance(
  model: ProbabilityModel | Regressor | tf.LayersModel,
  samples: Samples,
  options: ImportanceOptions<RowMetric | RegressionRowMetric> = {},
): PermutationImportance<RowMetric | RegressionRowMetric> {
  const { metric = "accuracy", repeats = 10, seed = 42 } = options;
  checkWhole({ repeats });
  const level = checkLevel(options.level ?? 0.95);
  const threshold = checkThreshold(options.threshold);
  const rowsOf = (x: Matrix) =>
    isRegressionMetric(metric)
      ? regressionRowScores(checkPredicted(samples.y, predictionsOf(model, x)), metric)
      : rowScores(checkScored(samples.y, probabilitiesOf(model, x)), metric, threshold);
  const lists = columnLists(samples.x, options.columns);
  const units = unitsOf(samples.y.length, options);
  const before = rowsOf(samples.x);
  // One copy for all: a column is shuffled in place and put back.
  const copy = { ...samples.x, data: samples.x.data.slice() };
  const features = lists.map((list) => {
    const feature = list.map((column) => copy.names[column]).join(" + ");
    const parts = new Float64Array(before.length);
    const means = new Float64Array(repeats);
    for (let r = 0; r < repeats; r++) {
      const order = random(seed, "permutation importance", feature, r).permutation(copy.rows);
      for (const column of list) permuteColumn(samples.x, order, column, copy.data);
      means[r] = addFall(before, rowsOf(copy), order, parts);
    }
    for (const column of list) permuteColumn(samples.x, undefined, column, copy.data);
    const importance = mean(means);
    const half = halfWidth(parts, units, level) / repeats;
    const control = list.every((column) => isRandomColumn(copy.names[column]));
    return { feature, importance, low: importance - half, high: importance + half, control, repeats: means };
  });
  const score = mean(before);
  return { metric, baseline: negated.includes(metric) ? -score : score, features };
}

/** Column numbers to be permuted together. */
function columnLists(x: Matrix, columns: ImportanceOptions["columns"] = x.names): number[][] {
  const lists = columns.map((each) =>
    (typeof each === "string" ? [each] : each).map((name) => {
      const column = x.names.indexOf(name);
      if (column >= 0) return column;
      const remedy = `name columns out of: ${x.names.join(", ")}`;
      throw new HitlabError({ what: "the samples have no such column", value: name, remedy });
    }),
  );
  if (lists.length > 0 && lists.every((list) => list.length > 0)) return lists;
  throw new HitlabError({ what: "there is no column to permute", remedy: "name at least one in each list" });
}

/** Writes the column of `x` to `data` in the given order, or as it is. */
function permuteColumn(x: Matrix, order: Int32Array | undefined, column: number, data: Float64Array): void {
  const { columns, rows, data: from } = x;
  for (let r = 0; r < rows; r++) data[r * columns + column] = from[(order ? order[r] : r) * columns + column];
}

/**
 * Adds the fall of each row to its own part, and to that of the row whose value it was given.
 *
 * @returns the mean fall
 */
function addFall(before: Float64Array, after: Float64Array, order: Int32Array, parts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < before.length; i++) {
    const fall = before[i] - after[i];
    sum += fall;
    parts[i] += fall;
    parts[order[i]] += fall;
  }
  return sum / before.length;
}

/** Half the width of the t interval of the mean, from the sums of the deviations within each unit. */
function halfWidth(parts: Float64Array, { count, of }: Units, level: number): number {
  const middle = mean(parts);
  const sums = new Float64Array(count);
  for (let i = 0; i < parts.length; i++) sums[of[i]] += parts[i] - middle;
  let squares = 0;
  for (let u = 0; u < count; u++) squares += sums[u] * sums[u];
  const error = Math.sqrt((squares * count) / (count - 1)) / parts.length;
  return tQuantile(0.5 + level / 2, count - 1) * error;
}
