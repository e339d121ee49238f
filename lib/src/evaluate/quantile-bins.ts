import { HitlabError } from "../errors";
import { checkWhole } from "../models/checks";
import { quantileSorted } from "./quantile";
import type { Numbers } from "./scored";

/** Numbers cut into bins of about as many rows each. */
export interface QuantileBins {
  /** The bin of each row, from 0 (the lowest values). */
  readonly bins: Int32Array;
  /** Per bin its smallest and its largest value, for example "0 to 874"; fractions to six digits. */
  readonly labels: readonly string[];
}

/**
 * Cuts numbers at their quantiles: 4 bins are the quarters. Equal numbers always share a bin, so bins may be of unequal
 * size, or fewer than asked for.
 *
 * As `pandas.qcut(values, bins, duplicates="drop")`, but for quantiles that are the smallest value themselves, as with
 * many zeros: here that value is a bin of its own, pandas puts it together with those up to the next quantile.
 *
 * @throws HitlabError for no values, one that is not finite, or no whole number of bins
 * @example
 * ```ts
 * const playlists = evaluate.quantileBins(samples.info.playlists, 4);
 * const segments = evaluate.residualsBy(samples.y, forest.predictions, playlists.bins);
 * segments.map(({ group, rows, mae }) => ({ playlists: playlists.labels[group], rows, mae: mae.estimate }));
 * ```
 */
export function quantileBins(values: Numbers, bins: number): QuantileBins {
  checkWhole({ bins });
  const sorted = Float64Array.from(values, checkValue).sort();
  if (sorted.length === 0) throw new HitlabError({ what: "there are no values to cut", remedy: "pass at least one" });
  const edges = Array.from({ length: bins }, (_, i) => quantileSorted(sorted, (i + 1) / bins));
  // A value on an edge belongs to the lower bin; bins without a value are passed over.
  const found = Int32Array.from(values, (value) => edges.findIndex((edge) => value <= edge));
  const used = [...new Set(found)].sort((a, b) => a - b);
  const labels = used.map((bin) => {
    const own = sorted.filter((value) => edges.findIndex((edge) => value <= edge) === bin);
    return `${shown(own[0])} to ${shown(own[own.length - 1])}`;
  });
  return { bins: found.map((bin) => used.indexOf(bin)), labels };
}

function shown(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}

function checkValue(value: number, row: number): number {
  if (Number.isFinite(value)) return value;
  const what = `the value of row ${row} (counted from 0) is not a finite number`;
  throw new HitlabError({ what, value, remedy: "leave out rows with missing values, or give them a bin of their own" });
}
