import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * What a study claimed beside what a run gave, as rows ready to be shown. Formats: contracts.md (results, claims.json).
 * A claim marked `headline` stands for its study in summaries. Two optional fields of a study in claims.json serve the
 * front page: `headline`, the id of the claim whose figure is shown large, and `found`, the one sentence beneath it.
 */

const INVENTED = "It ran on invented data.";
const QUICK = "It was a quick run.";
const OTHER = "Our figure was measured on other data than those of the run.";

/** Every results file of a folder by study number; a missing folder is no results. */
export async function readResults(folder) {
  const results = {};
  for (const name of await readdir(folder).catch(() => [])) {
    if (!/^\d\d\.json$/.test(name)) continue;
    results[name.slice(0, 2)] = JSON.parse(await readFile(join(folder, name), "utf8"));
  }
  return results;
}

/** claims.json by study number; {} when there is none yet. */
export async function readClaims(file) {
  const text = await readFile(file, "utf8").catch((error) => {
    if (error.code === "ENOENT") return "{}";
    throw error;
  });
  return JSON.parse(text);
}

/** Rows of a claims table: `results` judge, `runResults` (if given) fill the column of the latest run. */
export function claimRows(study, results, runResults) {
  return (study.claims ?? []).map((claim) => {
    const got = results && resultOf(claim, results);
    return {
      id: claim.id,
      says: claim.says,
      on: claim.on ? `on ${claim.on}` : "",
      study: formatValue(answerOf(claim, claim.study), claim),
      ours: formatValue(answerOf(claim, got?.ours), claim),
      allowed: formatAllowed(claim),
      verdict: verdictOf(claim, results),
      tolerance: claim.tolerance === "exact" ? "" : (claim.tolerance ?? ""),
      headline: Boolean(claim.headline),
      reason: reasonOf(claim, got, results),
      run: runResults && resultOf(claim, runResults) ? runCell(claim, runResults) : null,
    };
  });
}

function reasonOf(claim, got, results) {
  if (claim.disputed) return claim.reason ?? "";
  return verdictOf(claim, results).why ?? got?.note ?? "";
}

function runCell(claim, results) {
  const { ours } = resultOf(claim, results);
  return { ours: formatValue(answerOf(claim, ours), claim), verdict: verdictOf(claim, results) };
}

/** Of a sentence the numbers 1 and 0 stand for yes and no. */
function answerOf({ sentence }, value) {
  return sentence && typeof value === "number" ? value === 1 : value;
}

function resultOf(claim, results) {
  return results.claims?.find((row) => row.id === claim.id);
}

/**
 * One word on a claim. Claims are judged at full effort on real data and the study's own set only (contracts.md), so
 * what ran on invented data or at quick effort is never called held or failed.
 */
export function verdictOf(claim, results) {
  const got = results && resultOf(claim, results);
  if (!got) return { word: "not run", tone: "none" };
  const sets = (results.data ?? []).filter((set) => !claim.on || set.name === claim.on);
  if (sets.some((set) => set.kind === "stand-in"))
    return { word: "not judged: invented data", tone: "none", short: "not judged", why: INVENTED };
  if (results.effort === "quick")
    return { word: "not judged: quick run", tone: "none", short: "not judged", why: QUICK };
  if (got.asserted === false && !got.disputed && !claim.disputed)
    return { word: "not judged: other data", tone: "none", short: "not judged", why: OTHER };
  if (claim.disputed) return { word: "disputed", tone: "disputed" };
  return got.holds ? { word: "holds", tone: "holds" } : { word: "does not hold", tone: "fails" };
}

/** Rows for a page: those that stand for the study, and the others to be unfolded. Few claims are all shown. */
export function parted(rows) {
  const main = rows.filter((row) => row.headline || row.verdict.tone === "disputed" || row.verdict.tone === "fails");
  if (rows.length <= 8 || main.length === 0) return { main: rows, more: [] };
  return { main, more: rows.filter((row) => !main.includes(row)) };
}

/** "12 of 14 claims hold, 2 are disputed." */
export function summary(rows) {
  const count = (tone) => rows.filter((row) => row.verdict.tone === tone).length;
  const [holds, disputed, fails, none] = ["holds", "disputed", "fails", "none"].map(count);
  if (!rows.length) return "No claim is listed for this study.";
  if (none === rows.length) return `${rows.length} ${plural(rows.length, "claim")}, not judged here.`;
  const parts = [`${holds} of ${rows.length} ${plural(rows.length, "claim")} hold${holds === 1 ? "s" : ""}`];
  if (disputed) parts.push(`${disputed} ${disputed === 1 ? "is" : "are"} disputed`);
  if (fails) parts.push(`${fails} ${fails === 1 ? "does" : "do"} not hold`);
  if (none) parts.push(`${none} ${none === 1 ? "is" : "are"} not judged here`);
  return `${parts.join(", ")}.`;
}

/**
 * The claim shown large on the study's card: the one claims.json names, else the last of its headlines that holds and
 * was measured; a whole number only counts something.
 */
export function headline(study, rows) {
  const named = rows.find((row) => row.id === study.headline);
  const judged = parted(rows).main.filter((row) => row.verdict.tone === "holds" && /\d\.\d/.test(row.ours));
  return named ?? judged.at(-1) ?? null;
}

/** For a study without such a claim: how many of its claims hold, as a figure to be shown large. */
export function tally(rows) {
  const judged = rows.filter((row) => row.verdict.tone !== "none");
  if (!judged.length) return null;
  const holds = judged.filter((row) => row.verdict.tone === "holds").length;
  return {
    ours: `${holds} of ${judged.length}`,
    says: `${plural(judged.length, "claim")} hold${holds === 1 ? "s" : ""}`,
  };
}

function formatAllowed(claim) {
  const { low, high, tolerance, sentence } = claim;
  const has = (bound) => bound !== undefined && bound !== null;
  if (sentence) return formatValue(answerOf(claim, low));
  if (tolerance === "exact" || (has(low) && low === high)) return "the same";
  if (has(low) && has(high)) return `${formatValue(low, claim)} to ${formatValue(high, claim)}`;
  if (has(low)) return `at least ${formatValue(low, claim)}`;
  if (has(high)) return `at most ${formatValue(high, claim)}`;
  return "–";
}

/**
 * A figure for readers: whole numbers with thousands separators, others with four decimals (five if the study gives
 * five), small ones with three digits.
 */
export function formatValue(value, { study } = {}) {
  if (value === undefined || value === null) return "–";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (typeof value !== "number") return String(value);
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const decimals = /\.\d{5}/.test(String(study)) ? 5 : 4;
  const digits = Math.abs(value) >= 0.01 ? { maximumFractionDigits: decimals } : { maximumSignificantDigits: 3 };
  return value.toLocaleString("en-US", digits);
}

function plural(count, word) {
  return count === 1 ? word : `${word}s`;
}
