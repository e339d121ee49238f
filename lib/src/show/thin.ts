import { random } from "../random";

/** Points of a line. */
export interface Points<X = number> {
  readonly x: readonly X[];
  readonly y: readonly (number | null)[];
}

/**
 * A line with at most about `most` points that looks the same: of each stretch its lowest and its highest point stay,
 * so that no peak is lost. A gap (null) stays a gap.
 */
export function thinLine<X>(points: Points<X>, most: number): Points<X> {
  const size = points.x.length;
  if (size <= most) return points;
  const stretches = Math.max(1, Math.floor(most / 2));
  const kept = new Set([0, size - 1]);
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * size) / stretches);
    const to = Math.floor(((stretch + 1) * size) / stretches);
    for (const at of extremes(points.y, from, to)) kept.add(at);
  }
  const order = [...kept].sort((a, b) => a - b);
  return { x: order.map((at) => points.x[at]), y: order.map((at) => points.y[at]) };
}

/** Where the lowest, the highest and the first missing value of a stretch stand. */
function extremes(y: readonly (number | null)[], from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  let gap = -1;
  for (let at = from; at < to; at++) {
    const value = y[at];
    if (value === null || Number.isNaN(value)) {
      if (gap < 0) gap = at;
      continue;
    }
    if (low < 0 || value < (y[low] as number)) low = at;
    if (high < 0 || value > (y[high] as number)) high = at;
  }
  return [low, high, gap].filter((at) => at >= 0);
}

/**
 * A curve with fewer points that nowhere strays more than `tolerance` from the given one (Douglas and Peucker, 1973).
 *
 * @param x, y coordinates on scales of about the same length
 */
export function simplifyCurve(x: ArrayLike<number>, y: ArrayLike<number>, tolerance: number): Points {
  const kept = new Uint8Array(x.length);
  if (x.length) kept[0] = kept[x.length - 1] = 1;
  const open: [number, number][] = [[0, x.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    const { at, distance } = farthest(x, y, from, to);
    if (distance <= tolerance) continue;
    kept[at] = 1;
    open.push([from, at], [at, to]);
  }
  const order = Array.from(kept.keys()).filter((at) => kept[at]);
  return { x: order.map((at) => x[at]), y: order.map((at) => y[at]) };
}

function farthest(x: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number) {
  const [dx, dy] = [x[to] - x[from], y[to] - y[from]];
  const length = Math.sqrt(dx * dx + dy * dy);
  let [at, distance] = [from, 0];
  for (let i = from + 1; i < to; i++) {
    const [px, py] = [x[i] - x[from], y[i] - y[from]];
    const own = length ? Math.abs(dx * py - dy * px) / length : Math.sqrt(px * px + py * py);
    if (own > distance) [at, distance] = [i, own];
  }
  return { at, distance };
}

/**
 * Which of many points to draw so that the cloud looks the same with `most` of them: on a grid of small squares each
 * keeps one point and the same share of its others. A point that stands alone always stays.
 *
 * @param x, y coordinates as drawn (logarithms on a logarithmic axis)
 * @returns their places in `x`, ascending
 */
export function thinPoints(x: ArrayLike<number>, y: ArrayLike<number>, most: number): number[] {
  const all = Array.from(x, (_, at) => at);
  if (all.length <= most) return all;
  // In an order by chance (always the same), as the first ones of a sorted list would lie side by side.
  const order = random(0, "show", "thin").permutation(all.length);
  for (let side = 128; side > 1; side /= 2) {
    const squares = [...groupBy(order, squaresOf(x, y, side)).values()];
    if (squares.length > most) continue;
    const keep = (share: number) => squares.map((square) => 1 + Math.floor((square.length - 1) * share));
    const sizes = Array.from({ length: 101 }, (_, at) => keep(1 - at / 100)).find((each) => sum(each) <= most);
    return squares.flatMap((square, at) => square.slice(0, sizes?.[at])).sort((a, b) => a - b);
  }
  return Array.from(order.subarray(0, most)).sort((a, b) => a - b);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The number of the square in which each point lies, on a grid of `side` x `side`. */
function squaresOf(x: ArrayLike<number>, y: ArrayLike<number>, side: number): Int32Array {
  const place = (values: ArrayLike<number>) => {
    const list = Array.from(values);
    const [low, high] = list.reduce(([l, h], value) => [Math.min(l, value), Math.max(h, value)], [list[0], list[0]]);
    return list.map((value) => Math.min(side - 1, Math.floor(((value - low) / (high - low || 1)) * side)));
  };
  const [column, row] = [place(x), place(y)];
  return Int32Array.from(column, (at, i) => row[i] * side + at);
}

function groupBy(order: ArrayLike<number>, keys: Int32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const at of Array.from(order)) {
    const group = groups.get(keys[at]);
    if (group) group.push(at);
    else groups.set(keys[at], [at]);
  }
  return groups;
}
