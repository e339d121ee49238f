import { HitlabError } from "../errors";

/** What a module of ours exports besides its functions. */
export interface ArenaExports {
  readonly memory: WebAssembly.Memory;
  /** The first address that the module itself does not use. */
  heapBase(): number;
}

/**
 * A WebAssembly instance with its memory, in which everything is laid out from the bottom up.
 *
 * Use instances again: WebAssembly memory cannot shrink, and a new one for every piece of work would leave it to the
 * garbage collector to notice.
 */
export class Arena<Exports extends ArenaExports> {
  private readonly base: number;
  private top: number;

  constructor(readonly exports: Exports) {
    this.base = aligned(exports.heapBase());
    this.top = this.base;
  }

  /** Takes back all that was laid out. */
  clear(): void {
    this.top = this.base;
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

  /** A view of `count` 8-byte floats (each takes two of `allocate`). */
  doubles(at: number, count: number): Float64Array {
    return new Float64Array(this.exports.memory.buffer, at, count);
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
        what: `the kernels cannot get ${Math.ceil(pages / 16)} MB more memory`,
        remedy: "train on fewer rows or with smaller batches",
      });
    }
  }
}

function aligned(address: number): number {
  // Not by bits: those are signed, and addresses go up to 4 GB.
  return 16 * Math.ceil(address / 16);
}
