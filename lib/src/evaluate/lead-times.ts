import { HitlabError } from "../errors";
import type { ThresholdOptions } from "./confusion";
import { quantileSorted } from "./quantile";
import { checkThreshold, type Numbers } from "./scored";
import { checkHorizon, checkWindows, isQuiet, type Watch, type WindowDays, watchesBySong } from "./watches";

export interface LeadTimeOptions extends ThresholdOptions {
  /** Days that a prediction looks ahead; 7 by default. */
  readonly horizon?: number;
}

/** How early one song that entered was announced. All numbers are days before its first day in the Top 50. */
export interface SongLead {
  readonly song: number;
  /** Its first day in the Top 50. */
  readonly entryDay: number;
  /** Windows before that day. */
  readonly windows: number;
  /** Its earliest window: no lead can be longer. */
  readonly watchedFrom: number;
  /** First alarm of the unbroken run that leads up to the entry; null for a missed entry. */
  readonly lead: number | null;
  /** The run reaches back to the earliest window, so an earlier one might have raised the alarm too. */
  readonly fromFirstWindow: boolean;
  /** First alarm of all, whatever came between; null if there was none. */
  readonly firstAlarm: number | null;
}

/** How early entries into the Top 50 were announced, and at what price in false alarms. */
export interface LeadTimes {
  readonly threshold: number;
  readonly horizon: number;
  /** Each song whose entry could have been announced, in order of entry. */
  readonly songs: SongLead[];
  /** Entries with a lead. */
  readonly called: number;
  /** Entries without one, though there was a window in the last `horizon` days. */
  readonly missed: number;
  /** Songs that entered without a window in the last `horizon` days: no model could have called them. */
  readonly unwatched: number;
  /** Songs that had been in the Top 50 by their first window: not at stake here. */
  readonly alreadyTop: number;
  /** Songs that never entered. */
  readonly neverEntered: number;
  /** Those of them for which an alarm was ever raised. */
  readonly neverEnteredButAlarmed: number;
  /** Median lead of the called entries, in days; null if there are none. Says nothing of the missed ones. */
  readonly medianLead: number | null;
  /** Mean lead of called and missed entries, a miss counting 0 days; null if there are none. */
  readonly meanLead: number | null;
  /** Alarms on windows of songs not yet in the Top 50, right and false. */
  readonly alarms: number;
  /** Alarms with no entry within `horizon` days. */
  readonly falseAlarms: number;
  /** Windows (one song on one day) with no entry within `horizon` days. */
  readonly quietDays: number;
  /** `falseAlarms / quietDays`: how often a day that deserved no alarm got one; null without such days. */
  readonly falseAlarmsPerSongDay: number | null;
}

export interface FalseAlarmOptions extends LeadTimeOptions {
  /** False alarms that are put up with, per song and day without an entry ahead. */
  readonly falseAlarmsPerSongDay: number;
}

/**
 * How many days before a song first entered the Top 50 did the model say so?
 *
 * Only windows before a song's first day in the Top 50 count (`seenTop` 0); the others may be passed along.
 *
 * - An *alarm* is a window whose probability is greater than the threshold. It speaks for the next `horizon` days.
 * - An entry is *called* if the song's last window before it raises an alarm and lies at most `horizon` days before it.
 *   Its *lead* is the number of days from the first alarm of the unbroken run of alarms that ends there. A run is
 *   broken by a window without alarm, and by more than `horizon` days without a window, for the alarm has lapsed then.
 * - An entry is *missed* if that last window raises none; *unwatched* if there is no window in the `horizon` days
 *   before (the song had fallen off the chart), or none at all, which shows as `alreadyTop`.
 * - A *false alarm* is an alarm with no entry within `horizon` days, even if the song enters later: a long lead is
 *   paid for in false alarms. So compare models at the same rate of them: `thresholdForFalseAlarms`.
 *
 * Pass every window of the songs (stride 1). A run that reaches the first window is cut short by it
 * (`fromFirstWindow`): at the start of a chronological test set leads are at least, not exactly, what they say.
 * A song that enters after the data end counts as never entered.
 *
 * @param windows `info` of samples made by `prepare.windows`
 * @param probabilities one per window
 * @throws HitlabError naming the row of a probability that is none, or the song whose days contradict each other
 * @example
 * ```ts
 * const { called, missed, medianLead } = leadTimes(test.info, model.predictProbability(test.x), { threshold: 0.5 });
 * ```
 */
