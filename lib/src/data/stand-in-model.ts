/** A mean and a standard deviation. */
type Normal = readonly [mean: number, spread: number];

/** A kind of release: levels at the start are `floor` plus an exponential with mean `tail`. */
export interface ReleaseGroup {
  readonly floor: number;
  readonly tail: number;
  /** What the release adds on the first day (none if negative). */
  readonly fresh: Normal;
  /** Gain per day at the start. */
  readonly momentum: Normal;
  /** Share of the momentum left after a day. */
  readonly persistence: number;
  /** Mean of the songs' own weekly pattern. */
  readonly weekend: number;
}

/** Parameters of the invented chart, as in data/stand-ins/charts.json. Levels are natural logs, rates per day. */
export interface ChartModel {
  readonly from: string;
  readonly to: string;
  /** Days that the chart lacks, as the real one does. */
  readonly missing: readonly string[];
  /** Days simulated before the first, so that the chart starts with songs of every age. */
  readonly warmUpDays: number;
  /** Mean streams of the real chart at some ranks, ascending. */
  readonly streamsByRank: Readonly<Record<string, number>>;
  readonly market: { readonly monthlyTotal: readonly number[]; readonly dailyNoise: number };
  /** By weekday from Sunday: the common level, and the pattern that a song follows more or less (`songSpread`). */
  readonly week: {
    readonly level: readonly number[];
    readonly songLevel: readonly number[];
    readonly songSpread: number;
  };
  readonly artists: { readonly count: number; readonly spread: number };
  readonly releases: {
    /** Share of what a release adds that is left after a day. */
    readonly freshness: number;
    readonly catalogue: ReleaseGroup & { readonly songs: number };
    readonly singles: ReleaseGroup & { readonly perFriday: number; readonly perOtherDay: number };
    /** Songs that start small and gain. */
    readonly climbers: ReleaseGroup & { readonly perDay: number };
    /** `tracks`: fewest and most; `spread`: of the tracks around their album's level. */
    readonly albums: ReleaseGroup & {
      readonly perFriday: number;
      readonly tracks: readonly [number, number];
      readonly spread: number;
    };
  };
  /** Songs fade towards `floor` (relative to the entry level), losing each its own share of the distance per day. */
  readonly fading: { readonly floor: number; readonly least: number; readonly most: number };
  /** Chance per day of new momentum (a film, a remix, a playlist), and how much. */
  readonly kicks: { readonly chance: number; readonly size: Normal };
  /** Spread of a song's changes from chance: lasting, of the day; `spread` of songs around it (log). */
  readonly noise: { readonly level: number; readonly day: number; readonly spread: number };
  readonly holiday: {
    readonly songs: number;
    readonly peak: string;
    readonly level: number;
    readonly spread: number;
    readonly rise: number;
    readonly fall: number;
  };
  /** How fast the chart's entry level and size follow the songs, as a share per day. */
  readonly pace: number;
  /** Levels (relative to the entry level) end about here: the audience is finite. */
  readonly ceiling: number;
  /** Songs this far below the entry level are forgotten. */
  readonly gone: number;
}
