import { HitlabError } from "../errors";
import type { LeadTimes } from "./lead-times";
import type { Numbers } from "./scored";
import type { WindowDays } from "./watches";

/** A song worth telling, and why it was picked. */
export interface PickedStory {
  readonly song: number;
  readonly remark: string;
  /** Its windows, in the order of their days. */
  readonly rows: readonly number[];
}

/**
 * Five songs picked by rule, not by eye: the earliest call, the last entry that was missed, the loudest false alarm (of
 * songs that never entered), the steepest fall of the probability, and the most steadily sure one. A rule that no song
 * meets is left out, and no song is picked twice.
 *
 * @param windows `info` of windows in the order of their days within each song
 * @param probabilities of the windows
 * @param leads `leadTimes` of the same windows and probabilities
 */
export function pickStories(windows: WindowDays, probabilities: Numbers, leads: LeadTimes): PickedStory[] {
  if (probabilities.length !== windows.song.length) {
    const what = `${windows.song.length} windows have ${probabilities.length} probabilities`;
    throw new HitlabError({ what, remedy: "pass one probability per window" });
  }
  const rows = new Map<number, number[]>();
  for (let row = 0; row < windows.song.length; row++) {
    const own = rows.get(windows.song[row]);
    if (own) own.push(row);
    else rows.set(windows.song[row], [row]);
  }
  const said = (song: number) => (rows.get(song) ?? []).map((row) => probabilities[row]);
  const songs = [...rows.keys()];
  const called = leads.songs.filter(({ lead }) => lead !== null);
  const missed = leads.songs.filter(({ lead, windows: count }) => lead === null && count > 0);
  const never = songs.filter((song) => (rows.get(song) ?? []).every((row) => isNever(windows, row)));
  const drop = (song: number) => said(song)[0] - (said(song).at(-1) ?? 0);
  const rules: [string, readonly number[], (song: number) => number][] = [
    ["the earliest call", called.map(({ song }) => song), (song) => find(called, song).lead ?? 0],
    ["an entry that was missed", missed.map(({ song }) => song), (song) => find(missed, song).entryDay],
    ["the loudest false alarm", never, (song) => Math.max(...said(song))],
    ["the steepest fall", songs, drop],
    ["the surest", songs, (song) => (said(song).length >= 28 ? Math.min(...said(song)) : -1)],
  ];
  const picked: PickedStory[] = [];
  for (const [remark, candidates, score] of rules) {
    const free = candidates.filter((song) => picked.every((story) => story.song !== song));
    if (free.length === 0) continue;
    const song = free.reduce((best, other) => (score(other) > score(best) ? other : best));
    picked.push({ song, remark, rows: rows.get(song) ?? [] });
  }
  return picked;
}

function isNever(windows: WindowDays, row: number): boolean {
  return windows.daysToTop[row] < 0 && windows.seenTop[row] === 0;
}

function find(songs: LeadTimes["songs"], song: number): LeadTimes["songs"][number] {
  return songs[songs.findIndex((entry) => entry.song === song)];
}
