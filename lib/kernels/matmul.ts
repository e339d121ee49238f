/**
 * Matrix products: C = init + A B, for any sizes.
 *
 * B is first packed into panels of eight columns, each panel contiguous in the order it is read, the last one filled
 * up with zeros. A tile of 4 x 8 of C is then kept in registers while A's columns and a panel's rows go by: per step of
 * k two loads of B, four broadcasts of A and 16 multiply and add instructions. Packing also does away with the
 * transposed forms (strides say how to walk through B, and through A in place) and with the cache conflicts of rows
 * that lie a power of two apart.
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

/** Scratch for tiles on the edge of C: 4 x 8 floats. */
const edge: usize = memory.data(128, 16);

/** Floats that a packed matrix of k rows and n columns takes. */
export function packedSize(k: i32, n: i32): i32 {
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

/** Four rows of A (their addresses) times one panel of k rows; the tile begins as it stands at `init`. */
function tile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  aColumn: usize,
  panel: usize,
  k: i32,
  init: usize,
  initRow: usize,
  c: usize,
  cRow: usize,
): void {
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
  const end = panel + ((<usize>k * PANEL) << 2);
  while (panel < end) {
    const b0 = v128.load(panel);
    const b1 = v128.load(panel, 16);
    let x = v128.load32_splat(a0);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a0 += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
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

/** Copies the part of a tile that lies inside C, four bytes at a time. */
function copyTile(from: usize, fromRow: usize, to: usize, toRow: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = (<usize>j) << 2;
      store<f32>(to + <usize>i * toRow + at, load<f32>(from + <usize>i * fromRow + at));
    }
  }
}

/**
 * C [m, n] = init + A B, with B packed.
 *
 * @param aRow bytes from a row of A to the next
 * @param aColumn bytes from a column of A to the next: 4 for A row-major, the row's length for A transposed in place
 * @param initRow bytes from a row of `init` to the next: C's own to add to C, 0 to begin every row with a bias
 */
export function multiply(
  a: usize,
  aRow: usize,
  aColumn: usize,
  packed: usize,
  init: usize,
  initRow: usize,
  c: usize,
  m: i32,
  k: i32,
  n: i32,
): void {
  const cRow = (<usize>n) << 2;
  const panelSize = (<usize>k * PANEL) << 2;
  for (let i = 0; i < m; i += TILE) {
    const rows = min(TILE, m - i);
    const a0 = a + <usize>i * aRow;
    // Rows past the end are computed as copies of the first and thrown away.
    const a1 = rows > 1 ? a0 + aRow : a0;
    const a2 = rows > 2 ? a1 + aRow : a0;
    const a3 = rows > 3 ? a2 + aRow : a0;
    let panel = packed;
    let from = init + <usize>i * initRow;
    let to = c + <usize>i * cRow;
    for (let j = 0; j < n; j += PANEL) {
      const columns = min(PANEL, n - j);
      if (rows == TILE && columns == PANEL) {
        tile(a0, a1, a2, a3, aColumn, panel, k, from, initRow, to, cRow);
      } else {
        copyTile(from, initRow, edge, PANEL << 2, rows, columns);
        tile(a0, a1, a2, a3, aColumn, panel, k, edge, PANEL << 2, edge, PANEL << 2);
        copyTile(edge, PANEL << 2, to, cRow, rows, columns);
      }
      panel += panelSize;
      from += PANEL << 2;
      to += PANEL << 2;
    }
  }
}

/** out[j] = sum over i of a[i, j], for a [rows, n] row-major: the gradient of a bias. */
export function columnSums(a: usize, rows: i32, n: i32, out: usize): void {
  const row = (<usize>n) << 2;
  const whole = n & ~3;
  for (let j = 0; j < whole; j += 4) {
    let at = a + ((<usize>j) << 2);
    let sum = f32x4.splat(0);
    for (let i = 0; i < rows; i++) {
      sum = f32x4.add(sum, v128.load(at));
      at += row;
    }
    v128.store(out + ((<usize>j) << 2), sum);
  }
  for (let j = whole; j < n; j++) {
    let sum: f32 = 0;
    for (let i = 0; i < rows; i++) sum += load<f32>(a + <usize>i * row + ((<usize>j) << 2));
    store<f32>(out + ((<usize>j) << 2), sum);
  }
}
