import { HitlabError } from "../errors";
import { checkWhole } from "../models/checks";
import { type Interval, intervalsOf, type ResampleOptions, type Units, unitsOf } from "./resample";
import { rowNumbers } from "./scored";

/**
 * Percentile bootstrap interval of any number that is made of rows (`scipy.stats.bootstrap` by "percentile"). For the
 * scores of a model `bootstrap` and `bootstrapRegression` do the same many times faster.
 *
 * @param length number of rows
 * @param statistic of the rows it is given by number (counted from 0; a row comes as often as it was drawn); null where
 *   it is undefined
 * @throws HitlabError for a value that is not finite, a row that there is not, fewer than two rows or groups, or
 *   an option out of range
 * @example
 * ```ts
 * const worst = evaluate.bootstrapStatistic(
 *   test.y.length,
 *   (rows) => evaluate.mseShare(test.y, predicted, 0.05, { rows }),
 *   { groups: test.info.artist },
 * );
 * `${worst.estimate} (${worst.low} to ${worst.high})`;
 * ```
 */
export function bootstrapStatistic<V extends number | null>(
  length: number,
  statistic: (rows: Int32Array) => V,
  options: ResampleOptions = {},
): Interval<V> {
  checkWhole({ length });
  const scored = rowNumbers(length, options.rows);
  const units = unitsOf(length, options, "rows");
  const checked = (rows: Int32Array) => checkValue(statistic(rows));
  const estimates = { value: checked(scored) };
  const measure = (counts: Int32Array) => [checked(drawnRows(scored, units, counts))];
  return intervalsOf(["value"], estimates, measure, units, options).value as Interval<V>;
}

function drawnRows(scored: Int32Array, { of }: Units, counts: Int32Array): Int32Array {
  const drawn = new Int32Array(of.reduce((sum, unit) => sum + counts[unit], 0));
  let end = 0;
  for (let i = 0; i < of.length; i++) {
    drawn.fill(scored[i], end, end + counts[of[i]]);
    end += counts[of[i]];
  }
  return drawn;
}

function checkValue(value: number | null): number | null {
  if (value === null || Number.isFinite(value)) return value;
  throw new HitlabError({
    what: "the statistic of some rows is not a finite number",
    value,
    remedy: "give null where it is undefined, and leave out rows with missing values",
  });
}
