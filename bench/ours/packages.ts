import { createRequire } from "node:module";

/**
 * The packages under test, loaded by Node itself: what is imported from them goes through vite-node, which would run
 * second copies of hitlab's files and of tfjs, with state and tensors of their own. Types may be imported.
 */
const load = createRequire(import.meta.url);

export const tf: typeof import("@tensorflow/tfjs") = load("@tensorflow/tfjs");
export const hitlab: typeof import("hitlab") = load("hitlab");
export const { openBackend }: typeof import("hitlab/backend") = load("hitlab/backend");
export const { initializeWeights }: typeof import("hitlab/models/initialize") = load("hitlab/models/initialize");
export const { KernelInstance }: typeof import("hitlab/kernels/instance") = load("hitlab/kernels/instance");
