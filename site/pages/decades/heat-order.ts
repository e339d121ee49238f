import type { Decade } from "../shared/payloads";
import type { DecadesStatistics, FeatureStatistics } from "./statistics";

/** What the rows of the heat table follow: the files' order, the names, the AUCs of a decade, or the verdict. */
export interface HeatSort {
  readonly by: "files" | "name" | "lean" | Decade;
  readonly descending: boolean;
}

export const unsorted: HeatSort = { by: "files", descending: false };

const LEANS = ["less", "changes", "more"];

/** The features in the order asked for. Equal ones keep the files' order. */
export function ordered({ decades, features }: DecadesStatistics, { by, descending }: HeatSort): FeatureStatistics[] {
  if (by === "files") return [...features];
  const sign = descending ? -1 : 1;
  const compare = (a: FeatureStatistics, b: FeatureStatistics): number => {
    if (by === "name") return a.name < b.name ? -1 : 1;
    if (by === "lean") return LEANS.indexOf(a.lean) - LEANS.indexOf(b.lean);
    const at = decades.indexOf(by);
    return a.decades[at].auc.estimate - b.decades[at].auc.estimate;
  };
  return [...features].sort((a, b) => sign * compare(a, b));
}

/** What a press on a column's heading asks for: numbers from the largest at first, names from A, then turned round. */
export function pressed(now: HeatSort, by: HeatSort["by"]): HeatSort {
  if (now.by === by) return { by, descending: !now.descending };
  return { by, descending: by !== "name" };
}

/** The same order, unless it is that of a decade which is no longer shown. */
export function within(sort: HeatSort, decades: readonly Decade[]): HeatSort {
  const ofTable = sort.by === "files" || sort.by === "name" || sort.by === "lean";
  return ofTable || decades.some((decade) => decade === sort.by) ? sort : unsorted;
}
