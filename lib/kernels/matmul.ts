/**
 * Matrix products, for any sizes: C = init + A B and C = init + A' B.
 *
 * B is first packed into panels of eight columns, each panel contiguous in the order it is read, the last one filled
 * up with zeros. A tile of 4 x 8 of C is then kept in registers while a panel's rows and four numbers of A per row go
 * by: per step of k two loads of B, four broadcasts of A and 16 multiply and add instructions. Of A' the four numbers
 * lie side by side already; four rows of A are brought into that form first, once for all panels. Packing also does
 * away with the transposed forms of B and with the cache conflicts of rows that lie a power of two apart.
 *
 * Each entry of C is the sum over k in rising order, in float32, whatever the sizes: a row's result does not depend on
 * the rows beside it.
 *
 * Source: Goto, van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008; Van Zee,
 * van de Geijn, "BLIS", ACM TOMS 41(3), 2015.
 */

/** Columns of a panel. */
const PANEL = 8;
/** Rows of a tile. */
const TILE = 4;

/** Rows of A' B that are multiplied at a time: four columns of so many rows stay in the first-level cache. */
const BLOCK = 256;

/** Scratch for tiles on the edge of C: 4 x 8 floats. */
const edge: usize = memory.data(128, 16);

/** Floats that a packed B [k, n] takes, with room behind it for four rows of A. */
export function packedSize(k: i32, n: i32): i32 {
  return panelsSize(k, n) + TILE * k;
}

function panelsSize(k: i32, n: i32): i32 {
  return ((n + PANEL - 1) / PANEL) * PANEL * k;
}

/** Packs B [k, n], row-major. */
export function pack(b: usize, k: i32, n: i32, out: usize): void {
  const row = (<usize>n) << 2;
  for (let j = 0; j < n; j += PANEL) {
    const columns = min(PANEL, n - j);
    let from = b + ((<usize>j) << 2);
    for (let i = 0; i < k; i++) {
      if (columns == PANEL) {
        v128.store(out, v128.load(from));
        v128.store(out, v128.load(from, 16), 16);
      } else {
        for (let c = 0; c < PANEL; c++) {
          store<f32>(out + ((<usize>c) << 2), c < columns ? load<f32>(from + ((<usize>c) << 2)) : 0);
        }
      }
      from += row;
      out += PANEL << 2;
    }
  }
}

/** Packs the transpose of b [n, k], row-major: B is [k, n]. */
export function packTransposed(b: usize, k: i32, n: i32, out: usize): void {
  const row = (<usize>k) << 2;
  for (let j = 0; j < n; j += PANEL) {
    const columns = min(PANEL, n - j);
    const from = b + <usize>j * row;
    for (let i = 0; i < k; i++) {
      let at = from + ((<usize>i) << 2);
      for (let c = 0; c < PANEL; c++) {
        store<f32>(out + ((<usize>c) << 2), c < columns ? load<f32>(at) : 0);
        at += row;
      }
      out += PANEL << 2;
    }
  }
}

/**
 * One tile: four numbers of A per step of k, side by side and `aStep` bytes from those of the next, times one panel.
 * The tile begins as it stands at `init`.
 */
function tile(a: usize, aStep: usize, panel: usize, k: i32, init: usize, initRow: usize, c: usize, cRow: usize): void {
  let c00 = v128.load(init);
  let c01 = v128.load(init, 16);
  init += initRow;
  let c10 = v128.load(init);
  let c11 = v128.load(init, 16);
  init += initRow;
  let c20 = v128.load(init);
  let c21 = v128.load(init, 16);
  init += initRow;
  let c30 = v128.load(init);
  let c31 = v128.load(init, 16);
  const end = panel + ((<usize>(k * PANEL)) << 2);
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let x = v128.load32_splat(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += aStep;
    panel += PANEL << 2;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  c += cRow;
  v128.store(c, c10);
  v128.store(c, c11, 16);
  c += cRow;
  v128.store(c, c20);
  v128.store(c, c21, 16);
  c += cRow;
  v128.store(c, c30);
  v128.store(c, c31, 16);
}

/** Copies the part of a tile that lies inside C. */
function copyTile(from: usize, fromRow: usize, to: usize, toRow: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    let j = 0;
    if (columns >= 4) {
      v128.store(to, v128.load(from));
      j = 4;
    }
    for (; j < columns; j++) store<f32>(to + ((<usize>j) << 2), load<f32>(from + ((<usize>j) << 2)));
    from += fromRow;
    to += toRow;
  }
}

