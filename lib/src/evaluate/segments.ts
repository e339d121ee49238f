import { HitlabError } from "../errors";
import { rowsBy } from "../prepare/rows-by";

/**
 * The rows of each segment: segments that are numbers ascending, others in the order in which they first come.
 *
 * @param by the segment of each row
 * @param length of what is scored, which `by` must have too
 * @param scored numbers of the rows to share out
 * @throws HitlabError for another number of segments than of targets, or a segment that is NaN
 */
export function segmentsOf<Group extends string | number>(
  by: ArrayLike<Group>,
  length: number,
  scored: Int32Array,
): [group: Group, rows: number[]][] {
  if (by.length !== length) {
    const remedy = "pass the segment of each target, in the same order";
    throw new HitlabError({ what: `there are ${length} targets but ${by.length} segments`, remedy });
  }
  const unknown = scored.find((row) => Number.isNaN(by[row]));
  if (unknown !== undefined) {
    const remedy = "leave out such rows, or give them a segment of their own";
    throw new HitlabError({ what: `row ${unknown} (counted from 0) is in no segment`, value: by[unknown], remedy });
  }
  const segments = [...rowsBy(Array.from(scored, (row) => by[row]))];
  return segments
    .sort(([a], [b]) => (typeof a === "number" && typeof b === "number" ? a - b : 0))
    .map(([group, places]) => [group, places.map((place) => scored[place])]);
}
