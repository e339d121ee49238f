/** Linear models by scikit-learn's names: what the namespace `linear` holds. */
import "./linear/kernel-rows";

export { type ElasticNetOptions, fitElasticNet, fitLasso, type LassoOptions } from "./linear/elastic-net";
export { fitHuber, type HuberOptions } from "./linear/huber";
export {
  type ElasticNetFit,
  fitLinearRegression,
  type HuberFit,
  type LeastSquaresFit,
  type LinearFit,
  LinearRegression,
  type LinearRegressionJSON,
  type LinearRegressionOptions,
  linearRegressionFromJSON,
  type RidgeFit,
} from "./linear/linear-regression";
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
export { fitRidge, type RidgeOptions } from "./linear/ridge";
export { type AlphaScore, fitRidgeCV, type RidgeCVOptions } from "./linear/ridge-cv";
export type { WeightOptions } from "./linear/row-weights";
