import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { numbersPerRow, predict } from "../models/predict";
import type { Parts } from "../prepare/split";
import type { Samples } from "../samples";
import { type FitManyOptions, type FitOptions, fitMany, type History, type Trial } from "../train";
import { Found, type GridFit } from "./found";
import { type Better, checkScorable, type ScoreFunction, type ScoreName, type Scoring, scoringOf } from "./score";
import { type Grid, inWords, type Params, settingsOf } from "./settings";

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

export interface SearchOptions<G extends Grid, S extends Samples>
  extends Pick<FitManyOptions, "workers" | "log" | "progress" | "signal"> {
  /** The values to be tried of each parameter. */
  readonly grid: G;
  /** Of `prepare.kFold` or another way to split: the same for every setting. */
  readonly folds: readonly Parts<S>[];
  /**
   * A compiled model, new for each fit. Parameters that it does not use need no training of their own where `fitMany`
   * can share one: settings that differ in their epochs only are trained once.
   */
  readonly build: (params: Params<G>, context: BuildContext) => tf.LayersModel;
  /** How it is trained. The seed of the fit is that of `seeds` unless told otherwise. */
  readonly options: (params: Params<G>) => FitOptions;
  /**
   * All that is learnt from rows is learnt here, from `train` alone and once for each fold: scalers, imputers, the mean
   * to centre the target by (of both parts). By default the fold stays as it is.
   */
  readonly prepare?: (train: S, test: S, fold: number) => PreparedFold | Promise<PreparedFold>;
  /** Each setting is trained on each fold with each of them. Default 42 alone. */
  readonly seeds?: readonly number[];
  /** What is measured on each fold's test rows; a model of two softmax outputs predicts the second. */
  readonly score: ScoreName | ScoreFunction;
  /** Which way is better; known of the scores that have a name. */
  readonly better?: Better;
}

/** A fit that is to be done, and how it ended. */
interface Planned<G extends Grid> {
  readonly of: Pick<GridFit<G>, "params" | "fold" | "seed">;
  readonly trial: Trial;
  readonly data: PreparedFold;
  ended?: Ended<G>;
}

type Ended<G extends Grid> = Pick<GridFit<G>, "score" | "error" | "history" | "predicted">;

/**
 * Trains a model for every combination of the parameters' values, on every fold and with every seed, and ranks them:
 * scikit-learn's `GridSearchCV` for networks, on all processors.
 *
 * The result is the same whatever the workers. Fits that differ in their epochs only share one training. With `log` a
 * search that was killed goes on from the fits that were done, and ends with the same table. A fit that fails, as when
 * its loss is no longer a finite number, leaves its reason in its row and the others as they are.
 *
 * The best of many settings looks better than it is, on the very folds that chose it: score it once more on rows that
 * no fold has seen, or search inside each fold of an outer cross-validation.
 *
 * @returns settings, best first, and all fits; train the best again on all rows with `build(found.best.params, ...)`
 * @throws HitlabError before any training on a grid, folds or seeds that make no sense and on what `fit` would refuse;
 *   afterwards when every fit failed, or, when a signal aborts, saying how many were done; whatever `score` throws
 * @example
 * ```ts
 * const found = await search.grid({
 *   grid: { learningRate: [0.001, 0.01], units: [64, 128], epochs: [50, 100] },
 *   folds: prepare.kFold(songs, { folds: 5 }),
 *   prepare: (train, test) => {
 *     const scaler = prepare.standard(train);
 *     return { train: scaler.apply(train), test: scaler.apply(test) };
 *   },
 *   build: ({ learningRate, units }, { inputs, seed }) =>
 *     networks.mlp({ inputs, hidden: [units, units / 2], output: "linear", learningRate, seed }),
 *   options: ({ epochs }) => ({ epochs, batchSize: 16 }),
 *   score: "mse",
 *   log: "out/work/grid.jsonl",
 *   progress: show.progress("grid"),
 * });
 * show.table(found.table());
 * found.best.params.learningRate; // of type 0.001 | 0.01
 * ```
 */
export async function grid<const G extends Grid, S extends Samples>(options: SearchOptions<G, S>): Promise<Found<G>> {
  return searched(settingsOf(options.grid), options);
}

/** Fits and scores the settings. */
export async function searched<G extends Grid, S extends Samples>(
  settings: readonly Params<G>[],
  options: SearchOptions<G, S>,
): Promise<Found<G>> {
  const scoring = scoringOf(options.score, options.better);
  checkFolds(options.folds);
  checkSeeds(options.seeds);
  const folds = await preparedFolds(options, scoring);
  const planned: Planned<G>[] = [];
  try {
    for (const params of settings) planned.push(...fitsOf(params, folds, options));
    await fitAll(planned, scoring, options);
  } finally {
    for (const { trial, ended } of planned) if (!ended) disposeOf(trial.model);
  }
  const fits = planned.map(({ of, ended }): GridFit<G> => ({ ...of, score: null, ...ended }));
  checkSomeScore(fits);
  const { train, validation, test, dropped } = options.folds[0].index;
  return new Found({
    score: scoring.name,
    better: scoring.better,
    rows: train.length + (validation?.length ?? 0) + test.length + dropped.length,
    tested: options.folds.map(({ index }) => index.test),
    fits,
  });
}

