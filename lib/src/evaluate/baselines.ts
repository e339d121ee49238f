import { HitlabError } from "../errors";
import type { Matrix, Samples } from "../samples";
import { checkLabel } from "./scored";
import type { ProbabilityModel } from "./scores";

/** A model that looks at no input. */
export interface MajorityModel extends ProbabilityModel {
  readonly kind: "majority";
  /** Share of label 1 in the training rows: the probability it gives every row. */
  readonly probability: number;
}

/**
 * The baseline that knows only how frequent the classes were in training: it predicts the more frequent one, with the
 * training share as its probability (scikit-learn's `DummyClassifier(strategy="prior")`).
 *
 * @throws HitlabError when there are no training rows, or a label is neither 0 nor 1
 * @example
 * ```ts
 * evaluate.classifier(evaluate.majority(parts.train), parts.test).accuracy; // the figure any model has to beat
 * ```
 */
export function majority(train: Pick<Samples, "y">): MajorityModel {
  const { y } = train;
  if (y.length === 0) {
    throw new HitlabError({ what: "there are no training rows to count", remedy: "pass the training part of a split" });
  }
  const positives = y.reduce((count, label, row) => count + checkLabel(label, row), 0);
  const probability = positives / y.length;
  return {
    kind: "majority",
    probability,
    predictProbability: (x: Matrix) => new Float64Array(x.rows).fill(probability),
  };
}

/**
 * The baseline that expects everything to stay as it is: a song in the top today will be in the top within the horizon.
 *
 * @param windows of `prepare.windows`: the last rank of each and the rank that counts as the top
 * @returns 1 or 0 per window; it is never unsure
 * @example
 * ```ts
 * evaluate.scores(test.y, evaluate.persistence(test)).accuracy;
 * ```
 */
export function persistence(windows: {
  readonly info: { readonly rank: Int32Array };
  readonly top: number;
}): Float64Array {
  return Float64Array.from(windows.info.rank, (rank) => Number(rank <= windows.top));
}
