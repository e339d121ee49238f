import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimsOf } from "./front/claims.mjs";
import { notebooksFolder } from "./front/notebooks.mjs";
import { root } from "./front/paths.mjs";
import { summary } from "./site/claims.mjs";

const begin = "<!-- claims:start -->";
const end = "<!-- claims:end -->";

/**
 * The claims of README.md, as Markdown, from the committed results: for each study the claims that stand for it, what
 * became of all of them, and the whole list folded away.
 */
export async function readmeClaims() {
  const { rows } = await claimsOf({ results: join(notebooksFolder, "results") });
  const studies = [...new Set(rows.map(({ studyId }) => studyId))];
  const main = rows.filter(({ headline }) => headline);
  const sums = studies.map((id) => {
    const own = rows.filter(({ studyId }) => studyId === id);
    return `- [${id} ${own[0].title}](notebooks/${own[0].notebook}.ipynb): ${summary(own)}`;
  });
  const reasons = rows.filter(({ verdict, reason }) => verdict.tone === "disputed" && reason);
  const disputes = reasons.map(({ id, reason }) => `- ${id}: ${cell(reason)}`);
  const folded = ["<details><summary>Every claim</summary>", "", ...table(rows), "", "</details>"];
  const parts = [table(main.length ? main : rows), sums, disputes, main.length ? folded : []];
  return parts
    .filter((lines) => lines.length)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function table(rows) {
  const lines = rows.map(({ id, says, study, ours, allowed, verdict }) =>
    [id, says, study, ours, allowed, verdict.word].map(cell),
  );
  const header = ["claim", "what it says", "study", "ours", "allowed", "verdict"];
  const rule = ["---", "---", "---:", "---:", "---:", "---"];
  return [header, rule, ...lines].map((row) => `| ${row.join(" | ")} |`);
}

function cell(text) {
  return String(text).replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
}

/**
 * A README with its claims table replaced.
 *
 * @param {string} readme
 * @param {string} table
 * @throws Error when the two marks are missing
 */
export function withClaims(readme, table) {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md has no place for the claims table: ${begin} … ${end}`);
  return `${readme.slice(0, from + begin.length)}\n\n${table}\n\n${readme.slice(to)}`;
}

/** README.md as it stands and as it should stand. */
export async function readme() {
  const text = readFileSync(join(root, "README.md"), "utf8");
  return { text, wanted: withClaims(text, await readmeClaims()) };
}
