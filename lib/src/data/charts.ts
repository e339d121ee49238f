import { basename } from "node:path";
import type { DataFrame } from "nodejs-polars";
import { HitlabError } from "../errors";
import { ByteSink } from "./byte-sink";
import { dayOfIso } from "./calendar";
import { chartFrame } from "./chart-frame";
import { ChartLines, type ChartSelection } from "./chart-lines";
import { eachLine } from "./csv";
import type { CleaningReport, CleaningStep } from "./types";

/** Which rows of a charts file to read. */
export interface ChartFilter {
  /** Region, upper or lower case; "*" for all. Default "Global". */
  region?: string;
  /** Chart: "top200", "viral50" or "*". Default "top200". */
  chart?: string;
  /** First day, ISO. Default: the file's first. */
  from?: string;
  /** Last day, ISO. Default: the file's last. */
  to?: string;
}

/**
 * Reads a charts file in either layout: Kaggle's charts.csv (title, rank, date, artist, url, region, chart, trend,
 * streams) or the daily file (date, position, track_name, artist, streams, url, region).
 *
 * Only the rows that are asked for are kept in memory, so the 26 million rows of charts.csv cost what the selection
 * costs. Lines with too few or too many fields, an impossible date, a rank outside 1..200, streams that are no whole
 * number, or no url are counted, named in the report and skipped. Missing streams become 0; a file without a column
 * `streams` gets 201 - rank (the study's rule); one without `url` gets "title (artist)" as the key of a song.
 *
 * @throws HitlabError if a needed column is missing, or no row is left (it names the first bad line)
 */
export async function readCharts(
  path: string,
  filter: ChartFilter = {},
): Promise<{ frame: DataFrame; report: CleaningReport }> {
  const selection = selectionOf(filter);
  const sink = new ByteSink();
  const lines = new ChartLines(basename(path), selection, sink);
  await eachLine(path, (line) => lines.take(line));
  const steps = lines.steps();
  if (lines.kept === 0) throw nothingLeft(path, selection, lines);
  const read = chartFrame(sink.taken(), lines.sorted);
  const frame = lines.mayRepeat ? withoutRepeats(read, steps) : read;
  return { frame, report: { rowsIn: lines.read, rowsOut: frame.height, steps } };
}

/** A filter with its defaults, its days as numbers. */
export function selectionOf(filter: ChartFilter): ChartSelection {
  const { region = "Global", chart = "top200" } = filter;
  const from = filter.from === undefined ? Number.NEGATIVE_INFINITY : dayOption("from", filter.from);
  const to = filter.to === undefined ? Number.POSITIVE_INFINITY : dayOption("to", filter.to);
  return { region, chart, from, to };
}

function dayOption(name: string, text: string): number {
  const day = dayOfIso(text);
  if (Number.isNaN(day)) {
    throw new HitlabError({
      what: `the option "${name}" must be a date`,
      value: text,
      remedy: 'write it like "2017-01-31"',
    });
  }
  return day;
}

/** The chart of a day names a song once; a second row of it would make the song's days overlap. */
function withoutRepeats(frame: DataFrame, steps: CleaningStep[]): DataFrame {
  const unique = frame.unique({ subset: ["day", "url", "region", "chart"], keep: "first", maintainOrder: true });
  const repeated = frame.height - unique.height;
  if (repeated === 0) return frame;
  steps.push({
    what: "rows repeating a song of the same day removed",
    rows: repeated,
    why: "a chart names a song once a day; the best rank is kept",
  });
  return unique;
}

function nothingLeft(path: string, selection: ChartSelection, lines: ChartLines): HitlabError {
  if (lines.firstBad) return new HitlabError({ ...lines.firstBad, file: path });
  if (lines.read === 0) {
    const what = lines.hasHeader ? "the file has a header but no rows" : "the file is empty";
    return new HitlabError({ what, file: path, remedy: "put a complete charts file there" });
  }
  return new HitlabError({
    what: `none of the ${lines.read} rows is of region "${selection.region}", chart "${selection.chart}" and the days asked for`,
    file: path,
    remedy: "ask for another region, chart or period",
  });
}
