import { HitlabError } from "../errors";
import { checkProbability, type Numbers } from "./scored";

/** What is known of each window, as in the `info` of `prepare.windows`: entry i of each is about window i. */
export interface WindowDays {
  /** Whose window it is: any number that tells songs apart. */
  readonly song: Numbers;
  /** Last day of the look-back, counted in days: the day on which the prediction is made. */
  readonly day: Numbers;
  /** Days from `day` to the next day in the Top 50 after it; -1 if there is none. */
  readonly daysToTop: Numbers;
  /** 1 if the song has been in the Top 50 on or before `day`. */
  readonly seenTop: Numbers;
}

/** A window of a song that has not been in the Top 50 yet. */
export interface Watch {
  readonly day: number;
  readonly daysToTop: number;
  readonly alarm: boolean;
}

/** Per song its windows before the Top 50 by day; none for a song that had been there by its first window. */
export function watchesBySong(windows: WindowDays, probabilities: Numbers, threshold: number): Map<number, Watch[]> {
  checkWindows(windows, probabilities);
  const { song, day, daysToTop, seenTop } = windows;
  const bySong = new Map<number, Watch[]>();
  for (let row = 0; row < song.length; row++) {
    const watches = bySong.get(song[row]) ?? [];
    if (seenTop[row] === 0) {
      watches.push({ day: day[row], daysToTop: daysToTop[row], alarm: probabilities[row] > threshold });
    }
    bySong.set(song[row], watches);
  }
  for (const [name, watches] of bySong) {
    watches.sort((a, b) => a.day - b.day);
    checkWatches(name, watches);
  }
  return bySong;
}

/** No entry within the horizon: an alarm there is false. */
export function isQuiet(daysToTop: number, horizon: number): boolean {
  return daysToTop === -1 || daysToTop > horizon;
}

/** The horizon of an options object, checked; 7 days by default. */
export function checkHorizon(horizon = 7): number {
  if (Number.isInteger(horizon) && horizon > 0) return horizon;
  throw new HitlabError({
    what: "the horizon must be a whole number of days from 1",
    value: horizon,
    remedy: "pass the horizon that the windows were made with, for example 7",
  });
}

/** One entry of each kind per window, and each a possible one; an error naming the row otherwise. */
export function checkWindows({ song, day, daysToTop, seenTop }: WindowDays, probabilities: Numbers): void {
  const lengths = [song, day, daysToTop, seenTop, probabilities].map(({ length }) => length);
  if (lengths.some((length) => length !== lengths[0])) {
    throw new HitlabError({
      what: "song, day, daysToTop, seenTop and the probabilities must have one entry per window",
      value: lengths.join(", "),
      remedy: "take them from the same samples",
    });
  }
  for (let row = 0; row < probabilities.length; row++) {
    checkProbability(probabilities[row], row);
    if (daysToTop[row] === -1 || daysToTop[row] > 0) continue;
    throw new HitlabError({
      what: `daysToTop of row ${row} (counted from 0) must be -1 or from 1 on`,
      value: daysToTop[row],
      remedy: "pass the info of samples made by prepare.windows",
    });
  }
}

/** All windows before a song's first entry must agree on its day, and be of different days. */
function checkWatches(song: number, watches: readonly Watch[]): void {
  const entry = ({ day, daysToTop }: Watch) => (daysToTop === -1 ? "never" : `day ${day + daysToTop}`);
  for (let i = 1; i < watches.length; i++) {
    const twice = watches[i].day === watches[i - 1].day;
    if (!twice && entry(watches[i]) === entry(watches[0])) continue;
    throw new HitlabError({
      what: twice
        ? `song ${song} has two windows on day ${watches[i].day}`
        : `the windows of song ${song} disagree on when it first entered the Top 50`,
      value: twice ? undefined : `${entry(watches[0])}, ${entry(watches[i])}`,
      remedy: "pass windows of one chart only, each once",
    });
  }
}
