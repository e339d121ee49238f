import { HitlabError } from "../errors";
import { audioFeatures, type FeatureDefinition, featureDefinitions } from "./audio-features";
import { type CsvLine, eachLine, fieldText } from "./csv";

/** Songs of one decade, column by column, one entry per row. */
export interface HitColumns {
  readonly track: string[];
  readonly artist: string[];
  /** Spotify's key of the track. */
  readonly uri: string[];
  /** One array per audio feature, in the order of `audioFeatures`. */
  readonly features: number[][];
  /** 1 = hit, 0 = flop. */
  readonly target: number[];
}

const textColumns = ["track", "artist", "uri"] as const;
const fileColumns = [...textColumns, ...audioFeatures, "target"];
/** As the files and Python write numbers; "0x10", "1e", "Infinity" and "nan" are none. */
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const restore = "correct the cell, or fetch the file anew with `npm run data`";

/** Columns of no rows. */
export function emptyHitColumns(): HitColumns {
  return { track: [], artist: [], uri: [], features: audioFeatures.map(() => []), target: [] };
}

/**
 * Reads one file of the Spotify Hit Predictor Dataset. Columns may stand in any order, others are passed over; quoted
 * commas, CRLF and a byte order mark are fine.
 *
 * @param path the file
 * @param name what to call it in an error
 * @throws HitlabError naming line, column and value of the first cell that is not as it should be: a missing column, a
 * line with too few or too many fields, an empty uri, text in a number, a feature outside its range, another target
 * than 0 or 1; and if there are no rows
 */
export async function readHits(path: string, name: string): Promise<HitColumns> {
  const rows = emptyHitColumns();
  let layout: Layout | undefined;
  await eachLine(path, (line) => {
    if (layout) takeRow(line, layout, rows);
    else layout = layoutOf(line, name);
  });
  if (rows.target.length > 0) return rows;
  const what = layout ? "the file has a header but no rows" : "the file is empty";
  throw new HitlabError({ what, file: name, remedy: "put the whole file there: `npm run data` fetches it" });
}

/** Where the columns of a file stand. */
interface Layout {
  readonly file: string;
  /** Fields of every line. */
  readonly fields: number;
  /** Field of each of `fileColumns`. */
  readonly at: readonly number[];
}

function layoutOf(line: CsvLine, file: string): Layout {
  const names = Array.from({ length: line.fields }, (_, field) => fieldText(line, field).trim());
  const missing = fileColumns.filter((column) => !names.includes(column));
  const twice = fileColumns.filter((column) => names.indexOf(column) !== names.lastIndexOf(column));
  if (missing.length === 0 && twice.length === 0) {
    return { file, fields: names.length, at: fileColumns.map((column) => names.indexOf(column)) };
  }
  const what = missing.length
    ? `the header lacks the columns ${missing.join(", ")}`
    : `the header names the columns ${twice.join(", ")} twice`;
  const remedy = `the first line must name ${fileColumns.join(", ")}; \`npm run data\` fetches the file`;
  throw new HitlabError({
    what,
    file,
    line: line.line,
    column: missing[0] ?? twice[0],
    value: names.join(","),
    remedy,
  });
}

function takeRow(line: CsvLine, layout: Layout, rows: HitColumns): void {
  if (!line.wellQuoted || line.fields !== layout.fields) throw brokenLine(line, layout);
  textColumns.forEach((column, c) => {
    rows[column].push(fieldText(line, layout.at[c]));
  });
  if (rows.uri[rows.uri.length - 1] === "") throw badCell(line, layout, "uri", "the uri is empty");
  featureDefinitions.forEach((feature, f) => {
    rows.features[f].push(featureCell(line, layout, feature, textColumns.length + f));
  });
  rows.target.push(targetCell(line, layout));
}

function featureCell(line: CsvLine, layout: Layout, feature: FeatureDefinition, column: number): number {
  const text = fieldText(line, layout.at[column]).trim();
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  const { name, low, high, whole } = feature;
  if (!Number.isFinite(value)) throw badCell(line, layout, name, text === "" ? "the cell is empty" : "not a number");
  if ((low !== null && value < low) || (high !== null && value > high)) {
    throw badCell(line, layout, name, high === null ? `must be ${low} or more` : `must be from ${low} to ${high}`);
  }
  if (whole && !Number.isInteger(value)) throw badCell(line, layout, name, "must be a whole number");
  return value;
}

function targetCell(line: CsvLine, layout: Layout): number {
  const text = fieldText(line, layout.at[fileColumns.length - 1]).trim();
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (value === 0 || value === 1) return value;
  throw badCell(line, layout, "target", "must be 0 (flop) or 1 (hit)");
}

function badCell(line: CsvLine, { file, at }: Layout, column: string, what: string): HitlabError {
  const value = fieldText(line, at[fileColumns.indexOf(column)]);
  return new HitlabError({ what, file, line: line.line, column, value, remedy: restore });
}

function brokenLine(line: CsvLine, { file, fields }: Layout): HitlabError {
  const what = line.wellQuoted
    ? `the line has ${line.fields} fields where the header has ${fields}`
    : "a quote is not closed on its line, or text follows it";
  const value = line.bytes.toString("utf8", line.start[0], line.end[line.fields - 1]);
  const remedy = "the file may be cut or joined: correct the line, or fetch the file anew with `npm run data`";
  return new HitlabError({ what, file, line: line.line, value, remedy });
}
