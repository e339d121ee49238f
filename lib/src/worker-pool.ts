import { parentPort, Worker } from "node:worker_threads";
import { type Fault, HitlabError } from "./errors";

export interface PoolSettings<Job, Told> {
  /** A CommonJS file that calls {@link serveJobs}. */
  readonly file: string;
  /** How many threads at the most; never more than jobs. */
  readonly workers: number;
  /** What a job is called in an error. */
  readonly name: (job: Job) => string;
  /** What goes to the worker for a job: plain data, and shared memory. */
  readonly data: (job: Job) => unknown;
  /** What every worker finds as its `workerData`. */
  readonly workerData?: unknown;
  readonly started?: (job: Job) => void;
  /** Called with each message that a worker tells on the way; what it throws ends all the work. */
  readonly told: (job: Job, message: Told) => void;
  readonly signal?: AbortSignal;
  /** Heap limit of each worker in MB. Default: Node's own. */
  readonly heapMb?: number;
}

/** What a worker answers to a job: messages on the way, then that it is done, or why it could not do it. */
type Reply<Told> = { readonly told: Told } | { readonly done: true } | { readonly failed: Fault };

/**
 * Has worker threads do all jobs, each taking the next when it is done with its last. Whatever happens, none of them
 * runs on afterwards: at the first failure, or when the signal aborts, all are stopped where they are.
 *
 * By hand and not by a library: piscina and tinypool answer a task with one value and put a new worker in a dead one's
 * place. Messages on the way, the end of all work at the first error and the name of the job that killed a worker
 * would have to be built around them, which is the greater part of this file.
 *
 * @throws HitlabError of the first job that failed or whose worker died, naming it; the signal's reason
 */
export async function doJobs<Job, Told>(jobs: readonly Job[], settings: PoolSettings<Job, Told>): Promise<void> {
  const { signal, workers } = settings;
  signal?.throwIfAborted();
  const threads = Array.from({ length: Math.min(workers, jobs.length) }, () => new Thread(settings));
  // One iterator for all: whichever thread is free takes the next job.
  const waiting = jobs.values();
  let abort = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal?.reason);
    signal?.addEventListener("abort", abort);
  });
  try {
    await Promise.race([aborted, Promise.all(threads.map((thread) => thread.doAll(waiting)))]);
  } finally {
    signal?.removeEventListener("abort", abort);
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

/** In a worker: does what {@link doJobs} sends, one after the other; `tell` sends a message on the way. */
export function serveJobs<Data, Told>(work: (data: Data, tell: (message: Told) => void) => Promise<void>): void {
  const reply = (message: Reply<Told>) => parentPort?.postMessage(message);
  parentPort?.on("message", (data: Data) => {
    work(data, (told) => reply({ told })).then(
      () => reply({ done: true }),
      (error) => reply({ failed: faultOf(error) }),
    );
  });
}

/** The same fault, of a job that is named. */
export function faultIn(name: string, fault: Fault): HitlabError {
  return new HitlabError({ ...fault, what: `${name}: ${fault.what}` });
}

/** An error's parts: plain data, which can go from thread to thread. */
export function faultOf(error: unknown): Fault {
  if (error instanceof HitlabError) return error.fault;
  return { what: String(error), remedy: "train it alone with fit to see where that happens" };
}

class Thread<Job, Told> {
  private readonly worker: Worker;
  /** The end of what the worker wrote: its last words, should it die. */
  private written = "";
  private current?: { readonly job: Job; readonly resolve: () => void; readonly reject: (error: unknown) => void };

  constructor(private readonly settings: PoolSettings<Job, Told>) {
    const { file, workerData, heapMb } = settings;
    // Its output must not come between the messages of a kernel, and the flags of this process (a test runner's
    // loader, say) are not for it.
    const resourceLimits = heapMb ? { maxOldGenerationSizeMb: heapMb } : {};
    this.worker = new Worker(file, { workerData, stdout: true, stderr: true, execArgv: [], resourceLimits });
    for (const stream of [this.worker.stdout, this.worker.stderr]) {
      stream.on("data", (text) => {
        this.written = (this.written + text).slice(-2000);
      });
    }
    this.worker.on("message", (reply: Reply<Told>) => this.hear(reply));
    this.worker.on("messageerror", (error) => this.die(String(error)));
    this.worker.on("error", (error) => this.die(String(error)));
    this.worker.on("exit", (code) => this.die(`it ended with status ${code}`));
  }

  async doAll(waiting: Iterable<Job>): Promise<void> {
    for (const job of waiting) {
      await new Promise<void>((resolve, reject) => {
        this.current = { job, resolve, reject };
        this.settings.started?.(job);
        this.worker.postMessage(this.settings.data(job));
      });
    }
  }

  async end(): Promise<void> {
    this.current = undefined;
    await this.worker.terminate();
  }

  private hear(reply: Reply<Told>): void {
    if (!this.current) return;
    const { job, resolve, reject } = this.current;
    if ("done" in reply) resolve();
    else if ("failed" in reply) reject(faultIn(this.settings.name(job), reply.failed));
    else {
      try {
        this.settings.told(job, reply.told);
      } catch (error) {
        reject(error);
      }
    }
  }

  private die(why: string): void {
    if (!this.current) return;
    const words = this.written.trim();
    const what = `its worker died: ${why}${words ? ` (it wrote: ${words})` : ""}`;
    const remedy = "take fewer workers, should the memory not suffice";
    this.current.reject(faultIn(this.settings.name(this.current.job), { what, remedy }));
  }
}
