import type { DecisionTree } from "../decision-tree";
import type { Settings } from "./options";

/** Mean loss (log loss, or squared error) before the first tree and after each one. */
export interface BoostingHistory {
  readonly train: Float64Array;
  /** Of the rows that early stopping set apart. */
  readonly validation: Float64Array;
}

/** All of a fitted model. */
export interface BoostingParts {
  readonly names: readonly string[];
  readonly trees: readonly DecisionTree[];
  readonly baseline: number;
  readonly gainImportances: Float64Array;
  readonly settings: Settings;
  readonly history?: BoostingHistory;
}
