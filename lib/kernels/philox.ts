/**
 * Philox4x32-10, the generator of lib/src/random.ts, four counters at a time.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC'11.
 */

/** Low words of the 64-bit products of a low and a high half, in the order of the lanes. */
function lowWords(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 2, 4, 6);
}

/** High words of the same. */
function highWords(low: v128, high: v128): v128 {
  return v128.shuffle<i32>(low, high, 1, 3, 5, 7);
}

/**
 * Writes the 16 random words of four blocks to `out`, block after block: block i has the counter
 * (block + i, c1, c2, c3) and the key (k0, k1). Bit-equal to `philox4x32` of lib/src/random.ts.
 *
 * Each of the four vectors holds one word of all four counters.
 */
export function philox4(out: usize, block: u32, c1: u32, c2: u32, c3: u32, k0: u32, k1: u32): void {
  const m0 = i32x4.splat(<i32>0xd2511f53);
  const m1 = i32x4.splat(<i32>0xcd9e8d57);
  let x0 = i32x4.add(i32x4.splat(block), i32x4(0, 1, 2, 3));
  let x1 = i32x4.splat(c1);
  let x2 = i32x4.splat(c2);
  let x3 = i32x4.splat(c3);
  let key0 = i32x4.splat(k0);
  let key1 = i32x4.splat(k1);
  for (let round = 0; round < 10; round++) {
    const low0 = i64x2.extmul_low_i32x4_u(x0, m0);
    const high0 = i64x2.extmul_high_i32x4_u(x0, m0);
    const low1 = i64x2.extmul_low_i32x4_u(x2, m1);
    const high1 = i64x2.extmul_high_i32x4_u(x2, m1);
    x0 = v128.xor(v128.xor(highWords(low1, high1), x1), key0);
    x2 = v128.xor(v128.xor(highWords(low0, high0), x3), key1);
    x1 = lowWords(low1, high1);
    x3 = lowWords(low0, high0);
    key0 = i32x4.add(key0, i32x4.splat(<i32>0x9e3779b9));
    key1 = i32x4.add(key1, i32x4.splat(<i32>0xbb67ae85));
  }
  storeTransposed(out, x0, x1, x2, x3);
}

/** Stores the columns of the 4 x 4 words x0 .. x3 one after another. */
function storeTransposed(out: usize, x0: v128, x1: v128, x2: v128, x3: v128): void {
  const a = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
  const b = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
  const c = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
  const d = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<i64>(a, b, 0, 2));
  v128.store(out, v128.shuffle<i64>(a, b, 1, 3), 16);
  v128.store(out, v128.shuffle<i64>(c, d, 0, 2), 32);
  v128.store(out, v128.shuffle<i64>(c, d, 1, 3), 48);
}
