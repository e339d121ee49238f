import { HitlabError } from "../errors";
import { infoColumn } from "../prepare/info-column";
import { rowsBy } from "../prepare/rows-by";
import type { Parts } from "../prepare/split";
import { type Random, random } from "../random";
import { type Samples, takeRows } from "../samples";
import { checkLevel } from "./calibration";
import { mean } from "./mean";
import { type MeanInterval, meanInterval } from "./mean-interval";

/** Which of the runs of a learning curve this is. */
export interface LearningRun {
  readonly share: number;
  /** Of the repeats, from 0. */
  readonly repeat: number;
  /** Of the splits, from 0. */
  readonly split: number;
  /** For a model that draws numbers: another for each split and repeat, the same for all sizes. */
  readonly seed: number;
}

export interface LearningCurveOptions<S extends Samples = Samples> {
  /** Shares of the training rows, each above 0 and up to 1. Default 0.1, 0.25, 0.5, 0.75, 1. */
  readonly sizes?: readonly number[];
  /** Draws of rows per split. Default 5 for a single split, 1 for several. */
  readonly repeats?: number;
  /** Name of the info column of the groups: whole groups are drawn. Without it rows, both classes in proportion. */
  readonly group?: string;
  /** Default 42. */
  readonly seed?: number;
  /** Level of the intervals. Default 0.95. */
  readonly level?: number;
  /** Trains on `train` and returns a score of `test`. */
  readonly fitScore: (train: S, test: S, run: LearningRun) => Promise<number> | number;
  /** Told how many runs are done, as by `show.progress`. */
  readonly progress?: (done: number, total: number, text: string) => void;
}

/** The scores at one size. */
export interface LearningPoint extends MeanInterval {
  readonly share: number;
  /** Mean number of rows trained on. */
  readonly rows: number;
  /** The score of each split and repeat. */
  readonly values: Float64Array;
}

/**
 * Would more rows help? Scores by the number of training rows, the test rows staying the same.
 *
 * Within a repeat the training rows are nested: each size adds rows to the one below. The t intervals tell how far the
 * mean depends on which rows were drawn, and on the seed of the model; with a single split not on the test rows. They
 * are rough: the draws share rows, the more the nearer the size is to 1 (see `crossValidate`).
 *
 * @param parts a split, or several (the folds of `prepare.kFold`)
 * @throws HitlabError for sizes, repeats or a level out of range, no group column of that name, a score that is not
 *   finite
 * @example
 * ```ts
 * const curve = await evaluate.learningCurve(parts, {
 *   fitScore: (train, test) => trees.fitGradientBoosting(train).score(test),
 * });
 * const of = (name: "rows" | "estimate" | "low" | "high") => curve.map((point) => point[name]);
 * show.lines([{ name: "boosting", x: of("rows"), y: of("estimate"), low: of("low"), high: of("high") }], { ... });
 * ```
 */
export async function learningCurve<S extends Samples>(
  parts: Parts<S> | readonly Parts<S>[],
  options: LearningCurveOptions<S>,
): Promise<LearningPoint[]> {
  const splits = "train" in parts ? [parts] : parts;
  const { sizes = [0.1, 0.25, 0.5, 0.75, 1], repeats = splits.length > 1 ? 1 : 5, seed = 42 } = options;
  check(sizes, repeats, splits.length);
  // Before the runs, whose training may take hours.
  const level = checkLevel(options.level ?? 0.95);
  const points = sizes.map((share) => ({ share, counts: [] as number[], values: [] as number[] }));
  const total = splits.length * repeats * sizes.length;
  let done = 0;
  for (const [split, { train, test }] of splits.entries()) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      const rng = random(seed, "learning curve", split, repeat);
      const subset = options.group === undefined ? stratified(train, rng) : grouped(train, options.group, rng);
      const run = { repeat, split, seed: rng.stream("model").integer(0, 0x100000000) };
      for (const { share, counts, values } of points) {
        const index = subset(share);
        options.progress?.(done++, total, `${index.length} rows`);
        values.push(await options.fitScore(takeRows(train, index), test, { share, ...run }));
        counts.push(index.length);
      }
    }
  }
  options.progress?.(total, total, "done");
  return points.map(({ share, counts, values }) => {
    return { share, rows: mean(counts), ...meanInterval(values, level), values: Float64Array.from(values) };
  });
}

function check(sizes: readonly number[], repeats: number, splits: number): void {
  const bad = sizes.find((share) => !(share > 0 && share <= 1));
  if (sizes.length === 0 || bad !== undefined) {
    const what = "the sizes of a learning curve are shares of the training rows above 0, up to 1";
    throw new HitlabError({ what, value: bad ?? "none", remedy: "pass for example [0.1, 0.5, 1]" });
  }
  if (!Number.isInteger(repeats) || repeats < 1 || splits === 0) {
    const what = "a learning curve needs at least one split and a whole number of repeats from 1";
    throw new HitlabError({
      what,
      value: `${splits} splits, repeats ${repeats}`,
      remedy: "pass for example repeats: 5",
    });
  }
}

/** Gives for a share the rows drawn, ascending: of each class of `y` the same share, to within a row. */
function stratified({ y }: Samples, rng: Random): (share: number) => Int32Array {
  const order = rng.permutation(y.length);
  const counts = new Map<number, number>();
  for (const target of y) counts.set(target, (counts.get(target) ?? 0) + 1);
  const seen = new Map<number, number>();
  // Each row's place within its class, from 0 to 1: a class comes in evenly all along.
  const place = new Float64Array(y.length);
  for (const row of order) {
    const before = seen.get(y[row]) ?? 0;
    place[row] = (before + 0.5) / (counts.get(y[row]) as number);
    seen.set(y[row], before + 1);
  }
  // The sort of arrays is stable: the order drawn settles ties (all are, for a target of many values).
  const drawn = Int32Array.from(Array.from(order).sort((a, b) => place[a] - place[b]));
  return (share) => drawn.slice(0, Math.max(1, Math.round(share * y.length))).sort();
}

/** As `stratified`, of whole groups: the fewest in the order drawn that reach the share of the rows. */
function grouped({ y, info }: Samples, name: string, rng: Random): (share: number) => Int32Array {
  const members = rowsBy(infoColumn(info, name));
  const drawn = rng.shuffle([...members.values()]);
  return (share) => {
    const rows: number[] = [];
    for (const own of drawn) {
      if (rows.length >= share * y.length) break;
      for (const row of own) rows.push(row);
    }
    return Int32Array.from(rows).sort();
  };
}
