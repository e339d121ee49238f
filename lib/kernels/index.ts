/** What kernels.wasm exports: whole programs for the planner, and the kernels themselves for tests and the bench. */

export * from "./activation";
export * from "./dropout";
export * from "./layer";
export * from "./loss";
export * from "./matmul";
export * from "./metric";
export * from "./philox";
export * from "./program";
export * from "./shuffle";
export { expArray, gateArray, log1pArray, logArray, sigmoidArray, tanhArray } from "./special";
