/**
 * Grows one decision tree depth first. Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees",
 * 1984; a few columns drawn for each node: Breiman, "Random Forests", Machine Learning 45, 2001.
 *
 * Columns come as codes, the ranks of their values: only the order of values matters to a tree. A row is an item of 32
 * bits: its number, and where rows count as whole numbers ("counting") above its 20 bits the class (6) and weight (6).
 */
import { bestColumn, bestHigh, bestLow, forgetBest } from "./best";
import { scanClasses } from "./classes";
import { countItems, countKeys, gatherItems, gatherRows, greatest, least, partition } from "./columns";
import { sortKeys } from "./keys";
import { scanMeans } from "./means";
import { below } from "./random";
import {
  classes,
  codeCounts,
  codes,
  columns,
  counting,
  counts,
  features,
  highs,
  histogram,
  keys,
  leftTotals,
  lows,
  maxDepth,
  maxFeatures,
  minLeaf,
  minSplit,
  order,
  rights,
  rows,
  sortRoom,
  stack,
  targets,
  totals,
  weights,
  wide,
} from "./task";
import { describe, pure, sum, weight } from "./totals";
import { MOST_COUNTED, scanCounts, scanTwo } from "./two-classes";

/** Bytes of an entry of the stack: first item, end, depth, parent whose right child it is (-1: a left child or root). */
const ENTRY: usize = 16;

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
