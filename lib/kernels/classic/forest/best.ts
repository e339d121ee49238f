/**
 * The best split found so far of the node at hand. A split is judged by a fraction, greater = purer children; two are
 * compared crosswise, which spares a division for each and leaves splits that are equally good equal.
 */

/**
 * No child is made that is lighter than this share of its node: what is left of so little after adding and taking away
 * is rounding, of which a split could look as good as any.
 */
export const LEAST_SHARE: f64 = 1e-10;

/** Codes up to `bestLow` of column `bestColumn` go left; `bestHigh` is the next code that a row of the node has. */
export let bestColumn: i32 = -1;
export let bestLow: u32 = 0;
export let bestHigh: u32 = 0;
export let bestAbove: f64 = -1;
export let bestBelow: f64 = 1;

/** Forgets the splits of the node before. */
export function forgetBest(): void {
  bestColumn = -1;
  bestAbove = -1;
  bestBelow = 1;
}

/** Keeps a split, judged by above / below, which is better than the best one so far. */
export function keepBest(column: i32, low: u32, high: u32, above: f64, below: f64): void {
  bestColumn = column;
  bestLow = low;
  bestHigh = high;
  bestAbove = above;
  bestBelow = below;
}
