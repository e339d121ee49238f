/**
 * Sequential minimal optimisation of a support vector classifier's dual, on the rows at hand (all, or those that
 * shrinking left; lib/src/models/svm/smo.ts chooses them):
 *
 *   minimise  a' Q a / 2 - sum(a)  with  0 <= a <= c,  y' a = 0,  Q_ij = y_i y_j k(x_i, x_j).
 *
 * Instead of the gradient G it keeps f_i = y_i G_i = sum_j y_j a_j k_ij - y_i, so that no sign enters a loop: a step t
 * along the pair (i, j) adds t to y_i a_i, takes it from y_j a_j, and adds t (k_i - k_j) to f. A row may move up (y a may
 * grow) or down; the pair is optimal when no f of a row that may move down is above one of a row that may move up.
 *
 * Sources: Fan, Chen, Lin, "Working Set Selection Using Second Order Information for Training SVM", JMLR 6, 2005;
 * Chang, Lin, "LIBSVM", ACM TIST 2(3), 2011.
 */
import { Kernel, kernelRow, promoted, rowAt } from "./svm-row";

/** Rows whose smallest and largest f are found together. Arrays are filled up to a multiple of it. */
const BLOCK = 64;

/** Taken for the curvature along a pair where it is not positive. */
const TINY: f64 = 1e-12;

/** The rows at hand and the solver's state; lib/src/models/svm/smo.ts writes the fields in this order. */
export class Smo {
  /** Smallest f of the rows that may move up, largest f of those that may move down. */
  low: f64 = 0;
  high: f64 = 0;
  tolerance: f64 = 0;
  kernel: usize = 0;
  /** Rows, a multiple of BLOCK. Those that fill up may not move. */
  rows: i32 = 0;
  /** Rows in panels (svm-row.ts). */
  x: usize = 0;
  /** Doubles, one per row: f, k(x, x), a, y, c. */
  f: usize = 0;
  diagonal: usize = 0;
  alpha: usize = 0;
  y: usize = 0;
  c: usize = 0;
  /** Doubles: 0 for a row that may move up (down), else Infinity (-Infinity). */
  up: usize = 0;
  down: usize = 0;
  /** Kernel rows that are kept: `slots` of them, which row is in a slot (-1: none), in which slot a row is (-1: none). */
  cache: usize = 0;
  slots: i32 = 0;
  rowOf: usize = 0;
  slotOf: usize = 0;
  /** Per slot, 1: asked for since the hand last passed. */
  asked: usize = 0;
  hand: i32 = 0;
  /** The block with the smallest f that may move up. */
  block: i32 = 0;
}

/** The size of the record, for the test that smo.ts writes the same. */
export function smoSize(): i32 {
  return offsetof<Smo>();
}

/** Finds `low` and `high` anew. */
export function smoMeasure(at: usize): void {
  const smo = changetype<Smo>(at);
  // No step along a row, whichever: those in the cache are finite.
  moveAll(smo, 0, smo.cache, smo.cache);
}

/** Takes up to `steps` steps; returns how many. Fewer: the rows at hand are optimal within the tolerance. */
export function smoSteps(at: usize, steps: i32): i32 {
  const smo = changetype<Smo>(at);
  for (let step = 0; step < steps; step++) {
    if (smo.high - smo.low < smo.tolerance) return step;
    const i = lowest(smo);
    const rowI = cachedRow(smo, i, -1);
    const j = partner(smo, i, rowI);
    if (j < 0) return step;
    const rowJ = cachedRow(smo, j, load<i32>(smo.slotOf + ((<usize>i) << 2)));
    const t = stepLength(smo, i, j, rowI);
    moveAlpha(smo, i, t);
    moveAlpha(smo, j, -t);
    moveAll(smo, t, rowI, rowJ);
  }
  return steps;
}

/** The last row with the smallest f of those that may move up, as in LIBSVM. */
function lowest(smo: Smo): i32 {
  let row = smo.block * BLOCK + BLOCK - 1;
  for (; row > smo.block * BLOCK; row--) {
    const at = (<usize>row) << 3;
    if (load<f64>(smo.f + at) + load<f64>(smo.up + at) == smo.low) break;
  }
  return row;
}

