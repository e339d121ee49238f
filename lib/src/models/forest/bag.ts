import { randomWords } from "../../random";

/**
 * How often tree `tree` of a forest has each row: as many rows as there are, drawn with replacement. It depends on the
 * seed and the tree only, so that it can be had again to tell which rows the tree did not see.
 *
 * @param counts gets the answer; a row that comes more than 255 times (which no seed brings about) counts 255 times
 */
export function fillBag(counts: Uint8Array, seed: number, tree: number): void {
  const next = randomWords(seed, "forest", "rows", tree);
  const rows = counts.length;
  counts.fill(0);
  // The product is exact: 32 bits times fewer than 2^21 rows.
  for (let i = 0; i < rows; i++) {
    const row = Math.floor((next() * rows) / 0x100000000);
    if (counts[row] < 255) counts[row]++;
  }
}
