import { HitlabError } from "../errors";
import type { Matrix } from "../samples";

/** @throws HitlabError unless every option is a positive finite number. */
export function checkPositive(options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (value > 0 && value < Number.POSITIVE_INFINITY) continue;
    throw new HitlabError({ what: `${name} must be a positive number`, value, remedy: "leave it out for its default" });
  }
}

/** @throws HitlabError unless every option is a whole number from `least`. */
export function checkWhole(options: Readonly<Record<string, number>>, least = 1): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isInteger(value) && value >= least) continue;
    const what = `${name} must be a whole number from ${least}`;
    throw new HitlabError({ what, value, remedy: "leave it out for its default" });
  }
}

/**
 * @param model what an error calls the model, with its article: "a logistic regression"
 * @throws HitlabError unless there is a target per row, each 0 or 1, and both are there
 */
export function checkBinaryTarget(y: Float64Array, rows: number, model: string): void {
  checkTargetLength(y, rows, model);
  let ones = 0;
  for (let row = 0; row < rows; row++) {
    if (y[row] === 1) ones++;
    else if (y[row] !== 0) {
      throw new HitlabError({
        what: `the target of ${model} is 0 or 1; row ${row} (counted from 0) has another`,
        value: y[row],
        remedy: "code the two classes as 0 and 1",
      });
    }
  }
  if (ones > 0 && ones < rows) return;
  throw new HitlabError({
    what: `all ${rows} train rows are of class ${ones ? 1 : 0}`,
    remedy: "train on rows of both classes, for example by a stratified split",
  });
}

/**
 * The number of classes of a target that holds 0, 1, 2 ...
 *
 * @throws HitlabError unless there is a target per row, each a whole number from 0, and every class has a row
 */
export function countClasses(y: Float64Array, rows: number, model: string): number {
  checkTargetLength(y, rows, model);
  const odd = y.findIndex((value) => !Number.isInteger(value) || value < 0);
  if (odd >= 0) {
    throw new HitlabError({
      what: `the target of ${model} is the number of the class, from 0; row ${odd} (counted from 0) has another`,
      value: y[odd],
      remedy: "code the classes as 0, 1, 2 ...",
    });
  }
  const classes = new Set(y);
  const missing = Array.from({ length: classes.size }, (_, k) => k).find((k) => !classes.has(k));
  if (missing === undefined && classes.size > 1) return classes.size;
  throw new HitlabError({
    what: missing === undefined ? `all ${rows} train rows are of one class` : `class ${missing} has no train row`,
    remedy: "code the classes without gaps and train on rows of all of them, for example by a stratified split",
  });
}

/** @throws HitlabError unless there is a target per row, and a row at all. */
export function checkTargetLength(y: Float64Array, rows: number, model: string): void {
  if (rows === 0) throw new HitlabError({ what: `${model} got no rows`, remedy: "pass at least one row" });
  if (y.length === rows) return;
  throw new HitlabError({
    what: `${model} needs one target per row, ${rows}`,
    value: y.length,
    remedy: "pass samples whose x and y belong together",
  });
}

/** @throws HitlabError unless `x` has the columns that the model was fit on, in their order. */
export function checkColumns(x: Matrix, names: readonly string[], model: string): void {
  if (x.columns === names.length && x.names.every((name, j) => name === names[j])) return;
  throw new HitlabError({
    what: `this ${model} was fit on the columns ${names.join(", ")}`,
    value: x.names.join(", "),
    remedy: "pass the same columns in the same order, or fit a model on these",
  });
}

/** @throws HitlabError unless trees can number the columns (16 bits) and `x` has a value for each cell. */
export function checkTreeInputs(x: Matrix, model: string): void {
  if (x.columns < 1 || x.columns > 32_767) {
    throw new HitlabError({
      what: `${model} takes 1 to 32,767 columns`,
      value: x.columns,
      remedy: "choose the columns to train on",
    });
  }
  if (x.data.length === x.rows * x.columns) return;
  throw new HitlabError({
    what: `${x.rows} rows of ${x.columns} columns need ${x.rows * x.columns} numbers`,
    value: x.data.length,
    remedy: "make the inputs with matrix(rows, columns, data)",
  });
}

/**
 * Share of the rows whose prediction is the target: `score` of every classifier.
 *
 * @throws HitlabError unless there is a target per row, and a row at all
 */
export function shareRight(predicted: Float64Array, y: Float64Array): number {
  checkTargetLength(y, predicted.length, "a score");
  let right = 0;
  for (let i = 0; i < y.length; i++) if (predicted[i] === y[i]) right++;
  return right / y.length;
}
