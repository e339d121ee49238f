/** From a cleaned frame to rows for a model: windows, splits, scalers. */

export { numbers } from "./columns";
export { type Entry, firstEntries } from "./entries";
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
export { type EveryNthOptions, everyNth } from "./thin";
export type { Gaps, Series, WindowInfo, Windows, WindowsOptions } from "./windows";
export { windows } from "./windows";
