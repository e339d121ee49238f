import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import { HitlabError } from "../errors";
import { rowsBy } from "../prepare/rows-by";
import { gather } from "../samples";
import { checkLevel, wilson } from "./calibration";
import { mean } from "./mean";
import { type Numbers, rowNumbers } from "./scored";
import { segmentsOf } from "./segments";

export interface CoverageOptions {
  /** The group of each row (an artist): allows for rows of one group being covered, or missed, together. */
  readonly groups?: ArrayLike<string | number>;
  /** Level of the interval of the coverage, not of the prediction intervals. Default 0.95. */
  readonly level?: number;
}

/** How often prediction intervals held; with a model and a metric beside it, a row of `show.intervals`. */
export interface Coverage {
  /** Share of the rows whose value lies in its interval, ends included. */
  readonly estimate: number;
  /** Wilson interval of that share. */
  readonly low: number;
  readonly high: number;
  /** Mean width of the intervals: of two that cover alike, the narrower says more. */
  readonly meanWidth: number;
  /** Rows. */
  readonly n: number;
}

/** The coverage of a segment's rows. */
export interface GroupCoverage<Group extends string | number> extends Coverage {
  readonly group: Group;
}

/**
 * How often do prediction intervals hold, on rows that neither the model nor the intervals have seen?
 *
 * The interval of the share takes the rows as independent. With `groups` it is Wilson's for as many independent rows as
 * would tell as much: the rows over the design effect (by how much the variance between groups exceeds that of single
 * rows; at least 1), less a little for few groups; and one row per group where all rows are covered, or none is.
 *
 * Source: Wilson (see `wilson`); for groups Korn & Graubard, "Confidence intervals for proportions with small expected
 * number of positive counts estimated from survey data", Survey Methodology 24 (1998), and Dean & Pagano, "Evaluating
 * confidence interval methods for binomial proportions in clustered surveys", Journal of Survey Statistics and
 * Methodology 3 (2015).
 *
 * @param low,high ends of each row's interval
 * @throws HitlabError for no rows, different lengths, a number that is not finite, an interval that ends before it
 *   begins, fewer than two groups, or a level out of range
 * @example
 * ```ts
 * const { low, high } = conformal.interval(model.predict(test.x));
 * evaluate.coverage(test.y, low, high); // { estimate: 0.9053, low: 0.8552, high: 0.9392, meanWidth: 2.1, n: 190 }
 * ```
 */
export function coverage(y: Numbers, low: Numbers, high: Numbers, options: CoverageOptions = {}): Coverage {
  const level = checkLevel(options.level ?? 0.95);
  const rows = checkIntervals(y, low, high, options.groups);
  const share = mean(rows.held);
  const effective = options.groups ? effectiveRows(rows.held, options.groups, level) : rows.held.length;
  const [from, to] = wilson(share * effective, effective, level);
  return { estimate: share, low: from, high: to, meanWidth: mean(rows.widths), n: rows.held.length };
}

/**
 * The coverage segment by segment (decade, quarter of the playlist counts): intervals that hold on the whole may fail
 * where it matters. Segments that are numbers come in ascending order, others in the order in which they first come.
 *
 * With many segments some fall outside of their interval by chance: at a level of 0.95, one in twenty.
 *
 * @param by the segment of each row
 * @throws HitlabError as `coverage`, for another number of segments than of rows, or a segment that is NaN
 * @example
 * ```ts
 * evaluate.coverageBy(test.y, low, high, decades); // [{ group: "1990s", estimate: 0.84, ..., n: 31 }, ...]
 * ```
 */
export function coverageBy<Group extends string | number>(
  y: Numbers,
  low: Numbers,
  high: Numbers,
  by: ArrayLike<Group>,
  options: { readonly level?: number } = {},
): GroupCoverage<Group>[] {
  checkIntervals(y, low, high);
  const [all, lows, highs] = [y, low, high].map((each) => Float64Array.from(each));
  return segmentsOf(by, y.length, rowNumbers(y.length)).map(([group, rows]) => {
    return { group, ...coverage(gather(all, rows), gather(lows, rows), gather(highs, rows), options) };
  });
}

/** How many independent rows would tell as much of the share as these do. */
function effectiveRows(held: Float64Array, groups: ArrayLike<string | number>, level: number): number {
  const members = [...rowsBy(groups).values()];
  const [n, count] = [held.length, members.length];
  if (count < 2) {
    const what = "an interval needs at least two groups";
    throw new HitlabError({ what, value: count, remedy: "score more of them, or leave out groups" });
  }
  const share = mean(held);
  const fewer = tQuantile(0.5 + level / 2, n - 1) / tQuantile(0.5 + level / 2, count - 1);
  if (share === 0 || share === 1) return count * fewer * fewer;
  const beyond = members.map((rows) => rows.reduce((sum, row) => sum + held[row] - share, 0));
  const between = ((count / (count - 1)) * beyond.reduce((sum, each) => sum + each * each, 0)) / (n * n);
  const single = (share * (1 - share)) / (n - 1);
  return (n / Math.max(1, between / single)) * fewer * fewer;
}

/** Which rows lie in their interval (1) and which do not (0), and how wide the intervals are. */
function checkIntervals(y: Numbers, low: Numbers, high: Numbers, groups?: ArrayLike<string | number>) {
  const n = y.length;
  if (low.length !== n || high.length !== n || (groups && groups.length !== n)) {
    throw new HitlabError({
      what: `there are ${n} values of y, ${low.length} lower and ${high.length} upper ends`,
      value: groups && `${groups.length} groups`,
      remedy: "pass one of each for every row, in the same order",
    });
  }
  if (n === 0) throw new HitlabError({ what: "there are no rows", remedy: "pass at least one" });
  for (let row = 0; row < n; row++) {
    if (Number.isFinite(y[row]) && low[row] <= high[row] && Number.isFinite(high[row] - low[row])) continue;
    throw new HitlabError({
      what: `row ${row} (counted from 0) needs finite numbers, the lower end not above the upper`,
      value: `y ${y[row]}, interval ${low[row]} to ${high[row]}`,
      remedy: "look for missing values, or for ends in the wrong order",
    });
  }
  const held = Float64Array.from({ length: n }, (_, row) => Number(low[row] <= y[row] && y[row] <= high[row]));
  return { held, widths: Float64Array.from({ length: n }, (_, row) => high[row] - low[row]) };
}
