/** The order of an epoch's rows: bit-equal to `random(seed, ...).permutation(n)` of lib/src/random.ts. */
import { philox4 } from "./philox";

/** The words of four blocks. */
const words: usize = memory.data(64, 16);

/**
 * order = the numbers 0 .. n - 1 in random order, drawn with the key (seed, stream).
 * Source: Fisher, Yates, 1938, by Durstenfeld, CACM 7(7), 1964.
 */
export function shuffle(order: usize, n: i32, seed: u32, stream: u32): void {
  for (let i = 0; i < n; i++) store<i32>(order + ((<usize>i) << 2), i);
  let block: u32 = 0;
  let used = 16;
  for (let i = n - 1; i > 0; i--) {
    const range = <u32>(i + 1);
    let drawn: u32 = 0;
    do {
      if (used == 16) {
        philox4(words, block, 0, 0, 0, seed, stream);
        block += 4;
        used = 0;
      }
      drawn = load<u32>(words + ((<usize>used) << 2));
      used++;
    } while (tooLarge(drawn, range));
    const here = order + ((<usize>i) << 2);
    const there = order + ((<usize>(drawn % range)) << 2);
    const kept = load<i32>(here);
    store<i32>(here, load<i32>(there));
    store<i32>(there, kept);
  }
}

/** Numbers past the last whole multiple of the range would favour the small ones: they are drawn again. */
function tooLarge(drawn: u32, range: u32): bool {
  // Only the last `range` numbers can be: the division is for them alone.
  const zero: u32 = 0;
  if (drawn < zero - range) return false;
  const beyond = (zero - range) % range;
  return beyond > 0 && drawn >= zero - beyond;
}
