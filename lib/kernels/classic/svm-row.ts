/**
 * Kernel values of one row with many: what a support vector machine is made of.
 *
 * Rows lie in panels of sixteen: feature after feature, the sixteen numbers of a feature side by side. A panel is read
 * from its first byte to its last, and the sums of its sixteen rows stay in registers while it goes by. Sums run over
 * the features in their order: k(a, b) and k(b, a) have the same digits.
 *
 * All is float64 but the kernel values that come out: so LIBSVM has it, and the solver mostly goes the same way as
 * LIBSVM does, step by step. Sums in float32 would take half the time and end as near to the optimum, yet elsewhere
 * within the tolerance.
 */
import { expFalling } from "./exp";

/** Rows of a panel. */
export const PANEL = 16;

/** The kernels: lib/src/models/svm/svc-kernel.ts has the same numbers. */
namespace Kind {
  export const LINEAR = 0;
  export const RBF = 2;
}

/** Which kernel, and its parameters. */
export class Kernel {
  gamma: f64 = 0;
  coef0: f64 = 0;
  kind: i32 = 0;
  features: i32 = 0;
  degree: i32 = 0;
}

/** Where the first feature of a row lies; the next are a panel's width, 128 bytes, apart. */
export function rowAt(x: usize, row: i32, features: i32): usize {
  return x + <usize>(row / PANEL) * ((<usize>(features * PANEL)) << 3) + ((<usize>(row % PANEL)) << 3);
}

/**
 * out[r] = k(row r of x, row) for n rows, a multiple of sixteen, as numbers of type T: f32 or f64.
 *
 * @param row first feature of the other row, as `rowAt` gives it
 */
export function kernelRow<T>(kernel: Kernel, x: usize, n: i32, row: usize, out: usize): void {
  if (kernel.kind == Kind.RBF) radialRow<T>(kernel.features, kernel.gamma, x, n, row, out);
  else if (kernel.kind == Kind.LINEAR) dotRow<T>(kernel.features, 0, 1, 0, x, n, row, out);
  else dotRow<T>(kernel.features, kernel.degree, kernel.gamma, kernel.coef0, x, n, row, out);
}

/** exp(-gamma |a - b|^2). By differences: |a|^2 + |b|^2 - 2 a b cancels where rows are alike. */
function radialRow<T>(features: i32, gamma: f64, x: usize, n: i32, row: usize, out: usize): void {
  const g = f64x2.splat(-gamma);
  const end = out + <usize>n * sizeof<T>();
  const rowEnd = row + ((<usize>features) << 7);
  for (; out < end; out += PANEL * sizeof<T>()) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    for (let at = row; at < rowEnd; at += 128, x += 128) {
      const b = v128.load64_splat(at);
      let d: v128;
      d = f64x2.sub(v128.load(x), b);
      s0 = f64x2.add(s0, f64x2.mul(d, d));
      d = f64x2.sub(v128.load(x, 16), b);
      s1 = f64x2.add(s1, f64x2.mul(d, d));
      d = f64x2.sub(v128.load(x, 32), b);
      s2 = f64x2.add(s2, f64x2.mul(d, d));
      d = f64x2.sub(v128.load(x, 48), b);
      s3 = f64x2.add(s3, f64x2.mul(d, d));
      d = f64x2.sub(v128.load(x, 64), b);
      s4 = f64x2.add(s4, f64x2.mul(d, d));
      d = f64x2.sub(v128.load(x, 80), b);
      s5 = f64x2.add(s5, f64x2.mul(d, d));
      d = f64x2.sub(v128.load(x, 96), b);
      s6 = f64x2.add(s6, f64x2.mul(d, d));
      d = f64x2.sub(v128.load(x, 112), b);
      s7 = f64x2.add(s7, f64x2.mul(d, d));
    }
    put4<T>(out, expFalling(f64x2.mul(s0, g)), expFalling(f64x2.mul(s1, g)), 0);
    put4<T>(out, expFalling(f64x2.mul(s2, g)), expFalling(f64x2.mul(s3, g)), 1);
    put4<T>(out, expFalling(f64x2.mul(s4, g)), expFalling(f64x2.mul(s5, g)), 2);
    put4<T>(out, expFalling(f64x2.mul(s6, g)), expFalling(f64x2.mul(s7, g)), 3);
  }
}

