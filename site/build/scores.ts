import { evaluate, HitlabError } from "hitlab";
import type { ScoresPayload } from "../pages/shared/payloads";

/** What a page tells of a model's test. A song is called a hit above one half. */
export function scoresOf(labels: Float64Array, probabilities: Float64Array): ScoresPayload {
  const { accuracy, rocAuc, brier } = evaluate.scores(labels, probabilities);
  return { songs: labels.length, accuracy: rounded(accuracy), rocAuc: rounded(rocAuc), brier: rounded(brier) };
}

/** @throws HitlabError for a score that is undefined */
export function rounded(value: number | null, digits = 4): number {
  if (value !== null) return Number(value.toFixed(digits));
  throw new HitlabError({ what: "a score is undefined", remedy: "give songs of which some are hits and some flops" });
}
