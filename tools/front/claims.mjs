import { join } from "node:path";
import { claimRows, readClaims, readResults } from "../site/claims.mjs";
import { root } from "./paths.mjs";

/**
 * The claims of some studies beside the figures of a run.
 *
 * @param {{ results: string, studies?: string[] }} options folder of NN.json; numbers of the studies (all by default)
 * @returns {Promise<{ rows: object[], failed: object[], missing: string[] }>} rows as in ../site/claims.mjs with their
 *   study's number; those that should hold and do not; studies whose notebook left no results
 */
export async function claimsOf({ results, studies }) {
  const plans = await readClaims(join(root, "data", "claims.json"));
  const found = await readResults(results);
  const ids = Object.keys(plans)
    .filter((id) => !studies || studies.includes(id))
    .sort();
  const rows = ids.flatMap((id) => {
    const { title, notebook, claims } = plans[id];
    const common = { studyId: id, title, notebook };
    return claimRows(plans[id], found[id]).map((row, at) => ({
      ...row,
      ...common,
      headline: claims[at].headline === true,
    }));
  });
  const failed = rows.filter((row) => row.verdict.tone === "fails");
  return { rows, failed, missing: ids.filter((id) => !found[id]) };
}

/** A table as lines of text: columns padded, figures to the right. */
export function textTable(header, rows, rightFrom = 1, rightTo = 3) {
  const all = [header, ...rows];
  const widths = header.map((_, at) => Math.max(...all.map((row) => row[at].length)));
  const isRight = (at) => at >= rightFrom && at <= rightTo;
  const line = (row) => row.map((cell, at) => (isRight(at) ? cell.padStart(widths[at]) : cell.padEnd(widths[at])));
  const lines = all.map((row) => line(row).join("  ").trimEnd());
  lines.splice(1, 0, widths.map((width) => "-".repeat(width)).join("  "));
  return lines;
}

/** The claims table that ends `npm start`. */
export function claimsTable(rows) {
  const cells = rows.map(({ id, study, ours, allowed, verdict }) => [id, study, ours, allowed, verdict.word]);
  return textTable(["claim", "study", "ours", "allowed", ""], cells);
}

/** One sentence on the claims that were not asserted, or "". */
export function notAsserted(rows) {
  const count = (word) => rows.filter((row) => row.verdict.word.includes(word)).length;
  const [invented, quick, other] = [count("invented"), count("quick"), count("other data")];
  const parts = [];
  if (invented) parts.push(`${invented} on invented data (real data: "npm run data", or HITLAB_DATA=folder)`);
  if (quick) parts.push(`${quick} at quick effort (HITLAB_EFFORT)`);
  if (other) parts.push(`${other} from long results on other data`);
  return parts.length ? `Not judged: ${parts.join(", ")}.` : "";
}
