import { HitlabError } from "../errors";
import { rowsBy } from "../prepare/rows-by";
import { mean } from "./mean";
import { quantileSorted } from "./quantile";

/** Mean and middle half of a group's values. */
export interface GroupQuartiles<Group extends string | number> {
  readonly group: Group;
  /** Its rows. */
  readonly rows: number;
  /** First quartile, median and third quartile, as `numpy.quantile` gives them. */
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** Says more than the median where values are 0 or 1: their share. */
  readonly mean: number;
}

/**
 * Quartiles and mean of some values, group by group, in the order in which the groups first come.
 *
 * @param groups the group of each value, as many as there are values
 * @throws HitlabError if the lengths differ or a value is not finite
 * @example
 * ```ts
 * evaluate.quartilesBy([1, 2, 3, 10], ["60s", "60s", "60s", "70s"]);
 * // [{ group: "60s", rows: 3, low: 1.5, median: 2, high: 2.5, mean: 2 }, { group: "70s", rows: 1, low: 10, ... }]
 * ```
 */
export function quartilesBy<Group extends string | number>(
  values: ArrayLike<number>,
  groups: ArrayLike<Group>,
): GroupQuartiles<Group>[] {
  if (values.length !== groups.length) {
    throw new HitlabError({
      what: `${values.length} values need a group each`,
      value: `${groups.length} groups`,
      remedy: "pass lists of the same rows",
    });
  }
  for (let row = 0; row < values.length; row++) {
    if (Number.isFinite(values[row])) continue;
    const what = `row ${row} (counted from 0) is not a finite number`;
    throw new HitlabError({ what, value: values[row], remedy: "leave such rows out" });
  }
  return Array.from(rowsBy(groups), ([group, rows]) => {
    const own = Float64Array.from(rows, (row) => values[row]);
    const sorted = own.slice().sort();
    const [low, median, high] = [0.25, 0.5, 0.75].map((q) => quantileSorted(sorted, q));
    return { group, rows: rows.length, low, median, high, mean: mean(own) };
  });
}
