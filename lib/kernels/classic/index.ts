/** What classic.wasm exports: the kernels of the classic models (lib/src/models). */

export { growTree } from "./forest/grow";
export { predictTree } from "./forest/predict";
export { nextWord, seedWords } from "./forest/random";
export { forestKind, forestRoom, forestTable, forestTree } from "./forest/task";
export { smoMeasure, smoSize, smoSteps } from "./svm";
export { kernelSums } from "./svm-row";

/** The first address that the module itself does not use. */
export function heapBase(): usize {
  return __heap_base;
}

export { boostCodes, boostSort } from "./boost-bins";
export { boostAdd, boostExp, boostGradients } from "./boost-gradients";
export { boostHistogram, boostPartition, boostSubtract } from "./boost-histogram";
export { boostSplit, boostTotal } from "./boost-split";
export { linearLogLosses, linearSquaredHinges } from "./linear-losses";
export { linearGradient, linearHessian, linearMove, linearScores } from "./linear-sums";
