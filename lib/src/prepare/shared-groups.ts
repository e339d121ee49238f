import { HitlabError } from "../errors";
import type { Samples } from "../samples";

/**
 * How many groups of the test part also have rows in the training part: 0 for an honest split by group.
 *
 * @example
 * ```ts
 * prepare.sharedGroups(parts, "song"); // songs that the model has seen before
 * ```
 */
export function sharedGroups(parts: { readonly train: Samples; readonly test: Samples }, group: string): number {
  const [train, test] = [parts.train.info[group], parts.test.info[group]];
  if (!train || !test) {
    const remedy = `name one of: ${Object.keys(parts.train.info).join(", ")}`;
    throw new HitlabError({ what: "the samples have no such info column", value: group, remedy });
  }
  const known = new Set<number>(train);
  return new Set([...test].filter((key) => known.has(key))).size;
}
