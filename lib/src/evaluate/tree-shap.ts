import { HitlabError } from "../errors";
import { checkColumns } from "../models/checks";
import type { DecisionTree } from "../models/decision-tree";
import { treeContributions } from "../models/tree-shap";
import { checkFinite } from "../prepare/finite";
import { type Matrix, matrix } from "../samples";

/** A model made of trees: their mean (a forest), or with a `baseline` that and their sum (boosting). */
export interface TreeModel {
  /** Columns that the model was fit on. */
  readonly names: readonly string[];
  readonly trees: readonly DecisionTree[];
  /** What boosting starts from, in the unit of the leaves: log-odds for a classifier. */
  readonly baseline?: number;
}

export interface TreeShapOptions {
  /** Class whose probability is explained (1). Trees with one number per leaf have nothing to choose. */
  readonly output?: number;
}

/** What each column adds to the predictions: `base` and a row's contributions sum to what the model says of it. */
export interface Contributions {
  /** Rows x columns of the model, in the unit of the prediction: probability for a forest, log-odds for boosting. */
  readonly contributions: Matrix;
  /** Mean of the trees over their train rows: the prediction of a song of which nothing is known. */
  readonly base: number;
}

/**
 * Why a model of trees says what it says of each row: exact Shapley values (TreeSHAP, path-dependent), the numbers of
 * Python's `shap.TreeExplainer`.
 *
 * They share the distance from the base to the prediction among the columns. They explain the model, not the world:
 * columns that say the same share the credit. A row on 200 trees of 8,000 nodes takes some 0.2 s.
 *
 * Source: Lundberg et al., "From local explanations to global understanding with explainable AI for trees", 2020.
 *
 * @throws HitlabError if the columns are not those of the model, a number is not finite or there is no such output
 * @example
 * ```ts
 * const { contributions, base } = evaluate.treeShap(forest, takeMatrixRows(test.x, [7]));
 * show.contributions(contributions, { base, title: "Danceability made this song a hit" });
 * ```
 */
export function treeShap(model: TreeModel, x: Matrix, options: TreeShapOptions = {}): Contributions {
  checkColumns(x, model.names, "model of trees");
  checkFinite(x);
  const output = outputOf(model, options.output);
  const scale = model.baseline === undefined ? 1 / model.trees.length : 1;
  const sum = { trees: model.trees, output, scale, baseline: model.baseline ?? 0 };
  const { contributions, base } = treeContributions(sum, x);
  return { contributions: matrix(x.rows, x.columns, contributions, x.names), base };
}

function outputOf({ trees }: TreeModel, asked?: number): number {
  if (trees.length === 0) {
    throw new HitlabError({ what: "the model has no trees", remedy: "fit it with at least one" });
  }
  const outputs = trees[0].value.length / trees[0].feature.length;
  const output = asked ?? (outputs > 1 ? 1 : 0);
  if (Number.isInteger(output) && output >= 0 && output < outputs) return output;
  throw new HitlabError({
    what: `the trees have ${outputs} outputs, numbered from 0`,
    value: output,
    remedy: outputs > 1 ? "pass the number of a class" : "leave `output` out",
  });
}

/**
 * Mean size of each column's contributions, largest first: how much the model leans on a column over these rows.
 *
 * @param contributions those of {@link treeShap}; rows weigh alike
 * @throws HitlabError if there is no row
 * @example
 * ```ts
 * evaluate.meanAbsolute(contributions)[0]; // { name: "instrumentalness", value: 0.093 }
 * ```
 */
export function meanAbsolute(contributions: Matrix): { name: string; value: number }[] {
  const { rows, columns, data, names } = contributions;
  if (rows === 0) throw new HitlabError({ what: "no contributions to average", remedy: "explain at least one row" });
  const sums = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) sums[i % columns] += Math.abs(data[i]);
  return names.map((name, j) => ({ name, value: sums[j] / rows })).sort((a, b) => b.value - a.value);
}
