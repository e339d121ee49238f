import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { describeApps } from "./site/apps.mjs";
import { writeAssets } from "./site/assets.mjs";
import { describeBench } from "./site/bench.mjs";
import { readClaims, readResults } from "./site/claims.mjs";
import { writeData } from "./site/data.mjs";
import { describeSite } from "./site/pages.mjs";
import { renderApps, renderNotebooks } from "./site/render.mjs";

/**
 * Publishes notebooks as the site under `out/site`: index.html, one page per committed notebook, and under run/ one per
 * notebook of the latest run, the bench's page, and the pages that are programs with their data. Pages of an earlier publish that are no
 * longer named are removed; nothing else is. Where the data of the programs cannot be written, the notebooks' pages
 * are, before the fault is thrown.
 *
 * @param {object} options
 * @param {string} options.root the repository
 * @param {string} [options.out] folder of outputs; the site goes to `out/site`. Default `root/out`
 * @param {{ file: string, kind: "committed" | "run" }[]} [options.notebooks] what to publish; default: all of
 *   `root/notebooks` and of `out/notebooks`
 * @param {{ committed?: string, run?: string }} [options.results] folders of NN.json; default `root/notebooks/results`
 *   and `out/results`
 * @param {string} [options.claims] default `root/data/claims.json`
 * @param {string} [options.python] default the one in .venv
 * @param {Record<string, string>} [options.env] laid over the environment of what writes the data of the pages
 * @param {(line: string) => void} [options.told] hears what takes long: the models of the pages
 * @returns {Promise<{ index: string, pages: string[], seconds: number }>} absolute paths
 */
export async function publish(options) {
  const began = performance.now();
  const { root, out = join(root, "out"), python } = options;
  const site = join(out, "site");
  await mkdir(site, { recursive: true });
  const notebooks = options.notebooks ?? (await foundNotebooks(root, out));
  const [claims, committed, run] = await Promise.all([
    readClaims(options.claims ?? join(root, "data", "claims.json")),
    readResults(options.results?.committed ?? join(root, "notebooks", "results")),
    readResults(options.results?.run ?? join(out, "results")),
  ]);
  const apps = describeApps(site);
  const bench = await describeBench({ root, site });
  const job = { ...describeSite({ site, notebooks, claims, committed, run }), apps, bench };
  // The data of the programs take longest; if they fail, the notebooks are still to be read.
  const programs = writeApps({ ...options, site, apps }).then(
    (files) => ({ files }),
    (trouble) => ({ trouble }),
  );
  const [assets, pages, downloads] = await Promise.all([
    writeAssets({ root, site }),
    renderNotebooks({ root, python, job }),
    copyNotebooks(job.pages),
  ]);
  const { files, trouble } = await programs;
  if (trouble) throw new Error(`${names(apps)} are not as they should be (the notebooks are): ${trouble.message}`);
  await forget(site, [...assets, ...bench.files, ...files, ...pages.written, ...downloads]);
  return { index: job.index, pages: job.pages.map((page) => page.out), seconds: (performance.now() - began) / 1000 };
}

/** The pages that are programs, and their data. */
async function writeApps({ root, site, python, apps, env, told }) {
  const { manifest, files } = await writeData({ root, site, env, told });
  const { written } = await renderApps({ root, python, job: { apps, manifest } });
  return [...files, ...written];
}

const names = (apps) => apps.map(({ title }) => `"${title}"`).join(", ");

async function foundNotebooks(root, out) {
  const places = [
    [join(root, "notebooks"), "committed"],
    [join(out, "notebooks"), "run"],
  ];
  const found = [];
  for (const [folder, kind] of places) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => /^\d\d_.*\.ipynb$/.test(name)).sort();
    found.push(...names.map((name) => ({ file: join(folder, name), kind })));
  }
  return found;
}

function copyNotebooks(pages) {
  return Promise.all(
    pages.map(async (page) => {
      const copy = join(dirname(page.out), basename(page.file));
      await mkdir(dirname(copy), { recursive: true });
      await copyFile(page.file, copy);
      return copy;
    }),
  );
}

/** Removes what the last publish wrote and this one did not; the list lies in the site. */
async function forget(site, written) {
  const list = join(site, ".published.json");
  const names = written.map((file) => relative(site, file).split(sep).join("/")).sort();
  const before = await readFile(list, "utf8").then(JSON.parse, () => []);
  const gone = before.filter(
    (name) => typeof name === "string" && !names.includes(name) && !name.split("/").includes(".."),
  );
  await Promise.all(gone.map((name) => rm(join(site, name), { force: true })));
  await writeFile(list, JSON.stringify(names));
}
