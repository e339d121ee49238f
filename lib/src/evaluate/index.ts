/** How good a model is, and how sure that is. */
export { type LookUp, type LookUpOptions, lookUp, type MajorityModel, majority, persistence } from "./baselines";
export { type BootstrapOptions, bootstrap, type Differences, type Intervals, pairedBootstrap } from "./bootstrap";
export {
  type BootstrapRegressionOptions,
  bootstrapRegression,
  pairedBootstrapRegression,
  type RegressionDifferences,
  type RegressionIntervals,
} from "./bootstrap-regression";
export { type CalibrationBin, type CalibrationOptions, calibrationCurve, wilson } from "./calibration";
export { calibrator, type FittedCalibrator } from "./calibrator";
export { type Comparison, compare, compareTo } from "./compare";
export {
  accuracy,
  type Confusion,
  confusionMatrix,
  f1,
  precision,
  recall,
  type ThresholdOptions,
} from "./confusion";
export type { Metric } from "./counted";
export { type CrossValidateOptions, type CrossValidation, crossValidate } from "./cross-validate";
export {
  type CrossValidateRegressionOptions,
  crossValidateRegression,
  type RegressionCrossValidation,
} from "./cross-validate-regression";
export { type CurveOptions, type PrecisionRecallCurve, precisionRecallCurve, type RocCurve, rocCurve } from "./curves";
export {
  type FalseAlarmOptions,
  type LeadTimeOptions,
  type LeadTimes,
  leadTimes,
  type SongLead,
  thresholdForFalseAlarms,
} from "./lead-times";
export { type LearningCurveOptions, type LearningPoint, type LearningRun, learningCurve } from "./learning-curve";
export { type McNemar, type McNemarOptions, mcnemar } from "./mcnemar";
export { type MeanDifference, type MeanInterval, meanInterval, pairedMeanInterval } from "./mean-interval";
export { type PartialDependence, type PartialDependenceOptions, partialDependence } from "./partial-dependence";
export {
  type FeatureImportance,
  type ImportanceOptions,
  type PermutationImportance,
  permutationImportance,
} from "./permutation-importance";
export { type PickedStory, pickStories } from "./pick-stories";
export { brier, logLoss } from "./probability";
export { type GroupQuartiles, quartilesBy } from "./quartiles-by";
export { prAuc, rocAuc } from "./ranking";
export {
  type RegressionMetric,
  type RegressionOptions,
  type RegressionScores,
  type Regressor,
  regression,
  regressor,
} from "./regression";
export type { Difference, Interval, ResampleOptions } from "./resample";
export type { RowMetric } from "./row-scores";
export type { FoldMean } from "./run-folds";
export type { Numbers } from "./scored";
export { type ClassifierScores, classifier, type ProbabilityModel, type ScoresOptions, scores } from "./scores";
export {
  type Contributions,
  meanAbsolute,
  type TreeModel,
  type TreeShapOptions,
  treeShap,
} from "./tree-shap";
export type { WindowDays } from "./watches";