/**
 * The row that may move down and with which a step promises the most: (f_j - f_i)^2 / curvature; the last of equals.
 * -1: there is none.
 */
function partner(smo: Smo, i: i32, row: usize): i32 {
  const at = (<usize>i) << 3;
  const fi = f64x2.splat(load<f64>(smo.f + at));
  const kii = f64x2.splat(load<f64>(smo.diagonal + at));
  let best: f64 = 0;
  let block = -1;
  for (let from = 0; from < smo.rows; from += BLOCK) {
    const to = (<usize>from) << 3;
    const gain = blockGain(smo.f + to, smo.down + to, smo.diagonal + to, row + (to >> 1), fi, kii);
    if (gain >= best && gain > 0) {
      best = gain;
      block = from;
    }
  }
  if (block < 0) return -1;
  for (let j = block + BLOCK - 2; j >= block; j -= 2) {
    const to = (<usize>j) << 3;
    const gains = gain2(smo.f + to, smo.down + to, smo.diagonal + to, row + (to >> 1), fi, kii);
    if (f64x2.extract_lane(gains, 1) == best) return j + 1;
    if (f64x2.extract_lane(gains, 0) == best) return j;
  }
  return -1;
}

/** The largest gain of a block's rows. */
function blockGain(f: usize, down: usize, diagonal: usize, row: usize, fi: v128, kii: v128): f64 {
  let best0 = f64x2.splat(0);
  let best1 = best0;
  const end = f + (BLOCK << 3);
  while (f < end) {
    best0 = f64x2.pmax(best0, gain2(f, down, diagonal, row, fi, kii));
    best1 = f64x2.pmax(best1, gain2(f + 16, down + 16, diagonal + 16, row + 8, fi, kii));
    f += 32;
    down += 32;
    diagonal += 32;
    row += 16;
  }
  const best = f64x2.pmax(best0, best1);
  return max(f64x2.extract_lane(best, 0), f64x2.extract_lane(best, 1));
}

/** What a step of row i with either of two rows promises; 0 for one that may not move down or lies below. */
function gain2(f: usize, down: usize, diagonal: usize, row: usize, fi: v128, kii: v128): v128 {
  const k = promoted(row);
  const above = f64x2.sub(f64x2.add(v128.load(f), v128.load(down)), fi);
  const b = f64x2.pmax(f64x2.splat(0), above);
  const bend = f64x2.sub(f64x2.add(kii, v128.load(diagonal)), f64x2.add(k, k));
  return f64x2.div(f64x2.mul(b, b), f64x2.pmax(f64x2.splat(TINY), bend));
}

/** How far to go along the pair: to the minimum, or to where the first of the two may not move on. */
function stepLength(smo: Smo, i: i32, j: i32, rowI: usize): f64 {
  const atI = (<usize>i) << 3;
  const atJ = (<usize>j) << 3;
  const kij = <f64>load<f32>(rowI + ((<usize>j) << 2));
  const bend = load<f64>(smo.diagonal + atI) + load<f64>(smo.diagonal + atJ) - 2 * kij;
  const t = (load<f64>(smo.f + atJ) - load<f64>(smo.f + atI)) / (bend > TINY ? bend : TINY);
  return min(t, min(room(smo, atI, 1), room(smo, atJ, -1)));
}

/** How far a row's y a may move up (way 1) or down (-1). */
function room(smo: Smo, at: usize, way: f64): f64 {
  const alpha = load<f64>(smo.alpha + at);
  return load<f64>(smo.y + at) == way ? load<f64>(smo.c + at) - alpha : alpha;
}

