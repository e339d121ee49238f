import { HitlabError } from "./errors";
import { normalQuantile } from "./special";

/**
 * Everything random in hitlab comes from here, with one exception: numpy-random.ts, which chooses the rows that a study
 * itself trained and tested on with scikit-learn, and nothing else.
 *
 * The generator is Philox4x32-10, a counter-based one: number n of a stream is a pure function of (seed, stream, n),
 * so results depend neither on the order of calls to other streams nor on how work is spread over threads.
 *
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC'11.
 */
export interface Random {
  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number;
  /** Normal with the given mean (0) and standard deviation (1), by inversion of the distribution function. */
  normal(mean?: number, sd?: number): number;
  /** Whole number from `low` (inclusive) to `high` (exclusive), each equally likely. */
  integer(low: number, high: number): number;
  /** The numbers 0 .. n - 1 in random order (Fisher-Yates). */
  permutation(n: number): Int32Array;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** `k` different numbers out of 0 .. n - 1, in random order. */
  sample(n: number, k: number): Int32Array;
  /** An independent generator for a named part of the work; calls to it do not move this one. */
  stream(...path: (string | number)[]): Random;
}

/**
 * A generator for a seed and a named stream.
 *
 * @param seed whole number from 0 to 2^32 - 1
 * @param path names and numbers that tell this stream from the others of the seed
 * @example
 * ```ts
 * const rng = random(42, "split");
 * rng.permutation(5); // the same five numbers on every machine
 * ```
 */
export function random(seed: number, ...path: (string | number)[]): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new HitlabError({
      what: "a seed must be a whole number from 0 to 4294967295",
      value: seed,
      remedy: "pass such a number, for example 42",
    });
  }
  return new PhiloxRandom(seed >>> 0, path);
}

class PhiloxRandom implements Random {
  private readonly streamKey: number;
  private readonly block = new Uint32Array(4);
  private blockIndex = 0;
  private used = 4;

  constructor(
    private readonly seed: number,
    private readonly path: readonly (string | number)[],
  ) {
    this.streamKey = streamKey(...path);
  }

  uniform(): number {
    const high = this.next() >>> 5;
    const low = this.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  normal(mean = 0, sd = 1): number {
    let u = this.uniform();
    while (u === 0) u = this.uniform();
    return mean + sd * normalQuantile(u);
  }

  integer(low: number, high: number): number {
    const range = high - low;
    if (!Number.isInteger(low) || !Number.isInteger(high) || range < 1 || range > 0x100000000) {
      throw new HitlabError({
        what: "integer(low, high) needs whole numbers with low < high, at most 2^32 apart",
        value: `${low}, ${high}`,
        remedy: "swap or round the bounds",
      });
    }
    // Numbers past the last whole multiple of the range would favour the small ones: draw again.
    const limit = Math.floor(0x100000000 / range) * range;
    let drawn = this.next();
    while (drawn >= limit) drawn = this.next();
    return low + (drawn % range);
  }

  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(0, i + 1);
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  shuffle<T>(items: readonly T[]): T[] {
    return Array.from(this.permutation(items.length), (i) => items[i]);
  }

  sample(n: number, k: number): Int32Array {
    if (!Number.isInteger(k) || k < 0 || !(k <= n)) {
      const remedy = `ask for a whole number of them, 0 to ${n}`;
      throw new HitlabError({ what: `cannot draw ${k} different numbers out of ${n}`, remedy });
    }
    return this.permutation(n).slice(0, k);
  }

  stream(...path: (string | number)[]): Random {
    return new PhiloxRandom(this.seed, [...this.path, ...path]);
  }

  /** The next 32 random bits. */
  private next(): number {
    if (this.used === 4) {
      const high = Math.floor(this.blockIndex / 0x100000000);
      philox4x32([this.blockIndex >>> 0, high, 0, 0], [this.seed, this.streamKey], this.block);
      this.blockIndex++;
      this.used = 0;
    }
    return this.block[this.used++];
  }
}

/**
 * A fast generator of 32 random bits a call, for work that draws by the million: xoshiro128**, its state the first four
 * words of the Philox stream of the seed and the path. Four calls seed a generator elsewhere, in a kernel say.
 *
 * Source: Blackman, Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47(4), 2021;
 * https://prng.di.unimi.it/xoshiro128starstar.c
 *
 * @param seed whole number from 0 to 2^32 - 1
 * @param path names and numbers that tell this stream from the others of the seed
 * @example
 * ```ts
 * const next = randomWords(42, "forest", 7);
 * next(); // a whole number from 0 to 4294967295
 * ```
 */
export function randomWords(seed: number, ...path: (string | number)[]): () => number {
  const rng = random(seed, ...path);
  const state = Int32Array.from({ length: 4 }, () => rng.integer(0, 0x100000000));
  // The one state it would never leave: as good as impossible, but not quite.
  if (state.every((word) => word === 0)) state[0] = 1;
  return xoshiro(state);
}

/** xoshiro128** from a state of four words, of which one is not 0. */
export function xoshiro([a, b, c, d]: Int32Array): () => number {
  return () => {
    const word = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return word >>> 0;
  };
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The second word of the generator's key for a named stream: the kernels draw their dropout masks with it. */
export function streamKey(...path: (string | number)[]): number {
  return hash(path.map((part) => `${typeof part}:${part}`).join("/"));
}

/** Ten rounds of Philox4x32: four random words for a counter of four words and a key of two. */
export function philox4x32(counter: readonly number[], key: readonly number[], out: Uint32Array): void {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** High 32 bits of the 64-bit product of two unsigned words. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const middleLow = (middle & 0xffff) + aLow * bHigh;
  // middle and middleLow stay below 2^32 + 2^16: exact in a double, so divide instead of shifting.
  return (aHigh * bHigh + Math.floor(middle / 0x10000) + Math.floor(middleLow / 0x10000)) | 0;
}

/** FNV-1a over the UTF-16 units: 32 bits that tell stream names apart. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

/**
 * Runs `work` with the global `Math.random` replaced by `rng`, and puts the old one back.
 *
 * tfjs draws its shuffles, dropout masks and seedless initial weights from `Math.random`; layer seeds alone do not
 * make a fit repeatable. One such scope at a time: a second one inside the first is refused.
 */
export async function withMathRandom<T>(rng: Random, work: () => T | Promise<T>): Promise<T> {
  if (seeded) {
    throw new HitlabError({
      what: "two seeded pieces of work run at once, so neither would be repeatable",
      remedy: "await the first before starting the second",
    });
  }
  const original = Math.random;
  seeded = true;
  Math.random = () => rng.uniform();
  try {
    return await work();
  } finally {
    Math.random = original;
    seeded = false;
  }
}

let seeded = false;
