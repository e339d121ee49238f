/**
 * Sums over the rows of a table, for models of a linear score.
 *
 * Rows lie one after another, each with a 1 behind its columns, which stands for the intercept, and then zeros up to
 * `width` doubles, a multiple of four; after the last come three rows of zeros. Every sum has the order, and so the
 * digits, of those in lib/src/models/linear/rows.ts: row after row, the products of four rows added up first.
 */

/**
 * out[row] = the row times `v`, the intercept first.
 *
 * @param ones the place of the 1 in a row, and of the intercept in `v`
 * @param out room for `rows` doubles, up to a multiple of four
 */
export function linearScores(x: usize, rows: i32, width: i32, ones: i32, v: usize, out: usize): void {
  const stride = (<usize>width) << 3;
  const intercept = v128.load64_splat(v + ((<usize>ones) << 3));
  const end = out + ((<usize>rows) << 3);
  const vEnd = v + ((<usize>ones) << 3);
  for (; out < end; out += 32, x += 4 * stride) {
    let s0 = intercept;
    let s1 = intercept;
    let row = x;
    for (let at = v; at < vEnd; at += 8, row += 8) {
      const c = v128.load64_splat(at);
      const a = v128.load64_lane(row + stride, v128.load64_zero(row), 1);
      const b = v128.load64_lane(row + 3 * stride, v128.load64_zero(row + 2 * stride), 1);
      s0 = f64x2.add(s0, f64x2.mul(a, c));
      s1 = f64x2.add(s1, f64x2.mul(b, c));
    }
    v128.store(out, s0);
    v128.store(out, s1, 16);
  }
}

/** out = from - a * step, n doubles (room for an even number). */
export function linearMove(from: usize, a: f64, step: usize, out: usize, n: i32): void {
  const by = f64x2.splat(a);
  for (let at: usize = 0; at < (<usize>n) << 3; at += 16) {
    v128.store(out + at, f64x2.sub(v128.load(from + at), f64x2.mul(by, v128.load(step + at))));
  }
}

/** gradient += slope * row over the rows: `width` doubles. Rows past a multiple of four come one by one. */
export function linearGradient(x: usize, rows: i32, width: i32, slopes: usize, gradient: usize): void {
  const stride = (<usize>width) << 3;
  const none = f64x2.splat(0);
  const end = slopes + ((<usize>rows) << 3);
  const whole = slopes + ((<usize>(rows & ~3)) << 3);
  for (; slopes < whole; slopes += 32, x += 4 * stride) {
    const r1 = v128.load64_splat(slopes, 8);
    const r2 = v128.load64_splat(slopes, 16);
    const r3 = v128.load64_splat(slopes, 24);
    addFourRows(x, stride, v128.load64_splat(slopes), r1, r2, r3, gradient);
  }
  for (; slopes < end; slopes += 8, x += stride) {
    addFourRows(x, stride, v128.load64_splat(slopes), none, none, none, gradient);
  }
}

function addFourRows(x: usize, stride: usize, r0: v128, r1: v128, r2: v128, r3: v128, gradient: usize): void {
  for (let at: usize = 0; at < stride; at += 16) {
    let sum = f64x2.mul(r0, v128.load(x + at));
    sum = f64x2.add(sum, f64x2.mul(r1, v128.load(x + at + stride)));
    sum = f64x2.add(sum, f64x2.mul(r2, v128.load(x + at + 2 * stride)));
    sum = f64x2.add(sum, f64x2.mul(r3, v128.load(x + at + 3 * stride)));
    v128.store(gradient + at, f64x2.add(v128.load(gradient + at), sum));
  }
}

/** Doubles of a block of rows, whose products with their weights stay in the processor's nearest memory. */
const BLOCK = 1024;

/**
 * hessian += weight * row row' over the rows: `width` x `width` doubles, of which the lower triangle is right. Rows past
 * a multiple of four come one by one.
 *
 * @param scratch room for a block, or four rows if that is more
 */
