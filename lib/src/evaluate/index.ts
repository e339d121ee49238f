/** How good a model is, and how sure that is. */
export { type LookUp, type LookUpOptions, lookUp, type MajorityModel, majority, persistence } from "./baselines";
export {
  type BootstrapOptions,
  bootstrap,
  type Difference,
  type Differences,
  type Interval,
  type Intervals,
  pairedBootstrap,
} from "./bootstrap";
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
export { type CrossValidateOptions, type CrossValidation, crossValidate, type FoldMean } from "./cross-validate";
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
export type { RowMetric } from "./row-scores";
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
