/** How good a model is, and how sure that is. */
export { type MajorityModel, majority } from "./baselines";
export { type CalibrationBin, type CalibrationOptions, calibrationCurve, wilson } from "./calibration";
export {
  accuracy,
  type Confusion,
  confusionMatrix,
  f1,
  precision,
  recall,
  type ThresholdOptions,
} from "./confusion";
export { type CurveOptions, type PrecisionRecallCurve, precisionRecallCurve, type RocCurve, rocCurve } from "./curves";
export { brier, logLoss } from "./probability";
export { prAuc, rocAuc } from "./ranking";
export type { Numbers } from "./scored";
export { type ClassifierScores, classifier, type ProbabilityModel, type ScoresOptions, scores } from "./scores";
