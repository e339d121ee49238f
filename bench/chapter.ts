/** The figures of the last kept run (`--keep`): bench/results.json, and their places in Markdown. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mainFigures, otherFigures, trainingFigures } from "./markdown";
import type { Row } from "./measure";

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
  /** One round of each, and smaller samples. */
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

/**
 * README.md has the rows that say most, the chapter on the training engine the trainings and the matrix products, the
 * bench's own all others.
 */
export function places(kept = JSON.parse(readFileSync(resultsFile, "utf8")) as Kept): Place[] {
  const place = (file: string, table: string): Place => {
    const text = readFileSync(file, "utf8");
    return { file, text, wanted: withFigures(text, table) };
  };
  return [
    place(join(root, "README.md"), mainFigures(kept)),
    place(join(root, "lib", "kernels", "README.md"), trainingFigures(kept)),
    place(join(root, "bench", "README.md"), otherFigures(kept)),
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
