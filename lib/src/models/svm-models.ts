/** Support vector machines: what the namespace `svm` holds. */
import "./linear/kernel-rows";

export {
  fitLinearSVC,
  LinearSVC,
  type LinearSVCJSON,
  type LinearSVCOptions,
  linearSVCFromJSON,
} from "./svm/linear-svc";
export {
  fitLinearSVM,
  LinearSVM,
  type LinearSVMFit,
  type LinearSVMJSON,
  type LinearSVMOptions,
  linearSVMFromJSON,
} from "./svm/linear-svm";
export { fitSVC, type SVCOptions } from "./svm/svc";
export type { Kernel, KernelOptions } from "./svm/svc-kernel";
export { loadSVC, SVC, type SVCParts } from "./svm/svc-model";