export function leadTimes(windows: WindowDays, probabilities: Numbers, options: LeadTimeOptions = {}): LeadTimes {
  const threshold = checkThreshold(options.threshold);
  const horizon = checkHorizon(options.horizon);
  const all = [...watchesBySong(windows, probabilities, threshold)];
  const watched = all.filter(([, watches]) => watches.length > 0);
  const entered = watched.filter(([, watches]) => watches[0].daysToTop > 0);
  const never = watched.filter(([, watches]) => watches[0].daysToTop === -1);
  const callable = entered.filter(([, watches]) => watches[watches.length - 1].daysToTop <= horizon);
  const songs = callable.map(([song, watches]) => songLead(song, watches, horizon));
  const leads = songs.flatMap(({ lead }) => lead ?? []);
  return {
    threshold,
    horizon,
    songs: songs.sort((a, b) => a.entryDay - b.entryDay || a.song - b.song),
    called: leads.length,
    missed: songs.length - leads.length,
    unwatched: entered.length - callable.length,
    alreadyTop: all.length - watched.length,
    neverEntered: never.length,
    neverEnteredButAlarmed: never.filter(([, watches]) => watches.some(({ alarm }) => alarm)).length,
    medianLead: leads.length === 0 ? null : quantileSorted(Float64Array.from(leads).sort(), 0.5),
    meanLead: songs.length === 0 ? null : leads.reduce((sum, lead) => sum + lead, 0) / songs.length,
    ...falseAlarmCounts(
      watched.flatMap(([, watches]) => watches),
      horizon,
    ),
  };
}

/**
 * The lowest threshold that raises no more false alarms than are put up with, for `leadTimes`.
 *
 * Choose it on other rows than those it is then judged on, for example on the validation part.
 *
 * @throws HitlabError as `leadTimes`, and when every window has an entry ahead
 * @example
 * ```ts
 * const threshold = thresholdForFalseAlarms(validation.info, probabilities, { falseAlarmsPerSongDay: 0.02 });
 * leadTimes(test.info, model.predictProbability(test.x), { threshold });
 * ```
 */
export function thresholdForFalseAlarms(
  windows: WindowDays,
  probabilities: Numbers,
  options: FalseAlarmOptions,
): number {
  const horizon = checkHorizon(options.horizon);
  const rate = options.falseAlarmsPerSongDay;
  if (!(rate >= 0 && rate <= 1)) {
    throw new HitlabError({
      what: "falseAlarmsPerSongDay must be a share from 0 to 1",
      value: rate,
      remedy: "pass for example 0.02 for one false alarm in 50 days of a song",
    });
  }
  checkWindows(windows, probabilities);
  const quiet = Array.from(probabilities).filter((_, row) => {
    return windows.seenTop[row] === 0 && isQuiet(windows.daysToTop[row], horizon);
  });
  if (quiet.length === 0) {
    throw new HitlabError({
      what: "every window has an entry ahead, so no alarm could be false",
      remedy: "pass the windows of songs that did not enter, too",
    });
  }
  const falling = Float64Array.from(quiet).sort().reverse();
  const allowed = Math.floor(rate * quiet.length);
  return allowed >= quiet.length ? 0 : falling[allowed];
}

function songLead(song: number, watches: readonly Watch[], horizon: number): SongLead {
  let start = watches.length;
  for (let i = watches.length - 1; i >= 0 && watches[i].alarm; i--) {
    if (start < watches.length && watches[start].day - watches[i].day > horizon) break;
    start = i;
  }
  return {
    song,
    entryDay: watches[0].day + watches[0].daysToTop,
    windows: watches.length,
    watchedFrom: watches[0].daysToTop,
    lead: watches[start]?.daysToTop ?? null,
    fromFirstWindow: start === 0,
    firstAlarm: watches.find(({ alarm }) => alarm)?.daysToTop ?? null,
  };
}

function falseAlarmCounts(watches: readonly Watch[], horizon: number) {
  const quiet = watches.filter(({ daysToTop }) => isQuiet(daysToTop, horizon));
  const falseAlarms = quiet.filter(({ alarm }) => alarm).length;
  return {
    alarms: watches.filter(({ alarm }) => alarm).length,
    falseAlarms,
    quietDays: quiet.length,
    falseAlarmsPerSongDay: quiet.length === 0 ? null : falseAlarms / quiet.length,
  };
}
