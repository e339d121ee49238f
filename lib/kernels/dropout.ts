/**
 * Inverted dropout: elements are set to 0 with probability `rate`, the others multiplied by 1 / (1 - rate).
 * Source: Srivastava et al., "Dropout", JMLR 15 (2014); scaled at training time as Keras does.
 */
import { philox4 } from "./philox";

/** The words of four blocks: 32 elements of 16 bits. */
const words: usize = memory.data(64, 16);

/**
 * Multiplies the n elements of x in place by a random mask and keeps the mask (0 or 1 / (1 - rate)).
 *
 * Element i is kept iff its 16 random bits are at least round(65536 rate). They are the (i mod 8)-th half word, low
 * half first, of the Philox block floor(i / 8) with the counter (block, step, layer, epoch) and the key
 * (seed, stream): a mask depends on nothing else, neither on other layers nor on the order of the work.
 *
 * @param rate share of elements dropped, 0 <= rate < 1
 */
export function dropoutForward(
  x: usize,
  mask: usize,
  n: i32,
  rate: f64,
  seed: u32,
  stream: u32,
  epoch: u32,
  step: u32,
  layer: u32,
): void {
  const threshold = i32x4.splat(<i32>Math.floor(rate * 65536 + 0.5));
  const scale = f32x4.splat(<f32>(1 / (1 - rate)));
  for (let i = 0; i < n; i += 32) {
    philox4(words, i >> 3, step, layer, epoch, seed, stream);
    const end = (<usize>min(32, n - i)) << 2;
    const start = (<usize>i) << 2;
    for (let j: usize = 0; j < end; j += 16) {
      const drawn = v128.load16x4_u(words + (j >> 1));
      const kept = v128.and(i32x4.ge_s(drawn, threshold), scale);
      v128.store(mask + start + j, kept);
      v128.store(x + start + j, f32x4.mul(v128.load(x + start + j), kept));
    }
  }
}

/** dy becomes the gradient with respect to what went into {@link dropoutForward}: dy * mask, in place. */
export function dropoutBackward(dy: usize, mask: usize, n: i32): void {
  const bytes = (<usize>n) << 2;
  for (let i: usize = 0; i < bytes; i += 16) v128.store(dy + i, f32x4.mul(v128.load(dy + i), v128.load(mask + i)));
}
