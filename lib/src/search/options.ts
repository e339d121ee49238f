import type * as tf from "@tensorflow/tfjs";
import type { Better } from "../evaluate/better";
import type { Parts } from "../prepare/split";
import type { Samples } from "../samples";
import type { FitManyOptions, FitOptions } from "../train";
import type { ScoreFunction, ScoreName } from "./score";
import type { Grid, Params } from "./settings";

/** A fold as the models get it. */
export interface PreparedFold {
  readonly train: Samples;
  /** For early stopping. It must not come from `test`. */
  readonly validation?: Samples;
  /** The fold's test rows, all of them and in their order. */
  readonly test: Samples;
  /** Brings predictions and targets back to the units they are scored in, where `prepare` has changed the target. */
  readonly restore?: (values: Float64Array) => Float64Array;
}

/** What a model is built for. */
export interface BuildContext {
  /** Number of the fold, from 0. */
  readonly fold: number;
  /** For the initial weights. */
  readonly seed: number;
  /** Columns of the prepared inputs. */
  readonly inputs: number;
}

/** What `grid` and `random` are told. */
export interface SearchOptions<G extends Grid, S extends Samples>
  extends Pick<FitManyOptions, "workers" | "log" | "progress" | "signal"> {
  /** The values to be tried of each parameter. */
  readonly grid: G;
  /** Of `prepare.kFold` or another way to split: the same for every setting. */
  readonly folds: readonly Parts<S>[];
  /** A compiled model, a new one for each fit, its weights drawn from the context's seed. */
  readonly build: (params: Params<G>, context: BuildContext) => tf.LayersModel;
  /** How it is trained. The seed of the fit is that of `seeds` unless told otherwise. */
  readonly options: (params: Params<G>) => FitOptions;
  /**
   * All that is learnt from rows is learnt here, from `train` alone and once for each fold: scalers, imputers, the mean
   * to centre the target by (of all parts). By default the fold stays as it is.
   *
   * @param validation the fold's own validation rows, if it has some: they must be given back too
   */
  readonly prepare?: (
    train: S,
    test: S,
    fold: number,
    validation: S | undefined,
  ) => PreparedFold | Promise<PreparedFold>;
  /** Each setting is trained on each fold with each of them. Default 42 alone. */
  readonly seeds?: readonly number[];
  /** What is measured on each fold's test rows; a model of two softmax outputs predicts the second. */
  readonly score: ScoreName | ScoreFunction;
  /** Which way is better; known of the scores that have a name. */
  readonly better?: Better;
}
