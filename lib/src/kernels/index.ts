import "./load";

export { kernelsModule, provideKernels } from "./instance";
export { KernelNetwork } from "./network";
export * from "./spec";
