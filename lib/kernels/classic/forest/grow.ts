/**
 * Grows one decision tree depth first. Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees",
 * 1984; a few columns drawn for each node: Breiman, "Random Forests", Machine Learning 45, 2001.
 *
 * Columns come as codes, the ranks of their values: only the order of values matters to a tree. A row is an item of 32
 * bits: its number, and where rows count as whole numbers ("counting") above its 20 bits the class (6) and weight (6).
 */
import { bestColumn, bestHigh, bestLow, forgetBest } from "./best";
import { scanClasses } from "./classes";
import { sortKeys } from "./keys";
import { scanMeans } from "./means";
import { below } from "./random";
import { counted, MOST_COUNTED, scanCounts, scanTwo } from "./two-classes";

/** Bytes of an entry of the stack: first item, end, depth, parent whose right child it is (-1: a left child or root). */
const ENTRY: usize = 16;
const ROW: u32 = (1 << 20) - 1;

// The table.
let codes: usize = 0;
let wide: bool = false;
let rows: i32 = 0;
let columns: i32 = 0;
let codeCounts: usize = 0;
let weights: usize = 0;
let targets: usize = 0;
// The kind of tree.
let classes: i32 = 0;
let counting: bool = false;
let maxDepth: i32 = 0;
let maxFeatures: i32 = 0;
let minSplit: i32 = 2;
let minLeaf: i32 = 1;
// Room to work in.
let items: usize = 0;
let spare: usize = 0;
let keys: usize = 0;
let sortRoom: usize = 0;
let counts: usize = 0;
let histogram: usize = 0;
let stack: usize = 0;
let order: usize = 0;
let totals: usize = 0;
let leftTotals: usize = 0;
// The tree.
let features: usize = 0;
let lows: usize = 0;
let highs: usize = 0;
let rights: usize = 0;
let covers: usize = 0;
let values: usize = 0;
// The node at hand.
let weight: f64 = 0;
let sum: f64 = 0;
let pure: bool = false;
let least: u32 = 0;
let greatest: u32 = 0;

/**
 * The table that trees are grown on.
 *
 * @param codeArray codes, column after column, of 4 bytes if `isWide`, otherwise of 2
 * @param codeCountArray how many codes each column has (u32)
 * @param weightArray and `targetArray`: a number per row (f64); not read for trees that count
 */
export function forestTable(
  rowCount: i32,
  columnCount: i32,
  codeArray: usize,
  isWide: bool,
  codeCountArray: usize,
  weightArray: usize,
  targetArray: usize,
): void {
  rows = rowCount;
  columns = columnCount;
  codes = codeArray;
  wide = isWide;
  codeCounts = codeCountArray;
  weights = weightArray;
  targets = targetArray;
}

/** The kind of tree; classCount 0 = means of the targets. */
export function forestKind(
  classCount: i32,
  isCounting: bool,
  depth: i32,
  featureCount: i32,
  splitRows: i32,
  leafRows: i32,
): void {
  classes = classCount;
  counting = isCounting;
  maxDepth = depth;
  maxFeatures = featureCount;
  minSplit = splitRows;
  minLeaf = leafRows;
}

/**
 * Room to work in: items, spare (u32 each) and keys, sortRoom (u64 each) per row, counts (u32 per row and one, zeros),
 * histogram (u64 per code of the column with the most, zeros), stack (16 bytes per row and one), order (u32 per column),
 * totals and leftTotals (f64 per class, at least one).
 */
export function forestRoom(
  itemRoom: usize,
  spareRoom: usize,
  keyRoom: usize,
  sortingRoom: usize,
  countRoom: usize,
  histogramRoom: usize,
  stackRoom: usize,
  orderRoom: usize,
  totalRoom: usize,
  leftRoom: usize,
): void {
  items = itemRoom;
  spare = spareRoom;
  keys = keyRoom;
  sortRoom = sortingRoom;
  counts = countRoom;
  histogram = histogramRoom;
  stack = stackRoom;
  order = orderRoom;
  totals = totalRoom;
  leftTotals = leftRoom;
}

/** Where the tree goes, per node: feature (-1 = leaf), codes of the split, right child (u32), cover, values (f64). */
export function forestTree(
  featureArray: usize,
  lowArray: usize,
  highArray: usize,
  rightArray: usize,
  coverArray: usize,
  valueArray: usize,
): void {
  features = featureArray;
  lows = lowArray;
  highs = highArray;
  rights = rightArray;
  covers = coverArray;
  values = valueArray;
}

