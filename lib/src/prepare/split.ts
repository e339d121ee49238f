import { HitlabError } from "../errors";
import { type Samples, takeRows } from "../samples";
import { infoColumn } from "./info-column";
import { checkSizes, type Sizes } from "./shares";
import { bySklearn } from "./sklearn-rows";
import { type Assignment, byGroup, byRandom, byTime, originsByTime } from "./split-rows";

export interface RandomSplit {
  readonly by: "random";
  readonly like?: undefined;
  /** Give every part the classes of `y` in equal shares. Default false. */
  readonly stratify?: boolean;
  readonly sizes: Sizes;
  readonly seed: number;
}

/** The very rows of scikit-learn's `train_test_split(..., test_size, random_state, stratify)`, in its order. */
export interface SklearnSplit {
  readonly by: "random";
  readonly like: "sklearn";
  /** The `random_state` of the study's own code: whole number from 0 to 2^32 - 1. */
  readonly randomState: number;
  /** Share of the rows in test, rounded up to a whole row. Default 0.25, as there. */
  readonly testSize?: number;
  /** As `stratify=y` there. Default false. */
  readonly stratify?: boolean;
}

export interface GroupSplit {
  readonly by: "group";
  /** Name of the info column whose value tells the groups apart, for example "song". */
  readonly group: string;
  readonly sizes: Sizes;
  readonly seed: number;
}

export interface TimeSplit {
  readonly by: "time";
  /** Name of the info column with the row's day: the last one that its inputs show. */
  readonly time: string;
  readonly sizes: Sizes;
  /** Days between the last row of a part and the first of the next; look-back + horizon keeps all days apart. */
  readonly embargo: number;
}

export type SplitOptions = RandomSplit | SklearnSplit | GroupSplit | TimeSplit;

/** The parts of a split. The rows of each part keep the order they had (but for `like: "sklearn"`). */
export interface Parts<S extends Samples = Samples> {
  readonly train: S;
  /** Present when three sizes were given. */
  readonly validation?: S;
  readonly test: S;
  /** Row numbers in the samples that were split, in the parts' order. `dropped`: lost to the embargo, in no part. */
  readonly index: {
    readonly train: Int32Array;
    readonly validation?: Int32Array;
    readonly test: Int32Array;
    readonly dropped: Int32Array;
  };
}

/**
 * Splits samples into train and test, or train, validation and test.
 *
 * - `by: "random"`: rows at random. Sizes are shares of the rows, rounded by largest remainder. With `stratify` each
 *   class of `y` is shared out in the same proportions: in test and validation it has its exact share rounded up or
 *   down (largest remainder over the classes, so that the part's size is exact too), train has the rest.
 * - `by: "random", like: "sklearn"`: the rows, in their order, that scikit-learn's `train_test_split` gives for as many
 *   rows (and, with `stratify`, the same `y`): for scoring the very rows of a study. Test is the first ceil(n testSize)
 *   of NumPy's legacy permutation, train the others. Checked against scikit-learn 1.9.1.
 * - `by: "group"`: no group has rows in two parts. The groups come in random order; test takes each one that still fits
 *   into its share of the rows, then the smallest one left if that brings its size nearer; validation likewise; train
 *   has the rest. So test and validation miss their share by half of the smallest group left at most, unless a share is
 *   smaller than every group: then the part is one group, the smallest.
 * - `by: "time"`: test is the latest rows, validation those before. A part begins at the day for which the number of
 *   rows before it comes nearest to its share; a day is never divided. Then each row of an earlier part is dropped
 *   unless `day + embargo < first day of the next part`. With an embargo of at least the horizon, every label of train
 *   was known before the first day of test; with look-back + horizon, train (look-back and horizon) and test share
 *   not one calendar day, when look-backs are unbroken (gaps "aware"). Shares count rows before dropping.
 *
 * @throws HitlabError for sizes that do not sum to 1, options of another kind of split, a part without rows, fewer groups
 *   or days than parts, a class with fewer rows than parts, an info column that is not there.
 * @example
 * ```ts
 * const parts = prepare.split(all, { by: "group", group: "song", sizes: [0.8, 0.2], seed: 42 });
 * const theirs = prepare.split(all, { by: "random", like: "sklearn", randomState: 12 }); // the study's own rows
 * const late = prepare.split(all, { by: "time", time: "day", sizes: [0.8, 0.2], embargo: 14 + 7 });
 * ```
 */
