import { listed } from "../../../lib/src/show/format";
import { capital } from "../shared/capital";
import type { Decade } from "../shared/payloads";
import { leanIn } from "./lean";
import type { FeatureStatistics } from "./statistics";

/** The sentences with which study 4 closes on its page of graphs (data/claims.json: 04.consistent-*, 04.changing-*). */
export interface ClosingClaim {
  readonly feature: string;
  readonly said: "consistent" | "changing";
}

const claim = (said: ClosingClaim["said"]) => (feature: string) => ({ feature, said });

export const closingClaims: readonly ClosingClaim[] = [
  ...["danceability", "energy", "loudness", "valence"].map(claim("consistent")),
  ...["chorus_hit", "duration_ms", "liveness", "mode", "speechiness", "sections"].map(claim("changing")),
];

/** Whether the rule of notebook 04 agrees with the study. */
export function holds({ said }: ClosingClaim, { lean }: Pick<FeatureStatistics, "lean">): boolean {
  return said === "consistent" ? lean !== "changes" : lean === "changes";
}

/** The decades by which a verdict was reached: "Larger in hits in the 60s; too close to tell in the 80s.". */
export function evidence({ decades: all, lean }: FeatureStatistics, names: readonly Decade[]): string {
  if (lean !== "changes") return `${lean === "more" ? "Larger" : "Smaller"} in hits in all six decades.`;
  const those = (wanted: string) => names.filter((_, at) => leanIn(all[at].auc) === wanted);
  const part = (wanted: string, words: string) => {
    const some = those(wanted);
    return some.length > 0 && `${words} in ${some.length === names.length ? "all six decades" : `the ${listed(some)}`}`;
  };
  const parts = [part("more", "larger in hits"), part("less", "smaller in hits"), part("open", "too close to tell")];
  return `${capital(parts.filter((each) => each !== false).join("; "))}.`;
}
