import { join } from "node:path";
import pl from "nodejs-polars";
import { fromRoot } from "../../src/paths";

export interface Row {
  readonly day: number;
  readonly rank: number;
  readonly url: string;
  readonly streams: number;
}

/** A charts frame with the columns that windows need, rows in the given order. */
export function chartFrame(rows: readonly Row[]): pl.DataFrame {
  return pl.DataFrame({
    day: pl.Series(
      "day",
      rows.map((row) => row.day),
      pl.Int32,
    ),
    rank: pl.Series(
      "rank",
      rows.map((row) => row.rank),
      pl.Int32,
    ),
    title: rows.map((row) => `Title of ${row.url}`),
    artist: rows.map((row) => `Artist of ${row.url}`),
    url: rows.map((row) => row.url),
    streams: pl.Series(
      "streams",
      rows.map((row) => row.streams),
      pl.Float64,
    ),
  });
}

/** The daily chart of the study, read without the loader; undefined where HITLAB_DATA is not set. */
export function realChart(): pl.DataFrame | undefined {
  if (!process.env.HITLAB_DATA) return undefined;
  const file = join(fromRoot(process.env.HITLAB_DATA), "spotify-global-daily-top200-2017-2018.csv");
  return pl
    .readCSV(file, { tryParseDates: true })
    .select(
      pl.col("date").cast(pl.Int32).alias("day"),
      pl.col("position").alias("rank"),
      pl.col("track_name").alias("title"),
      pl.col("artist"),
      pl.col("url"),
      pl.col("streams"),
    );
}

/** Lehmer's generator: whole numbers that Python makes alike (see the snippets beside golden values). */
export function lehmer(state = 1): () => number {
  let s = state;
  return () => {
    s = (s * 16807) % 2147483647;
    return s;
  };
}
