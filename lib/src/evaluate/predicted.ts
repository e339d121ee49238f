import { HitlabError } from "../errors";
import { type Numbers, pairUp } from "./scored";

/** True and predicted numbers that have been checked; entry i of both is about the same row. */
export interface Predicted {
  /** The target. */
  readonly y: Float64Array;
  readonly predictions: Float64Array;
}

/** Squares of numbers up to this can be added up. */
const most = 1e150;

/**
 * Checks targets and predictions, and takes the rows named by `rows` (all by default).
 *
 * @throws HitlabError that names the row: no rows, different lengths, a target or a prediction that is NaN or beyond
 *   1e150 in size. Rows that `rows` leaves out are not looked at.
 */
export function checkPredicted(y: Numbers, predicted: Numbers, rows?: Numbers): Predicted {
  const [targets, predictions] = pairUp(
    { values: y, one: "target", many: "targets", check: checkTarget },
    { values: predicted, one: "prediction", many: "predictions", check: checkPrediction },
    rows,
  );
  return { y: targets, predictions };
}

/** A target that is a number whose square is one; an error naming the row for any other. */
export function checkTarget(target: number, row: number): number {
  return checkSize(target, `the target of row ${row}`, "leave out rows without a target");
}

/** A prediction whose square is a number; an error naming the row for any other. */
export function checkPrediction(prediction: number, row: number): number {
  const remedy = Number.isFinite(prediction)
    ? "look for a training that ran away, with too large a learning rate for example"
    : "look for missing values in that row of the inputs, or for a training whose loss became NaN";
  return checkSize(prediction, `the prediction for row ${row}`, remedy);
}

function checkSize(value: number, which: string, remedy: string): number {
  if (typeof value === "number" && Math.abs(value) <= most) return value;
  throw new HitlabError({
    what: `${which} (counted from 0) must be a number from -1e150 to 1e150`,
    value,
    remedy,
  });
}
