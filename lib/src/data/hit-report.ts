import { type FeatureDefinition, featureDefinitions } from "./audio-features";
import type { HitColumns } from "./hit-lines";
import type { CleaningReport, CleaningStep } from "./types";

/** The songs of a decade and its name, for example "90s". */
export interface HitDecade {
  readonly decade: string;
  readonly rows: HitColumns;
}

const quarterHour = 15 * 60 * 1000;

/**
 * What there is to know of the rows before a model sees them. Nothing is dropped or changed, as the studies drop and
 * change nothing: the steps count what is there and say why it stays.
 */
export function hitReport(decades: readonly HitDecade[]): CleaningReport {
  const rows = sum(decades, (each) => each.target.length);
  const found = [...repeats(decades), ...acrossDecades(decades), ...zeros(decades), ...extremes(decades)];
  return { rowsIn: rows, rowsOut: rows, steps: found.filter((step) => step.rows > 0) };
}

function repeats(decades: readonly HitDecade[]): CleaningStep[] {
  return [
    {
      what: "rows whose uri came before in the same decade",
      rows: sum(decades, ({ uri }) => repeatCount(uri)),
      why: "kept, as the studies keep them; a random split may put one song on both sides",
    },
    {
      what: "uris that are hit and flop in the same decade",
      rows: sum(decades, ({ uri, target }) => contradicted([...uri.keys()].map((row) => [uri[row], target[row]]))),
      why: "kept, as the studies keep them; no model can be right on both rows",
    },
    {
      what: "rows whose track and artist came before in the same decade",
      rows: sum(decades, (each) => repeatCount(each.uri.map((_, row) => songOf(each, row)))),
      why: "kept, as the studies keep them; mostly other recordings of the song (upper and lower case are one)",
    },
  ];
}

function acrossDecades(decades: readonly HitDecade[]): CleaningStep[] {
  if (decades.length < 2) return [];
  const met = new Map<string, number>();
  for (const { rows } of decades) for (const uri of new Set(rows.uri)) met.set(uri, (met.get(uri) ?? 0) + 1);
  const labels = decades.flatMap(({ rows }) => rows.uri.map((uri, row): [string, number] => [uri, rows.target[row]]));
  return [
    {
      what: "uris that occur in several decades",
      rows: [...met.values()].filter((count) => count > 1).length,
      why: "kept, as the studies keep them; a random split may put one song on both sides",
    },
    {
      what: "uris that are hit and flop in the same or in different decades",
      rows: contradicted(labels),
      why: "kept, as the studies keep them; a song may be a flop of one decade and a hit of another",
    },
  ];
}

/** Zeros that stand for "not found". */
function zeros(decades: readonly HitDecade[]): CleaningStep[] {
  return featureDefinitions.flatMap(({ name, notFound }: FeatureDefinition, feature) => {
    if (notFound === undefined) return [];
    const rows = sum(decades, ({ features }) => count(features[feature], (value) => value === 0));
    return [{ what: `${name} is 0`, rows, why: `kept, as the studies keep it; 0 means that ${notFound}` }];
  });
}

function extremes(decades: readonly HitDecade[]): CleaningStep[] {
  const [loudness, duration] = ["loudness", "duration_ms"].map((name) =>
    featureDefinitions.findIndex((feature) => feature.name === name),
  );
  return [
    {
      what: "loudness is above 0 dB",
      rows: sum(decades, ({ features }) => count(features[loudness], (value) => value > 0)),
      why: "kept, as the studies keep it; louder than full scale, yet few and close to 0",
    },
    {
      what: "longer than 15 minutes",
      rows: sum(decades, ({ features }) => count(features[duration], (value) => value > quarterHour)),
      why: "kept, as the studies keep them; suites, live sets and recordings of whole albums",
    },
  ];
}

function songOf({ track, artist }: HitColumns, row: number): string {
  return JSON.stringify([track[row].trim().toLowerCase(), artist[row].trim().toLowerCase()]);
}

function repeatCount(keys: readonly string[]): number {
  return keys.length - new Set(keys).size;
}

/** Keys that come with more than one label. */
function contradicted(labelled: readonly (readonly [key: string, label: number])[]): number {
  const first = new Map<string, number>();
  const both = new Set<string>();
  for (const [key, label] of labelled) {
    const known = first.get(key);
    if (known === undefined) first.set(key, label);
    else if (known !== label) both.add(key);
  }
  return both.size;
}

function sum(decades: readonly HitDecade[], of: (rows: HitColumns) => number): number {
  return decades.reduce((total, { rows }) => total + of(rows), 0);
}

function count(values: readonly number[], test: (value: number) => boolean): number {
  return values.reduce((found, value) => found + (test(value) ? 1 : 0), 0);
}
