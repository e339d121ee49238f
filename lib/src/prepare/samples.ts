import type pl from "nodejs-polars";
import { HitlabError } from "../errors";
import { matrix, type RowInfo, type Samples } from "../samples";
import { numbers, numbersOrNaN } from "./columns";
import { checkNames } from "./names";

/** Which columns of a frame become what. */
export interface SamplesOptions {
  /** Columns of numbers that become the inputs, in this order. */
  readonly features: readonly string[];
  /** Column of numbers that becomes `y`. */
  readonly target: string;
  /** Columns to keep beside the rows without showing them to a model: groups, keys, days. Default none. */
  readonly info?: readonly string[];
  /**
   * Empty cells (null, NaN) of features and info columns: refused, or kept as NaN for `imputer` to fill; an empty text
   * becomes "(missing)", a category of its own. A target is never left empty. Default "refuse".
   */
  readonly missing?: "refuse" | "keep";
}

/** What an empty text becomes where it is kept. */
export const missingText = "(missing)";

/** Samples of a frame, and the texts behind the codes of their text columns. */
export interface FrameSamples extends Samples {
  /** `values[name][info[name][row]]` is the text that the frame had there. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/**
 * Columns of a frame as rows for a model, in the frame's order.
 *
 * A numeric info column becomes a Float64Array, a text column an Int32Array of codes 0, 1, ... in the order in which
 * its texts first come; `values` gives the texts back.
 *
 * @throws HitlabError for no features, an unknown column, one named twice or also as the target, and naming the row of
 * a feature or target that is no finite number or of a text that is empty (null), unless it is to be kept
 * @example
 * ```ts
 * const { frame } = await load.hitPredictor(["90s"]);
 * const songs = prepare.samples(frame, { features: load.audioFeatures, target: "target", info: ["artist"] });
 * songs.x.rows; // 5520
 * songs.values.artist[songs.info.artist[0]]; // the first row's artist
 * const some = prepare.samples(hits.frame, { features: counts, target: "streams", info: ["key"], missing: "keep" });
 * ```
 */
export function samples(frame: pl.DataFrame, options: SamplesOptions): FrameSamples {
  const { features, target, info: infoNames = [], missing = "refuse" } = options;
  checkColumns(features, target, infoNames);
  if (missing !== "refuse" && missing !== "keep") {
    const remedy = "leave it out to refuse empty cells";
    throw new HitlabError({ what: 'missing must be "refuse" or "keep"', value: missing, remedy });
  }
  const read = missing === "keep" ? numbersOrNaN : numbers;
  const columns = features.map((name) => read(frame, name));
  const x = matrix(frame.height, features.length, rowMajor(columns, frame.height), features);
  const info: Record<string, RowInfo[string]> = {};
  const values: Record<string, string[]> = {};
  for (const name of infoNames) {
    if (!isText(frame, name)) info[name] = read(frame, name);
    else [info[name], values[name]] = codes(frame, name, missing === "keep");
  }
  return { x, y: numbers(frame, target), info, values };
}

function rowMajor(columns: readonly Float64Array[], rows: number): Float64Array {
  const data = new Float64Array(rows * columns.length);
  columns.forEach((values, c) => {
    for (let row = 0; row < rows; row++) data[row * columns.length + c] = values[row];
  });
  return data;
}

/** An unknown column is no text: `numbers` refuses it in the reader's words. */
function isText(frame: pl.DataFrame, name: string): boolean {
  return frame.columns.includes(name) && frame.getColumn(name).isString();
}

function codes(frame: pl.DataFrame, name: string, keep: boolean): [Int32Array, string[]] {
  const seen = new Map<string, number>();
  const texts = frame.getColumn(name).toArray() as (string | null)[];
  const coded = Int32Array.from(texts, (text, row) => {
    if (text === null && !keep) throw noText(name, row);
    if (text === missingText && keep) throw takenText(name, row);
    const known = text ?? missingText;
    const code = seen.get(known) ?? seen.size;
    seen.set(known, code);
    return code;
  });
  return [coded, [...seen.keys()]];
}

function noText(column: string, row: number): HitlabError {
  const what = `row ${row} of the frame (counted from 0) holds no text`;
  return new HitlabError({ what, column, remedy: 'fill the cell, drop the row or pass missing: "keep"' });
}

function takenText(column: string, row: number): HitlabError {
  const what = `row ${row} of the frame (counted from 0) holds the text that empty cells would get`;
  return new HitlabError({ what, column, value: missingText, remedy: "replace that text before" });
}

function checkColumns(features: readonly string[], target: string, info: readonly string[]): void {
  checkNames(features, "samples need a list of at least one feature", "name the columns a model may see");
  if (info.length > 0) checkNames(info, "info must be a list of columns", 'pass for example ["artist"]');
  if (!features.includes(target)) return;
  const remedy = "leave it out of the features: a model that sees the answer has nothing to learn";
  throw new HitlabError({ what: "the target is among the features", value: target, remedy });
}
