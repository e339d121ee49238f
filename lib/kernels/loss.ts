/**
 * Losses and their gradients. Kinds:
 * 0 binary cross-entropy on logits, 1 categorical cross-entropy on logits, 2 and 3 the same two on probabilities,
 * 4 mean squared error, 5 mean absolute error, 6 Huber. Formulas of Keras 3 (keras.losses).
 */
import { exp4, log1, log1p1, log1p4, log4 } from "./special";

const BINARY_LOGITS: i32 = 0;
const CATEGORICAL_LOGITS: i32 = 1;
const BINARY: i32 = 2;
const CATEGORICAL: i32 = 3;
const SQUARED: i32 = 4;
const ABSOLUTE: i32 = 5;
const HUBER: i32 = 6;

/** Probabilities are kept this far from 0 and 1, as Keras does. */
const EPSILON: f32 = 1e-7;

/** Four losses, to be summed one by one. */
const lanes: usize = memory.data(16, 16);

/**
 * The sum over the rows of w_i L_i; L_i is the mean over the units, for categorical losses the sum.
 *
 * @param kind see above
 * @param z logits [rows, units]; read by kinds 0 and 1 only
 * @param p what the network puts out [rows, units]; for kinds 0 and 1 sigmoid or softmax of z
 * @param y targets [rows, units]
 * @param w a weight per row, or 0 for all ones
 * @param g gets the gradient of (sum_i w_i L_i) / rows [rows, units], with respect to z for kinds 0 and 1, to p for
 *   the others; 0 if it is not wanted; a buffer of its own
 * @param delta where Huber's loss turns from square to straight; read by kind 6 only
 */
export function loss(
  kind: i32,
  z: usize,
  p: usize,
  y: usize,
  w: usize,
  g: usize,
  rows: i32,
  units: i32,
  delta: f32,
): f64 {
  if (kind !== CATEGORICAL_LOGITS && kind !== CATEGORICAL) return elementwise(kind, z, p, y, w, g, rows, units, delta);
  let total: f64 = 0;
  for (let row = 0; row < rows; row++) {
    const at = (<usize>(row * units)) << 2;
    const weight = weightOf(w, row);
    // Without a gradient the place is 0 for every row.
    const gradient = g ? g + at : 0;
    const scale = <f64>weight / rows;
    if (kind === CATEGORICAL_LOGITS) total += weight * rowOfLogits(z + at, p + at, y + at, gradient, units, scale);
    else total += weight * rowOfShares(p + at, y + at, gradient, units, scale);
  }
  return total;
}

function weightOf(w: usize, row: i32): f64 {
  return w ? load<f32>(w + ((<usize>row) << 2)) : 1;
}

/** The losses that treat every element alike. */
function elementwise(
  kind: i32,
  z: usize,
  p: usize,
  y: usize,
  w: usize,
  g: usize,
  rows: i32,
  units: i32,
  delta: f32,
): f64 {
  const n = rows * units;
  const width = f32x4.splat(delta);
  const share = f32x4.splat(<f32>(1 / <f64>n));
  let total: f64 = 0;
  for (let i = 0; i < n; i += 4) {
    const at = (<usize>i) << 2;
    const target = v128.load(y + at);
    const output = v128.load(p + at);
    v128.store(lanes, loss4(kind, kind === BINARY_LOGITS ? v128.load(z + at) : output, target, width));
    for (let k = 0; k < min(4, n - i); k++) {
      total += weightOf(w, w ? (i + k) / units : 0) * load<f32>(lanes + ((<usize>k) << 2));
    }
    if (g) v128.store(g + at, f32x4.mul(slope4(kind, output, target, width), share));
  }
  if (g && w) weighRows(g, w, rows, units);
  return total / units;
}

/** Multiplies every row of g by its weight. */
function weighRows(g: usize, w: usize, rows: i32, units: i32): void {
  for (let row = 0; row < rows; row++) {
    const weight = load<f32>(w + ((<usize>row) << 2));
    for (let j = row * units; j < (row + 1) * units; j++) {
      store<f32>(g + ((<usize>j) << 2), load<f32>(g + ((<usize>j) << 2)) * weight);
    }
  }
}

/**
 * The loss of four elements: x are the logits for kind 0, outputs for the others.
 * Kind 0: max(x, 0) - x y + ln(1 + e^-|x|); 2: -y ln c - (1 - y) ln(1 - c) with c = x clipped; 4: (x - y)^2;
 * 5: |x - y|; 6: c (|x - y| - c / 2) with c = min(|x - y|, delta).
 */
