import type { Bins } from "../pages/decades/statistics";

/** About how many bins a histogram has. */
const WANTED = 30;
/** Whole numbers get a bin each while there are at most this many. */
const WHOLE = 40;
/** Widths that read well, times a power of ten. */
const ROUND = [1, 2, 2.5, 3, 4, 5, 8];

/**
 * Bins for all of some values: of whole numbers one per value, else about thirty of a round width. They span the middle
 * 99 % of the values; the others are to be counted in the first and in the last bin.
 *
 * @param sorted ascending, at least one number
 */
export function binsFor(sorted: Float64Array, whole: boolean): Bins {
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  const few = whole && most - least < WANTED / 2;
  const low = few ? least : sorted[Math.floor((sorted.length - 1) * 0.005)];
  const high = few ? most : sorted[Math.ceil((sorted.length - 1) * 0.995)];
  const single = whole && high - low < WHOLE;
  const width = single ? 1 : roundWidth(high - low);
  const from = single ? low - 0.5 : round(Math.floor(low / width + 1e-9) * width);
  // A largest value on an edge needs one more bin, above that edge.
  const count = single ? high - low + 1 : Math.floor((high - from) / width + 1e-9) + 1;
  const bins = { from, width, count };
  const outside = (way: (place: number) => boolean) => sorted.filter((value) => way(placeOf(value, bins))).length;
  return { ...bins, below: outside((place) => place < 0), above: outside((place) => place >= count) };
}

/** Values in each bin; those beyond the edges in the first and in the last. */
export function countsIn(values: Float64Array, bins: Pick<Bins, "from" | "width" | "count">): number[] {
  const counts = new Array<number>(bins.count).fill(0);
  for (const value of values) counts[Math.min(Math.max(placeOf(value, bins), 0), bins.count - 1)]++;
  return counts;
}

/** Number of a value's bin, from 0; the small number keeps 0.3 in the bin that begins at 3 times 0.1. */
function placeOf(value: number, { from, width }: Pick<Bins, "from" | "width">): number {
  return Math.floor((value - from) / width + 1e-9);
}

/** The round width that parts a range into the number of bins nearest to the one wanted. */
function roundWidth(range: number): number {
  if (!(range > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(range / WANTED));
  const widths = [...ROUND, 10].map((step) => step * power);
  const miss = (width: number) => Math.abs(range / width - WANTED);
  return round(widths.reduce((best, width) => (miss(width) < miss(best) ? width : best)));
}

/** Without the last digits that binary fractions leave behind. */
function round(value: number): number {
  return Number(value.toPrecision(10));
}
