export type { EarlyStopping } from "./early-stop";
export { fit } from "./fit";
export { type FitManyOptions, fitMany } from "./fit-many";
export { type FitOrLoadOptions, type FitOrLoadResult, fitOrLoad } from "./fit-or-load";
export type { EpochFigures, History } from "./history";
export type { EngineOption, FitOptions, Progress } from "./options";
export { halveEvery, type Schedule } from "./schedules";
export type { Trial, TrialFailure, TrialResult } from "./trials";
