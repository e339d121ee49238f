import { createHash } from "node:crypto";
import type { KernelData } from "../kernels/spec";
import type { WorkerJob } from "./fit-worker";
import type { KernelJob } from "./kernel-trainer";
import type { RunSettings } from "./run";

/** A training by the kernels that was laid out, but not begun. */
export interface LaidOut {
  readonly job: KernelJob;
  readonly settings: RunSettings;
}

/** One training that serves several: the longest of them, which passes through the ends of the others. */
export interface SharedRun<T extends LaidOut> {
  /** The longest first. */
  readonly members: readonly T[];
}

/**
 * Puts together the trainings that differ in their epochs only: same network, initial weights, data, settings, and the
 * same learning rates as far as the shorter one goes. Those with a checkpoint are put together only if they end at the
 * same epoch: the ends of shorter ones would be lost when a run goes on from its checkpoint.
 *
 * @param arrays where the data of all are
 * @returns the longest runs (epochs times rows) first, so that no long one is left for the end
 */
export function sharedRuns<T extends LaidOut>(trainings: readonly T[], arrays: SharedArrays): SharedRun<T>[] {
  const byKey = new Map<string, { readonly members: T[] }[]>();
  for (const training of [...trainings].sort((a, b) => b.settings.epochs - a.settings.epochs)) {
    const key = contentKey(training, arrays);
    const runs = byKey.get(key) ?? [];
    byKey.set(key, runs);
    const run = runs.find(({ members }) => passesThrough(members[0].settings, training.settings));
    if (run) run.members.push(training);
    else runs.push({ members: [training] });
  }
  return [...byKey.values()].flat().sort((a, b) => work(b.members[0]) - work(a.members[0]));
}

/** What a worker needs to know of a run. */
export function workerJob({ members: [longest, ...others] }: SharedRun<LaidOut>): WorkerJob {
  const { progress, signal, ...settings } = longest.settings;
  const ends = new Set(others.map(({ settings }) => settings.epochs).filter((epochs) => epochs < settings.epochs));
  return { kernels: longest.job, settings: { ...settings, snapshots: [...ends] } };
}

/** Epochs times rows: what a training takes, roughly. */
function work({ job, settings }: LaidOut): number {
  return settings.epochs * job.train.rows;
}

function passesThrough(longer: RunSettings, shorter: RunSettings): boolean {
  if (longer.checkpoint?.folder !== shorter.checkpoint?.folder) return false;
  if (longer.checkpoint && longer.epochs !== shorter.epochs) return false;
  return shorter.rates.every((rate, at) => rate === longer.rates[at]);
}

/** SHA-256 over all that decides how a training goes, save the number of epochs and their learning rates. */
function contentKey({ job, settings }: LaidOut, arrays: SharedArrays): string {
  const { network, weights, training, metrics, train, validation, memory, epochsBefore } = job;
  const { earlyStopping } = settings;
  const data = [train, validation].map((rows) => [rows?.x, rows?.y, rows?.weights].map((array) => arrays.keyOf(array)));
  const hash = createHash("sha256");
  const before = { memory: memory?.numbers, epochsBefore };
  hash.update(JSON.stringify({ network, training, metrics, earlyStopping, data, ...before }));
  for (const array of [...weights, ...(memory?.slots ?? []).map(({ values }) => values)]) hash.update(array);
  return hash.digest("hex");
}

/**
 * Float32 arrays in memory that all threads see. Arrays of the same content become one, so that the data of a study
 * are there once, however many trials use them and from however many objects they come.
 */
export class SharedArrays {
  private readonly byKey = new Map<string, Float32Array>();
  private readonly keys = new Map<Float32Array, string>();

  rows({ rows, x, y, weights }: KernelData): KernelData {
    return { rows, x: this.array(x), y: this.array(y), ...(weights ? { weights: this.array(weights) } : {}) };
  }

  /** Tells a shared array from all of other content. */
  keyOf(shared: Float32Array | undefined): string | undefined {
    return shared && this.keys.get(shared);
  }

  private array(values: Float32Array): Float32Array {
    const key = createHash("sha256").update(values).digest("hex");
    const known = this.byKey.get(key);
    if (known) return known;
    const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
    shared.set(values);
    this.byKey.set(key, shared);
    this.keys.set(shared, key);
    return shared;
  }
}
