import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readClaims, readResults } from "../site/claims.mjs";
import { claimsOf, claimsTable } from "./claims.mjs";
import { notebookHashes, refreshed, refreshFile } from "./drift.mjs";
import { Failure } from "./failure.mjs";
import {
  isIndex,
  listNotebooks,
  namedNotebooks,
  notebookEnvironment,
  notebooksFolder,
  runNotebooks,
} from "./notebooks.mjs";
import { root } from "./paths.mjs";
import { setUp } from "./setup.mjs";
import { run } from "./spawn.mjs";
import { writeWhole } from "./stamp.mjs";
import { effortOf, publishPages, uncleanRun } from "./start.mjs";

const out = join(root, "out");

/**
 * `npm run refresh [-- 01]`: a full run on the real data, whose outputs become the committed ones. With
 * HITLAB_EFFORT=long the results that take hours (study.long) are measured too, and become the committed ones. With
 * study 4 the models and figures that ship with the site's pages are made anew.
 */
export async function main(args) {
  const names = namedNotebooks(args);
  const effort = effortOf(process.env.HITLAB_EFFORT);
  if (effort === "quick") throw new Failure("a refresh at effort quick is no refresh", "unset HITLAB_EFFORT");
  for (const name of ["HITLAB_SEED", "HITLAB_BACKEND"]) {
    if (process.env[name]) throw new Failure(`a refresh with ${name} set is no refresh`, `unset ${name}`);
  }
  await setUp();
  await demandRealData(names);
  const rounds = refreshRounds(names);
  for (const round of rounds) await renew(round, effort);
  if (needsPageModels(names)) await refitPages();
  await rewriteReadme();
  const pages = await publishPages(undefined);
  console.log(
    `Refreshed ${rounds.flat().join(", ")}. Look at the changes (git status), then commit them.\n${pages.index ?? ""}`,
  );
  return pages.trouble ? 1 : 0;
}

/** The named studies, then, when their results are in place, the index, which shows them whether it was named or not. */
export function refreshRounds(names, known = listNotebooks()) {
  return [names.filter((name) => !isIndex(name)), known.filter(isIndex)];
}

/** Whether what ships with the pages, made from study 4's songs, is to be made anew: then those songs are here. */
export function needsPageModels(names) {
  return names.some((name) => name.startsWith("04"));
}

/** Makes the models and figures of the pages (site/data) anew. */
async function refitPages() {
  const program = [join(root, "node_modules", "vite-node", "vite-node.mjs"), join(root, "site", "build", "refresh.ts")];
  const { code } = await run(process.execPath, program, { cwd: root, show: true });
  if (code !== 0) throw new Failure("the models of the pages could not be fitted", "mend what is told above");
}

/** Runs notebooks and, if all of them ran and their claims hold, puts their outputs and results in place. */
async function renew(names, effort) {
  if (names.length === 0) return;
  const [made, kept] = [join(out, "results"), join(notebooksFolder, "results")];
  // Those of an earlier long run would be taken for this one's.
  if (effort === "long") for (const file of longResults(made, names)) rmSync(join(made, file));
  const { code } = await runNotebooks(names, { out });
  if (code !== 0) throw uncleanRun();
  await demandClaims(names, effort);
  const texts = names.map((name) => [name, committedText(name)]);
  for (const [name, text] of texts) commit(name, text);
  if (effort === "long") replaceLongResults({ made, kept, names });
}

/** Files of long results of some notebooks in a folder: for study 04 those named 04-something.json. */
export function longResults(folder, names) {
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.filter((file) =>
    names.some((name) => file.startsWith(`${name.slice(0, 2)}-`) && file.endsWith(".json")),
  );
}

/** Puts the long results that a run made in place of the committed ones; those it no longer makes go. */
export function replaceLongResults({ made, kept, names }) {
  for (const file of longResults(kept, names)) rmSync(join(kept, file));
  for (const file of longResults(made, names)) copyFileSync(join(made, file), join(kept, file));
}

/** Refuses where a study would run on invented data; a study's own synthetic set has no file and is no stand-in. */
async function demandRealData(names) {
  const plans = await readClaims(join(root, "data", "claims.json"));
  const library = createRequire(join(root, "package.json"));
  const { resolveData } = library("hitlab/data/resolve");
  const { entryOf } = library("hitlab/data/registry");
  const wanted = new Set(names.flatMap((name) => plans[name.slice(0, 2)]?.data ?? []));
  const published = (name) => entryOf(name).file || entryOf(name).parts;
  const missing = [...wanted].filter((name) => published(name) && resolveData(name).kind === "stand-in");
  if (missing.length)
    throw new Failure(
      `a refresh needs the real data, and these are not here: ${missing.join(", ")}`,
      'fetch them with "npm run data", or name their folder by HITLAB_DATA',
    );
}

/** Refuses where a claim does not hold, or where the results say that they came from invented data after all. */
async function demandClaims(names, asked) {
  const studies = names.map((name) => name.slice(0, 2));
  const { rows, failed, missing } = await claimsOf({ results: join(out, "results"), studies });
  if (rows.length) console.log(claimsTable(rows).join("\n"));
  if (missing.length)
    throw new Failure(`no results were written for ${missing.join(", ")}`, "close the study in its last cell");
  if (failed.length) throw uncleanRun();
  for (const [id, { data, effort }] of Object.entries(await readResults(join(out, "results")))) {
    if (studies.includes(id) && (effort !== asked || data.some(({ kind }) => kind === "stand-in"))) throw uncleanRun();
  }
}

/** The executed copy of a notebook as it is committed: without times, kernel versions and traces of this machine. */
function committedText(name) {
  const notebook = JSON.parse(readFileSync(join(out, "notebooks", `${name}.ipynb`), "utf8"));
  for (const cell of notebook.cells) delete cell.metadata.execution;
  notebook.metadata = {
    kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
    // As the kernel tells it: with less, JupyterLab would change the file by opening it.
    language_info: notebook.metadata.language_info,
  };
  const text = `${JSON.stringify(notebook, null, 1)}\n`;
  const traces = [root, notebookEnvironment().HITLAB_DATA].filter(
    (path) => path && text.includes(JSON.stringify(path).slice(1, -1)),
  );
  if (traces.length)
    throw new Failure(`the outputs of ${name} name a folder of this machine (${traces[0]})`, "show file names only");
  return text;
}

function commit(name, text) {
  const id = name.slice(0, 2);
  writeWhole(join(notebooksFolder, `${name}.ipynb`), text);
  mkdirSync(join(notebooksFolder, "results"), { recursive: true });
  try {
    copyFileSync(join(out, "results", `${id}.json`), join(notebooksFolder, "results", `${id}.json`));
  } catch (error) {
    // The index is no study: it has no results.
    if (error.code !== "ENOENT") throw error;
  }
  const date = new Date().toISOString().slice(0, 10);
  const hashes = { ...refreshed(), [name]: { ...notebookHashes(name), date } };
  writeWhole(
    refreshFile,
    `${JSON.stringify(hashes, Object.keys(hashes).sort().concat("code", "claims", "date"), 2)}\n`,
  );
}

async function rewriteReadme() {
  const { readme } = await import("../readme.mjs");
  const { text, wanted } = await readme();
  if (text !== wanted) writeWhole(join(root, "README.md"), wanted);
}
