import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";
import type { FitOptions } from "./options";

/** tfjs keeps an optimizer's rate in a field that its types do not show. */
export function learningRate(model: tf.LayersModel): number {
  const rate = Reflect.get(model.optimizer, "learningRate");
  if (typeof rate !== "number") {
    throw new HitlabError({
      what: "the model's optimizer has no learning rate",
      remedy: "compile it with a tf.train optimizer",
    });
  }
  return rate;
}

/**
 * The learning rate of each epoch.
 *
 * @throws HitlabError if a rate is not a number from 0
 */
export function learningRates(model: tf.LayersModel, options: Pick<FitOptions, "epochs" | "schedule">): number[] {
  const { epochs, schedule } = options;
  const initial = learningRate(model);
  return Array.from({ length: epochs }, (_, at) => {
    const rate = schedule ? schedule.rate(at + 1, initial) : initial;
    if (Number.isFinite(rate) && rate >= 0) return rate;
    throw new HitlabError({
      what: `the learning rate of epoch ${at + 1} is not a number from 0`,
      value: rate,
      remedy: schedule ? `correct the schedule "${schedule.name}"` : "compile the model with another rate",
    });
  });
}

/** Sets the step size that the optimizer takes from now on. */
export function setLearningRate(model: tf.LayersModel, rate: number): void {
  const { optimizer } = model;
  // SGD keeps a copy of its rate; `instanceof` is of no use, since tfjs lets every optimizer pass for every other.
  if ("setLearningRate" in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(rate);
  else Reflect.set(optimizer, "learningRate", rate);
}
