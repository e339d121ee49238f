/**
 * Sorting keys: the code of a row's value in the high bits, what is counted in the low ones.
 *
 * Of 32 bits (code 20, weight 6, class 6) where rows count as whole numbers; of 64 (code 32, row 32) where weights or
 * targets are real numbers, which are looked up by the row.
 */

/** Up to so many keys are sorted by insertion at once. */
const FEW: i32 = 24;

/** The code of a key. */
export function codeOf<T>(key: T): u32 {
  return sizeof<T>() == 4 ? <u32>key >> 12 : <u32>(<u64>key >> 32);
}

/** Address of entry i of an array of T. */
function at<T>(array: usize, i: i32): usize {
  return array + <usize>i * sizeof<T>();
}

/** Sorts m keys by their codes in place: for few, or nearly sorted ones. */
function insert<T>(keys: usize, m: i32): void {
  const end = at<T>(keys, m);
  for (let next = keys + sizeof<T>(); next < end; next += sizeof<T>()) {
    const key = load<T>(next);
    const code = codeOf<T>(key);
    let to = next;
    while (to > keys) {
      const before = load<T>(to - sizeof<T>());
      if (codeOf<T>(before) <= code) break;
      store<T>(to, before);
      to -= sizeof<T>();
    }
    store<T>(to, key);
  }
}

/**
 * Sorts m keys by their codes; returns where they are then, `keys` or `room`.
 *
 * Many go through m buckets of equally many codes, which takes a time in proportion to m unless nearly all codes are
 * close together, and then by insertion.
 *
 * @param counts m + 1 zeros, which it leaves as zeros
 * @param low least and `high` greatest code, low < high
 */
export function sortKeys<T>(keys: usize, room: usize, counts: usize, m: i32, low: u32, high: u32): usize {
  if (m <= FEW) {
    insert<T>(keys, m);
    return keys;
  }
  const scale: f64 = <f64>(m - 1) / <f64>(high - low);
  const end = at<T>(keys, m);
  for (let k = keys; k < end; k += sizeof<T>()) {
    const count = counts + 4 + (bucket<T>(load<T>(k), low, scale) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  const lastCount = at<u32>(counts, m);
  let sum: u32 = 0;
  for (let count = counts; count < lastCount; count += 4) {
    sum += load<u32>(count);
    store<u32>(count, sum);
  }
  for (let k = keys; k < end; k += sizeof<T>()) {
    const key = load<T>(k);
    const count = counts + (bucket<T>(key, low, scale) << 2);
    const to = load<u32>(count);
    store<u32>(count, to + 1);
    store<T>(at<T>(room, <i32>to), key);
  }
  memory.fill(counts, 0, (<usize>m + 1) << 2);
  insert<T>(room, m);
  return room;
}

function bucket<T>(key: T, low: u32, scale: f64): usize {
  return <usize>(<u32>(<f64>(codeOf<T>(key) - low) * scale));
}
