import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { type Fault, HitlabError } from "../errors";
import { kernelsModule } from "../kernels";
import { root } from "../paths";
import { doJobs, faultOf } from "../worker-pool";
import { Checkpoint } from "./checkpoint";
import { fitUnsettled, takeTrained } from "./fit";
import type { WorkerMessage } from "./fit-worker";
import type { History } from "./history";
import { countEpochs } from "./memory";
import type { Progress } from "./options";
import { SharedArrays, type SharedRun, sharedRuns, workerJob } from "./shared-runs";
import { TrialLog } from "./trial-log";
import {
  isForKernels,
  type KernelTask,
  nameOf,
  quoted,
  type Task,
  type Trial,
  type TrialFailure,
  type TrialResult,
  tasksOf,
  trialError,
} from "./trials";
import { setWeights, weightsOf } from "./weights";
import { whileTraining } from "./while-training";

export interface FitManyOptions {
  /** Threads that train at the same time. Default: as many as the machine has processors. */
  readonly workers?: number;
  /**
   * A file of JSON lines that keeps every finished trial: a run that was killed goes on from it. One process at a time
   * may use it.
   */
  readonly log?: string;
  /** Told how much is done, in trials, each weighing epochs times rows. */
  readonly progress?: Progress;
  /** Stops all training at once when it is aborted. A trial's own signal does the same. */
  readonly signal?: AbortSignal;
  /**
   * What a trial does whose training fails, as when its loss is no longer a finite number. "throw" (the default): it
   * ends all. "keep": its result is a {@link TrialFailure}, and the others go on as if it were not there. The log keeps
   * no failures: a further run tries them again. What is refused before any work is thrown in any case.
   */
  readonly onError?: "throw" | "keep";
  /** Called with each trained model's result as soon as it is there. */
  readonly onResult?: (result: TrialResult) => void;
}

/**
 * Trains independent models side by side on all processors. Each ends with the very weights and figures that `fit` gives
 * it, however many workers there are and in whatever order they finish.
 *
 * Trials that differ in their epochs only are trained once, as the longest of them. Models that the kernels do not
 * support are trained by tfjs afterwards, in this thread, one after another. A further `fit` of a model goes on with
 * what the optimizer remembers, except where the result came from the log, which keeps weights and history only.
 *
 * @returns a result per trial, in the order of the trials
 * @throws HitlabError before any work on what `fit` would refuse, and on an id, model or optimizer that comes twice;
 *   afterwards naming the first trial that fails (unless `onError` is "keep"), or, when a signal aborts, saying how many
 *   were done. Models whose trials were done then have their weights, those trained by the kernels otherwise the ones
 *   they had
 * @example
 * ```ts
 * const trials = [16, 32, 64].map((units) => {
 *   const model = build(units); // tf.layers, compiled
 *   networks.initializeWeights(model, 42); // tfjs draws others in every run: the log would know none of them again
 *   return { id: `${units} units`, model, train: parts.train, options: { epochs: 50 } };
 * });
 * const results = await fitMany(trials, { progress: show.progress("training"), log: "out/work/units.jsonl" });
 * results.map(({ id, history }) => [id, history.last.accuracy]);
 * ```
 */
export async function fitMany(
  trials: readonly Trial[],
  options?: FitManyOptions & { readonly onError?: "throw" },
): Promise<TrialResult[]>;
export async function fitMany(
  trials: readonly Trial[],
  options: FitManyOptions,
): Promise<(TrialResult | TrialFailure)[]>;
export async function fitMany(
  trials: readonly Trial[],
  options: FitManyOptions = {},
): Promise<(TrialResult | TrialFailure)[]> {
  const { workers = 1, onError = "throw" } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    const what = "workers must be a whole number from 1";
    throw new HitlabError({ what, value: workers, remedy: "leave it out for one per processor" });
  }
  if (onError !== "throw" && onError !== "keep") {
    throw new HitlabError({ what: 'onError is "throw" or "keep"', value: onError, remedy: "pass one of the two" });
  }
  const arrays = new SharedArrays();
  const many = new Many(await tasksOf(trials, arrays), arrays, options);
  try {
    return await many.all();
  } finally {
    many.close();
  }
}

/** One training and the trials it is for. */
interface Run extends SharedRun<KernelTask> {
  /** Seconds that results of the run were told to cost so far. */
  counted: number;
}

/** The trials of one call. */
class Many {
  private readonly log?: TrialLog;
  private readonly signal: AbortSignal;
  private readonly running = new Set<Task>();

  constructor(
    private readonly tasks: readonly Task[],
    private readonly arrays: SharedArrays,
    private readonly options: FitManyOptions,
  ) {
    const signals = [options.signal, ...tasks.map(({ trial }) => trial.options.signal)];
    this.signal = AbortSignal.any(signals.filter((signal) => signal !== undefined));
    if (options.log) this.log = new TrialLog(options.log);
  }

  async all(): Promise<(TrialResult | TrialFailure)[]> {
    try {
      this.signal.throwIfAborted();
      for (const task of this.tasks) this.takeFromLog(task);
      this.tell();
      await this.byWorkers();
      for (const task of this.open) await this.byTfjs(task);
    } catch (error) {
      throw this.signal.aborted ? this.stopped() : error;
    }
    return this.tasks.flatMap(({ result }) => result ?? []);
  }

  close(): void {
    this.log?.close();
  }

  private get open(): Task[] {
    return this.tasks.filter(({ result }) => result === undefined);
  }

