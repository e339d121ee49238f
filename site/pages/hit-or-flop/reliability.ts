import { formatNumber } from "../../../lib/src/show/format";
import type { Reliability, ReliabilityBin } from "../shared/fitted-models";
import { percent } from "./wording";

/** The parts of the sentence "Of 1,234 songs that got 60 to 70 %, 66 % were hits (61 to 71 %)." */
export interface TrustSentence {
  readonly songs: string;
  readonly got: string;
  readonly hits: string;
  readonly interval: string;
}

/** The range that a probability falls into: from its lower end up to, but without, its upper one; the last with it. */
export function binOf({ bins }: Reliability, probability: number): ReliabilityBin {
  const bin = bins.find(({ to }) => probability < to) ?? bins.at(-1);
  if (bin && probability >= 0 && probability <= 1) return bin;
  throw new Error(`no range of the reliability table holds the probability ${probability}`);
}

/** What became of the songs that got about this probability. */
export function trustSentence(reliability: Reliability, probability: number): TrustSentence {
  const { songs, from, to, hits } = binOf(reliability, probability);
  return {
    songs: formatNumber(songs),
    got: span(from, to),
    hits: percent(hits.estimate),
    interval: span(hits.low, hits.high),
  };
}

/** "60 to 70 %" */
function span(from: number, to: number): string {
  return `${Math.round(100 * from)} to ${percent(to)}`;
}
