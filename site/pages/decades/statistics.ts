/**
 * site/data/decades.json: what the page shows of the six decades, computed from the real songs by `npm run refresh` and
 * shipped with the project, so that the page shows the same figures on every machine. It is bundled into the page.
 */
import type { Decade } from "../shared/payloads";
import type { Interval, Lean } from "./lean";

export interface DecadesStatistics {
  /** Of the files that the figures were computed from. */
  readonly sha256: string;
  readonly songs: number;
  readonly artists: number;
  /** In the order of time; the lists below follow it. */
  readonly decades: readonly Decade[];
  /** Resamples behind each interval. */
  readonly samples: number;
  /** In the order of `featureDefinitions`. */
  readonly features: readonly FeatureStatistics[];
}

export interface FeatureStatistics {
  readonly name: string;
  readonly bins: Bins;
  /** Songs whose value is 0 where 0 stands for "not found" (see `featureDefinitions`). They are counted in all figures. */
  readonly notFound: number;
  /** What hits have more of in all six decades, by the rule of notebook 04. */
  readonly lean: Lean;
  readonly decades: readonly DecadeStatistics[];
}

/** Bins of one width that decades and classes share. A value on an edge belongs to the bin above. */
export interface Bins {
  readonly from: number;
  readonly width: number;
  readonly count: number;
  /** Songs beyond the edges; they are counted in the first and in the last bin. */
  readonly below: number;
  readonly above: number;
}

export interface DecadeStatistics {
  readonly hits: ClassStatistics;
  readonly flops: ClassStatistics;
  /** Chance that a hit has a larger value than a flop, with its 95 % interval over artists. */
  readonly auc: Interval;
}

export interface ClassStatistics {
  readonly songs: number;
  /** Of mode, this is the share of songs in major. */
  readonly mean: number;
  /** Values that 5, 25, 50, 75 and 95 % of the songs lie below. */
  readonly quantiles: readonly [p05: number, p25: number, median: number, p75: number, p95: number];
  /** 95 % interval of the median over artists. */
  readonly medianInterval: readonly [low: number, high: number];
  /** Songs in each bin. */
  readonly counts: readonly number[];
}