/** Up to four rows of C [rows, n]: all panels in turn, `panelBytes` apart. */
function tileRow(
  a: usize,
  aStep: usize,
  packed: usize,
  panelBytes: usize,
  init: usize,
  initRow: usize,
  c: usize,
  rows: i32,
  k: i32,
  n: i32,
): void {
  const cRow = (<usize>n) << 2;
  for (let j = 0; j < n; j += PANEL) {
    const columns = min(PANEL, n - j);
    if (rows == TILE && columns == PANEL) {
      tile(a, aStep, packed, k, init, initRow, c, cRow);
    } else {
      // Beside C there is something to read, below it there may be nothing.
      if (rows < TILE) copyTile(init, initRow, edge, PANEL << 2, rows, columns);
      const from = rows < TILE ? edge : init;
      tile(a, aStep, packed, k, from, rows < TILE ? PANEL << 2 : initRow, edge, PANEL << 2);
      copyTile(edge, PANEL << 2, c, cRow, rows, columns);
    }
    packed += panelBytes;
    init += PANEL << 2;
    c += PANEL << 2;
  }
}

/** Brings four rows of k numbers into the form [k, 4]; of fewer rows the last one is repeated. */
function interleave(a: usize, rows: i32, k: i32, out: usize): void {
  const row = (<usize>k) << 2;
  const a1 = rows > 1 ? a + row : a;
  const a2 = rows > 2 ? a1 + row : a1;
  const a3 = rows > 3 ? a2 + row : a2;
  const whole = (<usize>(k & ~3)) << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const x0 = v128.load(a + at);
    const x1 = v128.load(a1 + at);
    const x2 = v128.load(a2 + at);
    const x3 = v128.load(a3 + at);
    const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(out, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(out, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7), 16);
    v128.store(out, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5), 32);
    v128.store(out, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7), 48);
    out += 64;
  }
  for (; at < row; at += 4) {
    store<f32>(out, load<f32>(a + at));
    store<f32>(out, load<f32>(a1 + at), 4);
    store<f32>(out, load<f32>(a2 + at), 8);
    store<f32>(out, load<f32>(a3 + at), 12);
    out += 16;
  }
}

/**
 * C [m, n] = init + A B, with A [m, k] row-major and B packed.
 *
 * @param init what the sums begin with; up to 28 bytes behind its last number are read as well, and not used
 * @param initRow bytes from a row of `init` to the next: C's own to add to C, 0 to begin every row with a bias
 */
export function multiply(a: usize, packed: usize, init: usize, initRow: usize, c: usize, m: i32, k: i32, n: i32): void {
  const rows4 = packed + ((<usize>panelsSize(k, n)) << 2);
  for (let i = 0; i < m; i += TILE) {
    const rows = min(TILE, m - i);
    interleave(a + ((<usize>(i * k)) << 2), rows, k, rows4);
    const to = c + ((<usize>(i * n)) << 2);
    tileRow(rows4, TILE << 2, packed, packedRow(k), init + <usize>i * initRow, initRow, to, rows, k, n);
  }
}

/** Bytes from a packed matrix' first row to its row k. */
export function packedRow(k: i32): usize {
  return (<usize>(k * PANEL)) << 2;
}

/**
 * C [m, n] = A' B, with A [k, m] row-major, taken as it lies, and `zeros` at least n + 7 of them.
 *
 * @param packed B [k, n], which may be the later rows of a packed matrix of `packedRows` rows
 */
export function multiplyTransposed(
  a: usize,
  packed: usize,
  packedRows: i32,
  zeros: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
): void {
  const aStep = (<usize>m) << 2;
  const panelBytes = packedRow(packedRows);
  let from = 0;
  // Once even without rows, so that C becomes zero.
  do {
    const rows = min(BLOCK, k - from);
    for (let i = 0; i < m; i += TILE) {
      // Past the last of fewer than four columns lie numbers that take part in nothing that is kept.
      const corner = a + <usize>from * aStep + ((<usize>i) << 2);
      const to = c + ((<usize>(i * n)) << 2);
      const init = from > 0 ? to : zeros;
      const initRow = from > 0 ? (<usize>n) << 2 : 0;
      tileRow(corner, aStep, packed + packedRow(from), panelBytes, init, initRow, to, min(TILE, m - i), rows, n);
    }
    from += BLOCK;
  } while (from < k);
}

/** out[j] = sum over i of a[i, j], for a [rows, n] row-major: the gradient of a bias. */
export function columnSums(a: usize, rows: i32, n: i32, out: usize): void {
  const row = (<usize>n) << 2;
  let j = 0;
  // Sixteen columns are a cache line: each is read once.
  for (; j + 16 <= n; j += 16) sixteenSums(a + ((<usize>j) << 2), row, rows, out + ((<usize>j) << 2));
  for (; j < n; j++) {
    let sum: f32 = 0;
    let at = a + ((<usize>j) << 2);
    for (let i = 0; i < rows; i++, at += row) sum += load<f32>(at);
    store<f32>(out + ((<usize>j) << 2), sum);
  }
}

function sixteenSums(a: usize, row: usize, rows: i32, out: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let i = 0; i < rows; i++, a += row) {
    s0 = f32x4.add(s0, v128.load(a));
    s1 = f32x4.add(s1, v128.load(a, 16));
    s2 = f32x4.add(s2, v128.load(a, 32));
    s3 = f32x4.add(s3, v128.load(a, 48));
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}
