import { createHash } from "node:crypto";
import pl, { type DataFrame } from "nodejs-polars";

/** Columns of every charts frame, in order, with their Polars types. `url` is the key of a song. */
export const chartColumns = {
  /** ISO date. */
  date: pl.Utf8,
  /** Days since 1970-01-01. */
  day: pl.Int32,
  /** 1 .. 200. */
  rank: pl.Int32,
  title: pl.Utf8,
  artist: pl.Utf8,
  url: pl.Utf8,
  /** Whole numbers. */
  streams: pl.Float64,
  region: pl.Utf8,
  chart: pl.Utf8,
};

/** A charts frame from CSV text with the columns of `chartColumns` and no header. */
export function chartFrame(csv: Buffer, sorted: boolean): DataFrame {
  const names = Object.keys(chartColumns);
  const header = Buffer.from(`${names.join(",")}\n`);
  const read = pl.readCSV(Buffer.concat([header, csv]), { dtypes: chartColumns, encoding: "utf8-lossy" });
  const text = ["title", "artist", "url", "region", "chart"].map((name) => pl.col(name).fillNull(pl.lit("")));
  const frame = read.withColumns(...text).select(...names);
  return sorted ? frame : frame.sort(["day", "rank", "region", "chart", "url"]);
}

/**
 * Fingerprint of a chart's rows: sha256 over the lines "date,rank,url,streams" in the frame's order. The same chart has
 * the same fingerprint whatever file and column layout it came in.
 */
export function contentHash(frame: DataFrame): string {
  const lines = frame
    .select(pl.col("date"), pl.col("rank"), pl.col("url"), pl.col("streams").cast(pl.Int64))
    .writeCSV({ includeHeader: false });
  return createHash("sha256").update(lines).digest("hex");
}
