import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readResults } from "../site/claims.mjs";
import { claimsOf, claimsTable, notAsserted } from "./claims.mjs";
import { Failure } from "./failure.mjs";
import { failureLines, listNotebooks, namedNotebooks, notebooksFolder, runNotebooks } from "./notebooks.mjs";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";
import { readStamp } from "./stamp.mjs";

const out = join(root, "out");

/** `npm start [-- 01 03]`: set-up, the site of the committed notebooks, a run of the notebooks, their pages, the claims. */
export async function main(args) {
  const names = namedNotebooks(args);
  const effort = effortOf(process.env.HITLAB_EFFORT);
  await setUp();
  const early = await publishPages(listNotebooks().map(committed));
  if (early.index) console.log(`Pages of the committed notebooks (real data): ${early.index}`);
  console.log(announce(names, effort));
  const { results } = await runNotebooks(names, { out });
  const pages = await publishPages(undefined);
  return finish({ results, names, pages });
}

const committed = (name) => ({ file: join(notebooksFolder, `${name}.ipynb`), kind: "committed" });

/** Publishes pages; a fault there must not keep the notebooks from running, so it is told and remembered. */
export async function publishPages(notebooks) {
  try {
    const { publish } = await import(pathToFileURL(join(root, "tools", "publish.mjs")).href);
    return { index: (await publish({ root, notebooks, told: console.log })).index };
  } catch (error) {
    console.error(`The site could not be written in full: ${error.message}`);
    return { trouble: error.message };
  }
}

/** The effort a run is asked for; a misspelt one is told before anything runs. */
export function effortOf(told) {
  const effort = told || "full";
  if (["quick", "full", "long"].includes(effort)) return effort;
  throw new Failure(`HITLAB_EFFORT is "${effort}"`, "set it to quick, full or long, or unset it");
}

/** What is going to run, and how long it took when the committed outputs were made. */
function announce(names, effort) {
  const seconds = names.map((name) => {
    const text = readStamp(join(notebooksFolder, "results", `${name.slice(0, 2)}.json`));
    return text ? (JSON.parse(text).seconds?.total ?? 0) : 0;
  });
  const total = seconds.reduce((sum, each) => sum + each, 0);
  const minutes = total > 0 && effort === "full" ? `, about ${Math.ceil(total / 60)} min` : "";
  return `Running ${names.length} ${names.length === 1 ? "notebook" : "notebooks"} (effort ${effort}${minutes})`;
}

/** The end of a run: what failed, then the claims table, then where the site is. Gives the exit status. */
async function finish({ results, names, pages }) {
  const studies = names.map((name) => name.slice(0, 2));
  const broken = results.filter(({ ok }) => !ok);
  const { rows, failed, missing } = await claimsOf({ results: join(out, "results"), studies });
  const silent = missing.filter((id) => !broken.some(({ name }) => name.startsWith(id)));
  const lines = broken.flatMap(failureLines);
  for (const id of silent)
    lines.push(`${id}: the notebook ran but left no out/results/${id}.json (study.close is missing)`);
  for (const { id, ours, allowed } of failed) lines.push(`${id}: ${ours} is outside ${allowed}`);
  if (pages.trouble) lines.push(`site: ${pages.trouble}`);
  if (lines.length) console.log(["", "What went wrong:", ...lines.map((line) => `  ${line}`)].join("\n"));
  const measured = rows.filter(({ verdict }) => verdict.word !== "not run");
  const shown = measured.length > 0 ? measured : rows;
  const unrun = rows.length - shown.length;
  const notes = [
    ...(await dataLines(studies)),
    notAsserted(rows),
    unrun > 0 ? `Not measured by this run: ${unrun} claims.` : "",
  ];
  const table = shown.length ? claimsTable(shown) : [];
  console.log(["", ...notes.filter(Boolean), "", ...table, "", "Open in a browser:"].join("\n"));
  console.log(pages.index ?? join(out, "site", "index.html"));
  return lines.length ? 1 : 0;
}

/** On which data each study ran, a line per data set. */
async function dataLines(studies) {
  const kinds = {
    real: "the real file",
    "study-synthetic": "the study's own invented set",
    "stand-in": "INVENTED stand-in",
  };
  const results = await readResults(join(out, "results"));
  return studies.flatMap((id) =>
    (results[id]?.data ?? []).map(({ name, kind, rows }) => `Data of ${id}: ${name}, ${kinds[kind]}, ${rows} rows`),
  );
}

/** Thrown by commands that go on only after a clean run. */
export function uncleanRun() {
  return new Failure("the run was not clean", "mend what is listed above and run the command again");
}
