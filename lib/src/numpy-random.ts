import { HitlabError } from "./errors";

/**
 * NumPy's `RandomState`, as far as scikit-learn's splits draw from it.
 *
 * This is the one exception to "everything random comes from random.ts". It serves one purpose: to choose the very rows
 * that a study trained and tested on, where the study's code called scikit-learn with a `random_state`. Nothing else
 * may draw from it.
 */
export interface NumpyRandomState {
  /** The numbers 0 .. n - 1 shuffled, as `RandomState.permutation(n)`. */
  permutation(n: number): Int32Array;
}

const words = 624;
const shift = 397;

/**
 * The generator of `numpy.random.RandomState(seed)`: the Mersenne Twister MT19937, started from one number
 * (`init_genrand`, not `init_by_array`: NumPy takes the latter for a list of seeds only), and the legacy shuffle
 * (`numpy/random/src/legacy`, `random_interval`: numbers past the bound are drawn again, not folded back).
 *
 * Source: Matsumoto, Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), with the seeding of their revision of 2002.
 * Checked against NumPy 2.4.6; NumPy promises never to change this stream (NEP 19).
 *
 * @param seed whole number from 0 to 2^32 - 1
 * @throws HitlabError for any other seed
 * @example
 * ```ts
 * numpyRandomState(12).permutation(5); // np.random.RandomState(12).permutation(5): 0, 1, 2, 4, 3
 * ```
 */
export function numpyRandomState(seed: number): NumpyRandomState {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new HitlabError({
      what: "a random state must be a whole number from 0 to 4294967295",
      value: seed,
      remedy: "pass the random_state of the study's own code",
    });
  }
  return new MersenneTwister(seed);
}

class MersenneTwister implements NumpyRandomState {
  private readonly state: Uint32Array;
  private at = words;

  constructor(seed: number) {
    this.state = started(seed);
  }

  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.upTo(i);
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  /** 0 .. max, each equally likely: the low bits that `max` has, drawn again while they exceed it. */
  private upTo(max: number): number {
    const mask = 0xffffffff >>> Math.clz32(max);
    let drawn = (this.next() & mask) >>> 0;
    while (drawn > max) drawn = (this.next() & mask) >>> 0;
    return drawn;
  }

  /** The next 32 random bits. */
  private next(): number {
    if (this.at === words) {
      twist(this.state);
      this.at = 0;
    }
    let y = this.state[this.at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }
}

/** The 624 words that a seed starts from. */
function started(seed: number): Uint32Array {
  const state = new Uint32Array(words);
  state[0] = seed;
  for (let i = 1; i < words; i++) {
    const before = state[i - 1];
    state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
  }
  return state;
}

/** The next 624 words, in place. */
function twist(state: Uint32Array): void {
  for (let i = 0; i < words; i++) {
    const y = (state[i] & 0x80000000) | (state[(i + 1) % words] & 0x7fffffff);
    state[i] = state[(i + shift) % words] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}
