import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { appNames } from "./apps.mjs";

/** Scripts, styles and the one Plotly of the site. Returns the files written. */
export async function writeAssets({ root, site }) {
  const template = join(root, "site", "template");
  const assets = join(site, "assets");
  await mkdir(assets, { recursive: true });
  const require = createRequire(join(root, "lib", "package.json"));
  const esbuild = createRequire(join(root, "package.json"))("esbuild");
  const scripts = Object.fromEntries([
    ...["theme", "page"].map((name) => [name, join(template, "scripts", `${name}.ts`)]),
    ...appNames.map((name) => [name, join(root, "site", "pages", name, "main.ts")]),
  ]);
  const bundled = bundle(esbuild, { entryPoints: scripts, outdir: assets });
  const styles = (await readdir(join(template, "styles"))).filter((name) => name.endsWith(".css"));
  const copied = [...styles.map((name) => [`styles/${name}`, name]), ["assets/icon.svg", "icon.svg"]].map(
    ([from, to]) => copyFile(join(template, from), join(assets, to)),
  );
  await Promise.all([bundled, ...copied, writePlotly({ root, assets, require, esbuild })]);
  const names = [...Object.keys(scripts).map((name) => `${name}.js`), ...styles, "icon.svg", "plotly.min.js"];
  return names.map((name) => join(assets, name));
}

/** Classic scripts, since file:// allows no modules; what needs Node does not bundle for a browser and fails here. */
function bundle(esbuild, options) {
  return esbuild.build({
    ...options,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    platform: "browser",
    loader: { ".wasm": "binary" },
    plugins: [workers(esbuild)],
    logLevel: "silent",
  });
}

/** `import source from "worker:./worker.ts"`: the text of that file's bundle, to be started from a blob: address. */
function workers(esbuild) {
  return {
    name: "workers",
    setup(build) {
      build.onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
        path: join(resolveDir, path.slice("worker:".length)),
        namespace: "worker",
      }));
      build.onLoad({ filter: /.*/, namespace: "worker" }, async ({ path }) => {
        const { outputFiles } = await bundle(esbuild, { entryPoints: [path], write: false });
        return { contents: outputFiles[0].text, loader: "text" };
      });
    },
  };
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
