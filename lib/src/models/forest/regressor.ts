import { checkFinite } from "../../prepare/finite";
import type { Matrix, Samples } from "../../samples";
import { checkColumns, checkTreeInputs } from "../checks";
import type { DecisionTree } from "../decision-tree";
import { loadForest, saveForest } from "./files";
import { fitTrees } from "./fit-trees";
import { impurityImportances } from "./importances";
import { ForestNodes } from "./nodes";
import { type ForestOptions, forestSettings, forestWeights } from "./options";
import { outOfBag } from "./out-of-bag";
import { centred, checkTargets, determination } from "./targets";

const format = "hitlab-random-forest-regressor";

/** A fitted random forest for a number: the mean of its trees' means. */
export class RandomForestRegressor {
  readonly kind = "random forest regressor";
  private nodes: ForestNodes | undefined;
  private importances: Float64Array | undefined;

  constructor(
    /** Names of the columns it was fit on. */
    readonly names: readonly string[],
    readonly trees: readonly DecisionTree[],
    /** Per train row, the mean of the trees that did not see it (NaN if all did); with `oobScore` only. */
    readonly oobPredictions?: Float64Array,
    /** R2 of these (rows that every tree saw left out); with `oobScore` only. */
    readonly oobScore?: number,
  ) {}

  /** Impurity importance of each column, in their order; they sum to 1. */
  get featureImportances(): Float64Array {
    this.importances ??= impurityImportances(this.trees, this.names.length);
    return this.importances;
  }

  /** The expected target of each row. @throws HitlabError for other columns than those of the fit, or a NaN. */
  predict(x: Matrix): Float64Array {
    checkColumns(x, this.names, this.kind);
    checkFinite(x);
    this.nodes ??= new ForestNodes(this.trees, 1);
    return this.nodes.means(x);
  }

  /**
   * R2: 1 - squared errors / squared distances from the mean target. 1 is perfect, 0 no better than the mean.
   *
   * @throws HitlabError unless each row has a finite target
   */
  score({ x, y }: Samples): number {
    checkTargets(y, x.rows);
    return determination(this.predict(x), y);
  }

  /** Writes the forest to a folder of its own; `loadRandomForestRegressor` reads it. */
  save(folder: string): void {
    const { names, trees, oobPredictions, oobScore } = this;
    saveForest(folder, format, { names, outputs: 1, trees, oob: oobPredictions, oobScore });
  }
}

/**
 * Fits a random forest for a number: each tree on rows drawn with replacement, each split the one that lowers the
 * variance most. Otherwise as `fitRandomForest`; all columns are tried for each split unless `maxFeatures` says less.
 *
 * Source: Breiman, "Random Forests", Machine Learning 45, 2001; settings and defaults of scikit-learn's
 * RandomForestRegressor.
 *
 * @throws HitlabError for a NaN or infinite input or target, an option out of range; the signal's reason
 * @example
 * ```ts
 * const model = await trees.fitRandomForestRegressor(parts.train, { nEstimators: 200, minSamplesLeaf: 5 });
 * model.score(parts.test); // R2
 * ```
 */
export async function fitRandomForestRegressor(
  samples: Samples,
  options: ForestOptions = {},
): Promise<RandomForestRegressor> {
  const { x, y } = samples;
  const settings = forestSettings(options, x.columns, options.maxFeatures ?? "all");
  checkTargets(y, x.rows);
  checkTreeInputs(x, "a random forest regressor");
  checkFinite(x);
  const weights = forestWeights(options.sampleWeights, x.rows);
  const { targets, centre, scale } = centred(y);
  const trees = await fitTrees(samples, targets, 0, weights, settings, options);
  for (const { value } of trees) for (let i = 0; i < value.length; i++) value[i] = value[i] * scale + centre;
  if (!settings.oobScore) return new RandomForestRegressor([...x.names], trees);
  const oob = outOfBag(trees, x, 1, settings.seed);
  const seen = y.filter((_, row) => !Number.isNaN(oob[row]));
  const score = determination(
    oob.filter((value) => !Number.isNaN(value)),
    seen,
  );
  return new RandomForestRegressor([...x.names], trees, oob, score);
}

/** Reads what `save` wrote. @throws HitlabError if it is not a whole forest for a number */
export function loadRandomForestRegressor(folder: string): RandomForestRegressor {
  const { names, trees, oob, oobScore } = loadForest(folder, format, 1, 1);
  return new RandomForestRegressor(names, trees, oob, oobScore);
}
