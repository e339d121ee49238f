/** Support vector machines: what the namespace `svm` holds. */
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
