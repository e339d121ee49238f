import { basename } from "node:path";
import pl, { type Expr, type LazyDataFrame } from "nodejs-polars";
import { fromRoot } from "../paths";
import { chartColumns } from "./chart-frame";
import { type ChartLayout, chartLayout } from "./chart-layout";
import { eachLine, fieldText } from "./csv";

/**
 * A charts file as a lazy Polars frame with the columns of a charts frame, for questions over all its regions: nothing
 * but the header is read until `collect`, and only the result is kept. Lines whose date, rank or streams make no sense,
 * or that have no url, are left out without being counted; rows come in the file's order. To load one chart, `charts` is
 * the better way: it reports what it skipped and needs less memory.
 *
 * @param path a charts file in either layout; a relative path is taken from the repository's root
 * @example
 * ```ts
 * const all = await load.scanCharts("data/raw/charts.csv");
 * const perRegion = await all.groupBy("region").agg(pl.len().alias("rows")).collect();
 * ```
 */
export async function scanCharts(path: string): Promise<LazyDataFrame> {
  const file = fromRoot(path);
  let names: string[] = [];
  let layout: ChartLayout | undefined;
  await eachLine(file, (line) => {
    layout = chartLayout(line, basename(file));
    names = Array.from({ length: line.fields }, (_, i) => fieldText(line, i));
    return false;
  });
  // Every column as text: what a column holds in its first lines says nothing of its last ones.
  const scanned = pl.scanCSV(file, { inferSchemaLength: 0, truncateRaggedLines: true });
  if (!layout) return scanned;
  return scanned
    .filter(isWellWritten(layout, names))
    .select(...columnsOf(layout, names))
    .filter(pl.col("day").isNotNull().and(pl.col("rank").gtEq(1)).and(pl.col("rank").ltEq(200)))
    .select(...Object.keys(chartColumns));
}

/** Whether the cells of a line are written as `readCharts` wants them; their values are looked at later. */
function isWellWritten(at: ChartLayout, names: readonly string[]): Expr {
  const cell = (index: number) => pl.col(names[index]);
  const filled = (index: number) => cell(index).fillNull(pl.lit(""));
  // A number once saved as a decimal ends in ".0"; missing streams are 0.
  const rules: [number, RegExp][] = [
    [at.date, /^\d{4}-\d\d-\d\d$/],
    [at.rank, /^\d{1,15}(\.0)?$/],
    [at.streams, /^(\d{1,15}(\.0)?)?$/],
    [at.url, /./],
  ];
  const present = rules.filter(([index]) => index >= 0);
  return present.map(([index, rule]) => filled(index).str.contains(rule)).reduce((all, each) => all.and(each));
}

/** The columns of a charts frame as expressions over the columns of the file. */
function columnsOf(at: ChartLayout, names: readonly string[]): Expr[] {
  const cell = (index: number) => pl.col(names[index]);
  const text = (index: number, absent: string) => (index < 0 ? pl.lit(absent) : cell(index).fillNull(pl.lit("")));
  const rank = cell(at.rank).cast(pl.Float64, false).cast(pl.Int32, false);
  const day = cell(at.date).cast(pl.Date, false).cast(pl.Int32);
  const streams = at.streams < 0 ? pl.lit(201).minus(rank) : cell(at.streams);
  const region = text(at.region, "Global");
  const named = text(at.title, "").add(pl.lit(" (")).add(text(at.artist, "")).add(pl.lit(")"));
  return [
    cell(at.date).alias("date"),
    day.alias("day"),
    rank.alias("rank"),
    text(at.title, "").alias("title"),
    text(at.artist, "").alias("artist"),
    (at.url < 0 ? named : cell(at.url)).alias("url"),
    streams.cast(pl.Float64, false).fillNull(pl.lit(0)).alias("streams"),
    pl
      .when(region.eq(pl.lit("global")))
      .then(pl.lit("Global"))
      .otherwise(region)
      .alias("region"),
    text(at.chart, "top200").alias("chart"),
  ];
}
