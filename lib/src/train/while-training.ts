import type * as tf from "@tensorflow/tfjs";
import { HitlabError } from "../errors";

const busy = new WeakSet<tf.LayersModel>();

/**
 * Does some training work on models that nothing else trains meanwhile.
 *
 * @throws HitlabError when one of them is being trained already: the training that ends last would undo the other
 */
export async function whileTraining<T>(models: readonly tf.LayersModel[], work: () => Promise<T>): Promise<T> {
  const taken = models.find((model) => busy.has(model));
  if (taken) {
    const remedy = "await the first training before starting the second";
    throw new HitlabError({ what: `the model "${taken.name}" is being trained already`, remedy });
  }
  for (const model of models) busy.add(model);
  try {
    return await work();
  } finally {
    for (const model of models) busy.delete(model);
  }
}
