import { HitlabError } from "../errors";

/** The functions of kernels.wasm that the planner calls; addresses and sizes are plain numbers. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
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

/**
 * One instance of the kernels with its memory, in which everything is laid out from the bottom up.
 *
 * Instances are used again: WebAssembly memory cannot shrink, and a new one for every training would leave it to the
 * garbage collector to notice.
 */
export class KernelInstance {
  readonly exports: KernelExports;
  private readonly module = kernelsModule();
  private readonly base: number;
  private top: number;

  /** An idle instance, or a new one. */
  static lease(): KernelInstance {
    return idle.pop() ?? new KernelInstance();
  }

  private constructor() {
    this.exports = new WebAssembly.Instance(this.module).exports as unknown as KernelExports;
    this.base = aligned(this.exports.heapBase());
    this.top = this.base;
  }

  /** Gives the instance back, with all that was laid out in it. */
  release(): void {
    this.top = this.base;
    // Other kernels may have been provided since it was leased.
    if (this.module === compiled) idle.push(this);
  }

  /**
   * Room for so many 4-byte numbers, on a multiple of 16 bytes and filled up to one; zeros. Returns its address.
   *
   * @throws HitlabError if there is not so much memory, or `count` is no whole number from 0
   */
  allocate(count: number): number {
    if (!Number.isInteger(count) || count < 0) {
      const remedy = "give units, steps, features and rows as whole numbers";
      throw new HitlabError({ what: "the kernels cannot lay out so many numbers", value: count, remedy });
    }
    const at = this.top;
    this.top = aligned(at + 4 * count);
    const missing = this.top - this.exports.memory.buffer.byteLength;
    if (missing > 0) this.grow(Math.ceil(missing / 65_536));
    new Uint8Array(this.exports.memory.buffer, at, this.top - at).fill(0);
    return at;
  }

  /** Runs `work` and takes back what it allocated. */
  briefly<T>(work: () => T): T {
    const { top } = this;
    try {
      return work();
    } finally {
      this.top = top;
    }
  }

  /** A view of `count` floats. It goes stale when memory grows: take it, use it, drop it. */
  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.exports.memory.buffer, at, count);
  }

  integers(at: number, count: number): Int32Array {
    return new Int32Array(this.exports.memory.buffer, at, count);
  }

  view(): DataView {
    return new DataView(this.exports.memory.buffer);
  }

  /** Bytes of memory that the instance holds, used or not. */
  get bytes(): number {
    return this.exports.memory.buffer.byteLength;
  }

  private grow(pages: number): void {
    try {
      this.exports.memory.grow(pages);
    } catch {
      throw new HitlabError({
        what: `the training kernels cannot get ${Math.ceil(pages / 16)} MB more memory`,
        remedy: "train on fewer rows or with smaller batches",
      });
    }
  }
}

function aligned(address: number): number {
  // Not by bits: those are signed, and addresses go up to 4 GB.
  return 16 * Math.ceil(address / 16);
}
