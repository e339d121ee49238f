import { HitlabError } from "../../errors";
import { checkTargetLength } from "../checks";
import { powerFrom } from "../powers";

/** Squares of targets up to this can be added up. */
const most = 1e150;

/** @throws HitlabError unless there is a target per row, from -1e150 to 1e150 */
export function checkTargets(y: Float64Array, rows: number, model = "a random forest regressor"): void {
  checkTargetLength(y, rows, model);
  const odd = y.findIndex((value) => !(Math.abs(value) <= most));
  if (odd < 0) return;
  throw new HitlabError({
    what: `the target of row ${odd} (counted from 0) is not a number from -1e150 to 1e150`,
    value: y[odd],
    remedy: "drop rows without a target, before fitting and before scoring",
  });
}

/** The mean target. */
export function centreOf(y: Float64Array): number {
  let sum = 0;
  for (const value of y) sum += value / y.length;
  return sum;
}

/** Targets as the trees are grown on them: (y - centre) / scale, around 0 and up to 1 in size. */
export interface Centred {
  readonly targets: Float64Array;
  readonly centre: number;
  /** A power of two, which changes no digits. */
  readonly scale: number;
}

/** Sums of numbers around 0 lose fewer digits, and squares of numbers up to 1 neither overflow nor vanish. */
export function centred(y: Float64Array): Centred {
  const centre = centreOf(y);
  const widest = y.reduce((most, value) => Math.max(most, Math.abs(value - centre)), 0);
  const scale = widest > 0 ? powerFrom(widest) : 1;
  return { targets: y.map((value) => (value - centre) / scale), centre, scale };
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
