import { evaluate } from "hitlab";
import type { ScoresPayload } from "../pages/shared/payloads";

/** What a page tells of a model's test. A song is called a hit above one half. */
export function scoresOf(labels: Float64Array, probabilities: Float64Array): ScoresPayload {
  const { accuracy, rocAuc, brier } = evaluate.scores(labels, probabilities);
  if (rocAuc === null)
    throw new Error("the test songs are all hits or all flops. To mend it: give songs of both kinds.");
  return { songs: labels.length, accuracy: rounded(accuracy), rocAuc: rounded(rocAuc), brier: rounded(brier) };
}

/** To four digits after the point. */
export function rounded(value: number): number {
  return Number(value.toFixed(4));
}
