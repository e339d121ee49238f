/** A value with its 95 % interval. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** Which way a feature leans over the decades: hits have more of it in each, less of it in each, or it changes. */
export type Lean = "more" | "less" | "changes";

/** Which way an AUC leans; open where its interval holds one half, so that hits and flops cannot be told apart. */
export function leanIn({ low, high }: Interval): "more" | "less" | "open" {
  if (low > 0.5) return "more";
  return high < 0.5 ? "less" : "open";
}

/**
 * The rule by which notebook 04 judges the study's closing sentences: a feature is consistent if its AUC lies on the
 * same side of one half in every decade, each time with an interval that excludes one half; else it changes.
 */
export function leanOver(decades: readonly Interval[]): Lean {
  const [first, ...others] = decades.map(leanIn);
  if (first === undefined) throw new Error("no decade to judge by. To mend it: pass one AUC at least");
  return first !== "open" && others.every((lean) => lean === first) ? first : "changes";
}
