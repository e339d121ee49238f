import { dirname, sep } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { HitlabError } from "../errors";
import { fuseLstm } from "./fused-lstm";
import { spareOperations } from "./spare-operations";
import { loadTensorflow } from "./tensorflow";
import { transposeBeforeMatMul } from "./wasm-matmul";

/** What carries out the tensor operations. */
export type BackendName = "wasm" | "cpu" | "tensorflow";

/** The backend that runs, and one line for the reader on what it is and why it was picked. */
export interface Backend {
  readonly name: BackendName;
  readonly line: string;
}

/**
 * Picks the tfjs backend once and makes it ready: `HITLAB_BACKEND` (wasm, cpu or tensorflow) if set, else wasm, else
 * cpu where WebAssembly SIMD is missing.
 *
 * @throws HitlabError if HITLAB_BACKEND names no backend, or asks for tensorflow and its binding does not load
 * @example
 * ```ts
 * const backend = await openBackend();
 * console.log(backend.line); // "wasm: tfjs 4.22.0 on WebAssembly SIMD, the default"
 * ```
 */
export async function openBackend(): Promise<Backend> {
  // Silences tfjs' advice on other backends, which would show as an error output under a cell.
  tf.enableProdMode();
  const asked = process.env.HITLAB_BACKEND || undefined;
  if (asked === "tensorflow") return openTensorflow();
  if (asked === "cpu") return open("cpu", "plain JavaScript, asked for by HITLAB_BACKEND");
  if (asked !== undefined && asked !== "wasm") {
    throw new HitlabError({
      what: "HITLAB_BACKEND names no backend",
      value: asked,
      remedy: "set it to wasm, cpu or tensorflow, or unset it",
    });
  }
  if (!(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))) {
    return open("cpu", "plain JavaScript, because this Node has no WebAssembly SIMD");
  }
  setWasmPaths(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + sep);
  transposeBeforeMatMul();
  return open("wasm", `WebAssembly SIMD, ${asked ? "asked for by HITLAB_BACKEND" : "the default"}`);
}

async function open(name: BackendName, why: string): Promise<Backend> {
  if (!(await tf.setBackend(name))) {
    throw new HitlabError({ what: `the ${name} backend of tfjs does not start`, remedy: "set HITLAB_BACKEND=cpu" });
  }
  await tf.ready();
  return { name, line: `${name}: tfjs ${tf.version.tfjs} on ${why}` };
}

async function openTensorflow(): Promise<Backend> {
  const runsOn = loadTensorflow();
  fuseLstm();
  spareOperations();
  return open("tensorflow", `${runsOn}, asked for by HITLAB_BACKEND`);
}
