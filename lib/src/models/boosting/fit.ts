import { HitlabError } from "../../errors";
import { withClassicKernels } from "../../kernels/classic";
import { checkFinite } from "../../prepare/finite";
import { gather, type Samples, takeRows } from "../../samples";
import { checkBinaryTarget, checkTreeInputs } from "../checks";
import type { DecisionTree } from "../decision-tree";
import { checkTargets } from "../forest/targets";
import { powerFrom } from "../powers";
import { layOutBins } from "./bins";
import { GradientBoostingClassifier } from "./classifier";
import { type Grown, growWatched, type SetApart, setApart, setRowsApart, type Weighted } from "./early-stopping";
import { TreeGrower } from "./grow";
import { logLoss } from "./log-loss";
import type { Objective } from "./objective";
import { type GradientBoostingOptions, type Settings, settingsOf, weightsOf } from "./options";
import type { BoostingParts } from "./parts";
import { GradientBoostingRegressor } from "./regressor";
import { layOutRows } from "./rows";
import { meanOf, meanSquaredError, squaredError } from "./squared-error";
import { classifierFormat, readBoosting, regressorFormat } from "./storage";

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
  checkBinaryTarget(samples.y, samples.x.rows, "gradient boosting");
  const apart = () => setApart(samples, settings.validationFraction, settings.seed);
  return new GradientBoostingClassifier(fitted(samples, options, settings, logLoss, apart));
}

/**
 * Fits gradient boosting for a number: trees, each fitted to the errors of those before it, by the scheme of
 * `fitGradientBoosting`. The trees of scikit-learn's HistGradientBoostingRegressor with its squared error come out, to
 * the last digits of their sums. The history of `earlyStopping` is of mean squared errors, whose fall `tolerance` judges
 * in units of the target's variance.
 *
 * @throws HitlabError for a NaN or infinite input or target, an option out of its range, a learning rate above 1
 * @example
 * ```ts
 * const model = trees.fitGradientBoostingRegressor(parts.train, { maxIterations: 200, learningRate: 0.05 });
 * model.score(parts.test); // R2
 * ```
 */
export function fitGradientBoostingRegressor(
  samples: Samples,
  options: GradientBoostingOptions = {},
): GradientBoostingRegressor {
  const settings = settingsOf(options);
  const { learningRate, validationFraction, seed } = settings;
  if (learningRate > 1) {
    const remedy = "choose a rate from above 0 to 1, for example 0.1";
    throw new HitlabError({ what: "trees for a number overshoot at this learningRate", value: learningRate, remedy });
  }
  const { x, y } = samples;
  checkTargets(y, x.rows, "a gradient boosting regressor");
  // In units of the spread, a power of two, which changes no digits.
  const unit = spreadOf(y, weightsOf(x.rows, options.sampleWeights));
  const scaled = { ...samples, y: y.map((value) => value / unit) };
  const apart = () => setRowsApart(x.rows, validationFraction, seed);
  const parts = fitted(scaled, options, settings, squaredError, apart);
  const trees = parts.trees.map((tree) => ({ ...tree, value: tree.value.map((value) => value * unit) }));
  const { history } = parts;
  const inUnits = (losses: Float64Array) => losses.map((loss) => loss * unit * unit);
  return new GradientBoostingRegressor({
    ...parts,
    trees,
    baseline: parts.baseline * unit,
    ...(history ? { history: { train: inUnits(history.train), validation: inUnits(history.validation) } } : {}),
  });
}

/** Reads a model that `save(folder)` wrote. @throws HitlabError if it is damaged or of another kind. */
export function loadGradientBoosting(folder: string): GradientBoostingClassifier {
  return new GradientBoostingClassifier(readBoosting(folder, classifierFormat));
}

/** Reads a model that `save(folder)` wrote. @throws HitlabError if it is damaged or of another kind. */
export function loadGradientBoostingRegressor(folder: string): GradientBoostingRegressor {
  return new GradientBoostingRegressor(readBoosting(folder, regressorFormat));
}

type MakeObjective = (y: Float64Array, weights: Float64Array) => Objective;

/** Checks the inputs, and fits on all rows or, with early stopping, on those that are not set apart. */
function fitted(
  samples: Samples,
  options: GradientBoostingOptions,
  settings: Settings,
  objective: MakeObjective,
  setRows: () => SetApart,
): BoostingParts {
  const { x } = samples;
  checkTreeInputs(x, "gradient boosting");
  checkFinite(x);
  const weights = weightsOf(x.rows, options.sampleWeights);
  const weighted = options.sampleWeights !== undefined;
  if (!settings.earlyStopping) return boost({ samples, weights }, weighted, settings, objective);
  const apart = setRows();
  const take = (rows: Int32Array) => ({ samples: takeRows(samples, rows), weights: gather(weights, rows) });
  return boost(take(apart.train), weighted, settings, objective, take(apart.validation));
}

/** Fits the trees in the kernels' memory. */
function boost(
  train: Weighted,
  weighted: boolean,
  settings: Settings,
  make: MakeObjective,
  validation?: Weighted,
): BoostingParts {
  const { x, y } = train.samples;
  const objective = make(y, train.weights);
  const { baseline, units } = objective;
  return withClassicKernels((kernels) => {
    const binned = layOutBins(kernels, x, settings.maxBins, weighted ? train.weights : undefined);
    const rows = layOutRows(kernels, y, train.weights, baseline);
    const grower = new TreeGrower(kernels, binned, rows, units, settings, weighted ? train.weights : undefined);
    const grow = () => {
      objective.update(kernels, rows);
      return grower.grow();
    };
    const scores = () => kernels.doubles(rows.scores, x.rows);
    const grown = validation
      ? growWatched(grow, scores, train, validation, objective, settings)
      : growAll(grow, settings);
    return { names: x.names, baseline, settings, gainImportances: shares(grower.gains), ...grown };
  });
}

/** The smallest power of two that is at least the standard deviation; 1 if that is 0, or no row has any weight. */
function spreadOf(y: Float64Array, weights: Float64Array): number {
  const means = new Float64Array(y.length).fill(meanOf(y, weights));
  const variance = meanSquaredError(means, y, weights);
  return variance > 0 ? powerFrom(Math.sqrt(variance)) : 1;
}

function add(a: number, b: number): number {
  return a + b;
}

function growAll(grow: () => DecisionTree, { maxIterations }: Settings): Grown {
  return { trees: Array.from({ length: maxIterations }, grow) };
}

function shares(gains: Float64Array): Float64Array {
  const sum = gains.reduce(add);
  return sum > 0 ? gains.map((gain) => gain / sum) : gains;
}
