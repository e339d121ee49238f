import type { Matrix, Samples } from "../../samples";
import { sigmoid } from "../../special";
import { shareRight } from "../checks";
import { BoostedTrees } from "./boosted-trees";
import { classifierFormat, saveBoosting } from "./storage";

/** Fitted gradient boosting for two classes: scores are log-odds of class 1. */
export class GradientBoostingClassifier extends BoostedTrees {
  readonly kind = "gradient boosting";

  /** Log-odds of class 1 for each row. @throws HitlabError for other columns than those of the fit, or a NaN. */
  decision(x: Matrix): Float64Array {
    return this.scores(x);
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
    saveBoosting(folder, classifierFormat, this);
  }
}
