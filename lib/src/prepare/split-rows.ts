import { HitlabError } from "../errors";
import { random } from "../random";
import { checkLabelled } from "./rows-by";
import { emptyPart, largestRemainder, partNames, partRows, type Sizes } from "./shares";

/** Row numbers of each part, ascending. */
export interface Assignment {
  readonly train: Int32Array;
  readonly validation?: Int32Array;
  readonly test: Int32Array;
  readonly dropped: Int32Array;
}

/** Part numbers as in `Sizes` (0 = train, the last = test); rows in no part have this one. */
const noPart = 255;

/** Rows at random, with `stratify` in the classes' proportions; the rules stand at `split`. */
export function byRandom(
  labels: Float64Array,
  { sizes, seed, stratify = false }: { sizes: Sizes; seed: number; stratify?: boolean },
): Assignment {
  const n = labels.length;
  const rows = partRows(n, sizes);
  const { classes, classOf } = stratify ? classesOf(labels) : { classes: [0], classOf: new Int32Array(n) };
  const quota = quotas(classes, classOf, rows, sizes);
  const part = new Uint8Array(n);
  for (const row of random(seed, "split", "random").permutation(n)) {
    const open = quota[classOf[row]];
    // The last part first, so that test does not depend on whether there is a validation part.
    let p = open.length - 1;
    while (open[p] === 0) p--;
    open[p]--;
    part[row] = p;
  }
  return collect(part, sizes);
}

function classesOf(labels: Float64Array): { classes: number[]; classOf: Int32Array } {
  checkLabelled(labels);
  const classes = [...new Set(labels)].sort((a, b) => a - b);
  const code = new Map(classes.map((value, c) => [value, c]));
  return { classes, classOf: Int32Array.from(labels, (value) => code.get(value) as number) };
}

/** quota[class][part]: rows of a class that a part gets. */
function quotas(classes: readonly number[], classOf: Int32Array, rows: readonly number[], sizes: Sizes): number[][] {
  const left = classes.map(() => 0);
  for (const c of classOf) left[c]++;
  const count = left.slice();
  const few = count.findIndex((k) => k < sizes.length);
  if (few >= 0) {
    throw new HitlabError({
      what: `class ${classes[few]} has ${count[few]} rows, fewer than the ${sizes.length} parts of a stratified split`,
      remedy: "leave out stratify, or give that class more rows",
    });
  }
  const quota = classes.map(() => sizes.map(() => 0));
  for (let p = sizes.length - 1; p > 0; p--) {
    const given = largestRemainder(
      count.map((k) => k * sizes[p]),
      rows[p],
      left,
    );
    given.forEach((k, c) => {
      quota[c][p] = k;
      left[c] -= k;
    });
  }
  for (const [c, k] of left.entries()) quota[c][0] = k;
  return quota;
}

/** Whole groups at random; the rules stand at `split`. */
export function byGroup(groups: ArrayLike<number>, { sizes, seed }: { sizes: Sizes; seed: number }): Assignment {
  const { values: groupOf, size } = sizesOfGroups(groups);
  if (size.length < sizes.length) {
    throw new HitlabError({
      what: `${size.length} groups cannot fill ${sizes.length} parts`,
      remedy: "use samples of more groups or fewer parts",
    });
  }
  const partOfGroup = new Uint8Array(size.length);
  let open = [...random(seed, "split", "group").permutation(size.length)];
  for (let p = sizes.length - 1; p > 0; p--) {
    const taken = new Set(fill(open, size, sizes[p] * groupOf.length, p));
    for (const g of taken) partOfGroup[g] = p;
    open = open.filter((g) => !taken.has(g));
  }
  return collect(
    Uint8Array.from(groupOf, (g) => partOfGroup[g]),
    sizes,
  );
}

/** Groups out of `open` whose rows come near `target`: at least one, and `spare` groups at least are left over. */
function fill(open: readonly number[], size: readonly number[], target: number, spare: number): number[] {
  const taken = new Set<number>();
  let missing = target;
  for (const g of open) {
    if (taken.size < open.length - spare && size[g] <= missing) {
      taken.add(g);
      missing -= size[g];
    }
  }
  const left = open.filter((g) => !taken.has(g));
  const smallest = left.reduce((least, g) => (size[g] < size[least] ? g : least));
  // One more may overshoot by less than what is missing now.
  const better = left.length > spare && size[smallest] - missing < missing;
  return taken.size === 0 || better ? [...taken, smallest] : [...taken];
}