export function linearHessian(x: usize, rows: i32, width: i32, weights: usize, scratch: usize, hessian: usize): void {
  const stride = (<usize>width) << 3;
  const most = max(4, (BLOCK / width) & ~3);
  const whole = rows & ~3;
  for (let from = 0; from < whole; ) {
    const count = min(most, whole - from);
    weigh(x, count, stride, weights, scratch);
    addTiles(x, scratch, count, stride, hessian);
    x += <usize>count * stride;
    weights += (<usize>count) << 3;
    from += count;
  }
  memory.fill(scratch, 0, 4 * stride);
  for (let row = whole; row < rows; row++, x += stride, weights += 8) {
    weigh(x, 1, stride, weights, scratch);
    addTiles(x, scratch, 4, stride, hessian);
  }
}

/** `count` rows, a multiple of four. */
function addTiles(x: usize, weighted: usize, count: i32, stride: usize, hessian: usize): void {
  for (let j: usize = 0; j < stride; j += 16) {
    const row = hessian + (j >> 3) * stride;
    for (let k: usize = 0; k <= j; k += 32) addTile(x + k, weighted + j, count, stride, row + k);
  }
}

/** out = weight * row, row by row. */
function weigh(x: usize, count: i32, stride: usize, weights: usize, out: usize): void {
  for (const end = weights + ((<usize>count) << 3); weights < end; weights += 8) {
    const weight = v128.load64_splat(weights);
    for (const rowEnd = x + stride; x < rowEnd; x += 16, out += 16) v128.store(out, f64x2.mul(weight, v128.load(x)));
  }
}

/** Two rows and four columns of the Hessian, kept in registers while the rows of the block go by, four at a time. */
function addTile(x: usize, weighted: usize, count: i32, stride: usize, tile: usize): void {
  let p0 = v128.load(tile);
  let p1 = v128.load(tile, 16);
  let q0 = v128.load(tile + stride);
  let q1 = v128.load(tile + stride, 16);
  for (const end = x + <usize>count * stride; x < end; ) {
    let a = v128.load64_splat(weighted);
    let b = v128.load64_splat(weighted, 8);
    let x0 = v128.load(x);
    let x1 = v128.load(x, 16);
    let s0 = f64x2.mul(a, x0);
    let s1 = f64x2.mul(a, x1);
    let t0 = f64x2.mul(b, x0);
    let t1 = f64x2.mul(b, x1);
    weighted += stride;
    x += stride;
    a = v128.load64_splat(weighted);
    b = v128.load64_splat(weighted, 8);
    x0 = v128.load(x);
    x1 = v128.load(x, 16);
    s0 = f64x2.add(s0, f64x2.mul(a, x0));
    s1 = f64x2.add(s1, f64x2.mul(a, x1));
    t0 = f64x2.add(t0, f64x2.mul(b, x0));
    t1 = f64x2.add(t1, f64x2.mul(b, x1));
    weighted += stride;
    x += stride;
    a = v128.load64_splat(weighted);
    b = v128.load64_splat(weighted, 8);
    x0 = v128.load(x);
    x1 = v128.load(x, 16);
    s0 = f64x2.add(s0, f64x2.mul(a, x0));
    s1 = f64x2.add(s1, f64x2.mul(a, x1));
    t0 = f64x2.add(t0, f64x2.mul(b, x0));
    t1 = f64x2.add(t1, f64x2.mul(b, x1));
    weighted += stride;
    x += stride;
    a = v128.load64_splat(weighted);
    b = v128.load64_splat(weighted, 8);
    x0 = v128.load(x);
    x1 = v128.load(x, 16);
    s0 = f64x2.add(s0, f64x2.mul(a, x0));
    s1 = f64x2.add(s1, f64x2.mul(a, x1));
    t0 = f64x2.add(t0, f64x2.mul(b, x0));
    t1 = f64x2.add(t1, f64x2.mul(b, x1));
    weighted += stride;
    x += stride;
    p0 = f64x2.add(p0, s0);
    p1 = f64x2.add(p1, s1);
    q0 = f64x2.add(q0, t0);
    q1 = f64x2.add(q1, t1);
  }
  v128.store(tile, p0);
  v128.store(tile, p1, 16);
  v128.store(tile + stride, q0);
  v128.store(tile + stride, q1, 16);
}
