import { checkFinite } from "../../prepare/finite";
import type { Matrix, Samples } from "../../samples";
import { sigmoid } from "../../special";
import { checkColumns, shareRight } from "../checks";
import type { DecisionTree } from "../decision-tree";
import { ForestNodes } from "../forest/nodes";
import type { Settings } from "./options";
import type { BoostingHistory, BoostingParts } from "./parts";
import { saveBoosting } from "./storage";

/**
 * Fitted gradient boosting for two classes: the log-odds of class 1 are `baseline` plus one value per tree, that of the
 * leaf where the row ends.
 */
export class GradientBoostingClassifier {
  readonly kind = "gradient boosting";
  /** Names of the columns it was fit on. */
  readonly names: readonly string[];
  /** One value per node, the log-odds that it adds, times the learning rate already; 0 at a split. */
  readonly trees: readonly DecisionTree[];
  /** Log-odds of class 1 among the train rows, from which the trees begin. */
  readonly baseline: number;
  /**
   * Share of each column in what all splits gained in training; they sum to 1 (zeros if no tree could split). They
   * favour columns of many values and say nothing of new rows: `evaluate.permutationImportance` does.
   */
  readonly gainImportances: Float64Array;
  /** The options of the fit, defaults filled in. */
  readonly settings: Settings;
  /** Log losses; only of a fit with `earlyStopping`. All trees up to the stop are kept, as by scikit-learn. */
  readonly history?: BoostingHistory;
  private readonly nodes: ForestNodes;

  constructor({ names, trees, baseline, gainImportances, settings, history }: BoostingParts) {
    this.names = [...names];
    this.trees = trees;
    this.nodes = new ForestNodes(trees, 1);
    this.baseline = baseline;
    this.gainImportances = gainImportances;
    this.settings = settings;
    if (history) this.history = history;
  }

  /** Log-odds of class 1 for each row. @throws HitlabError for other columns than those of the fit, or a NaN. */
  decision(x: Matrix): Float64Array {
    checkColumns(x, this.names, this.kind);
    checkFinite(x);
    return this.nodes.sums(x, this.baseline);
  }

  /** Probability of class 1 for each row. */
  predictProbability(x: Matrix): Float64Array {
    return this.decision(x).map(sigmoid);
  }

  /** The likelier class of each row, 0 or 1 (0 at a probability of exactly one half, as scikit-learn). */
  predict(x: Matrix): Float64Array {
    return this.decision(x).map((score) => (score > 0 ? 1 : 0));
  }

  /** Share of the rows whose class it predicts. */
  score(samples: Samples): number {
    return shareRight(this.predict(samples.x), samples.y);
  }

  /**
   * Writes the model's folder (model.json and arrays.bin); `trees.loadGradientBoosting(folder)` reads it.
   *
   * @throws HitlabError if the folder holds anything else
   */
  save(folder: string): void {
    saveBoosting(folder, this);
  }
}
