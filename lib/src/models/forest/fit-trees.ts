import { join } from "node:path";
import { classicModule } from "../../kernels/classic";
import { root } from "../../paths";
import type { Samples } from "../../samples";
import { doJobs } from "../../worker-pool";
import type { DecisionTree } from "../decision-tree";
import { encode } from "./encode";
import type { ForestOptions, ForestSettings } from "./options";
import { type ForestTable, shared } from "./table";

/**
 * Grows the trees of a forest in worker threads. Tree t depends on the samples, the settings, the seed and t only.
 *
 * @param targets class of each row, or target less a centre
 * @param classes number of classes; 0 = regression
 */
export async function fitTrees(
  { x }: Samples,
  targets: Float64Array,
  classes: number,
  weights: Float64Array | undefined,
  settings: ForestSettings,
  { progress, signal }: Pick<ForestOptions, "progress" | "signal">,
): Promise<DecisionTree[]> {
  const { seed, bootstrap, maxDepth, maxFeatures, minSamplesSplit, minSamplesLeaf } = settings;
  const table: ForestTable = {
    module: classicModule(),
    rows: x.rows,
    columns: x.columns,
    codes: encode(x, settings.bins),
    targets: shared(targets),
    ...(weights ? { weights: shared(weights) } : {}),
    classes,
    settings: { seed, bootstrap, maxDepth, maxFeatures, minSamplesSplit, minSamplesLeaf },
  };
  const total = settings.nEstimators;
  const trees = new Array<DecisionTree>(total);
  let done = 0;
  await doJobs<number, DecisionTree>([...trees.keys()], {
    file: join(root, "lib", "dist", "models", "forest", "worker.js"),
    workers: settings.workers,
    workerData: table,
    name: (tree) => `tree ${tree} of the forest`,
    data: (tree) => tree,
    told: (tree, grown) => {
      trees[tree] = grown;
      done++;
      progress?.(done, total, `tree ${done} of ${total}`);
    },
    ...(signal ? { signal } : {}),
  });
  return trees;
}
