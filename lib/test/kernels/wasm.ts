import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../src/paths";

/** An instance of lib/dist/kernels.wasm to call single kernels of; every function takes addresses and sizes. */
export interface Wasm {
  /** Calls a kernel; what returns nothing returns NaN. */
  call(kernel: string, ...values: number[]): number;
  /** Copies the numbers into fresh memory, on a multiple of 16 bytes and filled up to one with NaN: their address. */
  put(values: ArrayLike<number>): number;
  /** Fresh memory for n numbers, all NaN, so that a place left out shows. */
  room(n: number): number;
  /** A copy of n numbers. */
  floats(address: number, n: number): Float32Array;
  words(address: number, n: number): Uint32Array;
}

/** A fresh instance. */
export function instantiate(): Wasm {
  const module = new WebAssembly.Module(new Uint8Array(readFileSync(join(root, "lib", "dist", "kernels.wasm"))));
  const { exports } = new WebAssembly.Instance(module);
  const memory = exports.memory as WebAssembly.Memory;
  const call = (kernel: string, ...values: number[]) => Number((exports[kernel] as CallableFunction)(...values));
  let top = Math.ceil(call("heapBase") / 16) * 16;

  function room(n: number): number {
    const address = top;
    const floats = Math.ceil(n / 4) * 4;
    top += 4 * floats;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
    new Float32Array(memory.buffer, address, floats).fill(Number.NaN);
    return address;
  }

  return {
    call,
    room,
    put(values) {
      const address = room(values.length);
      new Float32Array(memory.buffer, address, values.length).set(values);
      return address;
    },
    floats: (address, n) => new Float32Array(memory.buffer.slice(address, address + 4 * n)),
    words: (address, n) => new Uint32Array(memory.buffer.slice(address, address + 4 * n)),
  };
}

/** Numbers between low and high for tests that need some, the same at every call: multiples of the golden section. */
export function spread(n: number, low: number, high: number, start = 0): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => low + (high - low) * (((i + start + 1) * 0.618033988749895) % 1));
}

/** The slope of f at each element of x, by central differences in float64. */
export function slopes(f: (x: Float64Array) => number, x: ArrayLike<number>, step = 1e-5): number[] {
  return Array.from(x, (_, i) => {
    const moved = (by: number) => f(Float64Array.from(x, (value, j) => (j === i ? value + by : value)));
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

/** The largest difference of two lists, as a share of the larger of 1 and the expected number. */
export function difference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  const each = Array.from(expected, (value, i) => Math.abs(found[i] - value) / Math.max(1, Math.abs(value)));
  return each.some(Number.isNaN) ? Number.NaN : Math.max(0, ...each);
}
