/** From a cleaned frame to rows for a model: windows, splits, scalers. */

export { numbers } from "./columns";
export { type Entry, firstEntries } from "./entries";
export { type GroupOut, type KFoldOptions, kFold, leaveOneGroupOut } from "./folds";
export { isRandomColumn, type RandomColumnsOptions, withRandomColumns } from "./random-columns";
export { type FrameSamples, type SamplesOptions, samples } from "./samples";
export type { Scaler, ScalerJSON, ScalerKind } from "./scalers";
export { minMax, scalerFromJSON, standard } from "./scalers";
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
export type { Gaps, Series, WindowInfo, Windows, WindowsOptions } from "./windows";
export { windows } from "./windows";
