import { HitlabError } from "../errors";

/** Shares of train and test, or of train, validation and test; they sum to 1. */
export type Sizes = readonly [number, number] | readonly [number, number, number];

/** Names of the parts that `sizes` speaks of, in its order. */
export function partNames(sizes: Sizes): ("train" | "validation" | "test")[] {
  return sizes.length === 2 ? ["train", "test"] : ["train", "validation", "test"];
}

/** @throws HitlabError unless there are two or three positive shares that sum to 1. */
export function checkSizes(sizes: readonly number[]): asserts sizes is Sizes {
  const sum = sizes.reduce((a, b) => a + b, 0);
  const fine = (sizes.length === 2 || sizes.length === 3) && sizes.every((s) => s > 0) && Math.abs(sum - 1) < 1e-9;
  if (fine) return;
  throw new HitlabError({
    what: "sizes must be two or three positive shares that sum to 1",
    value: `[${sizes.join(", ")}]`,
    remedy: "pass [0.8, 0.2] for train and test or [0.8, 0.1, 0.1] for train, validation and test",
  });
}

/**
 * Whole numbers near `ideal` that sum to `total`: each is rounded down, then the largest remainders get one more
 * (on a tie the earlier entry). No entry exceeds its `cap`.
 */
export function largestRemainder(ideal: readonly number[], total: number, cap?: readonly number[]): number[] {
  const limit = cap ?? ideal.map(() => Number.POSITIVE_INFINITY);
  const counts = ideal.map((v, i) => Math.min(Math.floor(v), limit[i]));
  const order = ideal.map((_, i) => i).sort((a, b) => ideal[b] - counts[b] - (ideal[a] - counts[a]) || a - b);
  let left = total - counts.reduce((a, b) => a + b, 0);
  // A second round is needed only where caps were reached.
  while (left > 0) {
    const before = left;
    for (const i of order) {
      if (left > 0 && counts[i] < limit[i]) {
        counts[i]++;
        left--;
      }
    }
    if (left === before) break;
  }
  return counts;
}

/** Rows of each part of `n` rows; every part has at least one. */
export function partRows(n: number, sizes: Sizes): number[] {
  const ideal = sizes.map((s) => s * n);
  const rows = largestRemainder(ideal, n);
  const empty = rows.indexOf(0);
  if (empty >= 0) throw emptyPart(partNames(sizes)[empty], `${n} rows`);
  return rows;
}

export function emptyPart(part: string, of: string): HitlabError {
  return new HitlabError({
    what: `the ${part} part of ${of} would be empty`,
    remedy: "give it a larger share or use more rows",
  });
}
