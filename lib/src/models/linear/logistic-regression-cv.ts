import { HitlabError } from "../../errors";
import type { Samples } from "../../samples";
import { softplus } from "../../special";
import { type FoldOptions, foldOfRows, heldOut } from "./fold-of-rows";
import { fitLogisticRegression, type LogisticRegression } from "./logistic-regression";

export interface LogisticRegressionCVOptions extends FoldOptions {
  /** Values of C to choose from. Default 0.1, 1, 10, 100, 1000, 10000. */
  readonly cs?: readonly number[];
}

/** A value of C and how it did on the rows held out. */
export interface PenaltyScore {
  readonly c: number;
  /** Mean log loss per held-out row, in nats; the least is chosen. */
  readonly logLoss: number;
}

/**
 * A logistic regression whose penalty is chosen by cross-validation inside the training rows, then fit on all of them
 * (as scikit-learn's LogisticRegressionCV with scoring="neg_log_loss", and folds by group).
 *
 * C = 1, the usual default, is a strong penalty for columns scaled to 0..1 whose values lie close together: a baseline
 * left there is a weak one.
 *
 * @throws HitlabError as `fitLogisticRegression`, for no C, an unknown group column, and fewer groups than folds
 * @example
 * ```ts
 * const { model, scores } = linear.fitLogisticRegressionCV(train, { group: "song", seed: 42 });
 * model.c; // the C with the least log loss on songs held out
 * ```
 */
export function fitLogisticRegressionCV(
  samples: Samples,
  options: LogisticRegressionCVOptions = {},
): { model: LogisticRegression; scores: PenaltyScore[] } {
  const { cs = [0.1, 1, 10, 100, 1000, 10000], folds = 4 } = options;
  if (cs.length === 0) {
    throw new HitlabError({ what: "there is no C to choose from", remedy: "name values in cs, or leave it out" });
  }
  const fold = foldOfRows(samples, { ...options, folds });
  const losses = cs.map(() => 0);
  for (let f = 0; f < folds; f++) {
    const { train, held } = heldOut(samples, fold, f);
    let warmStart: LogisticRegression | undefined;
    for (const [at, c] of cs.entries()) {
      // The optima of neighbouring penalties lie close together; the loss is right to the square of the tolerance.
      warmStart = fitLogisticRegression(train, { c, warmStart, tolerance: 1e-5 });
      losses[at] += totalLogLoss(warmStart, held);
    }
  }
  const scores = cs.map((c, at) => ({ c, logLoss: losses[at] / samples.x.rows }));
  const best = scores.reduce((least, score) => (score.logLoss < least.logLoss ? score : least));
  return { model: fitLogisticRegression(samples, { c: best.c }), scores };
}

function totalLogLoss(model: LogisticRegression, held: Samples): number {
  const margins = model.decision(held.x);
  let sum = 0;
  for (let row = 0; row < margins.length; row++) sum += softplus(held.y[row] ? -margins[row] : margins[row]);
  return sum;
}
