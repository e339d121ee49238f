import { HitlabError } from "../errors";
import { type Samples, takeRows } from "../samples";

export interface EveryNthOptions {
  /** Name of the info column that tells the groups apart, for example "song". */
  readonly group: string;
  /** Keep the first row of each group and every n-th after it. */
  readonly n: number;
}

/**
 * Every n-th row of each group, in the order the rows have: fewer rows to train on where neighbours overlap anyway.
 *
 * @throws HitlabError for an unknown group column, or an n that is not a whole number from 1
 * @example
 * ```ts
 * prepare.everyNth(parts.train, { group: "song", n: 14 }); // windows of a song that share no row
 * ```
 */
export function everyNth<S extends Samples>(samples: S, { group, n }: EveryNthOptions): S {
  const groups = samples.info[group];
  if (!groups) {
    const remedy = `name one of: ${Object.keys(samples.info).join(", ")}`;
    throw new HitlabError({ what: "the samples have no such info column", value: group, remedy });
  }
  if (!Number.isInteger(n) || n < 1) {
    throw new HitlabError({ what: "n must be a whole number from 1", value: n, remedy: "pass such a number" });
  }
  const seen = new Map<number, number>();
  const kept: number[] = [];
  for (let row = 0; row < groups.length; row++) {
    const before = seen.get(groups[row]) ?? 0;
    if (before % n === 0) kept.push(row);
    seen.set(groups[row], before + 1);
  }
  return takeRows(samples, kept);
}
