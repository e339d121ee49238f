import type pl from "nodejs-polars";
import { readChartRows } from "./chart-rows";

/** The first time a song was in the top. */
export interface Entry {
  readonly url: string;
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Charted rows of the song before that day: what a window could be cut from. */
  readonly rowsBefore: number;
}

/**
 * First entries into the top, song by song. Songs that are there on the frame's first day are left out: nobody knows
 * when they entered.
 *
 * @param frame a charts frame of one region and chart
 * @example
 * ```ts
 * const entries = prepare.firstEntries(charts.frame, { top: 50 });
 * entries.filter(({ rowsBefore }) => rowsBefore < 14).length; // songs that no window of 14 rows could announce
 * ```
 */
export function firstEntries(frame: pl.DataFrame, { top = 50 }: { readonly top?: number } = {}): Entry[] {
  const { songs, start, day, rank, firstDay } = readChartRows(frame);
  return songs.flatMap((url, s) => {
    for (let row = start[s]; row < start[s + 1]; row++) {
      if (rank[row] > top) continue;
      return day[row] === firstDay ? [] : [{ url, day: day[row], rowsBefore: row - start[s] }];
    }
    return [];
  });
}
