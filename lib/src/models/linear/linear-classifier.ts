import { checkFinite } from "../../prepare/finite";
import type { Matrix, Samples } from "../../samples";
import { checkColumns, checkTargetLength, shareRight } from "../checks";
import { checkDecisions } from "../decisions";
import { multiply } from "./rows";

/** A binary classifier by the sign of intercept + coefficients * x. */
export abstract class LinearClassifier {
  abstract readonly kind: string;

  protected constructor(
    /** Names of the columns it was fit on, one per coefficient. */
    readonly names: readonly string[],
    readonly coefficients: Float64Array,
    readonly intercept: number,
  ) {}

  /**
   * intercept + coefficients * x for each row: positive means class 1.
   *
   * @throws HitlabError for other columns than those of the fit, and for inputs that are NaN, infinite or so
   *   large that their sums overflow
   */
  decision(x: Matrix): Float64Array {
    checkColumns(x, this.names, this.kind);
    checkFinite(x);
    const margins = new Float64Array(x.rows);
    multiply(x.data, x.columns, Float64Array.of(...this.coefficients, this.intercept), margins);
    checkDecisions(margins, x.rows, this.kind);
    return margins;
  }

  /** The class of each row, 0 or 1 (0 where the decision is exactly 0, as scikit-learn). */
  predict(x: Matrix): Float64Array {
    return this.decision(x).map((margin) => (margin > 0 ? 1 : 0));
  }

  /** Accuracy: the share of rows whose predicted class is their target. */
  score(samples: Samples): number {
    checkTargetLength(samples.y, samples.x.rows, `the score of a ${this.kind}`);
    return shareRight(this.predict(samples.x), samples.y);
  }
}
