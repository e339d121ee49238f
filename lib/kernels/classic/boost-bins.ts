/**
 * codes[i * 4] = how many of the edges lie below values[i]. edges: 255 doubles ascending, filled up with Infinity.
 */
export function boostCodes(values: usize, rows: i32, edges: usize, codes: usize): void {
  for (let i = 0; i < rows; i++) {
    const value = load<f64>(values + ((<usize>i) << 3));
    // By halves, without branches: 128, 64, ... 1 edges further if all of them lie below.
    let at = edges;
    for (let step: usize = 1024; step >= 8; step >>= 1) at += load<f64>(at + step - 8) < value ? step : 0;
    store<u8>(codes + ((<usize>i) << 2), <u8>((at - edges) >> 3));
  }
}

/** A double's bits, changed so that they ascend as an integer with the double. */
function ascending(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

function back(bits: u64): u64 {
  return bits ^ (bits >> 63 ? <u64>0x8000000000000000 : <u64>-1);
}

/**
 * Sorts doubles, without NaN, in place, digit by digit of 11 bits. `other`: room for as many; `counts`: for 2,048 i32.
 */
export function boostSort(values: usize, rows: i32, other: usize, counts: usize): void {
  const bytes = (<usize>rows) << 3;
  for (let i: usize = 0; i < bytes; i += 8) store<u64>(values + i, ascending(load<u64>(values + i)));
  let from = values;
  let to = other;
  for (let shift: u64 = 0; shift < 64; shift += 11) {
    if (!spread(from, to, bytes, shift, counts)) continue;
    const kept = from;
    from = to;
    to = kept;
  }
  for (let i: usize = 0; i < bytes; i += 8) store<u64>(values + i, back(load<u64>(from + i)));
}

/** One pass: from `from` to `to` by the digit at `shift`. Returns false if all have the same, and nothing is done. */
function spread(from: usize, to: usize, bytes: usize, shift: u64, counts: usize): bool {
  memory.fill(counts, 0, 8192);
  for (let i: usize = 0; i < bytes; i += 8) {
    const count = counts + ((<usize>((load<u64>(from + i) >> shift) & 2047)) << 2);
    store<u32>(count, load<u32>(count) + 8);
  }
  const first = counts + ((<usize>((load<u64>(from) >> shift) & 2047)) << 2);
  if (<usize>load<u32>(first) == bytes) return false;
  let sum: u32 = 0;
  for (let d: usize = 0; d < 8192; d += 4) {
    const count = load<u32>(counts + d);
    store<u32>(counts + d, sum);
    sum += count;
  }
  for (let i: usize = 0; i < bytes; i += 8) {
    const value = load<u64>(from + i);
    const at = counts + ((<usize>((value >> shift) & 2047)) << 2);
    const place = load<u32>(at);
    store<u64>(to + <usize>place, value);
    store<u32>(at, place + 8);
  }
  return true;
}
