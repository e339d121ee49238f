import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { buildKernels, classicFile, wasmFile } from "./kernels.mjs";
import { root } from "./paths.mjs";
import { run } from "./spawn.mjs";
import { hashOfFiles, readStamp, writeLog, writeWhole } from "./stamp.mjs";

// Not node_modules/.bin/tsc: that name belongs to tslab's own, older compiler.
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
const dist = join(root, "lib", "dist");
const stampFile = join(dist, ".stamp");

function sourcesHash() {
  const sources = ["tsconfig.json", "lib/tsconfig.json", "lib/package.json", "lib/src", "lib/kernels"];
  const compilers = ["typescript", "assemblyscript", "binaryen"].map((name) => `node_modules/${name}/package.json`);
  return hashOfFiles([...sources, ...compilers, "tools/front/kernels.mjs"].map((path) => join(root, path)));
}

/** Whether lib/dist was built from the sources as they are now. */
export function libReady() {
  return (
    existsSync(join(dist, "index.js")) &&
    existsSync(wasmFile) &&
    existsSync(classicFile) &&
    readStamp(stampFile) === sourcesHash()
  );
}

/** Builds the package "hitlab" that the notebooks import. */
export async function buildLib() {
  const hash = sourcesHash();
  // An incremental build would neither write again what was deleted here nor delete what has lost its source.
  rmSync(dist, { recursive: true, force: true, maxRetries: 3 });
  const { code, output } = await run(process.execPath, [compiler, "-p", join(root, "lib"), "--pretty", "false"], {
    cwd: root,
  });
  if (code !== 0) {
    const first = output.split(/\r?\n/).find((line) => line.includes("error TS")) ?? output.trim().split(/\r?\n/)[0];
    const log = writeLog("lib", output);
    throw new Failure(`lib does not compile: ${first.replace(/\.$/, "")}`, `correct it (all errors: ${log})`);
  }
  await buildKernels();
  writeWhole(stampFile, hash);
}
