import { HitlabError } from "../../errors";
import { random } from "../../random";
import { type Samples, takeRows } from "../../samples";
import { softplus } from "../../special";
import { fitLogisticRegression, type LogisticRegression } from "./logistic-regression";

export interface LogisticRegressionCVOptions {
  /** Values of C to choose from. Default 0.1, 1, 10, 100, 1000, 10000. */
  readonly cs?: readonly number[];
  /** Name of the info column whose rows stay in one fold, for example "song". Without it rows are dealt one by one. */
  readonly group?: string;
  /** Default 4. */
  readonly folds?: number;
  /** Seed of the folds. Default 42. */
  readonly seed?: number;
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
    const rows = [...fold.keys()];
    const train = takeRows(
      samples,
      rows.filter((row) => fold[row] !== f),
    );
    const held = takeRows(
      samples,
      rows.filter((row) => fold[row] === f),
    );
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

/** The fold of each row: groups in random order, dealt out in turn. */
function foldOfRows(samples: Samples, options: LogisticRegressionCVOptions & { folds: number }): Int32Array {
  const { group, folds, seed = 42 } = options;
  const groups =
    group === undefined ? Int32Array.from({ length: samples.x.rows }, (_, row) => row) : samples.info[group];
  if (!groups) {
    const remedy = `name one of: ${Object.keys(samples.info).join(", ")}`;
    throw new HitlabError({ what: "the samples have no such info column", value: group, remedy });
  }
  const keys = [...new Set(groups)].sort((a, b) => a - b);
  if (!Number.isInteger(folds) || folds < 2 || keys.length < folds) {
    const what = "folds must be a whole number from 2 to the number of groups";
    throw new HitlabError({ what, value: `${folds} folds, ${keys.length} groups`, remedy: "choose such a number" });
  }
  const dealt = new Map(
    random(seed, "folds")
      .shuffle(keys)
      .map((key, at) => [key, at % folds]),
  );
  return Int32Array.from(groups, (key) => dealt.get(key) ?? 0);
}

function totalLogLoss(model: LogisticRegression, held: Samples): number {
  const margins = model.decision(held.x);
  let sum = 0;
  for (let row = 0; row < margins.length; row++) sum += softplus(held.y[row] ? -margins[row] : margins[row]);
  return sum;
}