function sizesOfGroups(groups: ArrayLike<number>): { values: Int32Array; size: number[] } {
  const code = new Map<number, number>();
  const size: number[] = [];
  const values = Int32Array.from(groups, (group) => {
    const g = code.get(group) ?? code.set(group, code.size).size - 1;
    size[g] = (size[g] ?? 0) + 1;
    return g;
  });
  return { values, size };
}

/** The latest rows for test; the rules stand at `split`. */
export function byTime(day: ArrayLike<number>, { sizes, embargo }: { sizes: Sizes; embargo: number }): Assignment {
  checkEmbargo(embargo);
  const shares = sizes.slice(0, -1).map((_, p) => sizes.slice(0, p + 1).reduce((a, b) => a + b, 0));
  const starts = cutDays(day, shares);
  const part = Uint8Array.from(day, (d) => {
    const p = starts.filter((start) => start <= d).length;
    return p < starts.length && d + embargo >= starts[p] ? noPart : p;
  });
  return collect(part, sizes, `${day.length} rows, with an embargo of ${embargo} days,`);
}

/** Train and test rows of each origin; the rules stand at `rollingOrigin`. */
export function originsByTime(
  day: ArrayLike<number>,
  { origins, firstTrain, embargo }: { origins: number; firstTrain: number; embargo: number },
): (Assignment & { origin: number })[] {
  checkEmbargo(embargo);
  const shares = Array.from({ length: origins }, (_, k) => firstTrain + (k * (1 - firstTrain)) / origins);
  const starts = cutDays(day, shares);
  return starts.map((origin, k) => {
    const end = starts[k + 1] ?? Number.POSITIVE_INFINITY;
    const part = Uint8Array.from(day, (d) => (d >= origin && d < end ? 1 : d + embargo < origin ? 0 : noPart));
    // Rows after the period belong to later origins; only those before it were dropped.
    const dropped = filled(day.length, (i) => part[i] === noPart && day[i] < origin);
    return { ...collect(part, [0.5, 0.5], `origin ${k + 1}, with an embargo of ${embargo} days,`), dropped, origin };
  });
}

function checkEmbargo(embargo: number): void {
  if (Number.isInteger(embargo) && embargo >= 0) return;
  throw new HitlabError({
    what: "embargo must be a whole number of days from 0 up",
    value: embargo,
    remedy: "pass look-back + horizon, for example 14 + 7",
  });
}

/** For each share the day for which the share of rows before it comes nearest (the earlier day on a tie). */
function cutDays(day: ArrayLike<number>, shares: readonly number[]): number[] {
  const rows = new Map<number, number>();
  for (let i = 0; i < day.length; i++) rows.set(day[i], (rows.get(day[i]) ?? 0) + 1);
  const days = [...rows.keys()].sort((a, b) => a - b);
  if (days.length <= shares.length) {
    throw new HitlabError({
      what: `the rows have ${days.length} different days, too few for ${shares.length + 1} periods`,
      remedy: "use a longer period or fewer parts",
    });
  }
  let before = 0;
  let at = 0;
  return shares.map((share, k) => {
    const target = share * day.length;
    const distance = (d: number) => Math.abs(before + (rows.get(days[d]) as number) - target);
    // Each period gets a day at least, and leaves one to each of the later ones.
    const last = days.length - (shares.length - k);
    do before += rows.get(days[at++]) as number;
    while (at < last && distance(at) < Math.abs(before - target));
    return days[at];
  });
}

/** Row numbers by part; every part has at least one row. */
function collect(part: Uint8Array, sizes: Sizes, of = `${part.length} rows`): Assignment {
  const rows = sizes.map((_, p) => filled(part.length, (i) => part[i] === p));
  const empty = rows.findIndex((r) => r.length === 0);
  if (empty >= 0) throw emptyPart(partNames(sizes)[empty], of);
  const dropped = filled(part.length, (i) => part[i] === noPart);
  const [train, validation] = rows;
  const test = rows[rows.length - 1];
  return sizes.length === 3 ? { train, validation, test, dropped } : { train, test, dropped };
}

/** The numbers 0 .. n - 1 for which `keep` holds. */
function filled(n: number, keep: (i: number) => boolean): Int32Array {
  const rows: number[] = [];
  for (let i = 0; i < n; i++) if (keep(i)) rows.push(i);
  return Int32Array.from(rows);
}
