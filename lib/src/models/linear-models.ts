/** Linear models by scikit-learn's names: what the namespace `linear` holds. */
export {
  fitLogisticRegression,
  LogisticRegression,
  type LogisticRegressionJSON,
  type LogisticRegressionOptions,
  logisticRegressionFromJSON,
} from "./linear";
export { fitLogisticRegressionCV, type LogisticRegressionCVOptions, type PenaltyScore } from "./linear-cv";
