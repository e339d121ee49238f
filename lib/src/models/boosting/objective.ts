import type { Arena } from "../../kernels/arena";
import type { BoostExports } from "../../kernels/boost-exports";
import type { Rows } from "./rows";
import type { Units } from "./units";

/** What boosting makes small: where it begins, its slopes, and how well it does. */
export interface Objective {
  /** The score of every row before the first tree. */
  readonly baseline: number;
  readonly units: Units;
  /** Gradients and hessians of the train rows by the scores as they are now. */
  update(kernels: Arena<BoostExports>, rows: Rows): void;
  /** Mean loss of scores, each row by its weight; NaN if no row has any. */
  loss(scores: Float64Array, y: Float64Array, weights: Float64Array): number;
}
