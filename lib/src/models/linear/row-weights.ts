import { HitlabError } from "../../errors";

/** Which rows count more in a fit. */
export interface WeightOptions {
  /** What each train row counts, at least 0: a row of weight 2 counts as two equal rows. Default 1 each. */
  readonly sampleWeights?: Float64Array;
  /**
   * What the rows of each class count, by class number, besides their sample weight; "balanced" gives all classes the
   * same total, rows / (classes * rows of the class), rows counted by their sample weight (as scikit-learn, but for its
   * SVC, which counts each row as one). Default 1 each.
   */
  readonly classWeight?: "balanced" | readonly number[];
}

/**
 * The weight of each train row: its sample weight times its class's weight.
 *
 * @param y class numbers, 0 to `classes` - 1
 * @throws HitlabError for weights that are negative, not finite or too few, and where a class has no weight left
 */
export function rowWeights(y: Float64Array, classes: number, options: WeightOptions): Float64Array {
  const { sampleWeights, classWeight } = options;
  const weights = sampleWeights?.slice() ?? new Float64Array(y.length).fill(1);
  checkWeights("sampleWeights", weights, y.length, "one per row");
  const totals = new Float64Array(classes);
  for (let i = 0; i < y.length; i++) totals[y[i]] += weights[i];
  checkTotals(totals, "sampleWeights");
  if (classWeight === undefined) return weights;
  const ofClass = classWeight === "balanced" ? balanced(totals) : Float64Array.from(classWeight);
  checkWeights("classWeight", ofClass, classes, "one per class");
  checkTotals(ofClass, "classWeight");
  for (let i = 0; i < y.length; i++) weights[i] *= ofClass[y[i]];
  return weights;
}

/**
 * What each row costs a support vector machine, c times its weight: 0 for weight 0 only.
 *
 * @throws HitlabError where the product leaves the range of numbers
 */
export function rowCosts(c: number, weights: Float64Array): Float64Array {
  const costs = weights.map((weight) => c * weight);
  const odd = costs.findIndex((cost, i) => (cost === 0 && weights[i] > 0) || cost === Number.POSITIVE_INFINITY);
  if (odd < 0) return costs;
  throw new HitlabError({
    what: `c times the weight of row ${odd} (counted from 0) is beyond the range of numbers`,
    value: `${c} * ${weights[odd]}`,
    remedy: "give c and the weights of a common size, around 1",
  });
}

function balanced(totals: Float64Array): Float64Array {
  const all = totals.reduce((sum, total) => sum + total, 0);
  return totals.map((total) => all / (totals.length * total));
}

/** @throws HitlabError unless there are `length` finite weights from 0 */
export function checkWeights(name: string, weights: Float64Array, length: number, each: string): void {
  const odd = firstOdd(weights);
  if (odd < 0 && weights.length === length) return;
  throw new HitlabError({
    what: `${name} must be ${length} finite numbers from 0, ${each}`,
    value: odd < 0 ? `${weights.length} numbers` : `${weights[odd]} at ${odd}`,
    remedy: `mend them, or leave out ${name}`,
  });
}

/** A plain loop: a callback per number would take longer than a step of a fit. */
function firstOdd(weights: Float64Array): number {
  for (let i = 0; i < weights.length; i++) if (!(weights[i] >= 0 && weights[i] < Number.POSITIVE_INFINITY)) return i;
  return -1;
}

function checkTotals(totals: Float64Array, name: string): void {
  const none = totals.indexOf(0);
  if (none < 0) return;
  const remedy = `give some of its rows a weight above 0, or leave out ${name}`;
  throw new HitlabError({ what: `all rows of class ${none} have the weight 0`, remedy });
}
