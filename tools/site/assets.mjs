import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Scripts, styles and the one Plotly of the site. Returns the files written. */
export async function writeAssets({ root, site }) {
  const template = join(root, "site", "template");
  const assets = join(site, "assets");
  await mkdir(assets, { recursive: true });
  const require = createRequire(join(root, "lib", "package.json"));
  const esbuild = createRequire(join(root, "package.json"))("esbuild");
  const built = esbuild.build({
    entryPoints: ["theme", "page"].map((name) => join(template, "scripts", `${name}.ts`)),
    outdir: assets,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2020",
    logLevel: "silent",
  });
  const copied = [
    ["styles/site.css", "site.css"],
    ["assets/icon.svg", "icon.svg"],
  ].map(([from, to]) => copyFile(join(template, from), join(assets, to)));
  await Promise.all([built, ...copied, writePlotly({ root, assets, require, esbuild })]);
  return ["theme.js", "page.js", "site.css", "icon.svg", "plotly.min.js"].map((name) => join(assets, name));
}

/** plotly.js-dist comes as 10 MB of readable source; the minified half is kept in node_modules/.cache by its hash. */
async function writePlotly({ root, assets, require, esbuild }) {
  const source = await readFile(require.resolve("plotly.js-dist"));
  const key = createHash("sha256").update(source).update(esbuild.version).digest("hex").slice(0, 16);
  const cache = join(root, "node_modules", ".cache", "hitlab-site", `plotly-${key}.min.js`);
  if (!(await exists(cache))) {
    const { code } = await esbuild.transform(source, { minify: true, legalComments: "eof", charset: "utf8" });
    await mkdir(dirname(cache), { recursive: true });
    const part = `${cache}.${process.pid}`;
    await writeFile(part, code);
    await rename(part, cache);
  }
  await copyFile(cache, join(assets, "plotly.min.js"));
}

function exists(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}
