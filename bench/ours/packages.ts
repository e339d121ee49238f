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

const { entryOf }: typeof import("hitlab/data/registry") = load("hitlab/data/registry");
const { resolveData }: typeof import("hitlab/data/resolve") = load("hitlab/data/resolve");
const { standInSpotify2023 }: typeof import("hitlab/data/stand-in-spotify-2023") = load(
  "hitlab/data/stand-in-spotify-2023",
);
const { standInSpotify2024 }: typeof import("hitlab/data/stand-in-spotify-2024") = load(
  "hitlab/data/stand-in-spotify-2024",
);
const { default: pl }: typeof import("nodejs-polars") = load("nodejs-polars");

/** Where the studies' files are, what stands in for them, and the data frames that they are read into. */
export const studyData = { entryOf, resolveData, standInSpotify2023, standInSpotify2024, pl };
