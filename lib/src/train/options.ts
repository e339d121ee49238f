import type { Samples } from "../samples";
import type { EarlyStopping } from "./early-stop";
import type { Schedule } from "./schedules";

/** Told of work done, work in all, and a few words on where it stands. */
export type Progress = (done: number, total: number, text: string) => void;

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
   * Folder for a checkpoint after each epoch; a training that was killed goes on from it with the same result. Each
   * training has a file of its own in it.
   */
  readonly checkpoint?: string;
  readonly progress?: Progress;
}
