import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import util from "node:util";

type Tf = typeof import("@tensorflow/tfjs");

/** By Node itself: vite-node would run copies of its own. */
const load = createRequire(import.meta.url);

/** tfjs on its WebAssembly backend, or on native TensorFlow (which `npm run native` builds), as their manuals say. */
export async function openTfjs(backend: string | undefined): Promise<{ readonly tf: Tf; readonly by: string }> {
  const tf: Tf = load("@tensorflow/tfjs");
  tf.enableProdMode();
  if (backend === "wasm") {
    const wasm: typeof import("@tensorflow/tfjs-backend-wasm") = load("@tensorflow/tfjs-backend-wasm");
    wasm.setWasmPaths(dirname(load.resolve("@tensorflow/tfjs-backend-wasm")) + sep);
    await tf.setBackend("wasm");
  } else {
    // tfjs-node 4.22 calls helpers that Node 23 removed.
    const old = util as unknown as Record<string, unknown>;
    old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
    old.isArray ??= Array.isArray;
    load("@tensorflow/tfjs-node-gpu");
  }
  await tf.ready();
  return { tf, by: `tfjs ${tf.version.tfjs}, ${tf.getBackend()}` };
}
