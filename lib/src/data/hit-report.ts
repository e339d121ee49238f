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
  const songs = numbered(decades);
  const found = [...repeats(decades, songs), ...acrossDecades(decades, songs), ...zeros(decades), ...extremes(decades)];
  return { rowsIn: rows, rowsOut: rows, steps: found.filter((step) => step.rows > 0) };
}

function repeats(decades: readonly HitDecade[], songs: NumberedSongs): CleaningStep[] {
  return [
    {
      what: "rows whose uri came before in the same decade",
      rows: songs.numbers.reduce((total, numbers) => total + numbers.length - distinct(numbers, songs.count), 0),
      why: "kept, as the studies keep them; a random split may put one song on both sides",
    },
    {
      what: "uris that are hit and flop in the same decade",
      rows: songs.numbers.reduce((total, numbers, d) => total + contradicted([numbers], [decades[d]], songs.count), 0),
      why: "kept, as the studies keep them; no model can be right on both rows",
    },
    {
      what: "rows whose track and artist came before in the same decade",
      rows: sum(decades, (each) => each.uri.length - new Set(each.uri.map((_, row) => songOf(each, row))).size),
      why: "kept, as the studies keep them; mostly other recordings of the song (upper and lower case are one)",
    },
  ];
}

function acrossDecades(decades: readonly HitDecade[], { numbers, count }: NumberedSongs): CleaningStep[] {
  if (decades.length < 2) return [];
  return [
    {
      what: "uris that occur in several decades",
      rows: shared(numbers, count),
      why: "kept, as the studies keep them; a random split may put one song on both sides",
    },
    {
      what: "uris that are hit and flop in the same or in different decades",
      rows: contradicted(numbers, decades, count),
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

/** No cell holds a line end, which parts the two. */
function songOf({ track, artist }: HitColumns, row: number): string {
  return `${track[row].trim().toLowerCase()}\n${artist[row].trim().toLowerCase()}`;
}

/** Each song as a number from 0, the same for the same uri: looked up once, then compared as often as wanted. */
interface NumberedSongs {
  /** One per row, decade by decade. */
  readonly numbers: readonly Int32Array[];
  /** Different songs. */
  readonly count: number;
}

function numbered(decades: readonly HitDecade[]): NumberedSongs {
  const known = new Map<string, number>();
  const numberOf = (uri: string): number => {
    const number = known.get(uri);
    if (number !== undefined) return number;
    known.set(uri, known.size);
    return known.size - 1;
  };
  const numbers = decades.map(({ rows: { uri } }) => {
    const ofDecade = new Int32Array(uri.length);
    for (let row = 0; row < uri.length; row++) ofDecade[row] = numberOf(uri[row]);
    return ofDecade;
  });
  return { numbers, count: known.size };
}

function distinct(numbers: Int32Array, count: number): number {
  const met = new Uint8Array(count);
  for (const number of numbers) met[number] = 1;
  return met.reduce((total, each) => total + each, 0);
}

/** Songs of more than one decade. */
function shared(numbers: readonly Int32Array[], count: number): number {
  const last = new Int8Array(count).fill(-1);
  const several = new Uint8Array(count);
  for (const [decade, ofDecade] of numbers.entries()) {
    for (const number of ofDecade) {
      if (last[number] >= 0 && last[number] !== decade) several[number] = 1;
      last[number] = decade;
    }
  }
  return several.reduce((total, each) => total + each, 0);
}

/** Songs that come with more than one label. */
function contradicted(numbers: readonly Int32Array[], decades: readonly HitDecade[], count: number): number {
  const labels = [new Uint8Array(count), new Uint8Array(count)];
  for (const [d, ofDecade] of numbers.entries()) {
    const { target } = decades[d].rows;
    for (let row = 0; row < ofDecade.length; row++) labels[target[row]][ofDecade[row]] = 1;
  }
  return labels[0].reduce((total, each, number) => total + each * labels[1][number], 0);
}

function sum(decades: readonly HitDecade[], of: (rows: HitColumns) => number): number {
  return decades.reduce((total, { rows }) => total + of(rows), 0);
}

function count(values: readonly number[], test: (value: number) => boolean): number {
  return values.reduce((found, value) => found + (test(value) ? 1 : 0), 0);
}
