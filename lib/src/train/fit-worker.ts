import { workerData } from "node:worker_threads";
import { type Fault, HitlabError } from "../errors";
import { provideKernels } from "../kernels/instance";
import { serveJobs } from "../worker-pool";
import { type KernelJob, KernelTrainer } from "./kernel-trainer";
import { type RunSettings, run, type Snapshot } from "./run";
import type { OptimizerState } from "./trainer";

/** A training in a worker, as plain data. */
export interface WorkerJob {
  readonly kernels: KernelJob;
  readonly settings: Omit<RunSettings, "progress" | "signal" | "onSnapshot">;
}

/** What a worker tells on the way: how far it is, what a training of so many epochs ends with, and why it failed. */
export type WorkerMessage =
  | { readonly done: number; readonly text: string }
  | { readonly ended: Snapshot; readonly memory: OptimizerState }
  | { readonly failed: Fault };

/** How often a worker tells how far it is, in milliseconds. */
const interval = 100;

// The kernels as the main thread compiled them.
provideKernels(() => workerData as WebAssembly.Module);

/** The worker thread of `fitMany`. It loads no tfjs, which would take longer than many a training. */
serveJobs<WorkerJob, WorkerMessage>(async ({ kernels, settings }, tell) => {
  const trainer = new KernelTrainer(kernels);
  const onSnapshot = (ended: Snapshot) => tell({ ended, memory: trainer.memory() });
  let told = Number.NEGATIVE_INFINITY;
  const progress = (done: number, _total: number, text: string) => {
    if (performance.now() - told < interval) return;
    told = performance.now();
    tell({ done, text });
  };
  try {
    const history = await run(trainer, { ...settings, progress, onSnapshot });
    onSnapshot({ epochs: settings.epochs, history, weights: trainer.weights() });
  } catch (error) {
    // A training that diverged, say. Anything else is no fault of the trial: the pool ends all the work.
    if (!(error instanceof HitlabError)) throw error;
    tell({ failed: error.fault });
  } finally {
    trainer.dispose();
  }
});
