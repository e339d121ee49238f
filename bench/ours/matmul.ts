import { kernelsModule } from "hitlab/kernels/index";
import type { Answer } from "../protocol";
import type { MatmulWork } from "../works";
import { matricesOf } from "./data";

/** What is used here of kernels.wasm (lib/kernels/matmul.ts); addresses and distances in bytes. */
interface Products {
  readonly memory: WebAssembly.Memory;
  readonly __heap_base: WebAssembly.Global;
  packedSize(k: number, n: number): number;
  pack(b: number, k: number, n: number, out: number): void;
  multiply(
    ...args: [
      a: number,
      aRow: number,
      aColumn: number,
      packed: number,
      init: number,
      initRow: number,
      c: number,
      m: number,
      k: number,
      n: number,
    ]
  ): void;
}

/** Products of the training kernels on one thread, b packed anew each time as numpy does, too. */
export async function matmulWork({
  data,
  repeats,
}: MatmulWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const { m, k, n } = data;
  const kernels = new WebAssembly.Instance(kernelsModule()).exports as unknown as Products;
  const place = allocator(kernels);
  const { a, b } = matricesOf(data);
  const [atA, atB, packed] = [place(m * k), place(k * n), place(kernels.packedSize(k, n))];
  const [zeros, atC] = [place(n), place(m * n)];
  const floats = (at: number, count: number) => new Float32Array(kernels.memory.buffer, at, count);
  floats(atA, m * k).set(a);
  floats(atB, k * n).set(b);
  return async () => {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) {
      kernels.pack(atB, k, n, packed);
      kernels.multiply(atA, 4 * k, 4, packed, zeros, 0, atC, m, k, n);
    }
    const seconds = (performance.now() - start) / 1000;
    const quality = floats(atC, m * n).reduce((sum, entry) => sum + Math.abs(entry), 0) / (m * n);
    return { seconds, quality, flops: 2 * m * k * n * repeats };
  };
}

/** Hands out room for floats in the kernels' memory, on multiples of 16 bytes and with room up to one. */
function allocator({ memory, __heap_base }: Products): (floats: number) => number {
  let top = (Number(__heap_base.value) + 15) & ~15;
  return (floats) => {
    const at = top;
    top = (at + 4 * floats + 15) & ~15;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65_536));
    return at;
  };
}
