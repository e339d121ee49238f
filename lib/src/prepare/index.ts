/** From a cleaned frame to rows for a model: windows, splits, what is learned from train rows. */

export type { Category } from "./categories";
export { numbers } from "./columns";
export { dropDuplicates, type WithoutDuplicates } from "./drop-duplicates";
export { type Entry, firstEntries } from "./entries";
export { type GroupOut, type KFoldOptions, kFold, leaveOneGroupOut } from "./folds";
export { pipelineFromJSON, transformerFromJSON } from "./from-json";
export { type Imputer, type ImputerJSON, type ImputerOptions, type ImputerStrategy, imputer } from "./imputer";
export {
  expm1,
  type LogBase,
  type LogJSON,
  type LogOptions,
  type LogTransform,
  log1p,
  logTransform,
} from "./log-transform";
export { type OnColumns, type OnColumnsJSON, onColumns } from "./on-columns";
export { type OneHotEncoder, type OneHotJSON, type OneHotOptions, oneHot } from "./one-hot";
export { type OrdinalEncoder, type OrdinalJSON, type OrdinalOptions, ordinal } from "./ordinal";
export { type OutlierOptions, type Outliers, outliers } from "./outliers";
export { type Pipeline, type PipelineJSON, pipeline } from "./pipeline";
export {
  type QuantileJSON,
  type QuantileOptions,
  type QuantileOutput,
  type QuantileScaler,
  quantile,
} from "./quantile-scaler";
export { isRandomColumn, type RandomColumnsOptions, withRandomColumns } from "./random-columns";
export type { Rows } from "./rows";
export { type FrameSamples, type SamplesOptions, samples } from "./samples";
export type { RobustOptions, Scaler, ScalerJSON, ScalerKind } from "./scalers";
export { minMax, robust, scalerFromJSON, standard } from "./scalers";
export { sharedGroups } from "./shared-groups";
export type { Sizes } from "./shares";
export type {
  GroupSplit,
  Origin,
  Parts,
  RandomSplit,
  RollingOptions,
  SklearnSplit,
  SplitOptions,
  TimeSplit,
} from "./split";
export { rollingOrigin, split } from "./split";
export {
  encodeOutOfFold,
  type OutOfFoldOptions,
  type TargetEncoder,
  type TargetEncoderOptions,
  targetEncoder,
} from "./target-encoder";
export { type EveryNthOptions, everyNth } from "./thin";
export type { Invertible, Step, Transformer } from "./transformer";
export type { TransformerJSON } from "./transformer-json";
export type { Gaps, Series, WindowInfo, Windows, WindowsOptions } from "./windows";
export { windows } from "./windows";
export { type WinsorizeJSON, type WinsorizeOptions, type Winsorizer, winsorize } from "./winsorize";
