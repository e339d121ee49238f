/**
 * An order in which like stands beside like: the leaves, from left to right, of the tree that joins the two nearest
 * clusters again and again (average linkage). Of two joined clusters the older one stands left: a single item before
 * any joined ones, an item given earlier before a later one. So the order is a function of the distances, the one of
 * scipy's `leaves_list(linkage(distances, "average"))` where no two distances are equal.
 *
 * Source: Sokal & Michener, "A statistical method for evaluating systematic relationships", University of Kansas
 * Science Bulletin 38 (1958).
 *
 * @param distances square and symmetric
 * @returns the row numbers in their new order
 * @example
 * ```ts
 * clusterOrder([[0, 9, 1], [9, 0, 8], [1, 8, 0]]); // [1, 0, 2]
 * ```
 */
export function clusterOrder(distances: readonly (readonly number[])[]): number[] {
  const apart = distances.map((row) => [...row]);
  /** In order of age; the distances between two are kept at the places of the clusters' first items. */
  const clusters = distances.map((_, at) => ({ at, leaves: [at] }));
  while (clusters.length > 1) {
    const [left, right] = nearest(clusters, apart);
    const [a, b] = [clusters[left], clusters[right]];
    for (const { at } of clusters) {
      const sum = a.leaves.length * apart[a.at][at] + b.leaves.length * apart[b.at][at];
      apart[a.at][at] = sum / (a.leaves.length + b.leaves.length);
      apart[at][a.at] = apart[a.at][at];
    }
    clusters.splice(right, 1);
    clusters.splice(left, 1);
    clusters.push({ at: a.at, leaves: [...a.leaves, ...b.leaves] });
  }
  return clusters.flatMap(({ leaves }) => leaves);
}

/** Places of the two nearest clusters, the older first; of equal distances the one found first. */
function nearest(clusters: readonly { at: number }[], apart: readonly number[][]): [left: number, right: number] {
  let best: [number, number] = [0, 1];
  for (let left = 0; left < clusters.length; left++) {
    for (let right = left + 1; right < clusters.length; right++) {
      const shortest = apart[clusters[best[0]].at][clusters[best[1]].at];
      if (apart[clusters[left].at][clusters[right].at] < shortest) best = [left, right];
    }
  }
  return best;
}
