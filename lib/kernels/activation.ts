/** Activations, forward and backward. Kinds: 0 linear, 1 relu, 2 sigmoid, 3 tanh, 4 softmax. */
import { exp4, sigmoid4, tanh4 } from "./special";

const LINEAR: i32 = 0;
const RELU: i32 = 1;
const SIGMOID: i32 = 2;
const TANH: i32 = 3;
const SOFTMAX: i32 = 4;

/** p = f(z) for z and p [rows, units]; z may be p. */
export function activate(kind: i32, z: usize, p: usize, rows: i32, units: i32): void {
  const bytes = (<usize>(rows * units)) << 2;
  if (kind === LINEAR) {
    if (z !== p) memory.copy(p, z, bytes);
  } else if (kind === RELU) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(p + i, f32x4.pmax(v128.load(z + i), f32x4.splat(0)));
  } else if (kind === SIGMOID) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(p + i, sigmoid4(v128.load(z + i)));
  } else if (kind === TANH) {
    for (let i: usize = 0; i < bytes; i += 16) v128.store(p + i, tanh4(v128.load(z + i)));
  } else if (kind === SOFTMAX) {
    softmax(z, p, rows, units);
  } else {
    unreachable();
  }
}

/** p_j = e^(z_j - m) / sum_k e^(z_k - m) in each row, with m its largest element: no power overflows. */
function softmax(z: usize, p: usize, rows: i32, units: i32): void {
  const rowBytes = (<usize>units) << 2;
  const bytes = <usize>rows * rowBytes;
  for (let row: usize = 0; row < bytes; row += rowBytes) {
    let largest = load<f32>(z + row);
    for (let j: usize = 4; j < rowBytes; j += 4) largest = max(largest, load<f32>(z + row + j));
    for (let j: usize = 0; j < rowBytes; j += 4) store<f32>(p + row + j, load<f32>(z + row + j) - largest);
  }
  for (let i: usize = 0; i < bytes; i += 16) v128.store(p + i, exp4(v128.load(p + i)));
  for (let row: usize = 0; row < bytes; row += rowBytes) {
    let sum: f64 = 0;
    for (let j: usize = 0; j < rowBytes; j += 4) sum += load<f32>(p + row + j);
    const share = 1 / sum;
    for (let j: usize = 0; j < rowBytes; j += 4) store<f32>(p + row + j, <f32>(load<f32>(p + row + j) * share));
  }
}

/**
 * dp, the gradient with respect to p = f(z), becomes the one with respect to z, in place; [rows, units] both.
 * relu: dp where p > 0; sigmoid: dp p (1 - p); tanh: dp (1 - p^2); softmax: p (dp - sum_k dp_k p_k).
 */
export function activateBackward(kind: i32, p: usize, dp: usize, rows: i32, units: i32): void {
  if (kind === LINEAR) return;
  if (kind === SOFTMAX) {
    softmaxBackward(p, dp, rows, units);
    return;
  }
  const one = f32x4.splat(1);
  const bytes = (<usize>(rows * units)) << 2;
  for (let i: usize = 0; i < bytes; i += 16) {
    const q = v128.load(p + i);
    let d = v128.load(dp + i);
    if (kind === RELU) d = v128.and(d, f32x4.gt(q, f32x4.splat(0)));
    else if (kind === SIGMOID) d = f32x4.mul(d, f32x4.mul(q, f32x4.sub(one, q)));
    else if (kind === TANH) d = f32x4.mul(d, f32x4.sub(one, f32x4.mul(q, q)));
    else unreachable();
    v128.store(dp + i, d);
  }
}

function softmaxBackward(p: usize, dp: usize, rows: i32, units: i32): void {
  const rowBytes = (<usize>units) << 2;
  const bytes = <usize>rows * rowBytes;
  for (let row: usize = 0; row < bytes; row += rowBytes) {
    let dot: f64 = 0;
    for (let j: usize = row; j < row + rowBytes; j += 4) dot += <f64>load<f32>(dp + j) * load<f32>(p + j);
    for (let j: usize = row; j < row + rowBytes; j += 4) {
      store<f32>(dp + j, <f32>(load<f32>(p + j) * (load<f32>(dp + j) - dot)));
    }
  }
}
