/** The figures of the last kept run (`--keep`): bench/results.json, and their places in Markdown. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Row } from "./measure";
import { allWorks, type Work } from "./works";

const root = fileURLToPath(new URL("..", import.meta.url));
const begin = "<!-- bench:start -->";
const end = "<!-- bench:end -->";

export const resultsFile = join(root, "bench", "results.json");

/** A whole run of the bench as it is committed. */
export interface Kept {
  /** Year-month-day. */
  readonly date: string;
  /** The computer in a line. */
  readonly machine: string;
  /** Fewer rounds and a smaller sample of the grid. */
  readonly quick: boolean;
  /** A sentence on what disturbed the run, written by hand. */
  readonly note?: string;
  readonly rows: readonly Row[];
}

/** A file with figures in it: as it stands and as it should stand. */
export interface Place {
  readonly file: string;
  readonly text: string;
  readonly wanted: string;
}

/** The chapter on the training engine has the trainings and the matrix products, the bench's own the classic models. */
export function places(kept = JSON.parse(readFileSync(resultsFile, "utf8")) as Kept): Place[] {
  const place = (file: string, table: string): Place => {
    const text = readFileSync(file, "utf8");
    return { file, text, wanted: withFigures(text, table) };
  };
  return [
    place(join(root, "lib", "kernels", "README.md"), trainingFigures(kept)),
    place(join(root, "bench", "README.md"), classicFigures(kept)),
  ];
}

/**
 * The chapter with its figures replaced.
 *
 * @throws Error when the two marks are missing
 */
export function withFigures(text: string, table: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the chapter has no place for the bench: ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
}

/** Trainings beside Keras and matrix products beside numpy, as Markdown: where and when, the tables, what was scaled. */
export function trainingFigures(kept: Kept): string {
  const known = knownRows(kept).filter(({ work }) => work.settings.kind !== "classic");
  return paragraphs([
    [measuredOn(kept)],
    comparison(
      "training",
      known.filter(({ work }) => work.settings.kind !== "matmul"),
    ),
    table(
      ["matrix product", "ours, GFLOP/s", "peer, GFLOP/s", "peer"],
      known.flatMap(({ row, work }) => productCells(row, work)),
    ),
    known.flatMap(({ row, work }) => (row.scaled ? [`${work.what}: the peer's time is scaled ${row.scaled}.`] : [])),
  ]);
}

/** Classic models beside scikit-learn, as Markdown. */
export function classicFigures(kept: Kept): string {
  const known = knownRows(kept).filter(({ work }) => work.settings.kind === "classic");
  if (known.length === 0) return "The last kept run has no row of a classic model.";
  return paragraphs([
    [measuredOn(kept)],
    comparison("work", known),
    known.map(({ row }) => `- \`${row.work}\`: ${row.note ?? "nothing to note"}`),
  ]);
}

interface KnownRow {
  readonly row: Row;
  readonly work: Work;
}

/** The rows whose works there are still. */
function knownRows({ quick, rows }: Kept): KnownRow[] {
  const works = new Map(allWorks({ quick }).map((work) => [work.id, work]));
  return rows.flatMap((row) => {
    const work = works.get(row.work);
    return work ? [{ row, work }] : [];
  });
}

function measuredOn({ date, machine, quick, note }: Kept): string {
  const how = quick
    ? "medians of three rounds (a quick run; long works one)"
    : "medians of five rounds (long works three or one)";
  return [`Measured on ${date}, ${how}, on: ${machine}.`, note].filter(Boolean).join(" ");
}

function comparison(first: string, rows: readonly KnownRow[]): string[] {
  const header = [first, "ours, s", "peer, s", "ours / peer", "aim", "reached by ours / peer", "peer"];
  return table(header, rows.map(comparisonCells));
}

function paragraphs(parts: readonly (readonly string[])[]): string {
  return parts
    .filter((lines) => lines.length)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function comparisonCells({ row, work }: KnownRow): string[] {
  const aim = work.target === undefined ? "" : `<= ${work.target}`;
  return [work.what, String(row.ours_s), shown(row.peer_s), shown(row.ratio), aim, row.same, row.peer ?? ""];
}

/** A product of m x k and k x n takes 2 m k n operations. */
function productCells({ ours_s, peer_s, peer }: Row, { settings }: Work): string[][] {
  if (settings.kind !== "matmul") return [];
  const { m, k, n } = settings.data;
  const speed = (seconds: number) => ((2 * m * k * n * settings.repeats) / seconds / 1e9).toFixed(1);
  return [[`[${m}, ${k}] x [${k}, ${n}]`, speed(ours_s), peer_s === null ? "-" : speed(peer_s), peer ?? ""]];
}

function shown(value: number | null): string {
  return value === null ? "-" : String(value);
}

/** A Markdown table with its figures to the right; nothing without rows. */
function table(header: readonly string[], rows: readonly string[][]): string[] {
  if (rows.length === 0) return [];
  const rule = header.map((title) => (/, s$|GFLOP|^ours . peer$|^aim$/.test(title) ? "---:" : "---"));
  return [header, rule, ...rows].map((cells) => `| ${cells.map(escaped).join(" | ")} |`);
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
