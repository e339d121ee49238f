/** Models of decision trees by scikit-learn's names: what the namespace `trees` holds. */
export { GradientBoostingClassifier } from "./boosting/classifier";
export {
  fitGradientBoosting,
  fitGradientBoostingRegressor,
  loadGradientBoosting,
  loadGradientBoostingRegressor,
} from "./boosting/fit";
export type { GradientBoostingOptions } from "./boosting/options";
export type { BoostingHistory } from "./boosting/parts";
export { GradientBoostingRegressor } from "./boosting/regressor";
export { type DecisionTree, depthOf, leafOf } from "./decision-tree";
export {
  fitRandomForest,
  loadRandomForest,
  RandomForestClassifier,
  type RandomForestOptions,
} from "./forest/classifier";
export type { ForestOptions, ForestProgress } from "./forest/options";
export { type PackableForest, packForest } from "./forest/pack";
export { fitRandomForestRegressor, loadRandomForestRegressor, RandomForestRegressor } from "./forest/regressor";
export { type UnpackedForest, unpackForest } from "./forest/unpack";
