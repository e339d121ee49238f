import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "./failure.mjs";
import { root } from "./paths.mjs";
import { run } from "./spawn.mjs";
import { writeLog, writeWhole } from "./stamp.mjs";

const compiler = join(root, "node_modules", "assemblyscript", "bin", "asc.js");

/** The settings of the compiler: nothing is imported, nothing allocated, and no instruction whose result may differ. */
const settings = ["--runtime", "stub", "--noAssert", "-O3", "--converge", "--enable", "simd"];

/** Where the compiled training kernels lie. */
export const wasmFile = join(root, "lib", "dist", "kernels.wasm");

/** Where those of the classic models lie. */
export const classicFile = join(root, "lib", "dist", "classic.wasm");

/** Compiles lib/kernels (AssemblyScript) to two WebAssembly modules: for networks, and for the classic models. */
export async function buildKernels() {
  if (!existsSync(compiler)) throw new Failure("the compiler of lib/kernels is missing", "run npm ci");
  mkdirSync(join(root, "lib", "dist"), { recursive: true });
  await build(join("lib", "kernels", "index.ts"), wasmFile);
  await build(join("lib", "kernels", "classic", "index.ts"), classicFile);
}

async function build(source, wasm) {
  // Not to its place at once: what is not inlined gives the same digits, slowly, and nobody would notice.
  const raw = `${wasm}.${process.pid}.raw`;
  const { code, output } = await run(process.execPath, [compiler, source, "-o", raw, ...settings], { cwd: root });
  if (code === 0) {
    try {
      writeWhole(wasm, await inlined(readFileSync(raw)));
    } finally {
      rmSync(raw);
    }
    return;
  }
  const first = output.split(/\r?\n/).find((line) => line.includes("ERROR")) ?? output.trim().split(/\r?\n/)[0];
  const log = writeLog("kernels", output);
  throw new Failure(`${source} does not compile: ${first}`, `correct it (all errors: ${log})`);
}

/**
 * The module with functions of up to 160 instructions put where they are called. The compiler stops at fewer, and a call
 * to exp or tanh in an inner loop costs as much as the function: WebAssembly saves every vector register around it.
 */
async function inlined(bytes) {
  // Not at the top: the set-up reads this file before there are packages.
  const { default: binaryen } = await import("binaryen");
  const module = binaryen.readBinary(bytes);
  // What the compiler uses and every supported Node and browser has: nothing newer may come in here.
  const { SIMD128, BulkMemory, BulkMemoryOpt, SignExt, MutableGlobals, NontrappingFPToInt } = binaryen.Features;
  module.setFeatures(SIMD128 | BulkMemory | BulkMemoryOpt | SignExt | MutableGlobals | NontrappingFPToInt);
  binaryen.setOptimizeLevel(3);
  binaryen.setShrinkLevel(0);
  binaryen.setFlexibleInlineMaxSize(160);
  // Twice: sigmoid takes exp in, then the loop takes sigmoid in.
  for (let round = 0; round < 2; round++) module.runPasses(["inlining-optimizing"]);
  module.optimize();
  return module.emitBinary();
}

export const main = buildKernels;
