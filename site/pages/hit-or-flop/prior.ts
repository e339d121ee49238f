/** Half of the songs of this collection are hits, in every decade. */
export const shareInCollection = 0.5;

/**
 * A probability learned where a share of the songs were hits, carried over to where another share are: Bayes' rule,
 * what the features tell being the same. 0 and 1 stay what they are.
 *
 * @param share above 0 and below 1
 * @throws Error for a share or probability outside of its range
 * @example
 * ```ts
 * underShare(0.9, 0.01); // 0.083: in a hundred songs there is one hit, and 11 of the 99 flops look as much like one
 * ```
 */
export function underShare(probability: number, share: number, learnedShare = shareInCollection): number {
  if (!(share > 0 && share < 1)) throw new Error(`a share of hits lies between 0 and 1; this one is ${share}`);
  if (!(probability >= 0 && probability <= 1)) throw new Error(`${probability} is no probability`);
  const hit = probability * share * (1 - learnedShare);
  const flop = (1 - probability) * (1 - share) * learnedShare;
  return hit / (hit + flop);
}
