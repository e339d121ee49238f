import type * as tf from "@tensorflow/tfjs";
import { type Fault, HitlabError } from "../errors";
import type { Samples } from "../samples";
import { faultIn, faultOf } from "../worker-pool";
import { chooseEngine } from "./engine";
import { fingerprint } from "./fingerprint";
import type { History } from "./history";
import type { FitOptions } from "./options";
import { planFit } from "./plan";
import type { LaidOut, SharedArrays } from "./shared-runs";

/** One training of many: what `fit(model, train, options)` gets. */
export interface Trial {
  /** What the trial is called in progress, errors and the log; no two may have the same. */
  readonly id: string;
  /** Compiled, with an optimizer of its own; it gets the trained weights. */
  readonly model: tf.LayersModel;
  readonly train: Samples;
  readonly options: FitOptions;
}

export interface TrialResult {
  readonly id: string;
  /** The trial's model, trained. */
  readonly model: tf.LayersModel;
  /**
   * As `fit` tells it. Its seconds are those of all the trial's epochs, also where they served other trials as well;
   * its note says so, and whether the result comes from the log.
   */
  readonly history: History;
  /**
   * Seconds of training that this trial cost: epochs that a shorter trial needed as well are counted with that one, and
   * a result from the log costs nothing. They sum up to what all the training took.
   */
  readonly seconds: number;
  readonly error?: undefined;
}

/** A trial whose training failed, where failures are kept. */
export interface TrialFailure {
  readonly id: string;
  /** The trial's model, whose weights are not to be relied on. */
  readonly model: tf.LayersModel;
  readonly history?: undefined;
  /** What `fit` would throw. */
  readonly error: HitlabError;
}

/** A trial that was checked and laid out, and where it stands. */
export interface Task {
  readonly trial: Trial;
  /** Hash over all that decides the result: what the log knows it by. */
  readonly fingerprint: string;
  /** Epochs times rows: what it weighs in the progress. */
  readonly weight: number;
  /** Epochs done. */
  done: number;
  result?: TrialResult | TrialFailure;
}

/** A task for the kernels. Others are laid out again, by `fit`, when their turn comes. */
export type KernelTask = Task & LaidOut;

export function isForKernels(task: Task): task is KernelTask {
  return "job" in task;
}

/**
 * Checks all trials and lays their data out in shared memory.
 *
 * @throws HitlabError naming the first trial that `fit` would refuse, or two that share an id, a model or an optimizer
 */
export async function tasksOf(trials: readonly Trial[], arrays: SharedArrays): Promise<Task[]> {
  checkDistinct(trials);
  const tasks: Task[] = [];
  for (const trial of trials) {
    tasks.push(taskOf(trial, arrays));
    // Many trials on many rows take seconds: the event loop gets its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return tasks;
}

function taskOf(trial: Trial, arrays: SharedArrays): Task | KernelTask {
  try {
    const plan = planFit(trial.model, trial.train, trial.options);
    const { settings, job } = plan;
    const { model, train, options } = trial;
    const known = fingerprint(model, train, options, chooseEngine(model, options.engine));
    const task: Task = { trial, fingerprint: known, weight: settings.epochs * job.train.rows, done: 0 };
    if (plan.engine === "tfjs") return task;
    const validation = job.validation && arrays.rows(job.validation);
    return { ...task, settings, job: { ...plan.job, train: arrays.rows(job.train), validation } };
  } catch (error) {
    throw trialError([trial], faultOf(error));
  }
}

/** A fault of one trial, or of several that were trained together. */
export function trialError(trials: readonly Trial[], fault: Fault): HitlabError {
  return faultIn(nameOf(trials), fault);
}

export function nameOf(trials: readonly Trial[]): string {
  return `trial${trials.length === 1 ? "" : "s"} ${quoted(trials)}`;
}

/** The ids; of many the first three. */
export function quoted(trials: readonly Trial[]): string {
  const more = trials.length > 3 ? ` and ${trials.length - 3} more` : "";
  const first = trials.slice(0, 3).map(({ id }) => `"${id}"`);
  return first.join(", ") + more;
}

function checkDistinct(trials: readonly Trial[]): void {
  const seen = new Map<unknown, Trial>();
  for (const trial of trials) {
    const owns = { id: trial.id, model: trial.model, optimizer: trial.model.optimizer };
    for (const [what, value] of Object.entries(owns)) {
      const other = seen.get(value);
      if (other) {
        throw new HitlabError({
          what: `two trials have the same ${what}${what === "id" ? "" : `: ${quoted([other, trial])}`}`,
          ...(what === "id" ? { value } : {}),
          remedy: what === "id" ? "give each an id of its own" : "build and compile a model for each trial",
        });
      }
      if (value !== undefined) seen.set(value, trial);
    }
  }
}
