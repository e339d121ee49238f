import type { Samples } from "../samples";
import { fitSettings } from "./fit-settings";
import type { Found } from "./found";
import type { SearchOptions } from "./options";
import { type Grid, settingsOf } from "./settings";

/**
 * Trains a model for every combination of the parameters' values, on every fold and with every seed, and ranks them:
 * scikit-learn's `GridSearchCV` for networks, on all processors.
 *
 * The result is the same whatever the workers. Fits that differ in their epochs only share one training. With `log` a
 * search that was killed goes on from the fits that were done, and ends with the same table. A fit that fails, as when
 * its loss is no longer a finite number, leaves its reason in its row and the others as they are; a further run tries it
 * again.
 *
 * The best of many settings looks better than it is, on the very folds that chose it: score it once more on rows that
 * no fold has seen, or search inside each fold of an outer cross-validation.
 *
 * @returns settings, best first, and all fits; train the best again on all rows with `build(found.best.params, ...)`
 * @throws HitlabError before any training on a grid, folds or seeds that make no sense and on what `fit` would refuse;
 *   afterwards when every fit failed, or, when a signal aborts, saying how many were done; whatever `score` throws
 * @example
 * ```ts
 * const found = await search.grid({
 *   grid: { learningRate: [0.001, 0.01], units: [64, 128], epochs: [50, 100] },
 *   folds: prepare.kFold(songs, { folds: 5 }),
 *   prepare: (train, test) => {
 *     const scaler = prepare.standard(train);
 *     return { train: scaler.apply(train), test: scaler.apply(test) };
 *   },
 *   build: ({ learningRate, units }, { inputs, seed }) =>
 *     networks.mlp({ inputs, hidden: [units, units / 2], output: "linear", learningRate, seed }),
 *   options: ({ epochs }) => ({ epochs, batchSize: 16 }),
 *   score: "mse",
 *   log: "out/work/grid.jsonl",
 *   progress: show.progress("grid"),
 * });
 * show.table(found.table());
 * found.best.params.learningRate; // of type 0.001 | 0.01
 * ```
 */
export async function grid<const G extends Grid, S extends Samples>(options: SearchOptions<G, S>): Promise<Found<G>> {
  return fitSettings(settingsOf(options.grid), options);
}
