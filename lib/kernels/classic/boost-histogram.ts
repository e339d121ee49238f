/**
 * Histograms of gradients. Features stand in blocks of four: the codes (bins) of a row's four features are four
 * bytes side by side, and a block's histogram (4 x 256 cells of 16 bytes) stays in the first-level cache.
 *
 * codes [blocks, rows, 4] bytes, histogram [blocks, 4, 256] cells, cells [rows].
 */

/** Bytes of a feature's histogram. */
const FEATURE: usize = 4096;

/** Adds a row's cell to the four histograms of a block. */
function addRow(histogram: usize, codes: usize, cell: v128): void {
  const a = histogram + ((<usize>load<u8>(codes)) << 4);
  v128.store(a, i64x2.add(v128.load(a), cell));
  const b = histogram + ((<usize>load<u8>(codes, 1)) << 4);
  v128.store(b, i64x2.add(v128.load(b, FEATURE), cell), FEATURE);
  const c = histogram + ((<usize>load<u8>(codes, 2)) << 4);
  v128.store(c, i64x2.add(v128.load(c, 2 * FEATURE), cell), 2 * FEATURE);
  const d = histogram + ((<usize>load<u8>(codes, 3)) << 4);
  v128.store(d, i64x2.add(v128.load(d, 3 * FEATURE), cell), 3 * FEATURE);
}

function addBlock(histogram: usize, codes: usize, order: usize, gathered: usize, count: i32): void {
  for (let k = 0; k < count; k++) {
    const row = <usize>load<u32>(order + ((<usize>k) << 2));
    addRow(histogram, codes + (row << 2), v128.load(gathered + ((<usize>k) << 4)));
  }
}

/** histogram = the sums over the rows order[0 .. count); `gathered` is room for `count` cells. */
export function boostHistogram(
  codes: usize,
  blocks: i32,
  rows: i32,
  order: usize,
  count: i32,
  cells: usize,
  gathered: usize,
  histogram: usize,
): void {
  memory.fill(histogram, 0, <usize>blocks * 4 * FEATURE);
  for (let k = 0; k < count; k++) {
    const row = <usize>load<u32>(order + ((<usize>k) << 2));
    v128.store(gathered + ((<usize>k) << 4), v128.load(cells + (row << 4)));
  }
  for (let b = 0; b < blocks; b++) {
    addBlock(histogram + <usize>b * 4 * FEATURE, codes + <usize>b * <usize>rows * 4, order, gathered, count);
  }
}

/** larger = parent - smaller, in place of the parent. */
export function boostSubtract(parent: usize, smaller: usize, blocks: i32): void {
  const bytes = <usize>blocks * 4 * FEATURE;
  for (let i: usize = 0; i < bytes; i += 16)
    v128.store(parent + i, i64x2.sub(v128.load(parent + i), v128.load(smaller + i)));
}

/**
 * Orders the rows order[start .. end) anew: first those whose code of `feature` is at most `bin`, in their order, then
 * the others in theirs. `scratch` is room for as many rows. Returns where the others begin.
 */
export function boostPartition(
  codes: usize,
  rows: i32,
  feature: i32,
  bin: i32,
  order: usize,
  start: i32,
  end: i32,
  scratch: usize,
): i32 {
  const column = codes + <usize>(feature >> 2) * <usize>rows * 4 + <usize>(feature & 3);
  const from = order + ((<usize>start) << 2);
  const to = order + ((<usize>end) << 2);
  let left = from;
  let right = scratch;
  for (let k = from; k < to; k += 4) {
    const row = load<u32>(k);
    // Written to both, and one of them goes on: no branch to be mispredicted.
    store<u32>(left, row);
    store<u32>(right, row);
    const goesLeft = (<usize>(<i32>load<u8>(column + ((<usize>row) << 2)) <= bin)) << 2;
    left += goesLeft;
    right += 4 - goesLeft;
  }
  memory.copy(left, scratch, right - scratch);
  return start + <i32>((left - from) >> 2);
}