/** Adds t to a row's y a; at a bound it lies exactly there. */
function moveAlpha(smo: Smo, row: i32, t: f64): void {
  const at = (<usize>row) << 3;
  const c = load<f64>(smo.c + at);
  const y = load<f64>(smo.y + at);
  const left = room(smo, at, t > 0 ? 1 : -1);
  const bound = t * y > 0 ? c : 0;
  const alpha = abs(t) >= left ? bound : load<f64>(smo.alpha + at) + y * t;
  store<f64>(smo.alpha + at, alpha);
  // y a may grow: a below c with y = 1, above 0 with y = -1.
  const grows = alpha < c;
  const falls = alpha > 0;
  store<f64>(smo.up + at, (y > 0 ? grows : falls) ? 0 : Infinity);
  store<f64>(smo.down + at, (y > 0 ? falls : grows) ? 0 : -Infinity);
}

/** f += t (k_i - k_j), and `low`, `high` and `block` of it. */
function moveAll(smo: Smo, t: f64, rowI: usize, rowJ: usize): void {
  const t2 = f64x2.splat(t);
  let low: f64 = Infinity;
  let high: v128 = f64x2.splat(-Infinity);
  let block = 0;
  let f = smo.f;
  let up = smo.up;
  let down = smo.down;
  for (let from = 0; from < smo.rows; from += BLOCK) {
    let low0 = f64x2.splat(Infinity);
    let low1 = low0;
    let high1 = high;
    for (let r = 0; r < BLOCK; r += 4) {
      const by0 = f64x2.mul(t2, f64x2.sub(promoted(rowI), promoted(rowJ)));
      const by1 = f64x2.mul(t2, f64x2.sub(promoted(rowI + 8), promoted(rowJ + 8)));
      const f0 = f64x2.add(v128.load(f), by0);
      const f1 = f64x2.add(v128.load(f, 16), by1);
      v128.store(f, f0);
      v128.store(f, f1, 16);
      low0 = f64x2.pmin(low0, f64x2.add(f0, v128.load(up)));
      low1 = f64x2.pmin(low1, f64x2.add(f1, v128.load(up, 16)));
      high = f64x2.pmax(high, f64x2.add(f0, v128.load(down)));
      high1 = f64x2.pmax(high1, f64x2.add(f1, v128.load(down, 16)));
      f += 32;
      up += 32;
      down += 32;
      rowI += 16;
      rowJ += 16;
    }
    high = f64x2.pmax(high, high1);
    low0 = f64x2.pmin(low0, low1);
    const least = min(f64x2.extract_lane(low0, 0), f64x2.extract_lane(low0, 1));
    if (least <= low) {
      low = least;
      block = from / BLOCK;
    }
  }
  smo.low = low;
  smo.high = max(f64x2.extract_lane(high, 0), f64x2.extract_lane(high, 1));
  smo.block = block;
}

/**
 * The kernel's row of a row at hand, out of the cache or computed into it. A slot is taken from a row not asked for since
 * the hand last came by ("clock", nearly least recently used), but never `kept`.
 */
function cachedRow(smo: Smo, row: i32, kept: i32): usize {
  const place = smo.slotOf + ((<usize>row) << 2);
  const bytes = (<usize>smo.rows) << 2;
  let slot = load<i32>(place);
  if (slot < 0) {
    slot = freeSlot(smo, kept);
    store<i32>(place, slot);
    store<i32>(smo.rowOf + ((<usize>slot) << 2), row);
    const kernel = changetype<Kernel>(smo.kernel);
    kernelRow<f32>(kernel, smo.x, smo.rows, rowAt(smo.x, row, kernel.features), smo.cache + <usize>slot * bytes);
  }
  store<i32>(smo.asked + ((<usize>slot) << 2), 1);
  return smo.cache + <usize>slot * bytes;
}

function freeSlot(smo: Smo, kept: i32): i32 {
  while (true) {
    const slot = smo.hand;
    const at = (<usize>slot) << 2;
    smo.hand = slot + 1 < smo.slots ? slot + 1 : 0;
    if (slot == kept) continue;
    const row = load<i32>(smo.rowOf + at);
    if (row >= 0 && load<i32>(smo.asked + at)) {
      store<i32>(smo.asked + at, 0);
      continue;
    }
    if (row >= 0) store<i32>(smo.slotOf + ((<usize>row) << 2), -1);
    return slot;
  }
}
