import { basename } from "node:path";
import type { DataFrame } from "nodejs-polars";
import { HitlabError } from "../errors";
import { fromRoot } from "../paths";
import { contentHash } from "./chart-frame";
import { frameOfRows } from "./chart-rows";
import { type ChartFilter, readCharts, selectionOf } from "./charts";
import { entryOf, type RegistryEntry } from "./registry";
import { resolveData } from "./resolve";
import { scanCharts } from "./scan-charts";
import { standInRows } from "./stand-in-charts";
import { studyRows } from "./study-charts";
import type { CleaningReport, Loaded } from "./types";

export { audioFeatures, type FeatureDefinition, featureDefinitions } from "./audio-features";
export { type Available, available } from "./available";
export type { Decade } from "./decades";
export { hitPredictor } from "./hit-predictor";
export { type Spotify2023Kind, spotify2023, spotify2023Columns } from "./spotify-2023";
export { type Spotify2024Kind, spotify2024, spotify2024Columns } from "./spotify-2024";
export type { ColumnDefinition } from "./table-column";
export type { TableOptions } from "./table-file";
export type { ChartFilter, Loaded };
export { scanCharts };

const defaultSeed = 42;

/** Which chart to load. */
export interface ChartsOptions extends ChartFilter {
  /** A charts file to read instead of the registry's; a relative path is taken from the repository's root. */
  file?: string;
  /** Seed of the stand-in; the real chart does not depend on it. Default 42. */
  seed?: number;
}

/**
 * The daily Top 200: the real file where there is one (HITLAB_DATA, then data/raw), else an invented stand-in.
 *
 * The frame has the columns date (ISO), day (days since 1970-01-01), rank, title, artist, url (key of a song), streams,
 * region, chart, sorted by day, then rank. Kaggle's charts.csv serves as well as the daily file: of it, unless `file`,
 * `from` or `to` says otherwise, the region, chart and days of the daily file are read.
 *
 * @throws HitlabError if HITLAB_DATA is set and holds no such file, or if the file has no usable row
 * @example
 * ```ts
 * const { frame, source, report } = await load.charts();
 * console.log(source.note, report.steps);
 * const summer = await load.charts({ from: "2017-06-03", to: "2017-08-31" });
 * ```
 */
export async function charts(options: ChartsOptions = {}): Promise<Loaded> {
  const entry = entryOf("charts");
  if (options.file !== undefined) return realCharts(fromRoot(options.file), entry, options);
  const found = resolveData("charts");
  if (found.kind === "stand-in") return standInCharts(entry, found.note, options);
  const { extract } = entry;
  const whole = extract && basename(found.path) === extract.file ? extract : undefined;
  return realCharts(found.path, entry, { ...options, from: options.from ?? whole?.from, to: options.to ?? whole?.to });
}

/**
 * The study's own synthetic chart: 40 songs x 100 days, generated from the seed exactly as study 1 describes it. Songs
 * have no url there, so `url` is the title; streams are 201 - rank.
 *
 * @example
 * ```ts
 * const { frame } = await load.studyCharts({ seed: 42 }); // 4,000 rows
 * ```
 */
export async function studyCharts(options: { seed?: number } = {}): Promise<Loaded> {
  const { seed = defaultSeed } = options;
  const { name, title } = entryOf("charts-study");
  const frame = frameOfRows(studyRows(seed));
  const note = `The study's own synthetic set (40 songs x 100 days), generated with seed ${seed}.`;
  const source = {
    name,
    title,
    kind: "study-synthetic",
    sha256: contentHash(frame),
    rows: frame.height,
    note,
  } as const;
  return { frame, source, report: untouched(frame) };
}

async function realCharts(path: string, entry: RegistryEntry, filter: ChartFilter): Promise<Loaded> {
  const { frame, report } = await readCharts(path, filter);
  const sha256 = contentHash(frame);
  const file = basename(path);
  const { name, title } = entry;
  const note = realNote(file, sha256, entry, frame);
  return { frame, report, source: { name, title, kind: "real", file, sha256, rows: frame.height, note } };
}

function realNote(file: string, sha256: string, entry: RegistryEntry, frame: DataFrame): string {
  const rows = `${frame.height.toLocaleString("en-US")} rows`;
  if (sha256 === entry.contentSha256) return `Real data: ${file}, ${rows}, the known version.`;
  return `Real data: ${file}, ${rows}; not the rows that the study's figures were measured on.`;
}

function standInCharts(entry: RegistryEntry, note: string, options: ChartsOptions): Loaded {
  const { name, title } = entry;
  const { region, chart, from, to } = selectionOf(options);
  if (!["*", "global"].includes(region.toLowerCase()) || !["*", "top200"].includes(chart.toLowerCase())) {
    throw new HitlabError({
      what: "the stand-in has one chart only: region Global, chart top200",
      value: `${region}, ${chart}`,
      remedy: "run `npm run data -- charts` for the real charts of all regions",
    });
  }
  const whole = [...standInRows(options.seed ?? defaultSeed)];
  const rows = whole.filter(({ day }) => day >= from && day <= to);
  if (!rows.length) throw new HitlabError({ what: "the stand-in has no rows of these days", remedy: "ask for others" });
  const frame = frameOfRows(rows);
  const source = { name, title, kind: "stand-in", sha256: contentHash(frame), rows: frame.height, note } as const;
  const left = {
    what: "rows of other days left out",
    rows: whole.length - rows.length,
    why: "outside the period asked for",
  };
  const report = { rowsIn: whole.length, rowsOut: rows.length, steps: left.rows ? [left] : [] };
  return { frame, source, report };
}

function untouched(frame: DataFrame): CleaningReport {
  return { rowsIn: frame.height, rowsOut: frame.height, steps: [] };
}
