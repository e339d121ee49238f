/** How good a model is, and how sure that is. */
export { type MajorityModel, majority, persistence } from "./baselines";
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
export { type CurveOptions, type PrecisionRecallCurve, precisionRecallCurve, type RocCurve, rocCurve } from "./curves";
export {
  type FalseAlarmOptions,
  type LeadTimeOptions,
  type LeadTimes,
  leadTimes,
  type SongLead,
  thresholdForFalseAlarms,
} from "./lead-times";
export { type PickedStory, pickStories } from "./pick-stories";
export { brier, logLoss } from "./probability";
export { prAuc, rocAuc } from "./ranking";
export type { Numbers } from "./scored";
export { type ClassifierScores, classifier, type ProbabilityModel, type ScoresOptions, scores } from "./scores";
export type { WindowDays } from "./watches";
