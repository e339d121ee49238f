import { audioFeatures, type FeatureDefinition, featureDefinitions } from "./audio-features";
import { outOfBounds } from "./bounds";
import { type CsvLine, eachLine } from "./csv";
import { CsvColumns, noRows } from "./csv-columns";

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
  let columns: CsvColumns | undefined;
  await eachLine(path, (line) => {
    if (columns) takeRow(line, columns, rows);
    else columns = new CsvColumns(name, fileColumns, line);
  });
  if (rows.target.length > 0) return rows;
  throw noRows(name, columns ? "the file has a header but no rows" : "the file is empty");
}

function takeRow(line: CsvLine, columns: CsvColumns, rows: HitColumns): void {
  columns.checkLine(line);
  textColumns.forEach((name, c) => {
    rows[name].push(columns.text(line, c));
  });
  const uri = textColumns.indexOf("uri");
  if (columns.text(line, uri) === "") throw columns.badCell(line, uri, "the uri is empty");
  featureDefinitions.forEach((feature, f) => {
    rows.features[f].push(featureCell(line, columns, feature, textColumns.length + f));
  });
  rows.target.push(targetCell(line, columns));
}

function featureCell(line: CsvLine, columns: CsvColumns, { low, high, whole }: FeatureDefinition, c: number): number {
  const value = numberCell(line, columns, c);
  if (!Number.isFinite(value)) {
    throw columns.badCell(line, c, columns.text(line, c).trim() === "" ? "the cell is empty" : "not a number");
  }
  const outside = outOfBounds(value, low, high);
  if (outside !== undefined) throw columns.badCell(line, c, outside);
  if (whole && !Number.isInteger(value)) throw columns.badCell(line, c, "must be a whole number");
  return value;
}

function targetCell(line: CsvLine, columns: CsvColumns): number {
  const c = fileColumns.length - 1;
  const value = numberCell(line, columns, c);
  if (value === 0 || value === 1) return value;
  throw columns.badCell(line, c, "must be 0 (flop) or 1 (hit)");
}

/** NaN for text that is no number. */
function numberCell(line: CsvLine, columns: CsvColumns, c: number): number {
  const value = columns.decimal(line, c);
  if (!Number.isNaN(value)) return value;
  const text = columns.text(line, c).trim();
  return decimal.test(text) ? Number(text) : Number.NaN;
}
