import { HitlabError } from "../../errors";
import { checkFinite } from "../../prepare/finite";
import { type Matrix, matrix, type Samples } from "../../samples";
import { checkColumns, checkTreeInputs, countClasses, shareRight } from "../checks";
import type { DecisionTree } from "../decision-tree";
import { classWeights, rowWeights } from "./class-weights";
import { loadForest, saveForest } from "./files";
import { fitTrees } from "./fit-trees";
import { impurityImportances } from "./importances";
import { ForestNodes } from "./nodes";
import { type ForestOptions, forestSettings, forestWeights } from "./options";
import { outOfBag } from "./out-of-bag";

const format = "hitlab-random-forest";

export interface RandomForestOptions extends ForestOptions {
  /** A weight for each class, or "balanced": rows / (classes * rows of the class). Default: all 1. */
  readonly classWeight?: "balanced" | readonly number[];
}

/** A fitted random forest for classes 0, 1, 2 ...: the mean of its trees' class shares. */
export class RandomForestClassifier {
  readonly kind = "random forest";
  private nodes: ForestNodes | undefined;
  private importances: Float64Array | undefined;

  constructor(
    /** Names of the columns it was fit on. */
    readonly names: readonly string[],
    /** Number of classes. */
    readonly classes: number,
    readonly trees: readonly DecisionTree[],
    /** Per train row and class, the mean of the trees that did not see the row; with `oobScore` only. */
    readonly oobProbabilities?: Matrix,
    /** Share of the train rows that these call rightly (rows that every tree saw left out); with `oobScore` only. */
    readonly oobScore?: number,
  ) {}

  /** Impurity importance of each column, in their order; they sum to 1. */
  get featureImportances(): Float64Array {
    this.importances ??= impurityImportances(this.trees, this.names.length);
    return this.importances;
  }

  /** The likeliest class of each row; of equally likely ones the first. @throws HitlabError as predictProbabilities */
  predict(x: Matrix): Float64Array {
    return likeliest(this.means(x), this.classes);
  }

  /** Probability of each class, rows x classes. @throws HitlabError for other columns than those of the fit, or a NaN. */
  predictProbabilities(x: Matrix): Matrix {
    return matrix(x.rows, this.classes, this.means(x), classNames(this.classes));
  }

  /** Probability of class 1 for each row. @throws HitlabError unless there are two classes */
  predictProbability(x: Matrix): Float64Array {
    if (this.classes !== 2) {
      throw new HitlabError({
        what: `the probability of class 1 is not all there is to say of ${this.classes} classes`,
        remedy: "call predictProbabilities, which gives a column for each class",
      });
    }
    const means = this.means(x);
    return Float64Array.from({ length: x.rows }, (_, row) => means[2 * row + 1]);
  }

  /** Share of the rows whose class is predicted. */
  score({ x, y }: Samples): number {
    return shareRight(this.predict(x), y);
  }

  /** Writes the forest to a folder of its own; `loadRandomForest` reads it. */
  save(folder: string): void {
    const { names, classes, trees, oobProbabilities, oobScore } = this;
    saveForest(folder, format, { names, outputs: classes, trees, oob: oobProbabilities?.data, oobScore });
  }

  private means(x: Matrix): Float64Array {
    checkColumns(x, this.names, this.kind);
    checkFinite(x);
    this.nodes ??= new ForestNodes(this.trees, this.classes);
    return this.nodes.means(x);
  }
}

/**
 * Fits a random forest: each tree on rows drawn with replacement, each split the best by Gini impurity among a few
 * columns drawn for it. Columns need no scaling. Trees are grown by all processors and do not depend on their number.
 *
 * Source: Breiman, "Random Forests", Machine Learning 45, 2001; settings and defaults of scikit-learn's
 * RandomForestClassifier, whose trees differ by the random numbers.
 *
 * @param samples `y` holds 0, 1, 2 ..., a row of each at least; at most 32,767 columns
 * @throws HitlabError for another target, a NaN or infinite input, an option out of range, a tree all of whose rows
 * have weight 0; the signal's reason
 * @example
 * ```ts
 * const model = await trees.fitRandomForest(parts.train, { nEstimators: 200, maxDepth: 25 });
 * model.score(parts.test);
 * ```
 */
export async function fitRandomForest(
  samples: Samples,
  options: RandomForestOptions = {},
): Promise<RandomForestClassifier> {
  const { x, y } = samples;
  const settings = forestSettings(options, x.columns, options.maxFeatures ?? "sqrt");
  const classes = countClasses(y, x.rows, "a random forest");
  checkTreeInputs(x, "a random forest");
  checkFinite(x);
  const perClass = classWeights(options.classWeight, y, classes);
  const weights = rowWeights(forestWeights(options.sampleWeights, x.rows), perClass, y);
  const trees = await fitTrees(samples, y, classes, weights, settings, options);
  const { names } = x;
  if (!settings.oobScore) return new RandomForestClassifier([...names], classes, trees);
  const probabilities = outOfBag(trees, x, classes, settings.seed);
  const oob = matrix(x.rows, classes, probabilities, classNames(classes));
  return new RandomForestClassifier([...names], classes, trees, oob, oobAccuracy(probabilities, y, classes));
}

/** Reads what `save` wrote. @throws HitlabError if it is not a whole forest of classes */
export function loadRandomForest(folder: string): RandomForestClassifier {
  const { names, outputs, trees, oob, oobScore } = loadForest(folder, format, 2, Number.POSITIVE_INFINITY);
  const probabilities = oob && matrix(oob.length / outputs, outputs, oob, classNames(outputs));
  return new RandomForestClassifier(names, outputs, trees, probabilities, oobScore);
}

function classNames(classes: number): string[] {
  return Array.from({ length: classes }, (_, k) => `class ${k}`);
}

function likeliest(probabilities: Float64Array, classes: number): Float64Array {
  return Float64Array.from({ length: probabilities.length / classes }, (_, row) => {
    let best = 0;
    for (let k = 1; k < classes; k++) {
      if (probabilities[row * classes + k] > probabilities[row * classes + best]) best = k;
    }
    return best;
  });
}

function oobAccuracy(probabilities: Float64Array, y: Float64Array, classes: number): number {
  const guess = likeliest(probabilities, classes);
  let right = 0;
  let rows = 0;
  for (let row = 0; row < y.length; row++) {
    if (Number.isNaN(probabilities[row * classes])) continue;
    rows++;
    if (guess[row] === y[row]) right++;
  }
  return right / rows;
}
