/** What kernels.wasm exports. */
export * from "./special";
