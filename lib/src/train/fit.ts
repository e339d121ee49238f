import type * as tf from "@tensorflow/tfjs";
import type { Samples } from "../samples";
import { Checkpoint } from "./checkpoint";
import type { History } from "./history";
import { type KernelJob, KernelTrainer } from "./kernel-trainer";
import { countEpochs, keepMemory } from "./memory";
import type { FitOptions } from "./options";
import { type FitPlan, planFit } from "./plan";
import { type RunSettings, run } from "./run";
import { TfjsTrainer } from "./tfjs-trainer";
import type { OptimizerState } from "./trainer";
import { setWeights } from "./weights";
import { whileTraining } from "./while-training";

/**
 * Trains a compiled model and tells how it went.
 *
 * The same model, data, options and seed give the same weights. Each epoch draws from a stream of its own, so a
 * training resumed from a checkpoint ends where an unbroken one does. A second `fit` goes on where the first
 * ended: with the next epochs' shuffles and masks, and with what the optimizer remembers of the same engine.
 *
 * @param model compiled, one loss; its weights are changed, its learning rate is afterwards what it was
 * @param train inputs, a row per sample, and one target per row: for the categorical losses the number of the class,
 *   from 0
 * @throws HitlabError on a model that is not compiled or that the engine asked for does not support, on options that
 *   make no sense, on data that do not fit the model or its loss, on non-finite values, and when the loss of training or
 *   validation stops being finite. The weights of a model whose training failed are not to be relied on
 * @example
 * ```ts
 * const history = await fit(model, parts.train, { epochs: 10, validation: parts.test });
 * history.last.valAccuracy;
 * ```
 */
export async function fit(model: tf.LayersModel, train: Samples, options: FitOptions): Promise<History> {
  const { history, settle } = await fitUnsettled(model, train, options);
  settle();
  return history;
}

/** What `fit` does, except that the checkpoint stays until `settle` is called: when the result has been saved. */
export async function fitUnsettled(
  model: tf.LayersModel,
  train: Samples,
  options: FitOptions,
): Promise<{ readonly history: History; readonly settle: () => void }> {
  const plan = planFit(model, train, options);
  const history = await whileTraining([model], () => carryOut(model, plan));
  countEpochs(model, history.epochs);
  const { checkpoint } = plan.settings;
  return { history, settle: () => checkpoint && new Checkpoint(checkpoint).remove() };
}

async function carryOut(model: tf.LayersModel, plan: FitPlan): Promise<History> {
  if (plan.engine === "kernels") return fitByKernels(model, plan.job, plan.settings);
  const trainer = new TfjsTrainer(model, plan.job);
  try {
    return await run(trainer, plan.settings);
  } finally {
    trainer.dispose();
  }
}

async function fitByKernels(model: tf.LayersModel, job: KernelJob, settings: RunSettings): Promise<History> {
  const trainer = new KernelTrainer(job);
  try {
    const history = await run(trainer, settings);
    takeTrained(model, trainer.weights(), trainer.memory());
    return history;
  } finally {
    trainer.dispose();
  }
}

/** Gives a model what a training by the kernels made of it. */
export function takeTrained(model: tf.LayersModel, weights: readonly Float32Array[], memory: OptimizerState): void {
  setWeights(model, weights);
  keepMemory(model, memory);
}
