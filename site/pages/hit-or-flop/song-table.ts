import Papa from "papaparse";
import { audioFeatures, type FeatureDefinition, featureDefinitions } from "../../../lib/src/data/audio-features";
import { formatNumber } from "../../../lib/src/show/format";
import { faultOf } from "./feature-value";
import type { Song } from "./judge";
import { shown } from "./shown";

/** A CSV file of songs, as far as it could be read. */
export interface SongTable {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  /** What is wrong with cells and rows, in the file's order: the first thousand of such things. */
  readonly problems: readonly TableProblem[];
  readonly delimiter: string;
  /** Whether numbers are written 0,5. */
  readonly decimalComma: boolean;
}

export interface TableRow {
  /** Number of the line in the file where the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Undefined where something is wrong with the row. */
  readonly song: Song | undefined;
  /** What that is, in a few words; empty where nothing is. */
  readonly why: string;
}

export interface TableProblem {
  readonly line: number;
  /** None where the row as a whole is wrong. */
  readonly column?: string;
  readonly message: string;
}

export const mostRows = 100_000;
export const mostBytes = 25_000_000;
const mostProblems = 1000;
/** What is wrong with a row is said in so many sentences at the most. */
const mostReasons = 3;

/** Why a file is not read at all, by its size; undefined if it is. */
export function tooLarge(bytes: number): string | undefined {
  if (bytes <= mostBytes) return undefined;
  const size = (count: number) => `${Math.round(count / 1e6)} MB`;
  return `The file has ${size(bytes)}; up to ${size(mostBytes)} are read. Cut it into smaller ones.`;
}

/**
 * Reads a CSV file of songs: a first line with the names of the columns, among them the 15 audio features in any
 * order, and a line per song. Other columns are kept. Separated by comma, semicolon (then also with decimal commas)
 * or tab.
 *
 * @returns `refused` says why there is nothing to judge
 */
export function readSongTable(text: string): SongTable | { readonly refused: string } {
  const even = text.replace(/\r\n?/g, "\n");
  const delimiter = delimiterOf(even);
  // The first line, the songs, an empty last line: what has one more is cut off.
  const preview = mostRows + 3;
  const { data, errors, meta } = Papa.parse<string[]>(even, { delimiter, newline: "\n", preview });
  if (meta.truncated) return { refused: tooLong };
  const [first, ...others] = numbered(data);
  if (!first) return { refused: "The file is empty. Its first line names the columns, each further one is a song." };
  const header = first.cells.map((name) => name.trim());
  const refused = refusalOf(header, others.length);
  if (refused) return { refused };
  const columns = featureDefinitions.map((definition) => ({
    definition,
    at: header.findIndex((name) => plain(name) === definition.name),
  }));
  const decimalComma =
    delimiter === ";" && others.some(({ cells }) => columns.some(({ at }) => cells[at]?.includes(",")));
  const broken = new Set(errors.map(({ row }) => row));
  const form: Form = { width: header.length, columns, decimalComma, broken };
  const problems: TableProblem[] = [];
  const rows = others.map((line) => readRow(form, line, problems));
  return { header, rows, problems, delimiter, decimalComma };
}

const tooLong = `The file has more than ${formatNumber(mostRows)} lines of songs. Cut it into smaller ones.`;

/** How a line of the file is to be read. */
interface Form {
  /** Cells of a line. */
  readonly width: number;
  readonly columns: readonly { readonly definition: FeatureDefinition; readonly at: number }[];
  readonly decimalComma: boolean;
  /** Lines, by their place in the parsed data, whose quotation marks are wrong. */
  readonly broken: ReadonlySet<number | undefined>;
}

/** That of which the first line gives the most audio features. */
function delimiterOf(text: string): string {
  const start = text.trimStart().slice(0, 100_000);
  const featuresBy = (delimiter: string) =>
    featuresIn(Papa.parse<string[]>(start, { delimiter, newline: "\n", preview: 1 }).data[0] ?? []);
  return [",", ";", "\t"].reduce((best, delimiter) => (featuresBy(delimiter) > featuresBy(best) ? delimiter : best));
}