/** Grows a tree on the first `count` items; returns the number of its nodes. A left child follows its parent. */
export function growTree(count: i32): i32 {
  for (let f = 0; f < columns; f++) store<i32>(order + ((<usize>f) << 2), f);
  let nodes = 0;
  let top = stack;
  push(top, 0, count, 0, -1);
  while (top >= stack) {
    const start = load<i32>(top, 0);
    const end = load<i32>(top, 4);
    const depth = load<i32>(top, 8);
    const parent = load<i32>(top, 12);
    top -= ENTRY;
    const node = nodes++;
    if (parent >= 0) store<i32>(rights + ((<usize>parent) << 2), node);
    describe(node, start, end);
    const m = end - start;
    if (pure || depth >= maxDepth || m < minSplit || m < 2 * minLeaf) continue;
    findSplit(start, end);
    if (bestColumn < 0) continue;
    const place = (<usize>node) << 2;
    store<i32>(features + place, bestColumn);
    store<u32>(lows + place, bestLow);
    store<u32>(highs + place, bestHigh);
    const middle = wide ? partition<u32>(start, end) : partition<u16>(start, end);
    // The right child comes after the whole left subtree.
    push(top + ENTRY, middle, end, depth + 1, node);
    push(top + 2 * ENTRY, start, middle, depth + 1, -1);
    top += 2 * ENTRY;
  }
  return nodes;
}

function push(entry: usize, start: i32, end: i32, depth: i32, parent: i32): void {
  store<i32>(entry, start, 0);
  store<i32>(entry, end, 4);
  store<i32>(entry, depth, 8);
  store<i32>(entry, parent, 12);
}

/** Writes a node down as a leaf: its cover and values; sets what the search of a split needs to know. */
function describe(node: i32, start: i32, end: i32): void {
  if (classes == 0) totalMean(start, end);
  else if (counting) totalCounts(start, end);
  else totalWeights(start, end);
  const place = (<usize>node) << 2;
  store<i32>(features + place, -1);
  store<i32>(rights + place, -1);
  store<f64>(covers + (place << 1), weight);
  if (classes == 0) {
    store<f64>(values + (place << 1), sum / weight);
    return;
  }
  let present = 0;
  const value = values + <usize>node * ((<usize>classes) << 3);
  for (let k: usize = 0; k < (<usize>classes) << 3; k += 8) {
    const total = load<f64>(totals + k);
    if (total != 0) present++;
    store<f64>(value + k, total / weight);
  }
  pure = present < 2;
  sum = load<f64>(totals, 8);
}

function totalMean(start: i32, end: i32): void {
  weight = 0;
  sum = 0;
  const first = load<f64>(targets + ((<usize>load<u32>(items + ((<usize>start) << 2))) << 3));
  pure = true;
  for (let i = start; i < end; i++) {
    const row = (<usize>load<u32>(items + ((<usize>i) << 2))) << 3;
    const w = load<f64>(weights + row);
    const y = load<f64>(targets + row);
    weight += w;
    sum += w * y;
    if (y != first) pure = false;
  }
}

function totalCounts(start: i32, end: i32): void {
  memory.fill(totals, 0, (<usize>classes) << 3);
  if (classes == 2) {
    let all: u32 = 0;
    let ones: u32 = 0;
    for (let i = start; i < end; i++) {
      const item = load<u32>(items + ((<usize>i) << 2));
      all += item >> 26;
      ones += (item >> 26) * ((item >> 20) & 63);
    }
    weight = <f64>all;
    store<f64>(totals, <f64>(all - ones), 0);
    store<f64>(totals, <f64>ones, 8);
    return;
  }
  weight = 0;
  for (let i = start; i < end; i++) {
    const item = load<u32>(items + ((<usize>i) << 2));
    addTotal((item >> 20) & 63, <f64>(item >> 26));
  }
}

function totalWeights(start: i32, end: i32): void {
  memory.fill(totals, 0, (<usize>classes) << 3);
  weight = 0;
  for (let i = start; i < end; i++) {
    const row = (<usize>load<u32>(items + ((<usize>i) << 2))) << 3;
    addTotal(<u32>load<f64>(targets + row), load<f64>(weights + row));
  }
}

function addTotal(k: u32, w: f64): void {
  const total = totals + ((<usize>k) << 3);
  store<f64>(total, load<f64>(total) + w);
  weight += w;
}

/** Draws columns without replacement until `maxFeatures` were drawn and one of them was not constant. */
function findSplit(start: i32, end: i32): void {
  forgetBest();
  let drawn = 0;
  let useful = 0;
  while (drawn < columns && (drawn < maxFeatures || useful == 0)) {
    const there = order + ((<usize>(drawn + below(columns - drawn))) << 2);
    const here = order + ((<usize>drawn) << 2);
    const column = load<i32>(there);
    store<i32>(there, load<i32>(here));
    store<i32>(here, column);
    drawn++;
    const some = wide ? tryColumn<u32>(column, start, end) : tryColumn<u16>(column, start, end);
    if (some) useful++;
  }
}

