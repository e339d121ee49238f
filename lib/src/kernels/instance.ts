import { HitlabError } from "../errors";
import { Arena, type ArenaExports } from "./arena";

/** The functions of kernels.wasm that the planner calls; addresses and sizes are plain numbers. */
export interface KernelExports extends ArenaExports {
  trainSteps(program: number, steps: number): number;
  evaluate(program: number, x: number, y: number, rows: number): void;
  predict(program: number, x: number, rows: number, out: number): void;
  packedSize(k: number, n: number): number;
  shuffle(order: number, n: number, seed: number, stream: number): void;
}

let find: (() => WebAssembly.Module) | undefined;
let compiled: WebAssembly.Module | undefined;
const idle: KernelInstance[] = [];

/** Says where the compiled kernels come from; load.ts does it in Node, a page or a worker does it itself. */
export function provideKernels(from: () => WebAssembly.Module): void {
  find = from;
  compiled = undefined;
  idle.length = 0;
}

/** The compiled kernels, for example to hand them to a worker. */
export function kernelsModule(): WebAssembly.Module {
  if (!find) {
    throw new HitlabError({ what: "the training kernels are not loaded", remedy: "call provideKernels(...) first" });
  }
  compiled ??= find();
  return compiled;
}

/** One instance of the training kernels with its memory. Instances are used again. */
export class KernelInstance extends Arena<KernelExports> {
  private readonly module: WebAssembly.Module;

  /** An idle instance, or a new one. */
  static lease(): KernelInstance {
    return idle.pop() ?? new KernelInstance();
  }

  private constructor() {
    const module = kernelsModule();
    super(new WebAssembly.Instance(module).exports as unknown as KernelExports);
    this.module = module;
  }

  /** Gives the instance back, with all that was laid out in it. */
  release(): void {
    this.clear();
    // Other kernels may have been provided since it was leased.
    if (this.module === compiled) idle.push(this);
  }
}
