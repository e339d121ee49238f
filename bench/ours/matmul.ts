import type { Answer } from "../protocol";
import type { MatmulWork } from "../settings";
import { matricesOf } from "./data";
import { KernelInstance } from "./packages";

/** The matrix product of kernels.wasm (lib/kernels/matmul.ts): c [m, n] = init + a [m, k] b [k, n], b packed first. */
interface Products {
  pack(b: number, k: number, n: number, packed: number): void;
  multiply(
    ...addresses: [a: number, packed: number, init: number, initRow: number, c: number, m: number, k: number, n: number]
  ): void;
}

/** Products of the training kernels on one thread, b packed anew each time, as numpy does too. */
export async function matmulWork(settings: MatmulWork): Promise<(round: number) => Promise<Omit<Answer, "by">>> {
  const { data, repeats } = settings;
  const { m, k, n } = data;
  const kernels = KernelInstance.lease();
  const { pack, multiply } = kernels.exports as unknown as Products;
  const { a, b } = matricesOf(data);
  const place = (values: Float32Array) => {
    const at = kernels.allocate(values.length);
    kernels.floats(at, values.length).set(values);
    return at;
  };
  const [atA, atB, zeros, atC] = [a, b, new Float32Array(n), new Float32Array(m * n)].map(place);
  const packed = kernels.allocate(kernels.exports.packedSize(k, n));
  return async () => {
    const start = performance.now();
    for (let i = 0; i < repeats; i++) {
      pack(atB, k, n, packed);
      multiply(atA, packed, zeros, 0, atC, m, k, n);
    }
    const seconds = (performance.now() - start) / 1000;
    const quality = kernels.floats(atC, m * n).reduce((sum, entry) => sum + Math.abs(entry), 0) / (m * n);
    return { seconds, quality, flops: 2 * m * k * n * repeats };
  };
}
