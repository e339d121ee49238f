import type { Samples } from "../samples";
import type { EarlyStopping } from "./early-stop";
import type { Schedule } from "./schedules";

/** Told of work done, work in all, and a few words on where it stands. */
export type Progress = (done: number, total: number, text: string) => void;

/** What carries out a training: our kernels, tfjs, or what suits the model. */
export type EngineOption = "auto" | "kernels" | "tfjs";

export interface FitOptions {
  readonly epochs: number;
  /** Rows per step. Default 32. */
  readonly batchSize?: number;
  /** Measured after each epoch; needed for early stopping. */
  readonly validation?: Samples;
  /** Seed of the shuffles and dropout masks. Default 42. */
  readonly seed?: number;
  readonly schedule?: Schedule;
  readonly earlyStopping?: EarlyStopping;
  /**
   * What each training row counts for in the loss, finite and from 0: a step minimises the sum of weight times loss
   * over the batch's rows, divided by their number (Keras' `sample_weight`). Metrics and validation are not weighted.
   */
  readonly sampleWeights?: Float64Array;
  /**
   * "kernels" give the same digits on every machine and are by far the fastest; "tfjs" trains whatever tfjs can.
   * Default "auto": the kernels if they support all of the model and tfjs runs on wasm or cpu, else tfjs. The
   * history says which it was.
   */
  readonly engine?: EngineOption;
  /**
   * Folder for a checkpoint after each epoch; a training that was killed goes on from it with the same result. Each
   * training has a file of its own in it.
   */
  readonly checkpoint?: string;
  readonly progress?: Progress;
  /** Ends the training soon after it is aborted; `fit` then throws the signal's reason. */
  readonly signal?: AbortSignal;
}
