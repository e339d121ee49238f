import { HitlabError } from "../../errors";
import { withClassicKernels } from "../../kernels/classic";
import { checkFinite } from "../../prepare/finite";
import { gather, type Samples, takeRows } from "../../samples";
import { ln } from "../../special";
import { checkBinaryTarget, checkTreeInputs } from "../checks";
import type { DecisionTree } from "../decision-tree";
import { layOutBins } from "./bins";
import { GradientBoostingClassifier } from "./classifier";
import { type Grown, growWatched, setApart, type Weighted } from "./early-stopping";
import { TreeGrower } from "./grow";
import { type GradientBoostingOptions, type Settings, settingsOf, weightsOf } from "./options";
import type { BoostingParts } from "./parts";
import { layOutRows, updateGradients } from "./rows";
import { readBoosting } from "./storage";
import { unitsFor } from "./units";

/**
 * Fits gradient boosting for two classes: trees, each a Newton step on the log loss of those before it. The scheme of
 * LightGBM and of scikit-learn's HistGradientBoostingClassifier, whose trees come out, to the last digits of their
 * sums: columns are cut into at most 255 bins, and each tree splits the leaf that gains most until it has 31.
 *
 * One thread, and the sums of gradients are exact: the same model on every machine and, weights being whole numbers, in
 * whatever order the rows come. Columns need no scaling. A missing value is refused, not learned from.
 *
 * @param samples `y` holds 0 and 1, both present; at most 32,767 columns
 * @throws HitlabError for another target, one class only, a NaN or infinite input, an option out of its range
 *
 * Source: Ke et al., "LightGBM", NIPS 2017; Chen and Guestrin, "XGBoost", KDD 2016 (equations 5 to 7).
 * @example
 * ```ts
 * const model = trees.fitGradientBoosting(parts.train, { maxIterations: 200, learningRate: 0.05 });
 * model.score(parts.test);
 * ```
 */
export function fitGradientBoosting(
  samples: Samples,
  options: GradientBoostingOptions = {},
): GradientBoostingClassifier {
  const settings = settingsOf(options);
  const { x, y } = samples;
  checkBinaryTarget(y, x.rows, "gradient boosting");
  checkTreeInputs(x, "gradient boosting");
  checkFinite(x);
  const weights = weightsOf(x.rows, options.sampleWeights);
  const weighted = options.sampleWeights !== undefined;
  const all = { samples, weights };
  if (!settings.earlyStopping) return new GradientBoostingClassifier(boost(all, weighted, settings));
  const apart = setApart(samples, settings.validationFraction, settings.seed);
  const take = (rows: Int32Array) => ({ samples: takeRows(samples, rows), weights: gather(weights, rows) });
  const parts = boost(take(apart.train), weighted, settings, take(apart.validation));
  return new GradientBoostingClassifier(parts);
}

/** Reads a model that `save(folder)` wrote. @throws HitlabError if it is damaged or of another kind. */
export function loadGradientBoosting(folder: string): GradientBoostingClassifier {
  return new GradientBoostingClassifier(readBoosting(folder));
}

/** Fits the trees in the kernels' memory. */
function boost(train: Weighted, weighted: boolean, settings: Settings, validation?: Weighted): BoostingParts {
  const { x, y } = train.samples;
  const baseline = logOdds(y, train.weights);
  return withClassicKernels((kernels) => {
    const binned = layOutBins(kernels, x, settings.maxBins, weighted ? train.weights : undefined);
    const units = unitsFor(train.weights);
    const rows = layOutRows(kernels, y, train.weights, baseline);
    const grower = new TreeGrower(kernels, binned, rows, units, settings, weighted ? train.weights : undefined);
    const grow = () => {
      updateGradients(kernels, rows, units);
      return grower.grow();
    };
    const scores = () => kernels.doubles(rows.scores, x.rows);
    const grown = validation
      ? growWatched(grow, scores, train, validation, baseline, settings)
      : growAll(grow, settings);
    return { names: x.names, baseline, settings, gainImportances: shares(grower.gains), ...grown };
  });
}

function add(a: number, b: number): number {
  return a + b;
}

/** @throws HitlabError if a class has no weight */
function logOdds(y: Float64Array, weights: Float64Array): number {
  const of = [0, 0];
  for (let i = 0; i < y.length; i++) of[y[i]] += weights[i];
  const none = of.findIndex((weight) => !(weight > 0));
  if (none >= 0) {
    throw new HitlabError({
      what: `the train rows of class ${none} have no weight together`,
      remedy: "give rows of both classes a weight above 0",
    });
  }
  const share = of[1] / (of[0] + of[1]);
  return ln(share / (1 - share));
}

function growAll(grow: () => DecisionTree, { maxIterations }: Settings): Grown {
  return { trees: Array.from({ length: maxIterations }, grow) };
}

function shares(gains: Float64Array): Float64Array {
  const sum = gains.reduce(add);
  return sum > 0 ? gains.map((gain) => gain / sum) : gains;
}
