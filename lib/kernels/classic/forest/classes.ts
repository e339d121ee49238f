/**
 * The best split by Gini impurity of any number of classes. With weights l_k left and r_k right, L and R their sums, it
 * is the one of the greatest  sum l_k^2 / L + sum r_k^2 / R.
 */
import { bestAbove, bestBelow, keepBest, LEAST_SHARE } from "./best";
import { codeOf } from "./keys";

/**
 * Looks through m sorted keys.
 *
 * @param totals weight of each class in the node
 * @param left room for as many numbers
 * @param weights and `targets`: weight and class of each row, read where keys have 64 bits
 */
export function scanClasses<T>(
  keys: usize,
  m: i32,
  column: i32,
  totals: usize,
  left: usize,
  classes: i32,
  weights: usize,
  targets: usize,
  minLeaf: i32,
): void {
  memory.fill(left, 0, (<usize>classes) << 3);
  let L: f64 = 0;
  let R: f64 = 0;
  let leftSquares: f64 = 0;
  let rightSquares: f64 = 0;
  for (let k = 0; k < classes; k++) {
    const total = load<f64>(totals + ((<usize>k) << 3));
    R += total;
    rightSquares += total * total;
  }
  const light = R * LEAST_SHARE;
  let last = codeOf<T>(load<T>(keys));
  for (let k = 0; k < m; k++) {
    const key = load<T>(keys + <usize>k * sizeof<T>());
    const code = codeOf<T>(key);
    if (code != last) {
      if (k >= minLeaf && m - k >= minLeaf && L > light && R > light) {
        const a = leftSquares * R + rightSquares * L;
        const b = L * R;
        if (a * bestBelow > bestAbove * b) keepBest(column, last, code, a, b);
      }
      last = code;
    }
    const weight = weightOf<T>(key, weights);
    const place = classOf<T>(key, targets) << 3;
    const l = load<f64>(left + place);
    const r = load<f64>(totals + place) - l;
    store<f64>(left + place, l + weight);
    leftSquares += weight * (2 * l + weight);
    rightSquares -= weight * (2 * r - weight);
    L += weight;
    R -= weight;
  }
}

function weightOf<T>(key: T, weights: usize): f64 {
  return sizeof<T>() == 4 ? <f64>((<u32>key >> 6) & 63) : load<f64>(weights + ((<usize>(<u32>key)) << 3));
}

function classOf<T>(key: T, targets: usize): usize {
  return sizeof<T>() == 4 ? <usize>(<u32>key & 63) : <usize>(<u32>load<f64>(targets + ((<usize>(<u32>key)) << 3)));
}
