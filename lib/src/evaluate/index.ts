/** How good a model is, and how sure that is. */
export {
  type ConstantModel,
  type LookUp,
  type LookUpOptions,
  lookUp,
  type MajorityModel,
  majority,
  meanBaseline,
  medianBaseline,
  persistence,
} from "./baselines";
export type { Better } from "./better";
export { type BootstrapOptions, bootstrap, type Differences, type Intervals, pairedBootstrap } from "./bootstrap";
export {
  type BootstrapRegressionOptions,
  bootstrapRegression,
  pairedBootstrapRegression,
  type RegressionDifferences,
  type RegressionIntervals,
} from "./bootstrap-regression";
export { bootstrapStatistic } from "./bootstrap-statistic";
export { type CalibrationBin, type CalibrationOptions, calibrationCurve, wilson } from "./calibration";
export { calibrator, type FittedCalibrator } from "./calibrator";
export { type Comparison, compare, compareRegression, compareRegressionTo, compareTo } from "./compare";
export {
  type CrossConformal,
  type CrossConformalOptions,
  crossConformal,
  type PredictionIntervals,
  type SplitConformal,
  type SplitConformalOptions,
  splitConformal,
} from "./conformal";
export {
  accuracy,
  type Confusion,
  confusionMatrix,
  f1,
  precision,
  recall,
  type ThresholdOptions,
} from "./confusion";
export { correctedMeanInterval } from "./corrected-mean-interval";
export {
  type Cells,
  type Correlation,
  type CorrelationMethod,
  type CorrelationOptions,
  correlation,
} from "./correlation";
export { type Correlations, type CorrelationsOptions, correlations } from "./correlations";
export type { Metric } from "./counted";
export { type Coverage, type CoverageOptions, coverage, coverageBy, type GroupCoverage } from "./coverage";
export { type CrossValidateOptions, type CrossValidation, crossValidate } from "./cross-validate";
export {
  type CrossValidateRegressionOptions,
  crossValidateRegression,
  type RegressionCrossValidation,
} from "./cross-validate-regression";
export { type CurveOptions, type PrecisionRecallCurve, precisionRecallCurve, type RocCurve, rocCurve } from "./curves";
export type { ScoredFit } from "./full-grid";
export {
  type FalseAlarmOptions,
  type LeadTimeOptions,
  type LeadTimes,
  leadTimes,
  type SongLead,
  thresholdForFalseAlarms,
} from "./lead-times";
export { type LearningCurveOptions, type LearningPoint, type LearningRun, learningCurve } from "./learning-curve";
export {
  type LevelDifference,
  type LevelMean,
  type MainEffect,
  type MainEffectsOptions,
  mainEffects,
} from "./main-effects";
export { type McNemar, type McNemarOptions, mcnemar } from "./mcnemar";
export { type MeanDifference, type MeanInterval, meanInterval, pairedMeanInterval } from "./mean-interval";
export { mseShare } from "./mse-share";
export {
  type OneStandardError,
  type OneStandardErrorOptions,
  oneStandardError,
  type PathMean,
  type PathPoint,
} from "./one-standard-error";
export { type PartialDependence, type PartialDependenceOptions, partialDependence } from "./partial-dependence";
export {
  type FeatureImportance,
  type ImportanceOptions,
  type PermutationImportance,
  permutationImportance,
} from "./permutation-importance";
export { type PickedStory, pickStories } from "./pick-stories";
export { brier, logLoss } from "./probability";
export { type QuantileBins, quantileBins } from "./quantile-bins";
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
export { residualsBy, type Segment, type SegmentScore } from "./residuals-by";
export type { RegressionRowMetric, RowMetric } from "./row-scores";
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
export { type WinPair, type WinRow, type WinTable, type WinTableOptions, winTable } from "./win-table";
