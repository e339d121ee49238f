import { HitlabError } from "../../errors";
import { isWeight } from "./options";

/** The weight of each class; undefined = all 1. @throws HitlabError unless there is a number for each, from 1e-20 to 1e20 */
export function classWeights(
  classWeight: "balanced" | readonly number[] | undefined,
  y: Float64Array,
  classes: number,
): readonly number[] | undefined {
  if (classWeight === undefined) return undefined;
  if (classWeight === "balanced") {
    const rows = new Array<number>(classes).fill(0);
    for (const k of y) rows[k]++;
    return rows.map((count) => y.length / (classes * count));
  }
  const right = Array.isArray(classWeight) && classWeight.length === classes;
  if (right && classWeight.every(isWeight)) return classWeight;
  throw new HitlabError({
    what: `classWeight must be "balanced" or ${classes} numbers from 1e-20 to 1e20, one per class`,
    value: classWeight,
    remedy: "leave it out to weigh all classes alike",
  });
}

/** The weight of each row: its own times its class's; undefined = all 1. */
export function rowWeights(
  own: Float64Array | undefined,
  perClass: readonly number[] | undefined,
  y: Float64Array,
): Float64Array | undefined {
  if (!perClass) return own;
  return y.map((k, row) => perClass[k] * (own ? own[row] : 1));
}
