import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { checkWhole } from "../models/checks";
import { checkFinite } from "../prepare/finite";
import { random } from "../random";
import { type Matrix, matrix, type Samples } from "../samples";
import { mean } from "./mean";
import { quantileSorted } from "./quantile";
import { checkOnePerRow, predictionsOf, type Regressor } from "./regression";
import type { ProbabilityModel } from "./scores";

export interface PartialDependenceOptions {
  /** Name of the column that is varied. */
  readonly feature: string;
  /**
   * The values it is given, or how many quantiles of its own values, from the 5th to the 95th percentile (20). A column
   * with no more different values than that gets each of them.
   */
  readonly grid?: number | ArrayLike<number>;
  /** Rows drawn at random for the individual lines (50); all where there are fewer. */
  readonly rows?: number;
  /** Of that draw (42). */
  readonly seed?: number;
}

/** What a model says when one column is set to one value after the other. */
export interface PartialDependence {
  readonly feature: string;
  /** The values the column was set to, ascending if they are its quantiles. */
  readonly values: Float64Array;
  /** Mean prediction over all rows at each value: the partial dependence. */
  readonly average: Float64Array;
  /** Lines of single rows (individual conditional expectation): drawn rows x values. */
  readonly individual: Matrix;
  /** Numbers of the drawn rows, counted from 0, ascending. */
  readonly rows: Int32Array;
}

/**
 * Partial dependence of a model on one column, and the lines of single rows behind it (ICE): every row is asked again
 * with the column set to each value, all else kept. The numbers of scikit-learn's `partial_dependence` by "brute".
 *
 * Where columns go together, some of these rows cannot exist (loud songs without energy): there the model guesses.
 *
 * Source: Friedman, "Greedy function approximation: a gradient boosting machine", 2001; Goldstein et al., "Peeking
 * inside the black box", 2015.
 *
 * @param model anything with a `predictProbability` or else a `predict`, a network with one output, or a function of the
 *   rows
 * @param data rows of the columns that the model takes
 * @throws HitlabError if there is no such column, no row, a number or a prediction is not finite or the options are wrong
 * @example
 * ```ts
 * const { values, average, individual } = evaluate.partialDependence(forest, test, { feature: "danceability" });
 * const { rows, columns, data } = individual;
 * const songs = Array.from({ length: rows }, (_, i) => data.subarray(i * columns, (i + 1) * columns));
 * show.lines(
 *   [{ name: "mean", x: values, y: average }, ...songs.map((y) => ({ name: "song", x: values, y, quiet: true }))],
 *   { title: "Danceability helps", x: "danceability", y: { title: "probability of a hit", format: "percent" } },
 * );
 * ```
 */
export function partialDependence(
  model: ProbabilityModel | Regressor | tf.LayersModel | ((x: Matrix) => ArrayLike<number>),
  data: Samples | Matrix,
  options: PartialDependenceOptions,
): PartialDependence {
  const x = "x" in data ? data.x : data;
  const column = columnOf(x, options.feature);
  checkFinite(x);
  const values = gridOf(x, column, options.grid ?? 20);
  const rows = drawnRows(x.rows, options);
  const individual = new Float64Array(rows.length * values.length);
  const average = new Float64Array(values.length);
  const changed = { ...x, data: x.data.slice() };
  values.forEach((value, at) => {
    for (let row = 0; row < x.rows; row++) changed.data[row * x.columns + column] = value;
    const predicted = predictions(model, changed);
    average[at] = mean(predicted);
    for (let i = 0; i < rows.length; i++) individual[i * values.length + at] = predicted[rows[i]];
  });
  const names = Array.from(values, String);
  return {
    feature: options.feature,
    values,
    average,
    individual: matrix(rows.length, values.length, individual, names),
    rows,
  };
}

function columnOf(x: Matrix, feature: string): number {
  if (x.rows === 0) throw new HitlabError({ what: "there are no rows to ask the model about", remedy: "pass some" });
  const column = x.names.indexOf(feature);
  if (column >= 0) return column;
  throw new HitlabError({ what: "no such column", value: feature, remedy: `use one of ${x.names.join(", ")}` });
}

function gridOf(x: Matrix, column: number, grid: number | ArrayLike<number>): Float64Array {
  if (typeof grid !== "number") return checkedGrid(Float64Array.from(grid));
  checkWhole({ grid }, 2);
  const sorted = Float64Array.from({ length: x.rows }, (_, row) => x.data[row * x.columns + column]).sort();
  const different = distinct(sorted);
  if (different.length <= grid) return different;
  return distinct(
    Float64Array.from({ length: grid }, (_, at) => quantileSorted(sorted, 0.05 + (0.9 * at) / (grid - 1))),
  );
}

function checkedGrid(values: Float64Array): Float64Array {
  if (values.length > 0 && values.every(Number.isFinite)) return values;
  throw new HitlabError({
    what: "the grid needs values, each a finite number",
    value: values.join(", "),
    remedy: "pass the values to set the column to, or how many of its quantiles",
  });
}

function distinct(sorted: Float64Array): Float64Array {
  return sorted.filter((value, at) => at === 0 || value !== sorted[at - 1]);
}

function drawnRows(count: number, { rows = 50, seed = 42 }: PartialDependenceOptions): Int32Array {
  checkWhole({ rows }, 0);
  return random(seed, "partial-dependence").sample(count, Math.min(rows, count)).sort();
}

/** Probabilities where the model gives them (its `predict` then gives classes), otherwise numbers. */
function answersOf(model: ProbabilityModel | Regressor | tf.LayersModel, x: Matrix): ArrayLike<number> {
  return "predictProbability" in model ? model.predictProbability(x) : predictionsOf(model, x);
}

function predictions(model: Parameters<typeof partialDependence>[0], x: Matrix): ArrayLike<number> {
  const predicted = checkOnePerRow(typeof model === "function" ? model(x) : answersOf(model, x), x);
  for (let row = 0; row < x.rows; row++) {
    if (Number.isFinite(predicted[row])) continue;
    const what = `the model's prediction for row ${row} (counted from 0) is not a finite number`;
    throw new HitlabError({ what, value: predicted[row], remedy: "look for a training that overflowed" });
  }
  return predicted;
}
