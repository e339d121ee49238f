import { audioFeatures, type FeatureDefinition, featureDefinitions } from "../../../lib/src/data/audio-features";
import { formatNumber } from "../../../lib/src/show/format";
import type { FeatureMarks } from "../shared/fitted-models";
import { faultOf } from "./feature-value";
import type { Song } from "./judge";
import { shown } from "./shown";

/** A song read from pasted text, with what should be said of it; or what is wrong. */
export type RecordRead =
  | { readonly song: Song; readonly notes: readonly string[] }
  | { readonly problems: readonly RecordProblem[] };

export interface RecordProblem {
  /** None where the text as a whole is wrong. */
  readonly feature?: string;
  readonly message: string;
}

/** Longer than any record with its addresses, and quick to read. */
const mostLetters = 100_000;

/** Spotify tells these in its audio analysis, not in the audio features. */
const inAnalysis = ["chorus_hit", "sections"];

/**
 * Reads a song from the JSON of an audio-features record: Spotify's, alone, in a list of one or as
 * `{"audio_features": [record]}`, or one with the columns of this data set. Other fields are passed over.
 *
 * @param marks those of the era, whose medians stand in for chorus_hit and sections where the record lacks them
 */
export function readRecord(text: string, marks: readonly FeatureMarks[]): RecordRead {
  const parsed = parse(text);
  if ("wrong" in parsed) return { problems: [{ message: parsed.wrong }] };
  const record = oneRecord(parsed.json);
  if ("wrong" in record) return { problems: [{ message: record.wrong }] };
  const problems: RecordProblem[] = [];
  const filled: string[] = [];
  const song = featureDefinitions.map((definition, j) => {
    const { name } = definition;
    if (!Object.hasOwn(record.fields, name) && inAnalysis.includes(name)) {
      filled.push(`${name} ${Number(marks[j].median.toPrecision(4))}`);
      return marks[j].median;
    }
    const message = problemOf(definition, record.fields);
    if (message) problems.push({ feature: name, message });
    return record.fields[name] as number;
  });
  return problems.length ? { problems } : { song, notes: notesOn(filled) };
}

function parse(text: string): { json: unknown } | { wrong: string } {
  if (text.trim() === "") return { wrong: "There is no text yet. Paste the JSON of an audio-features record." };
  if (text.length > mostLetters) {
    const letters = formatNumber(text.length);
    return { wrong: `The text has ${letters} letters, a record some hundred. Paste one record alone.` };
  }
  try {
    return { json: JSON.parse(text) };
  } catch (error) {
    return { wrong: `This is not JSON${placeIn(error)}. A record looks like {"danceability": 0.7, "energy": 0.8, …}.` };
  }
}

/** Browsers that tell the place of a fault in JSON do it in words like these. */
function placeIn(error: unknown): string {
  const place = /line (\d+) column (\d+)/.exec(String(error));
  return place ? `: something is wrong in line ${place[1]}, at letter ${place[2]}` : "";
}

type Fields = Readonly<Record<string, unknown>>;

/** The one record in what was pasted. */
function oneRecord(json: unknown): { fields: Fields } | { wrong: string } {
  const inside = isObject(json) && Object.hasOwn(json, "audio_features") ? json.audio_features : json;
  if (Array.isArray(inside) && inside.length !== 1) {
    return { wrong: `This is a list of ${inside.length}. Paste one record alone; for many songs use a CSV file.` };
  }
  const record = Array.isArray(inside) ? inside[0] : inside;
  if (record === null) return { wrong: "The record is null: Spotify has no audio features of this song." };
  if (!isObject(record)) {
    return {
      wrong: `A record is a JSON object like {"danceability": 0.7, "energy": 0.8, …}; this is ${shown(record)}.`,
    };
  }
  if (audioFeatures.some((name) => Object.hasOwn(record, name))) return { fields: record };
  return { wrong: `The record has none of the audio features: ${audioFeatures.join(", ")}.` };
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is wrong with a field. Only the record's own fields count, not what an object inherits. */
function problemOf(definition: FeatureDefinition, fields: Fields): string | undefined {
  const { name } = definition;
  if (!Object.hasOwn(fields, name)) return `${name} is missing.`;
  const value = fields[name];
  if (typeof value === "number") return faultOf(definition, value);
  return `${name} is a number, without quotation marks; here it is ${shown(value)}.`;
}

function notesOn(filled: readonly string[]): string[] {
  if (filled.length === 0) return [];
  const each = filled.length === 1 ? "its median in this era stands" : "their medians in this era stand";
  return [
    `The record lacks ${filled.map((name) => name.split(" ")[0]).join(" and ")}, which Spotify tells in its audio analysis: ${each} in (${filled.join(", ")}).`,
  ];
}
