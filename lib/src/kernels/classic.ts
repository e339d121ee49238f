import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HitlabError } from "../errors";
import { root } from "../paths";
import { Arena, type ArenaExports } from "./arena";
import type { BoostExports } from "./boost-exports";
import type { ForestExports } from "./forest-exports";
import type { LinearExports } from "./linear-exports";

/**
 * The functions of classic.wasm, the kernels of the classic models: a module of its own, so that a page that trains a
 * network need not load it and the fingerprints of trained networks do not hang on it.
 */
export interface ClassicExports extends ArenaExports, BoostExports, ForestExports, LinearExports {
  smoSize(): number;
  smoMeasure(smo: number): void;
  smoSteps(smo: number, steps: number): number;
  kernelSums(
    kernel: number,
    rounded: number,
    x: number,
    rows: number,
    weights: number,
    queries: number,
    count: number,
    scratch: number,
    out: number,
  ): void;
}

const idle: Arena<ClassicExports>[] = [];
let compiled: WebAssembly.Module | undefined;

/** Lends an instance of the classic kernels to `work`; what `work` laid out in it is gone afterwards. */
export function withClassicKernels<T>(work: (kernels: Arena<ClassicExports>) => T): T {
  const kernels =
    idle.pop() ?? new Arena(new WebAssembly.Instance(classicModule()).exports as unknown as ClassicExports);
  try {
    return work(kernels);
  } finally {
    kernels.clear();
    idle.push(kernels);
  }
}

/** The compiled classic kernels, for example to hand them to a worker. */
export function classicModule(): WebAssembly.Module {
  try {
    compiled ??= new WebAssembly.Module(new Uint8Array(readFileSync(join(root, "lib", "dist", "classic.wasm"))));
    return compiled;
  } catch (error) {
    throw new HitlabError({
      what: `the kernels of the classic models do not load: ${error instanceof Error ? error.message : String(error)}`,
      file: "lib/dist/classic.wasm",
      remedy: "run npm start or npm test, which compile them",
    });
  }
}
