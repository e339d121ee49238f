/** What a node holds: its weight, class shares or mean. */
import { classes, counting, covers, features, items, rights, targets, totals, values, weights } from "./task";

/** Weight of the node at hand, of its class 1 or of weight * target; whether its targets are all alike. */
export let weight: f64 = 0;
export let sum: f64 = 0;
export let pure: bool = false;

/** Writes a node down as a leaf: its cover and values; sets what the search of a split needs to know. */
export function describe(node: i32, start: i32, end: i32): void {
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