/** (gamma a b + coef0)^degree; degree 0 stands for the plain product a b. */
function dotRow<T>(features: i32, degree: i32, gamma: f64, coef0: f64, x: usize, n: i32, row: usize, out: usize): void {
  const g = f64x2.splat(gamma);
  const c = f64x2.splat(coef0);
  const end = out + <usize>n * sizeof<T>();
  const rowEnd = row + ((<usize>features) << 7);
  for (; out < end; out += PANEL * sizeof<T>()) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    for (let at = row; at < rowEnd; at += 128, x += 128) {
      const b = v128.load64_splat(at);
      s0 = f64x2.add(s0, f64x2.mul(v128.load(x), b));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), b));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), b));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), b));
      s4 = f64x2.add(s4, f64x2.mul(v128.load(x, 64), b));
      s5 = f64x2.add(s5, f64x2.mul(v128.load(x, 80), b));
      s6 = f64x2.add(s6, f64x2.mul(v128.load(x, 96), b));
      s7 = f64x2.add(s7, f64x2.mul(v128.load(x, 112), b));
    }
    if (degree > 0) {
      s0 = power2(f64x2.add(f64x2.mul(s0, g), c), degree);
      s1 = power2(f64x2.add(f64x2.mul(s1, g), c), degree);
      s2 = power2(f64x2.add(f64x2.mul(s2, g), c), degree);
      s3 = power2(f64x2.add(f64x2.mul(s3, g), c), degree);
      s4 = power2(f64x2.add(f64x2.mul(s4, g), c), degree);
      s5 = power2(f64x2.add(f64x2.mul(s5, g), c), degree);
      s6 = power2(f64x2.add(f64x2.mul(s6, g), c), degree);
      s7 = power2(f64x2.add(f64x2.mul(s7, g), c), degree);
    }
    put4<T>(out, s0, s1, 0);
    put4<T>(out, s2, s3, 1);
    put4<T>(out, s4, s5, 2);
    put4<T>(out, s6, s7, 3);
  }
}

/** Stores numbers 4 place to 4 place + 3 of a panel, as they are or as floats. */
function put4<T>(out: usize, a: v128, b: v128, place: usize): void {
  if (sizeof<T>() == 8) {
    v128.store(out + (place << 5), a);
    v128.store(out + (place << 5) + 16, b);
  } else {
    const floats = v128.shuffle<f32>(f32x4.demote_f64x2_zero(a), f32x4.demote_f64x2_zero(b), 0, 1, 4, 5);
    v128.store(out + (place << 4), floats);
  }
}

/** base^degree for a degree from 1, by squaring. */
function power2(base: v128, degree: i32): v128 {
  // The study's degree, without a loop.
  if (degree == 3) return f64x2.mul(base, f64x2.mul(base, base));
  let power = f64x2.splat(1);
  for (; degree > 1; degree >>= 1) {
    if (degree & 1) power = f64x2.mul(power, base);
    base = f64x2.mul(base, base);
  }
  return f64x2.mul(power, base);
}

/**
 * out[q] += sum over r of weight[r] k(row r of x, row q of queries), n rows (a multiple of sixteen), the sums as doubles
 * in the rows' order, even and odd rows apart.
 *
 * @param rounded 1: of kernel values as floats, which is what the solver's steps take
 * @param scratch room for n doubles
 */
export function kernelSums(
  kernelAt: usize,
  rounded: i32,
  x: usize,
  n: i32,
  weight: usize,
  queries: usize,
  count: i32,
  scratch: usize,
  out: usize,
): void {
  const kernel = changetype<Kernel>(kernelAt);
  for (let q = 0; q < count; q++, out += 8) {
    const query = rowAt(queries, q, kernel.features);
    if (rounded) kernelRow<f32>(kernel, x, n, query, scratch);
    else kernelRow<f64>(kernel, x, n, query, scratch);
    const sum = rounded ? weightedSum<f32>(scratch, weight, n) : weightedSum<f64>(scratch, weight, n);
    store<f64>(out, load<f64>(out) + sum);
  }
}

function weightedSum<T>(values: usize, weight: usize, n: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  const end = weight + ((<usize>n) << 3);
  for (; weight < end; values += 4 * sizeof<T>(), weight += 32) {
    s0 = f64x2.add(s0, f64x2.mul(two<T>(values), v128.load(weight)));
    s1 = f64x2.add(s1, f64x2.mul(two<T>(values + 2 * sizeof<T>()), v128.load(weight, 16)));
  }
  const sum = f64x2.add(s0, s1);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Two numbers as doubles. */
function two<T>(at: usize): v128 {
  return sizeof<T>() == 8 ? v128.load(at) : promoted(at);
}

/** Two floats as doubles. */
export function promoted(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}
