import { availableParallelism } from "node:os";
import { HitlabError } from "../../errors";
import { random } from "../../random";
import { checkWhole } from "../checks";

/** Told how many trees are done, how many there will be, and the same in words. */
export type ForestProgress = (done: number, total: number, text: string) => void;

/** The settings that both kinds of forest have, by scikit-learn's names. */
export interface ForestOptions {
  /** Trees. Default 100. */
  readonly nEstimators?: number;
  /** Splits on the way to a leaf at the most. Default Infinity. */
  readonly maxDepth?: number;
  /**
   * Columns that a split chooses among, drawn anew for each: "sqrt" of their number (rounded down), "all", or so many.
   * More are drawn if all of these are constant in the node. Default "sqrt" for classes, "all" for regression.
   */
  readonly maxFeatures?: "sqrt" | "all" | number;
  /** Rows that a node must have to be split. Default 2. */
  readonly minSamplesSplit?: number;
  /** Rows that each child must have. Default 1. */
  readonly minSamplesLeaf?: number;
  /** Whether each tree gets as many rows as there are, drawn with replacement, or all rows. Default true. */
  readonly bootstrap?: boolean;
  /**
   * A weight from 0 for each row; twice the weight is the same as the row twice. Rows that together weigh less
   * than 1e-10 of a node are not split off from it. Default: all 1.
   */
  readonly sampleWeights?: ArrayLike<number>;
  /** Whether each row is also predicted by the trees that did not see it. Needs `bootstrap`. Default false. */
  readonly oobScore?: boolean;
  /** 0 tries every split between two different values; 2 or more only those between so many groups of equal size. Default 0. */
  readonly bins?: number;
  /** Whole number from 0; the same seed gives the same trees, bit by bit, on every machine. Default 42. */
  readonly seed?: number;
  /** Threads; the trees do not depend on it. Default: as many as the machine has processors. */
  readonly workers?: number;
  readonly progress?: ForestProgress;
  /** Stops the fit: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The settings of a fit, checked and complete. */
export interface ForestSettings {
  readonly nEstimators: number;
  readonly maxDepth: number;
  /** Number of columns. */
  readonly maxFeatures: number;
  readonly minSamplesSplit: number;
  readonly minSamplesLeaf: number;
  readonly bootstrap: boolean;
  readonly oobScore: boolean;
  readonly bins: number;
  readonly seed: number;
  readonly workers: number;
}

/** @throws HitlabError for an option out of range, naming it. */
export function forestSettings(
  options: ForestOptions,
  columns: number,
  maxFeatures: "sqrt" | "all" | number,
): ForestSettings {
  const { nEstimators = 100, maxDepth = Number.POSITIVE_INFINITY, minSamplesSplit = 2, minSamplesLeaf = 1 } = options;
  const { bootstrap = true, oobScore = false, bins = 0, seed = 42, workers = availableParallelism() } = options;
  checkWhole({ nEstimators, minSamplesLeaf, workers });
  checkWhole({ minSamplesSplit }, 2);
  if (maxDepth !== Number.POSITIVE_INFINITY) checkWhole({ maxDepth });
  if (bins !== 0) checkWhole({ bins }, 2);
  // A seed is checked where it is used: here and now, not in a worker.
  random(seed);
  if (oobScore && !bootstrap) {
    throw new HitlabError({
      what: "without bootstrap every tree sees every row: there is no out-of-bag score",
      remedy: "leave bootstrap at true, or leave out oobScore",
    });
  }
  const features = featureCount(maxFeatures, columns);
  return {
    nEstimators,
    maxDepth,
    maxFeatures: features,
    minSamplesSplit,
    minSamplesLeaf,
    bootstrap,
    oobScore,
    bins,
    seed,
    workers,
  };
}

function featureCount(maxFeatures: "sqrt" | "all" | number, columns: number): number {
  if (maxFeatures === "sqrt") return Math.max(1, Math.floor(Math.sqrt(columns)));
  if (maxFeatures === "all") return columns;
  if (Number.isInteger(maxFeatures) && maxFeatures >= 1 && maxFeatures <= columns) return maxFeatures;
  throw new HitlabError({
    what: `maxFeatures must be "sqrt", "all" or a whole number from 1 to ${columns}, the number of columns`,
    value: maxFeatures,
    remedy: "leave it out for its default",
  });
}

/** Weights are multiplied with each other: beyond these bounds the products would leave the range of doubles. */
const [leastWeight, greatestWeight] = [1e-20, 1e20];

/** Whether a weight neither vanishes nor overflows in the sums of a split. */
export function isWeight(weight: number): boolean {
  return weight >= leastWeight && weight <= greatestWeight;
}

/** The weights, if there are. @throws HitlabError unless each is 0 or from 1e-20 to 1e20, one per row, not all 0. */
export function forestWeights(given: ArrayLike<number> | undefined, rows: number): Float64Array | undefined {
  if (!given) return undefined;
  const remedy = "pass a weight from 0 for each row of x, in their order";
  if (given.length !== rows) {
    const what = `sampleWeights must have one number per row, ${rows}`;
    throw new HitlabError({ what, value: given.length, remedy });
  }
  const weights = Float64Array.from(given);
  const odd = weights.findIndex((weight) => weight !== 0 && !isWeight(weight));
  if (odd >= 0) {
    const what = `sampleWeights must be 0 or from 1e-20 to 1e20; that of row ${odd} (counted from 0) is not`;
    throw new HitlabError({ what, value: weights[odd], remedy });
  }
  if (!weights.some((weight) => weight > 0)) throw new HitlabError({ what: "all sampleWeights are 0", remedy });
  return weights;
}
