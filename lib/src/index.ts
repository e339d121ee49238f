/**
 * hitlab: the preprocessing, models, training and honest evaluation behind the hit-song notebooks.
 *
 * @example
 * ```ts
 * import { openStudy, load, prepare, networks, fit, evaluate, show } from "hitlab";
 * ```
 */

export { openBackend } from "./backend";
export { type CheckedClaim, committedResults, type StudyResults } from "./claims";
export * as load from "./data/load";
export { HitlabError } from "./errors";
export * as evaluate from "./evaluate";
export type { Long } from "./long";
export * as linear from "./models/linear-models";
export * as networks from "./models/networks";
export * as svm from "./models/svm-models";
export * as trees from "./models/tree-models";
export * as prepare from "./prepare";
export { type Random, random } from "./random";
export type { Matrix, Samples } from "./samples";
export { gather, matrix, takeRows } from "./samples";
export * as search from "./search";
export * as show from "./show";
export { openStudy, type Study } from "./study";
export * from "./train";
