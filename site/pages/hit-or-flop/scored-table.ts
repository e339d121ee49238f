import { csvOf } from "../shared/save-csv";
import type { SongTable } from "./song-table";
import { verdictOf } from "./wording";

/** The columns that are added. */
const added = ["hit_probability", "verdict", "why_not_judged"];

/**
 * The CSV of a table with its verdicts, to be saved: all of its columns and rows, and what was said of each. A table
 * that had been scored before gets new scores.
 *
 * @param probabilities of the rows that have a song, in their order
 */
export function scoredTable(table: SongTable, probabilities: readonly number[]): string {
  const { header, rows, delimiter, decimalComma } = table;
  const kept = header.flatMap((name, at) => (added.includes(name) ? [] : [at]));
  const fields = [...kept.map((at) => header[at]), ...added];
  let judged = 0;
  const data = rows.map(({ cells, song, why }) => {
    const own = kept.map((at) => cells[at] ?? "");
    if (!song) return [...own, "", "", why];
    const probability = probabilities[judged++];
    const digits = probability.toFixed(4);
    return [...own, decimalComma ? digits.replace(".", ",") : digits, verdictOf(probability), ""];
  });
  return csvOf(fields, data, delimiter);
}