function featuresIn(cells: readonly string[]): number {
  return cells.filter((cell) => audioFeatures.includes(plain(cell))).length;
}

/** Names of columns are compared so. */
function plain(name: string): string {
  return name.trim().toLowerCase();
}

interface Line {
  /** Place in the parsed data, by which the parser names its errors. */
  readonly at: number;
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows with the lines where they begin (a quoted cell may hold several), empty ones left out. */
function numbered(data: readonly string[][]): Line[] {
  const lines: Line[] = [];
  let line = 1;
  for (const [at, cells] of data.entries()) {
    if (cells.some((cell) => cell.trim() !== "")) lines.push({ at, line, cells });
    line += 1 + cells.reduce((breaks, cell) => breaks + breaksIn(cell), 0);
  }
  return lines;
}

function breaksIn(cell: string): number {
  let breaks = 0;
  for (let at = cell.indexOf("\n"); at >= 0; at = cell.indexOf("\n", at + 1)) breaks++;
  return breaks;
}

function refusalOf(header: readonly string[], rows: number): string | undefined {
  const times = (feature: string) => header.filter((name) => plain(name) === feature).length;
  const missing = audioFeatures.filter((feature) => times(feature) === 0);
  const twice = audioFeatures.filter((feature) => times(feature) > 1);
  const all = `the ${audioFeatures.length} audio features`;
  if (missing.length === audioFeatures.length) {
    return `The first line must name the columns, among them ${all}: ${audioFeatures.join(", ")}.`;
  }
  if (missing.length > 0) return `The first line must name ${all}. Missing: ${missing.join(", ")}.`;
  if (twice.length > 0) return `The first line names a column more than once: ${twice.join(", ")}.`;
  if (rows === 0) return "The file has no songs below its first line.";
  return rows > mostRows ? tooLong : undefined;
}

function readRow(form: Form, line: Line, problems: TableProblem[]): TableRow {
  const { columns, decimalComma } = form;
  const cells = line.cells;
  const wrong = wrongWhole(form, line);
  const song = wrong ? [] : columns.map(({ at }) => numberIn(cells[at], decimalComma));
  const own = song.flatMap((value, j): Omit<TableProblem, "line">[] => {
    const { definition, at } = columns[j];
    const message = problemOf(definition, cells[at], value);
    return message ? [{ column: definition.name, message }] : [];
  });
  if (wrong) own.push({ message: wrong });
  for (const problem of own) if (problems.length < mostProblems) problems.push({ line: line.line, ...problem });
  return { line: line.line, cells, song: own.length ? undefined : song, why: summary(own) };
}

/** What is wrong with a line as a whole. */
function wrongWhole({ broken, width }: Form, { at, cells }: Line): string | undefined {
  if (broken.has(at)) return "A quotation mark is not closed, or stands where none may.";
  return cells.length === width ? undefined : `The line has ${cells.length} cells, the first line has ${width}.`;
}

function summary(problems: readonly { readonly message: string }[]): string {
  const said = problems.slice(0, mostReasons).map(({ message }) => message);
  const more = problems.length - said.length;
  return [...said, ...(more ? [`${more} more.`] : [])].join(" ");
}

/** The number that a cell holds in full; NaN otherwise. */
function numberIn(cell: string, decimalComma: boolean): number {
  const text = decimalComma ? cell.trim().replace(",", ".") : cell.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

function problemOf(definition: FeatureDefinition, cell: string, value: number): string | undefined {
  if (cell.trim() === "") return `${definition.name} is missing.`;
  if (Number.isNaN(value)) return `${definition.name} is a number; here it is ${shown(cell)}.`;
  return faultOf(definition, value);
}
