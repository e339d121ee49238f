import { HitlabError } from "../../errors";
import { checkTargetLength } from "../checks";

/** @throws HitlabError unless there is a finite target per row */
export function checkTargets(y: Float64Array, rows: number): void {
  checkTargetLength(y, rows, "a random forest regressor");
  const odd = y.findIndex((value) => !Number.isFinite(value));
  if (odd < 0) return;
  throw new HitlabError({
    what: `the target of row ${odd} (counted from 0) is not a finite number`,
    value: y[odd],
    remedy: "drop rows without a target before fitting",
  });
}

/** The mean target. */
export function centreOf(y: Float64Array): number {
  let sum = 0;
  for (const value of y) sum += value / y.length;
  return sum;
}

/** R2 of predictions; for targets that are all alike 1 if each is met, otherwise 0, as scikit-learn. */
export function determination(predicted: Float64Array, y: Float64Array): number {
  const centre = centreOf(y);
  let errors = 0;
  let distances = 0;
  for (let i = 0; i < y.length; i++) {
    errors += (y[i] - predicted[i]) * (y[i] - predicted[i]);
    distances += (y[i] - centre) * (y[i] - centre);
  }
  if (distances > 0) return 1 - errors / distances;
  return errors > 0 ? 0 : 1;
}
