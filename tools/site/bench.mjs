import { copyFile, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * The page of the bench, from the run that was kept, for the templates: what stands in it, and a sentence for the pages
 * that lead there. The run's own JSON goes beside it.
 *
 * @param {{ root: string, site: string }} options
 * @returns {Promise<{ out: string, body: string, headline: string, files: string[] }>} files: those written here
 */
export async function describeBench({ root, site }) {
  const results = join(root, "bench", "results.json");
  const { pageBody, headline, dataFile } = await loadPage(root);
  const kept = JSON.parse(await readFile(results, "utf8"));
  const data = join(site, dataFile);
  await copyFile(results, data);
  return { out: join(site, "bench.html"), body: pageBody(kept), headline: headline(kept), files: [data] };
}

/** The bench writes its own runs by the same TypeScript; it is pure, so a bundle needs no file of its own. */
async function loadPage(root) {
  const { build } = createRequire(join(root, "package.json"))("esbuild");
  const entry = join(root, "bench", "page", "body.ts");
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}
