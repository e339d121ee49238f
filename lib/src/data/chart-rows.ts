import type { DataFrame } from "nodejs-polars";
import { ByteSink } from "./byte-sink";
import { isoOf } from "./calendar";
import { chartFrame } from "./chart-frame";

/** One row of an invented chart. */
export interface ChartRow {
  /** Days since 1970-01-01. */
  day: number;
  rank: number;
  title: string;
  artist: string;
  /** Key of the song. */
  url: string;
  streams: number;
}

/** A charts frame (Global, top200) of invented rows, in any order. */
export function frameOfRows(rows: Iterable<ChartRow>): DataFrame {
  const sink = new ByteSink();
  let sorted = true;
  let lastPlace = Number.NEGATIVE_INFINITY;
  for (const { day, rank, title, artist, url, streams } of rows) {
    const place = day * 256 + rank;
    if (place < lastPlace) sorted = false;
    lastPlace = place;
    sink.plain(isoOf(day));
    sink.plain(day);
    sink.plain(rank);
    sink.text(title);
    sink.text(artist);
    sink.text(url);
    sink.plain(streams);
    sink.plain("Global");
    sink.plain("top200", true);
  }
  return chartFrame(sink.taken(), sorted);
}
