/**
 * The best split by variance. With weight w and sum s of weight * target left, of W and S in the node, the sum of
 * squares falls by (sW - wS)^2 / (w (W - w) W).
 */
import { bestAbove, bestBelow, keepBest, LEAST_SHARE } from "./best";

/** Looks through m sorted keys of 64 bits; `weights` and `targets` have a number per row. */
export function scanMeans(
  keys: usize,
  m: i32,
  column: i32,
  W: f64,
  S: f64,
  weights: usize,
  targets: usize,
  minLeaf: i32,
): void {
  const light = W * LEAST_SHARE;
  let left: f64 = 0;
  let sum: f64 = 0;
  let last = <u32>(load<u64>(keys) >> 32);
  for (let k = 0; k < m; k++) {
    const key = load<u64>(keys + ((<usize>k) << 3));
    const code = <u32>(key >> 32);
    if (code != last) {
      if (k >= minLeaf && m - k >= minLeaf && left > light && W - left > light) {
        const difference = sum * W - left * S;
        const a = difference * difference;
        const b = left * (W - left);
        if (a * bestBelow > bestAbove * b) keepBest(column, last, code, a, b);
      }
      last = code;
    }
    const row = (<usize>(<u32>key)) << 3;
    const weight = load<f64>(weights + row);
    left += weight;
    sum += weight * load<f64>(targets + row);
  }
}