/** Looks for a better split by this column; false if the column is constant here. */
function tryColumn<C>(column: i32, start: i32, end: i32): bool {
  const m = end - start;
  const code = codes + <usize>column * <usize>rows * sizeof<C>();
  if (!counting) {
    gatherRows<C>(code, start, end);
    if (least == greatest) return false;
    const sorted = sortKeys<u64>(keys, sortRoom, counts, m, least, greatest);
    if (classes == 0) scanMeans(sorted, m, column, weight, sum, weights, targets, minLeaf);
    else scanClasses<u64>(sorted, m, column, totals, leftTotals, classes, weights, targets, minLeaf);
    return true;
  }
  const countable = classes == 2 && weight <= <f64>MOST_COUNTED;
  const codeCount = load<u32>(codeCounts + ((<usize>column) << 2));
  if (countable && codeCount <= <u32>m) {
    countItems<C>(code, start, end);
    if (least == greatest) {
      store<u64>(histogram + ((<usize>least) << 3), 0);
      return false;
    }
    scanCounts(histogram, least, greatest + 1, m, column, weight, sum, minLeaf);
    return true;
  }
  gatherItems<C>(code, start, end);
  if (least == greatest) return false;
  if (countable && greatest - least <= <u32>(2 * m) && m > 24) {
    countKeys(m);
    scanCounts(histogram, least, greatest + 1, m, column, weight, sum, minLeaf);
    return true;
  }
  const sorted = sortKeys<u32>(keys, sortRoom, counts, m, least, greatest);
  if (classes == 2) scanTwo(sorted, m, column, weight, sum, minLeaf);
  else scanClasses<u32>(sorted, m, column, totals, leftTotals, classes, 0, 0, minLeaf);
  return true;
}

/** Makes keys of 64 bits; sets the least and the greatest code. */
function gatherRows<C>(code: usize, start: i32, end: i32): void {
  let low: u32 = 0xffffffff;
  let high: u32 = 0;
  let key = keys;
  for (let i = start; i < end; i++) {
    const row = load<u32>(items + ((<usize>i) << 2));
    const c = <u32>load<C>(code + <usize>row * sizeof<C>());
    store<u64>(key, ((<u64>c) << 32) | <u64>row);
    key += 8;
    low = min<u32>(low, c);
    high = max<u32>(high, c);
  }
  least = low;
  greatest = high;
}

/** Makes keys of 32 bits; sets the least and the greatest code. */
function gatherItems<C>(code: usize, start: i32, end: i32): void {
  let low: u32 = 0xffffffff;
  let high: u32 = 0;
  let key = keys;
  for (let i = start; i < end; i++) {
    const item = load<u32>(items + ((<usize>i) << 2));
    const c = <u32>load<C>(code + <usize>(item & ROW) * sizeof<C>());
    store<u32>(key, (c << 12) | (item >> 20));
    key += 4;
    low = min<u32>(low, c);
    high = max<u32>(high, c);
  }
  least = low;
  greatest = high;
}

/** Counts the rows of each code without making keys; sets the least and the greatest code. */
function countItems<C>(code: usize, start: i32, end: i32): void {
  let low: u32 = 0xffffffff;
  let high: u32 = 0;
  for (let i = start; i < end; i++) {
    const item = load<u32>(items + ((<usize>i) << 2));
    const c = <u32>load<C>(code + <usize>(item & ROW) * sizeof<C>());
    const entry = histogram + ((<usize>c) << 3);
    store<u64>(entry, load<u64>(entry) + counted(item >> 20));
    low = min<u32>(low, c);
    high = max<u32>(high, c);
  }
  least = low;
  greatest = high;
}

/** Counts the rows of each code from the keys. */
function countKeys(m: i32): void {
  const end = keys + ((<usize>m) << 2);
  for (let k = keys; k < end; k += 4) {
    const key = load<u32>(k);
    const entry = histogram + ((<usize>(key >> 12)) << 3);
    store<u64>(entry, load<u64>(entry) + counted(key & 4095));
  }
}

/** Puts the items of the left child first, both sides in their old order; returns where the right ones begin. */
function partition<C>(start: i32, end: i32): i32 {
  const code = codes + <usize>bestColumn * <usize>rows * sizeof<C>();
  const mask: u32 = counting ? ROW : 0xffffffff;
  const low = bestLow;
  let left = items + ((<usize>start) << 2);
  let right = spare;
  const last = items + ((<usize>end) << 2);
  // Written to both sides and kept on one: cheaper than a branch that is foreseen wrong every other time.
  for (let i = left; i < last; i += 4) {
    const item = load<u32>(i);
    const goesLeft = <usize>(<u32>load<C>(code + <usize>(item & mask) * sizeof<C>()) <= low);
    store<u32>(left, item);
    store<u32>(right, item);
    left += goesLeft << 2;
    right += (1 - goesLeft) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <i32>((left - items) >> 2);
}
