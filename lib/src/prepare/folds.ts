import { HitlabError } from "../errors";
import { random } from "../random";
import { type Samples, takeRows } from "../samples";
import { infoColumn } from "./info-column";
import { rowsBy, rowsByClass } from "./rows-by";
import type { Parts } from "./split";

export interface KFoldOptions {
  /** Default 5. */
  readonly folds?: number;
  /** Default 42. */
  readonly seed?: number;
  /**
   * `false`: each fold is a block of neighbouring rows, the earlier ones a row longer if need be, as scikit-learn's
   * `KFold(folds)` has them (and so its `cross_val_score` and `GridSearchCV` for numbers). Rows sorted by year or by
   * success make such folds differ. Default true; not together with `seed`, `group` or `stratify`.
   */
  readonly shuffle?: boolean;
  /** Name of the info column whose rows stay in one fold, for example "artist". */
  readonly group?: string;
  /** Give every fold the classes of `y` in equal shares. Default false; not together with `group`. */
  readonly stratify?: boolean;
}

/**
 * Cross-validation: for each fold in turn, test is its rows and train all the others. Every row is tested exactly once.
 *
 * - Plain: rows in random order, dealt out in turn; the folds' sizes differ by one row at most. With `shuffle: false`
 *   blocks of neighbouring rows instead.
 * - `stratify`: the same class by class, each beginning where the last one ended: each fold has its share of each class
 *   rounded up or down, and the sizes differ by one row at most.
 * - `group`: whole groups, the largest first (those of equal size in random order), each into the fold with the fewest
 *   rows so far; the folds' sizes differ by the rows of the largest group at most. As scikit-learn's GroupKFold, but
 *   for the seed. A group may well have rows of one class only.
 *
 * @returns one entry per fold; rows in the order they had
 * @throws HitlabError for fewer rows, groups or rows of a class than folds, an info column that is not there, a row
 *   without a class, and options that exclude each other
 * @example
 * ```ts
 * for (const { train, test } of prepare.kFold(songs, { folds: 5, group: "artist" })) { ... }
 * ```
 */
export function kFold<S extends Samples>(samples: S, options: KFoldOptions = {}): Parts<S>[] {
  const fold = foldOfRows(samples, options);
  return Array.from({ length: options.folds ?? 5 }, (_, f) => held(samples, fold, f));
}

/** For each group in turn: test is its rows, train all the others. */
export interface GroupOut<S extends Samples = Samples> extends Parts<S> {
  /** The group's value in the info column. */
  readonly group: number;
}

/**
 * Leave one group out: as many folds as there are groups, in ascending order of their values.
 *
 * @throws HitlabError for fewer than two groups, or an info column that is not there
 * @example
 * ```ts
 * const decades = prepare.leaveOneGroupOut(songs, { group: "decade" });
 * decades.map(({ group, test }) => [songs.values.decade[group], test.x.rows]);
 * ```
 */
export function leaveOneGroupOut<S extends Samples>(samples: S, { group }: { readonly group: string }): GroupOut<S>[] {
  const column = infoColumn(samples.info, group);
  const groups = Array.from(sorted(new Set<number>(column)));
  if (groups.length < 2) {
    throw new HitlabError({
      what: "there must be two groups at least to leave one out",
      column: group,
      value: groups.length,
      remedy: "use samples of more groups",
    });
  }
  return groups.map((value) => ({ ...held(samples, column, value), group: value }));
}

/** Test: the rows whose mark is `out`; train: the others. */
function held<S extends Samples>(samples: S, marks: ArrayLike<number>, out: number): Parts<S> {
  const test = new Int32Array(marks.length);
  const train = new Int32Array(marks.length);
  // Unlike ===, a set finds NaN: rows of an unknown group are a group too.
  const wanted = new Set([out]);
  let [tested, trained] = [0, 0];
  for (let row = 0; row < marks.length; row++) {
    if (wanted.has(marks[row])) test[tested++] = row;
    else train[trained++] = row;
  }
  const index = { train: train.slice(0, trained), test: test.slice(0, tested), dropped: new Int32Array(0) };
  return { train: takeRows(samples, index.train), test: takeRows(samples, index.test), index };
}

