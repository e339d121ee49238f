import { HitlabError } from "../errors";
import { random } from "../random";
import { checkLevel } from "./calibration";
import { quantileSorted } from "./quantile";
import { type Numbers, rowNumbers } from "./scored";

/** What is drawn, how often, and how much of it an interval holds. */
export interface ResampleOptions {
  /** The group of each row (a song): whole groups are drawn. Without it single rows are drawn. */
  readonly groups?: Numbers;
  /** Numbers of the rows to score, counted from 0; all by default. The others are not even checked. */
  readonly rows?: Numbers;
  /** Number of resamples; 1,000 by default. */
  readonly samples?: number;
  /** Share of the resamples inside the interval; 0.95 by default. */
  readonly level?: number;
  /** 42 by default. */
  readonly seed?: number;
}

/** A value with its percentile interval. */
export interface Interval<V extends number | null = number | null> {
  /** The value on the rows as they are; null where it is undefined (see `ClassifierScores`, `RegressionScores`). */
  readonly estimate: V;
  readonly low: V;
  readonly high: V;
  /** Resamples in which the value was undefined; the interval is that of the others. */
  readonly undefinedIn: number;
}

/** The difference of two models, with the two values themselves. */
export interface Difference<V extends number | null = number | null> extends Interval<V> {
  readonly a: V;
  readonly b: V;
}

/** What is drawn as one: groups of rows, or single rows. */
export interface Units {
  readonly count: number;
  /** The unit of each row, from 0 to `count - 1`. */
  readonly of: Int32Array;
}

/** Values of the rows in which those of unit u stand `counts[u]` times; null where one is undefined. */
export type Measure = (counts: Int32Array) => (number | null)[];

/** The values of a model, by their names. */
type Values<M extends string> = Readonly<Record<M, number | null>>;

/**
 * Percentile intervals of some values of a model.
 *
 * @param metrics names of the values, in the order in which `measure` gives them
 * @param estimates the values on the rows as they are
 */
export function intervalsOf<M extends string>(
  metrics: readonly M[],
  estimates: Values<M>,
  measure: Measure,
  units: Units,
  options: ResampleOptions,
): Record<M, Interval> {
  const drawn = resample(units, metrics.length, options, measure);
  const entries = metrics.map((metric, m) => [metric, { estimate: estimates[metric], ...drawn[m] }]);
  return Object.fromEntries(entries) as Record<M, Interval>;
}

/** Percentile intervals of the differences of two models, each resample drawn for both. */
export function differencesOf<M extends string>(
  metrics: readonly M[],
  [estimatesA, estimatesB]: readonly Values<M>[],
  [measureA, measureB]: readonly Measure[],
  units: Units,
  options: ResampleOptions,
): Record<M, Difference> {
  const drawn = resample(units, metrics.length, options, (counts) => {
    const [drawnA, drawnB] = [measureA(counts), measureB(counts)];
    return drawnA.map((value, m) => minus(value, drawnB[m]));
  });
  const entries = metrics.map((metric, m) => {
    const [a, b] = [estimatesA[metric], estimatesB[metric]];
    return [metric, { a, b, estimate: minus(a, b), ...drawn[m] }];
  });
  return Object.fromEntries(entries) as Record<M, Difference>;
}

/**
 * Numbers the groups by first appearance, so that only which rows belong together matters, not the groups' names.
 *
 * @param many what an error calls the values of the rows
 * @throws HitlabError for as many groups as there are not rows, or fewer than two units
 */
export function unitsOf(
  length: number,
  { groups, rows }: Pick<ResampleOptions, "groups" | "rows">,
  many: "labels" | "targets" | "rows" = "labels",
): Units {
  checkGroups(length, groups, many);
  const seen = new Map<number, number>();
  const of = rowNumbers(length, rows).map((row, i) => {
    const key = groups ? groups[row] : i;
    const unit = seen.get(key) ?? seen.size;
    seen.set(key, unit);
    return unit;
  });
  if (seen.size < 2) {
    throw new HitlabError({
      what: `an interval needs at least two ${groups ? "groups" : "rows"}`,
      value: seen.size,
      remedy: "score more of them, or give the value without an interval",
    });
  }
  return { count: seen.size, of };
}

/** @throws HitlabError unless there is a group per row, or there are none at all */
export function checkGroups(length: number, groups: Numbers | undefined, many: "labels" | "targets" | "rows"): void {
  if (!groups || groups.length === length) return;
  throw new HitlabError({
    what: `there are ${length} ${many} but ${groups.length} groups`,
    remedy: `pass the group of each ${many.slice(0, -1)}, in the same order`,
  });
}

/** Draws the units again and again, and sums up what `measure` makes of each draw: limits for each of its values. */
function resample(
  units: Units,
  values: number,
  { samples = 1000, level = 0.95, seed = 42 }: ResampleOptions,
  measure: Measure,
): Omit<Interval, "estimate">[] {
  checkLevel(level);
  if (!Number.isInteger(samples) || samples < 2) {
    throw new HitlabError({
      what: "samples must be a whole number from 2",
      value: samples,
      remedy: "pass for example 1000",
    });
  }
  const rng = random(seed, "bootstrap");
  const counts = new Int32Array(units.count);
  const drawn: number[][] = Array.from({ length: values }, () => []);
  for (let s = 0; s < samples; s++) {
    counts.fill(0);
    for (let u = 0; u < units.count; u++) counts[rng.integer(0, units.count)]++;
    measure(counts).forEach((value, m) => {
      if (value !== null) drawn[m].push(value);
    });
  }
  return drawn.map((defined) => ({ ...limits(defined, level), undefinedIn: samples - defined.length }));
}

function limits(values: number[], level: number): { low: number | null; high: number | null } {
  if (values.length === 0) return { low: null, high: null };
  const sorted = Float64Array.from(values).sort();
  return { low: quantileSorted(sorted, (1 - level) / 2), high: quantileSorted(sorted, (1 + level) / 2) };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
