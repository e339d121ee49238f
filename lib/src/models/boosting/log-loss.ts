import { HitlabError } from "../../errors";
import { ln, softplus } from "../../special";
import type { Objective } from "./objective";
import { updateGradients } from "./rows";
import { unitsFor } from "./units";

/** Log loss; scores are log-odds. @throws HitlabError if a class has no weight */
export function logLoss(y: Float64Array, weights: Float64Array): Objective {
  const baseline = logOdds(y, weights);
  const units = unitsFor(weights, 1 / 4);
  return {
    baseline,
    units,
    update: (kernels, rows) => updateGradients(kernels, rows, units),
    loss: meanLogLoss,
  };
}

/** Mean log loss of scores (log-odds), each row by its weight; NaN if no row has any. */
export function meanLogLoss(scores: Float64Array, y: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    sum += weights[i] * softplus(y[i] > 0 ? -scores[i] : scores[i]);
    total += weights[i];
  }
  return sum / total;
}

/** @throws HitlabError if a class has no weight */
function logOdds(y: Float64Array, weights: Float64Array): number {
  const of = [0, 0];
  for (let i = 0; i < y.length; i++) of[y[i]] += weights[i];
  const none = of.findIndex((weight) => !(weight > 0));
  if (none >= 0) {
    throw new HitlabError({
      what: `the train rows of class ${none} have no weight together`,
      remedy: "give rows of both classes a weight above 0",
    });
  }
  const share = of[1] / (of[0] + of[1]);
  return ln(share / (1 - share));
}
