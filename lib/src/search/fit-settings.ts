import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import { rowCount } from "../evaluate/run-folds";
import type { Parts } from "../prepare/split";
import type { Samples } from "../samples";
import { fitMany, type History, type Trial } from "../train";
import { Found } from "./found";
import { asTheyAre, checkOutputs, failure, type Judged, judge } from "./judge";
import type { PreparedFold, SearchOptions } from "./options";
import type { GridFit } from "./ranked-settings";
import { checkScorable, type Scoring, scoringOf } from "./score";
import { type Grid, inWords, type Params } from "./settings";

/** A fit that is to be done, and how it ended. */
interface Planned<G extends Grid> {
  readonly of: Pick<GridFit<G>, "params" | "fold" | "seed">;
  readonly trial: Trial;
  readonly data: PreparedFold;
  ended?: Judged & { readonly history?: History };
}

/**
 * Fits the settings on every fold with every seed, and scores them.
 *
 * @throws HitlabError as `grid`
 */
export async function fitSettings<G extends Grid, S extends Samples>(
  settings: readonly Params<G>[],
  options: SearchOptions<G, S>,
): Promise<Found<G>> {
  const scoring = scoringOf(options.score, options.better);
  checkFolds(options.folds);
  checkSeeds(options.seeds);
  const folds = await preparedFolds(options, scoring);
  const planned: Planned<G>[] = [];
  try {
    for (const params of settings) {
      for (const fit of fitsOf(params, folds, options)) {
        planned.push(fit);
        checkOutputs(fit.trial.model);
      }
      // Thousands of models take seconds: the event loop gets its turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    await fitAll(planned, scoring, options);
  } finally {
    // Once each, should they be one and the same, which is refused.
    const left = planned.filter(({ ended }) => !ended).map(({ trial }) => trial.model);
    for (const model of new Set(left)) disposeOf(model);
  }
  const fits = planned.map(({ of, ended }): GridFit<G> => ({ ...of, score: null, trainScore: null, ...ended }));
  checkSomeScore(fits);
  return new Found({
    score: scoring.name,
    better: scoring.better,
    rows: rowCount(options.folds[0]),
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
    const { train, test, validation } = parts;
    const data: PreparedFold = options.prepare
      ? checkPrepared(await options.prepare(train, test, fold, validation), parts, fold)
      : parts;
    checkScorable(scoring, (data.restore ?? asTheyAre)(data.test.y.slice()), fold);
    prepared.push(data);
  }
  return prepared;
}

/** @throws HitlabError for a fold without its parts, or with other test rows */
function checkPrepared(data: PreparedFold, { test, validation }: Parts, fold: number): PreparedFold {
  const which = `of fold ${fold} (counted from 0)`;
  if (data?.test?.x.rows !== test.x.rows) {
    const what = `prepare must keep the ${test.x.rows} test rows ${which}`;
    const remedy = "return { train, test }, and leave out rows before the folds are made";
    throw new HitlabError({ what, value: data?.test?.x.rows, remedy });
  }
  if (!validation || data.validation) return data;
  const what = `prepare must keep the validation rows ${which}, which it is given as its fourth argument`;
  throw new HitlabError({ what, remedy: "return { train, test, validation }" });
}

function* fitsOf<G extends Grid, S extends Samples>(
  params: Params<G>,
  folds: readonly PreparedFold[],
  { build, options, seeds = [42] }: SearchOptions<G, S>,
): Generator<Planned<G>> {
  for (const [fold, data] of folds.entries()) {
    const { train, validation } = data;
    for (const seed of seeds) {
      const id = `${inWords(params)}, fold ${fold + 1}${seeds.length > 1 ? `, seed ${seed}` : ""}`;
      const model = build(params, { fold, seed, inputs: train.x.columns });
      const told = { seed, ...(validation ? { validation } : {}), ...options(params) };
      yield { of: { params, fold, seed }, trial: { id, model, train, options: told }, data };
    }
  }
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
        fit.ended = { ...judge(model, fit.data, fit.of.fold, scoring), history };
        disposeOf(model);
      },
    },
  );
  for (const { id, model, error } of results) {
    if (!error) continue;
    (byId.get(id) as Planned<G>).ended = failure(error.message);
    disposeOf(model);
  }
}

function disposeOf(model: tf.LayersModel): void {
  // tfjs itself disposes only of optimizers that were given by their name.
  model.optimizer?.dispose();
  model.dispose();
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