/** The fold of each row, 0 .. folds - 1; the rules stand at `kFold`. */
export function foldOfRows(samples: Samples, options: KFoldOptions = {}): Int32Array {
  const { folds = 5, seed = 42, group, stratify = false, shuffle = true } = options;
  if (!Number.isInteger(folds) || folds < 2) {
    const remedy = "leave it out for 5";
    throw new HitlabError({ what: "folds must be a whole number from 2 up", value: folds, remedy });
  }
  if (group !== undefined && stratify) {
    const remedy = "leave out stratify: groups stay whole, so their classes cannot be shared out";
    throw new HitlabError({ what: "folds are made by group or stratified, not both", value: group, remedy });
  }
  if (!shuffle) {
    checkInOrder(options);
    return blocks(samples.x.rows, folds);
  }
  if (group !== undefined) return wholeGroups(infoColumn(samples.info, group), folds, seed);
  return dealt(stratify ? samples.y : new Float64Array(samples.x.rows), folds, seed);
}

function checkInOrder({ seed, group, stratify }: KFoldOptions): void {
  const strange = group !== undefined ? "group" : stratify ? "stratify" : seed !== undefined ? "seed" : undefined;
  if (strange === undefined) return;
  const what = "folds in the rows' own order (shuffle: false) have no such option";
  throw new HitlabError({ what, value: strange, remedy: `leave out ${strange} or shuffle` });
}

/** Blocks of neighbouring rows, the first ones a row longer. */
function blocks(rows: number, folds: number): Int32Array {
  if (rows < folds) throw tooFew(`${rows} rows`, folds);
  const fold = new Int32Array(rows);
  const [size, longer] = [Math.floor(rows / folds), rows % folds];
  for (let f = 0, from = 0; f < folds; f++) {
    const to = from + size + (f < longer ? 1 : 0);
    fold.fill(f, from, to);
    from = to;
  }
  return fold;
}

/** Rows in random order, class by class, dealt out in turn. */
function dealt(labels: Float64Array, folds: number, seed: number): Int32Array {
  const order = random(seed, "folds").permutation(labels.length);
  const classes = rowsByClass(labels, order);
  if (classes.length === 0) throw tooFew("0 rows", folds);
  const fold = new Int32Array(labels.length);
  let next = 0;
  for (const rows of classes) {
    const ofClass = classes.length > 1 ? ` of class ${labels[rows[0]]}` : "";
    if (rows.length < folds) throw tooFew(`${rows.length} rows${ofClass}`, folds);
    for (const row of rows) fold[row] = next++ % folds;
  }
  return fold;
}

/** Whole groups, the largest first, each into the fold with the fewest rows. */
function wholeGroups(groups: ArrayLike<number>, folds: number, seed: number): Int32Array {
  const members = rowsBy(groups);
  if (members.size < folds) throw tooFew(`${members.size} groups`, folds);
  // By number before the shuffle, so that the order of the rows does not matter.
  const ascending = Array.from(sorted(members.keys()), (group) => members.get(group) as number[]);
  const shuffled = random(seed, "folds").shuffle(ascending);
  const fold = new Int32Array(groups.length);
  const filled = new Int32Array(folds);
  // The sort is stable: groups of equal size keep their random order.
  for (const rows of shuffled.sort((a, b) => b.length - a.length)) {
    const least = filled.indexOf(filled.reduce((a, b) => Math.min(a, b)));
    for (const row of rows) fold[row] = least;
    filled[least] += rows.length;
  }
  return fold;
}

/** Ascending, NaN last: a comparator of numbers would leave its place to the engine. */
function sorted(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}

function tooFew(what: string, folds: number): HitlabError {
  return new HitlabError({ what: `${what} cannot fill ${folds} folds`, remedy: "use more rows or fewer folds" });
}
