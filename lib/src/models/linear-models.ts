/** Linear models by scikit-learn's names: what the namespace `linear` holds. */
export {
  fitLogisticRegression,
  LogisticRegression,
  type LogisticRegressionJSON,
  type LogisticRegressionOptions,
  logisticRegressionFromJSON,
} from "./linear/logistic-regression";
export {
  fitLogisticRegressionCV,
  type LogisticRegressionCVOptions,
  type PenaltyScore,
} from "./linear/logistic-regression-cv";
export {
  fitMultinomialRegression,
  MultinomialRegression,
  type MultinomialRegressionJSON,
  type MultinomialRegressionOptions,
  multinomialRegressionFromJSON,
} from "./linear/multinomial-regression";
export type { WeightOptions } from "./linear/row-weights";