async function preparedFolds<G extends Grid, S extends Samples>(
  options: SearchOptions<G, S>,
  scoring: Scoring,
): Promise<PreparedFold[]> {
  const prepared: PreparedFold[] = [];
  for (const [fold, parts] of options.folds.entries()) {
    const data: PreparedFold = (await options.prepare?.(parts.train, parts.test, fold)) ?? parts;
    const rows = parts.index.test.length;
    if (data.test.x.rows !== rows) {
      const what = `prepare must keep the ${rows} test rows of fold ${fold} (counted from 0)`;
      throw new HitlabError({ what, value: data.test.x.rows, remedy: "leave out rows before the folds are made" });
    }
    checkScorable(scoring, (data.restore ?? asTheyAre)(data.test.y), fold);
    prepared.push(data);
  }
  return prepared;
}

function fitsOf<G extends Grid, S extends Samples>(
  params: Params<G>,
  folds: readonly PreparedFold[],
  { build, options, seeds = [42] }: SearchOptions<G, S>,
): Planned<G>[] {
  return folds.flatMap((data, fold) =>
    seeds.map((seed) => {
      const { train, validation } = data;
      const model = build(params, { fold, seed, inputs: train.x.columns });
      checkOutputs(model);
      const id = `${inWords(params)}, fold ${fold + 1}${seeds.length > 1 ? `, seed ${seed}` : ""}`;
      const told = { seed, ...(validation ? { validation } : {}), ...options(params) };
      return { of: { params, fold, seed }, trial: { id, model, train, options: told }, data };
    }),
  );
}

/** Trains all; each model is scored and let go as soon as it is trained. */
async function fitAll<G extends Grid, S extends Samples>(
  planned: readonly Planned<G>[],
  scoring: Scoring,
  { workers, log, progress, signal }: SearchOptions<G, S>,
): Promise<void> {
  const byId = new Map(planned.map((fit) => [fit.trial.id, fit]));
  const results = await fitMany(
    planned.map(({ trial }) => trial),
    {
      ...{ workers, log, progress, signal },
      onError: "keep",
      onResult: ({ id, model, history }) => {
        const fit = byId.get(id) as Planned<G>;
        fit.ended = scored(fit, history, scoring);
        disposeOf(model);
      },
    },
  );
  for (const { id, model, error } of results) {
    if (!error) continue;
    (byId.get(id) as Planned<G>).ended = failed(error.message);
    disposeOf(model);
  }
}

function scored<G extends Grid>({ of, trial, data }: Planned<G>, history: History, scoring: Scoring): Ended<G> {
  const { restore = asTheyAre, test } = data;
  const predicted = restore(onePerRow(trial.model, predict(trial.model, test.x)));
  // The last step of a training may be the one that goes too far: no loss has told of it.
  const bad = predicted.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) return failed(`the prediction of test row ${bad} is ${predicted[bad]}`);
  try {
    const score = scoring.of(restore(test.y), predicted, of.fold);
    return Number.isFinite(score) ? { score, history, predicted } : failed(`the score is ${score}`);
  } catch (error) {
    if (error instanceof HitlabError) return failed(error.message);
    throw error;
  }
}

function failed(error: string) {
  return { score: null, error };
}

function asTheyAre(values: Float64Array): Float64Array {
  return values;
}

/** The predictions themselves, of two softmax outputs the second. */
function onePerRow(model: tf.LayersModel, predicted: Float64Array): Float64Array {
  const outputs = outputsOf(model);
  return outputs === 1 ? predicted : predicted.filter((_value, at) => at % outputs === 1);
}

function outputsOf(model: tf.LayersModel): number {
  return model.outputs.reduce((sum, { shape }) => sum + numbersPerRow(shape), 0);
}

function disposeOf(model: tf.LayersModel): void {
  // tfjs leaves an optimizer that was not named by a word to its maker, whom nobody can ask here.
  model.optimizer?.dispose();
  model.dispose();
}

function checkOutputs(model: tf.LayersModel): void {
  const outputs = outputsOf(model);
  if (outputs <= 2) return;
  const remedy = "search with models of one output, or of two classes";
  throw new HitlabError({
    what: `a model that gives ${outputs} numbers per row has no one prediction to score`,
    remedy,
  });
}

function checkFolds(folds: readonly Parts[]): void {
  if (folds.length > 0) return;
  throw new HitlabError({ what: "there are no folds", remedy: "pass those of prepare.kFold, or [parts] of one split" });
}

function checkSeeds(seeds: readonly number[] = [42]): void {
  if (seeds.length > 0 && new Set(seeds).size === seeds.length) return;
  const what = "seeds must be a list of different whole numbers";
  throw new HitlabError({ what, value: seeds.join(", "), remedy: "pass for example [1, 2, 3], or leave it out" });
}

function checkSomeScore(fits: readonly GridFit[]): void {
  if (fits.some(({ score }) => score !== null)) return;
  const [{ params, fold, error }] = fits;
  const what = `all ${fits.length} fits failed, the first (${inWords(params)}, fold ${fold + 1}) thus: ${error}`;
  throw new HitlabError({ what, remedy: "mend what that says" });
}
