import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";

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

/** Sets the step size that the optimizer takes from now on. */
export function setLearningRate(model: tf.LayersModel, rate: number): void {
  const { optimizer } = model;
  // SGD keeps a copy of its rate; `instanceof` is of no use, since tfjs lets every optimizer pass for every other.
  if ("setLearningRate" in optimizer) (optimizer as tf.SGDOptimizer).setLearningRate(rate);
  else Reflect.set(optimizer, "learningRate", rate);
}
