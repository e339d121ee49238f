import { checkFinite } from "../../prepare/finite";
import type { Matrix } from "../../samples";
import { checkColumns } from "../checks";
import type { DecisionTree } from "../decision-tree";
import { ForestNodes } from "../forest/nodes";
import type { Settings } from "./options";
import type { BoostingHistory, BoostingParts } from "./parts";

/** Fitted gradient boosting: a row's score is `baseline` plus one value per tree, that of the leaf where the row ends. */
export abstract class BoostedTrees {
  abstract readonly kind: string;
  /** Names of the columns it was fit on. */
  readonly names: readonly string[];
  /** One value per node, what it adds to the score, times the learning rate already; 0 at a split. */
  readonly trees: readonly DecisionTree[];
  /** The score from which the trees begin: of the train rows the log-odds of class 1, or the mean target. */
  readonly baseline: number;
  /**
   * Share of each column in what all splits gained in training; they sum to 1 (zeros if no tree could split). They
   * favour columns of many values and say nothing of new rows: `evaluate.permutationImportance` does.
   */
  readonly gainImportances: Float64Array;
  /** The options of the fit, defaults filled in. */
  readonly settings: Settings;
  /** Losses; only of a fit with `earlyStopping`. All trees up to the stop are kept, as by scikit-learn. */
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

  /** @throws HitlabError for other columns than those of the fit, or a NaN */
  protected scores(x: Matrix): Float64Array {
    checkColumns(x, this.names, this.kind);
    checkFinite(x);
    return this.nodes.sums(x, this.baseline);
  }
}
