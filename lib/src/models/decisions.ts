import { HitlabError } from "../errors";

/**
 * Sums of finite inputs may overflow all the same, to infinities or, out of two of them, to NaN.
 *
 * @param values decision values or scores: one per row, or class after class one per row
 * @param model without an article: "logistic regression"
 * @throws HitlabError naming the first row whose value is not finite
 */
export function checkDecisions(values: Float64Array, rows: number, model: string): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new HitlabError({
      what: `the inputs of row ${i % rows} (counted from 0) are so large that the sums of this ${model} overflow`,
      value: values[i],
      remedy: "scale the columns as those that the model was fit on",
    });
  }
}
