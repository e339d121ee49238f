import type { Matrix, Samples } from "../../samples";
import { checkTargets, determination } from "../forest/targets";
import { BoostedTrees } from "./boosted-trees";
import { regressorFormat, saveBoosting } from "./storage";

/** Fitted gradient boosting for a number. */
export class GradientBoostingRegressor extends BoostedTrees {
  readonly kind = "gradient boosting regressor";

  /** The number for each row. @throws HitlabError for other columns than those of the fit, or a NaN. */
  predict(x: Matrix): Float64Array {
    return this.scores(x);
  }

  /**
   * R2: 1 - squared errors / squared distances from the mean target. 1 is perfect, 0 no better than the mean.
   *
   * @throws HitlabError unless each row has a finite target
   */
  score({ x, y }: Samples): number {
    checkTargets(y, x.rows, `the score of a ${this.kind}`);
    return determination(this.predict(x), y);
  }

  /**
   * Writes the model's folder (model.json and arrays.bin); `trees.loadGradientBoostingRegressor(folder)` reads it.
   *
   * @throws HitlabError if the folder holds anything else
   */
  save(folder: string): void {
    saveBoosting(folder, regressorFormat, this);
  }
}