function loss4(kind: i32, x: v128, y: v128, delta: v128): v128 {
  const one = f32x4.splat(1);
  const e = f32x4.sub(x, y);
  const a = f32x4.abs(e);
  if (kind === SQUARED) return f32x4.mul(e, e);
  if (kind === ABSOLUTE) return a;
  if (kind === HUBER) {
    const c = f32x4.pmin(a, delta);
    return f32x4.mul(c, f32x4.sub(a, f32x4.mul(c, f32x4.splat(0.5))));
  }
  if (kind === BINARY_LOGITS) {
    const straight = f32x4.sub(f32x4.pmax(x, f32x4.splat(0)), f32x4.mul(x, y));
    return f32x4.add(straight, log1p4(exp4(f32x4.neg(f32x4.abs(x)))));
  }
  if (kind !== BINARY) unreachable();
  const c = f32x4.pmin(f32x4.pmax(x, f32x4.splat(EPSILON)), f32x4.splat(1 - EPSILON));
  const hit = f32x4.mul(y, log4(c));
  const miss = f32x4.mul(f32x4.sub(one, y), log4(f32x4.sub(one, c)));
  return f32x4.neg(f32x4.add(hit, miss));
}

/**
 * The derivatives of {@link loss4}, with respect to the logit for kind 0, to the output p for the others.
 * Kind 0: p - y; 2: (p - y) / (p (1 - p)), 0 where p was clipped; 4: 2 (p - y); 5: the sign of p - y;
 * 6: p - y kept within [-delta, delta].
 */
function slope4(kind: i32, p: v128, y: v128, delta: v128): v128 {
  const one = f32x4.splat(1);
  const e = f32x4.sub(p, y);
  if (kind === BINARY_LOGITS) return e;
  if (kind === SQUARED) return f32x4.add(e, e);
  if (kind === HUBER) return f32x4.pmax(f32x4.pmin(e, delta), f32x4.neg(delta));
  if (kind === ABSOLUTE) {
    const up = v128.and(one, f32x4.gt(e, f32x4.splat(0)));
    return f32x4.sub(up, v128.and(one, f32x4.lt(e, f32x4.splat(0))));
  }
  const within = v128.and(f32x4.ge(p, f32x4.splat(EPSILON)), f32x4.le(p, f32x4.splat(1 - EPSILON)));
  return v128.and(f32x4.div(e, f32x4.mul(p, f32x4.sub(one, p))), within);
}

/**
 * Categorical cross-entropy of one row of logits: sum_j y_j (ln sum_k e^(z_k) - z_j), the largest z taken out before
 * the powers. Gradient: p_j sum_k y_k - y_j.
 */
function rowOfLogits(z: usize, p: usize, y: usize, g: usize, units: i32, scale: f64): f64 {
  let best = 0;
  let largest = load<f32>(z);
  for (let j = 1; j < units; j++) {
    const value = load<f32>(z + ((<usize>j) << 2));
    if (value > largest) {
      best = j;
      largest = value;
    }
  }
  // The softmax has the powers already, divided by their sum: e^(z_j - largest) = p_j / p_best.
  let others: f64 = 0;
  for (let j = 0; j < units; j++) {
    if (j !== best) others += load<f32>(p + ((<usize>j) << 2));
  }
  const rest = <f64>log1p1(<f32>(others / load<f32>(p + ((<usize>best) << 2))));
  let total: f64 = 0;
  let targets: f64 = 0;
  for (let j: usize = 0; j < (<usize>units) << 2; j += 4) {
    const target = <f64>load<f32>(y + j);
    targets += target;
    if (target !== 0) total += target * (rest + (<f64>largest - load<f32>(z + j)));
  }
  if (g) {
    for (let j: usize = 0; j < (<usize>units) << 2; j += 4) {
      store<f32>(g + j, <f32>((load<f32>(p + j) * targets - load<f32>(y + j)) * scale));
    }
  }
  return total;
}

/**
 * Categorical cross-entropy of one row of shares: -sum_j y_j ln c_j with q_j = p_j / sum_k p_k and c_j = q_j clipped.
 * Gradient: (sum_k y_k - y_j / q_j) / sum_k p_k, where clipped elements give nothing to the sum and to themselves.
 */
function rowOfShares(p: usize, y: usize, g: usize, units: i32, scale: f64): f64 {
  const bytes = (<usize>units) << 2;
  const most: f32 = 1 - EPSILON;
  let sum: f64 = 0;
  for (let j: usize = 0; j < bytes; j += 4) sum += load<f32>(p + j);
  let total: f64 = 0;
  let targets: f64 = 0;
  for (let j: usize = 0; j < bytes; j += 4) {
    const q = <f32>(load<f32>(p + j) / sum);
    const target = <f64>load<f32>(y + j);
    if (q >= EPSILON && q <= most) targets += target;
    if (target !== 0) total -= target * log1(min(max(q, EPSILON), most));
  }
  if (g) {
    for (let j: usize = 0; j < bytes; j += 4) {
      const q = <f32>(load<f32>(p + j) / sum);
      const own = q >= EPSILON && q <= most ? <f64>load<f32>(y + j) / q : 0;
      store<f32>(g + j, <f32>(((targets - own) / sum) * scale));
    }
  }
  return total;
}
