import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import type { NodeJSKernelBackend } from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend";
import { HitlabError } from "../errors";

/**
 * Loads the binding of `@tensorflow/tfjs-node-gpu`, which registers tfjs' backend "tensorflow", and says what it runs
 * on: "TensorFlow 2.21.0 (CPU)". GPU stands there if TensorFlow found one; the operations then run on it.
 *
 * Of TensorFlow's own messages only errors reach stderr, unless the environment says otherwise (TF_CPP_MIN_LOG_LEVEL,
 * TF_ENABLE_ONEDNN_OPTS). That holds for a first load by the main thread: what a worker thread sets in `process.env`
 * does not reach native code.
 *
 * @throws HitlabError if the binding is not there or does not load
 */
export function loadTensorflow(): string {
  quieten();
  restoreUtil();
  try {
    require("@tensorflow/tfjs-node-gpu");
  } catch (error) {
    throw new HitlabError({
      what: `HITLAB_BACKEND=tensorflow, but the binding of @tensorflow/tfjs-node-gpu does not load: ${firstLine(error)}`,
      remedy: "run `npm run native`, which builds it, or unset HITLAB_BACKEND to run on wasm",
    });
  }
  const { binding, isUsingGpuDevice } = tf.findBackend("tensorflow") as NodeJSKernelBackend;
  return `TensorFlow ${binding.TF_Version} (${isUsingGpuDevice ? "GPU" : "CPU"})`;
}

/** Has to come before the binding is loaded. */
function quieten(): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  // oneDNN's kernels announce themselves before TensorFlow reads the level above. At the sizes of these networks they
  // are no faster; small matrix products take them two to three times as long as TensorFlow's own.
  process.env.TF_ENABLE_ONEDNN_OPTS ??= "0";
}

/** tfjs-node 4.22 calls two helpers that Node 22 warns of on stderr and Node 23 removed. */
function restoreUtil(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
}

function firstLine(error: unknown): string {
  const [line] = String(error instanceof Error ? error.message : error).split("\n");
  return line.replace(/[.\s]+$/, "");
}