  private takeFromLog(task: Task): void {
    const kept = this.log?.find(task.fingerprint);
    if (!kept) return;
    setWeights(task.trial.model, kept.weights);
    countEpochs(task.trial.model, kept.history.epochs);
    this.finish(task, noted(kept.history, "taken from the log"), 0);
  }

  /** Trains all that the kernels can. */
  private async byWorkers(): Promise<void> {
    const tasks = this.open.filter(isForKernels);
    const runs = sharedRuns(tasks, this.arrays).map((run): Run => ({ ...run, counted: 0 }));
    if (runs.length === 0) return;
    const models = tasks.map(({ trial }) => trial.model);
    await whileTraining(models, () => this.doAll(runs));
  }

  private doAll(runs: readonly Run[]): Promise<void> {
    return doJobs<Run, WorkerMessage>(runs, {
      file: join(root, "lib", "dist", "train", "fit-worker.js"),
      workers: this.options.workers ?? availableParallelism(),
      // Compiled once for all.
      workerData: kernelsModule(),
      name: ({ members }) => nameOf(members.filter(({ result }) => !result).map(({ trial }) => trial)),
      data: workerJob,
      started: ({ members }) => this.start(members[0]),
      told: (run, message) => this.hear(run, message),
      signal: this.signal,
    });
  }

  private hear(run: Run, message: WorkerMessage): void {
    if ("done" in message) {
      for (const task of run.members) this.advance(task, message.done, message.text);
      this.tell();
      return;
    }
    if ("failed" in message) {
      // Those that end before the epoch that failed have their results already.
      this.fail(
        run.members.filter(({ result }) => !result),
        message.failed,
      );
      return;
    }
    const { epochs, history, weights } = message.ended;
    for (const task of run.members.filter(({ settings }) => settings.epochs === epochs)) {
      const others = run.members.filter((member) => member !== task).map(({ trial }) => trial);
      const told = others.length > 0 ? noted(history, `trained together with ${quoted(others)}`) : history;
      takeTrained(task.trial.model, weights, message.memory);
      countEpochs(task.trial.model, history.epochs);
      this.log?.add(task.trial.id, task.fingerprint, { history: told, weights });
      const { checkpoint } = task.settings;
      if (checkpoint) new Checkpoint(checkpoint).remove();
      this.finish(task, told, history.seconds - run.counted);
      run.counted = history.seconds;
    }
  }

  /** Trains one model in this thread. */
  private async byTfjs(task: Task): Promise<void> {
    const { id, model, train, options } = task.trial;
    this.start(task);
    const progress: Progress = (done, _total, text) => {
      this.advance(task, done, text);
      this.tell();
    };
    const told = { ...options, progress, signal: this.signal };
    const fitted = await fitUnsettled(model, train, told).catch((error) => {
      if (!(error instanceof HitlabError) || this.signal.aborted) throw trialError([task.trial], faultOf(error));
      this.fail([task], error.fault);
    });
    if (!fitted) return;
    const { history, settle } = fitted;
    this.log?.add(id, task.fingerprint, { history, weights: weightsOf(model) });
    settle();
    this.finish(task, history, history.seconds);
  }

  private start(task: Task): void {
    this.running.add(task);
    this.tell();
  }

  private advance(task: Task, done: number, text: string): void {
    if (task.result) return;
    const { epochs, progress } = task.trial.options;
    task.done = Math.min(done, epochs);
    progress?.(task.done, epochs, text);
  }

  private finish(task: Task, history: History, seconds: number): void {
    const { id, model } = task.trial;
    const result: TrialResult = { id, model, history, seconds };
    this.end(task, result, history.note ?? "done");
    this.options.onResult?.(result);
    this.tell();
  }

  /** Ends trials that one fault has ended, or all with them. */
  private fail(tasks: readonly Task[], fault: Fault): void {
    const trials = tasks.map(({ trial }) => trial);
    if (this.options.onError !== "keep") throw trialError(trials, fault);
    for (const task of tasks) {
      const { id, model } = task.trial;
      this.end(task, { id, model, error: new HitlabError(fault) }, "failed");
    }
    this.tell();
  }

  private end(task: Task, result: TrialResult | TrialFailure, text: string): void {
    this.advance(task, task.trial.options.epochs, text);
    task.result = result;
    this.running.delete(task);
  }

  private tell(): void {
    const { tasks, running, open } = this;
    const ended = tasks.length - open.length;
    const all = tasks.reduce((sum, { weight }) => sum + weight, 0);
    const left = open.reduce((sum, { weight, done, trial }) => sum + weight * (1 - done / trial.options.epochs), 0);
    const names = quoted([...running].map(({ trial }) => trial));
    const text = `${ended} of ${tasks.length} done${names ? `, ${running.size} running: ${names}` : ""}`;
    // What is done to the last epoch still has its result to come: the whole is told once, at the end.
    const share = open.length > 0 ? Math.min(1 - left / all, 0.999) : 1;
    this.options.progress?.(share * tasks.length, tasks.length, text);
  }

  private stopped(): HitlabError {
    const { log } = this.options;
    const { length } = this.tasks;
    const kept = log ? `; ${basename(log)} keeps them` : "";
    return new HitlabError({
      what: `the training was stopped when ${length - this.open.length} of ${length} trials were done${kept}`,
      remedy: log ? "run it again to go on from there" : "run it again; with a log it would go on from where it was",
    });
  }
}

function noted(history: History, word: string): History {
  return { ...history, note: history.note ? `${history.note}; ${word}` : word };
}
