import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";
import { run } from "./spawn.mjs";
import { writeLog } from "./stamp.mjs";

const compiler = join(root, "node_modules", "assemblyscript", "bin", "asc.js");

/** The settings of the compiler: nothing is imported, nothing allocated, and no instruction whose result may differ. */
const settings = ["--runtime", "stub", "--noAssert", "-O3", "--converge", "--enable", "simd"];

/** Where the compiled training kernels lie. */
export const wasmFile = join(root, "lib", "dist", "kernels.wasm");

/** Compiles lib/kernels (AssemblyScript) to one WebAssembly module. */
export async function buildKernels() {
  if (!existsSync(compiler)) throw new Failure("the compiler of lib/kernels is missing", "run npm ci");
  mkdirSync(join(root, "lib", "dist"), { recursive: true });
  const source = join("lib", "kernels", "index.ts");
  const { code, output } = await run(process.execPath, [compiler, source, "-o", wasmFile, ...settings], { cwd: root });
  if (code === 0) return;
  const first = output.split(/\r?\n/).find((line) => line.includes("ERROR")) ?? output.trim().split(/\r?\n/)[0];
  const log = writeLog("kernels", output);
  throw new Failure(`lib/kernels does not compile: ${first}`, `correct it (all errors: ${log})`);
}

export const main = buildKernels;
