import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claimsOf } from "./front/claims.mjs";
import { notebooksFolder } from "./front/notebooks.mjs";
import { root } from "./front/paths.mjs";

const begin = "<!-- claims:start -->";
const end = "<!-- claims:end -->";

/** The claims table of README.md, as Markdown, from the committed results. */
export async function readmeClaims() {
  const { rows } = await claimsOf({ results: join(notebooksFolder, "results") });
  const cell = (text) => String(text).replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");
  const lines = rows.map(({ id, says, study, ours, allowed, verdict }) =>
    [id, says, study, ours, allowed, verdict.word].map(cell),
  );
  const header = ["claim", "what it says", "study", "ours", "allowed", ""];
  const rule = ["---", "---", "---:", "---:", "---:", "---"];
  return [header, rule, ...lines].map((row) => `| ${row.join(" | ")} |`).join("\n");
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
  return `${readme.slice(0, from + begin.length)}\n${table}\n${readme.slice(to)}`;
}

/** README.md as it stands and as it should stand. */
export async function readme() {
  const text = readFileSync(join(root, "README.md"), "utf8");
  return { text, wanted: withClaims(text, await readmeClaims()) };
}
