import { HitlabError } from "../../errors";
import { random } from "../../random";
import { checkPositive, checkWhole } from "../checks";

/** The options that shape the trees; the names and defaults are scikit-learn's. */
export interface TreeOptions {
  /** Most leaves of a tree, from 2; Infinity for no limit. Default 31. */
  readonly maxLeafNodes?: number;
  /** Most splits on the way to a leaf. Default Infinity. */
  readonly maxDepth?: number;
  /** Fewest rows of a leaf. Default 20. */
  readonly minSamplesLeaf?: number;
  /** Added to the hessians of every leaf: large values keep leaves of few or certain rows small. Default 0. */
  readonly l2Regularization?: number;
  /** What every leaf is multiplied by. Default 0.1. */
  readonly learningRate?: number;
}

export interface GradientBoostingOptions extends TreeOptions {
  /** Number of trees, the most of them with `earlyStopping`. Default 100. */
  readonly maxIterations?: number;
  /** A column is cut into at most so many bins before training, 2 to 255. Default 255. */
  readonly maxBins?: number;
  /** A weight of at least 0 per row; a whole number counts as so many copies, except in `minSamplesLeaf`. */
  readonly sampleWeights?: ArrayLike<number>;
  /** Sets rows apart and stops when their loss no longer falls. Default false (scikit-learn: over 10,000 rows). */
  readonly earlyStopping?: boolean;
  /** Share of the rows set apart, of each class alike. Default 0.1. */
  readonly validationFraction?: number;
  /** Stop when none of so many trees lowered the loss by more than `tolerance`. Default 10. */
  readonly nIterNoChange?: number;
  /** Default 1e-7. */
  readonly tolerance?: number;
  /** Of the rows set apart; without `earlyStopping` nothing is random. Default 42. */
  readonly seed?: number;
}

/** All options but the weights, defaults filled in. */
export type Settings = Required<Omit<GradientBoostingOptions, "sampleWeights">>;

/** @throws HitlabError for an option out of its range. */
export function settingsOf({ sampleWeights: _, ...options }: GradientBoostingOptions): Settings {
  const settings: Settings = {
    maxIterations: 100,
    learningRate: 0.1,
    maxLeafNodes: 31,
    maxDepth: Number.POSITIVE_INFINITY,
    minSamplesLeaf: 20,
    l2Regularization: 0,
    maxBins: 255,
    earlyStopping: false,
    validationFraction: 0.1,
    nIterNoChange: 10,
    tolerance: 1e-7,
    seed: 42,
    ...given(options),
  };
  const { maxIterations, maxLeafNodes, maxDepth, minSamplesLeaf, maxBins, nIterNoChange } = settings;
  checkWhole({ maxIterations, minSamplesLeaf, nIterNoChange });
  checkWhole({ maxBins }, 2);
  if (maxDepth !== Number.POSITIVE_INFINITY) checkWhole({ maxDepth });
  if (maxLeafNodes !== Number.POSITIVE_INFINITY) checkWhole({ maxLeafNodes }, 2);
  // The upper bound keeps sums of leaves finite.
  checkPositive({ learningRate: settings.learningRate });
  checkRange("learningRate", settings.learningRate, settings.learningRate <= 1e100, "at most 1e100");
  checkRange("maxBins", maxBins, maxBins <= 255, "at most 255");
  checkRange("l2Regularization", settings.l2Regularization, isFrom0(settings.l2Regularization), "a number from 0");
  checkRange("tolerance", settings.tolerance, isFrom0(settings.tolerance), "a number from 0");
  const share = settings.validationFraction;
  checkRange("validationFraction", share, share > 0 && share < 1, "a share above 0 and below 1");
  // A seed is checked where it is used: here, whether it will be or not.
  random(settings.seed);
  return settings;
}

/** Without the options that are there but undefined, which would hide their defaults. */
function given<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function isFrom0(value: number): boolean {
  return value >= 0 && value < Number.POSITIVE_INFINITY;
}

function checkRange(name: string, value: number, right: boolean, range: string): void {
  if (right) return;
  throw new HitlabError({ what: `${name} must be ${range}`, value, remedy: "leave it out for its default" });
}

/** One weight per row, ones if none are given. @throws HitlabError for a weight that is no number from 0. */
export function weightsOf(rows: number, weights: ArrayLike<number> | undefined): Float64Array {
  if (!weights) return new Float64Array(rows).fill(1);
  const remedy = "pass one weight per row, each a number from 0";
  if (weights.length !== rows) {
    throw new HitlabError({
      what: `sampleWeights must have ${rows} numbers, one per row`,
      value: weights.length,
      remedy,
    });
  }
  const own = Float64Array.from(weights);
  const odd = own.findIndex((weight) => !isFrom0(weight));
  if (odd < 0) return checkSum(own);
  throw new HitlabError({ what: `the weight of row ${odd} (counted from 0) is no weight`, value: own[odd], remedy });
}

/** Sums far from 1 would not fit the numbers of the kernels. */
function checkSum(weights: Float64Array): Float64Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0 || (sum > 1e-15 && sum < 1e15)) return weights;
  throw new HitlabError({
    what: "sampleWeights must sum to a number between 1e-15 and 1e15",
    value: sum,
    remedy: "multiply all of them by the same number",
  });
}
