/** A column of the table at the rows of a node: gathered as sorting keys, counted, parted by a split. */
import { bestColumn, bestLow } from "./best";
import { codes, counting, histogram, items, keys, ROW, rows, spare } from "./task";
import { counted } from "./two-classes";

/** The least and the greatest code that a column has in the node at hand. */
export let least: u32 = 0;
export let greatest: u32 = 0;

/** Makes keys of 64 bits; sets the least and the greatest code. */
export function gatherRows<C>(code: usize, start: i32, end: i32): void {
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
export function gatherItems<C>(code: usize, start: i32, end: i32): void {
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
export function countItems<C>(code: usize, start: i32, end: i32): void {
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
export function countKeys(m: i32): void {
  const end = keys + ((<usize>m) << 2);
  for (let k = keys; k < end; k += 4) {
    const key = load<u32>(k);
    const entry = histogram + ((<usize>(key >> 12)) << 3);
    store<u64>(entry, load<u64>(entry) + counted(key & 4095));
  }
}

/** Puts the items of the left child first, both sides in their old order; returns where the right ones begin. */
export function partition<C>(start: i32, end: i32): i32 {
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
