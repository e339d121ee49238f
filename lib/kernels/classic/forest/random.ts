/** xoshiro128**: bit-equal to `randomWords` of lib/src/random.ts, which names the source. */

let a: u32 = 1;
let b: u32 = 0;
let c: u32 = 0;
let d: u32 = 0;

/** Sets the state, four words of which one is not 0. */
export function seedWords(first: u32, second: u32, third: u32, fourth: u32): void {
  a = first;
  b = second;
  c = third;
  d = fourth;
}

/** The next 32 random bits. */
export function nextWord(): u32 {
  const word = rotl<u32>(b * 5, 7) * 9;
  const shifted = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= shifted;
  d = rotl<u32>(d, 11);
  return word;
}

/** A whole number from 0 to n - 1; each is equally likely but for a share of n / 2^32. */
export function below(n: i32): i32 {
  return <i32>((<u64>nextWord() * <u64>n) >> 32);
}