export function split<S extends Samples>(samples: S, options: SplitOptions): Parts<S> {
  return take(samples, assign(samples, options));
}

function assign(samples: Samples, options: SplitOptions): Assignment {
  checkOptions(options);
  if (options.by === "random") {
    return options.like === "sklearn" ? bySklearn(samples.y, options) : byRandom(samples.y, options);
  }
  if (options.by === "group") return byGroup(infoColumn(samples.info, options.group), options);
  return byTime(infoColumn(samples.info, options.time), options);
}

const known = {
  random: ["sizes", "seed", "stratify"],
  sklearn: ["randomState", "testSize", "stratify"],
  group: ["group", "sizes", "seed"],
  time: ["time", "sizes", "embargo"],
};

/** A notebook's cell may pass what the types forbid: an option of another kind of split would be silently ignored. */
function checkOptions(options: SplitOptions): void {
  const { by, like, ...others } = options as { by: keyof typeof known; like?: unknown };
  if (!["random", "group", "time"].includes(by)) {
    const what = 'a split is made by "random", "group" or "time"';
    throw new HitlabError({ what, value: by, remedy: "pass one of them as by" });
  }
  if (like !== undefined && !(like === "sklearn" && by === "random")) {
    const what = 'like may only be "sklearn", and only with by: "random"';
    throw new HitlabError({ what, value: `by: "${by}", like: "${like}"`, remedy: "leave it out" });
  }
  const own = known[like ? "sklearn" : by];
  const strange = Object.entries(others).find(([name, value]) => value !== undefined && !own.includes(name));
  if (strange) {
    const what = `a split by ${like ? "random like sklearn" : by} has no such option`;
    throw new HitlabError({ what, value: strange[0], remedy: `its options are ${own.join(", ")}` });
  }
  if (!like) checkSizes((options as RandomSplit).sizes ?? []);
}

export interface RollingOptions {
  /** Name of the info column with the row's day. */
  readonly time: string;
  /** Number of origins. Default 4. */
  readonly origins?: number;
  /** Share of the rows before the first origin. Default 0.5. */
  readonly firstTrain?: number;
  /** Days, as for `split` by time. */
  readonly embargo: number;
}

/** One origin of a rolling evaluation. */
export interface Origin<S extends Samples = Samples> extends Parts<S> {
  /** First day of test, in days since 1970-01-01. */
  readonly origin: number;
}

/**
 * Rolling-origin evaluation: the days after the first `firstTrain` of the rows are cut into `origins` periods of
 * about equal rows (a day is never divided). For each period, test is its rows and train all rows before it, less
 * those with `day + embargo >= origin`. Train grows from origin to origin; every later row is tested exactly once.
 *
 * @throws HitlabError as `split`.
 * @example
 * ```ts
 * for (const { origin, train, test } of prepare.rollingOrigin(all, { time: "day", embargo: 21 })) { ... }
 * ```
 */
export function rollingOrigin<S extends Samples>(samples: S, options: RollingOptions): Origin<S>[] {
  const { origins = 4, firstTrain = 0.5 } = options;
  if (!Number.isInteger(origins) || origins < 1 || !(firstTrain > 0 && firstTrain < 1)) {
    throw new HitlabError({
      what: "rollingOrigin needs a whole number of origins from 1 up and a firstTrain between 0 and 1",
      value: `origins ${origins}, firstTrain ${firstTrain}`,
      remedy: "leave them out for 4 and 0.5",
    });
  }
  const day = infoColumn(samples.info, options.time);
  return originsByTime(day, { origins, firstTrain, embargo: options.embargo }).map(({ origin, ...rows }) => ({
    origin,
    ...take(samples, rows),
  }));
}

function take<S extends Samples>(samples: S, index: Assignment): Parts<S> {
  const parts = { train: takeRows(samples, index.train), test: takeRows(samples, index.test), index };
  return index.validation ? { ...parts, validation: takeRows(samples, index.validation) } : parts;
}
