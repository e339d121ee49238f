/**
 * The best split by Gini impurity of two classes, rows counted as whole numbers.
 *
 * With n rows left, of them p of class 1, of N and P in the node, the impurity falls by 2 (pN - nP)^2 / (n (N - n) N).
 */
import { bestAbove, bestBelow, keepBest } from "./best";

/** What a row adds to the entry of its code: one row (bits 44 and up), its weight (22), its weight if of class 1 (0). */
const ROW: u64 = 1 << 44;
const MASK: u64 = (1 << 22) - 1;

/** Greatest weight of a node that an entry has bits for. */
export const MOST_COUNTED: i32 = (1 << 22) - 1;

/** What a row counts, from the low bits of its item or key: weight << 6 | class. */
export function counted(bits: u32): u64 {
  const weight = <u64>((bits >> 6) & 63);
  return ROW | (weight << 22) | (weight * <u64>(bits & 63));
}

/** Looks through m sorted keys; W and P: weight of the node and of its rows of class 1. */
export function scanTwo(keys: usize, m: i32, column: i32, W: f64, P: f64, minLeaf: i32): void {
  let left: f64 = 0;
  let ones: f64 = 0;
  let last = load<u32>(keys) >> 12;
  let above = bestAbove;
  let below = bestBelow;
  let low: u32 = 0;
  let high: u32 = 0;
  let found = false;
  for (let k = 0; k < m; k++) {
    const key = load<u32>(keys + ((<usize>k) << 2));
    const code = key >> 12;
    if (code != last) {
      if (k >= minLeaf && m - k >= minLeaf) {
        const difference = ones * W - left * P;
        const a = difference * difference;
        const b = left * (W - left);
        if (a * below > above * b) {
          above = a;
          below = b;
          low = last;
          high = code;
          found = true;
        }
      }
      last = code;
    }
    const weight = (key >> 6) & 63;
    left += <f64>weight;
    ones += <f64>(weight * (key & 63));
  }
  if (found) keepBest(column, low, high, above, below);
}

/** The same from the entries of the codes `first` .. `end` - 1, which it leaves as zeros. */
export function scanCounts(
  counts: usize,
  first: u32,
  end: u32,
  m: i32,
  column: i32,
  W: f64,
  P: f64,
  minLeaf: i32,
): void {
  let sum: u64 = 0;
  let above = bestAbove;
  let below = bestBelow;
  let last = first;
  let low: u32 = 0;
  let high: u32 = 0;
  let found = false;
  for (let code = first; code < end; code++) {
    const entry = counts + ((<usize>code) << 3);
    const here = load<u64>(entry);
    if (here == 0) continue;
    store<u64>(entry, 0);
    const rows = <i32>(sum >> 44);
    if (rows >= minLeaf && m - rows >= minLeaf) {
      const left = <f64>((sum >> 22) & MASK);
      const difference = <f64>(sum & MASK) * W - left * P;
      const a = difference * difference;
      const b = left * (W - left);
      if (a * below > above * b) {
        above = a;
        below = b;
        low = last;
        high = code;
        found = true;
      }
    }
    last = code;
    sum += here;
  }
  if (found) keepBest(column, low, high, above, below);
}
