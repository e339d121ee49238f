import { describe, expect, it } from "vitest";
import { HitlabError } from "../../src/errors";
import { leadTimes, thresholdForFalseAlarms } from "../../src/evaluate";

/** One song: its windows as "day:probability", and the day it enters (undefined: never). Horizon 7 days. */
function song(name: number, windows: string, entry?: number) {
  return windows.split(" ").map((window) => {
    const [day, probability] = window.split(":").map(Number);
    const seenTop = entry !== undefined && day >= entry ? 1 : 0;
    return { song: name, day, probability, seenTop, daysToTop: entry === undefined || seenTop ? -1 : entry - day };
  });
}

type Row = ReturnType<typeof song>[number];

function columns(rows: Row[]) {
  const column = (name: keyof Row) => rows.map((row) => row[name]);
  const windows = {
    song: column("song"),
    day: column("day"),
    daysToTop: column("daysToTop"),
    seenTop: column("seenTop"),
  };
  return [windows, column("probability")] as const;
}

const leadsOf = (...rows: Row[][]) => leadTimes(...columns(rows.flat()));

describe("leadTimes of one song", () => {
  it("counts from the first alarm of the unbroken run that ends at the entry", () => {
    const { songs, called, medianLead } = leadsOf(song(5, "100:.9 101:.2 102:.8 103:.7 104:.9", 105));
    expect({ called, medianLead }).toEqual({ called: 1, medianLead: 3 });
    expect(songs).toEqual([
      { song: 5, entryDay: 105, windows: 5, watchedFrom: 5, lead: 3, fromFirstWindow: false, firstAlarm: 5 },
    ]);
  });

  it("says when the run reaches back to the first window", () => {
    expect(leadsOf(song(1, "10:.9 11:.9", 12)).songs[0]).toMatchObject({ lead: 2, fromFirstWindow: true });
  });

  it("misses an entry whose last window raises no alarm, whatever came before", () => {
    const { songs, called, missed, medianLead, meanLead } = leadsOf(song(1, "10:.9 11:.9 12:.1", 13));
    expect({ called, missed, medianLead, meanLead }).toEqual({ called: 0, missed: 1, medianLead: null, meanLead: 0 });
    expect(songs[0]).toMatchObject({ lead: null, firstAlarm: 3, fromFirstWindow: false });
  });

  it("takes a probability at the threshold for no alarm", () => {
    expect(leadsOf(song(1, "10:.5", 12)).missed).toBe(1);
  });

  it("bridges up to 7 days without a window, no more", () => {
    expect(leadsOf(song(1, "10:.9 17:.9", 18)).songs[0].lead).toBe(8);
    expect(leadsOf(song(1, "10:.9 18:.9", 19)).songs[0]).toMatchObject({ lead: 1, firstAlarm: 9 });
  });

  it("leaves out an entry that no window came near", () => {
    expect(leadsOf(song(1, "10:.9", 17))).toMatchObject({ called: 1, unwatched: 0 });
    expect(leadsOf(song(1, "10:.9", 18))).toMatchObject({ called: 0, missed: 0, unwatched: 1, songs: [] });
  });

  it("ignores windows from the entry on, and the order of rows", () => {
    const rows = song(1, "10:.1 11:.9 12:.9 13:.1 14:.1", 13);
    expect(leadsOf(rows)).toEqual(leadsOf(rows.slice(0, 3)));
    expect(leadsOf([...rows].reverse())).toEqual(leadsOf(rows));
  });

  it("counts an alarm more than 7 days ahead as false, though it lengthens the lead", () => {
    const days = Array.from({ length: 10 }, (_, i) => `${i}:.9`).join(" ");
    const { medianLead, alarms, falseAlarms, quietDays } = leadsOf(song(1, days, 10));
    expect({ medianLead, alarms, falseAlarms, quietDays }).toEqual({
      medianLead: 10,
      alarms: 10,
      falseAlarms: 3,
      quietDays: 3,
    });
  });
});

describe("leadTimes of several songs", () => {
  const rows = [
    ...song(1, "10:.9 11:.9", 12),
    ...song(2, "8:.1 9:.9", 11),
    ...song(3, "10:.1", 11),
    ...song(4, "10:.1 11:.6 12:.2 13:.1"),
    ...song(5, "10:.1 11:.2"),
    ...song(6, "10:.9 11:.9", 3),
  ];

  it("sums up", () => {
    expect(leadTimes(...columns(rows))).toMatchObject({
      called: 2,
      missed: 1,
      unwatched: 0,
      alreadyTop: 1,
      neverEntered: 2,
      neverEnteredButAlarmed: 1,
      medianLead: 2,
      meanLead: 4 / 3,
      alarms: 4,
      falseAlarms: 1,
      quietDays: 6,
      falseAlarmsPerSongDay: 1 / 6,
    });
    expect(leadTimes(...columns(rows)).songs.map(({ song: name }) => name)).toEqual([2, 3, 1]);
  });

  it("finds the threshold for a rate of false alarms", () => {
    const at = (falseAlarmsPerSongDay: number) => {
      const threshold = thresholdForFalseAlarms(...columns(rows), { falseAlarmsPerSongDay });
      return { threshold, falseAlarms: leadTimes(...columns(rows), { threshold }).falseAlarms };
    };
    expect(at(0)).toEqual({ threshold: 0.6, falseAlarms: 0 });
    expect(at(0.2)).toEqual({ threshold: 0.2, falseAlarms: 1 });
    expect(at(0.5)).toEqual({ threshold: 0.1, falseAlarms: 3 });
    expect(at(1)).toEqual({ threshold: 0, falseAlarms: 6 });
  });

  it("has nothing to say of no windows", () => {
    expect(leadsOf([])).toMatchObject({ called: 0, medianLead: null, meanLead: null, falseAlarmsPerSongDay: null });
  });
});

describe("what has no lead", () => {
  const [windows, probabilities] = columns(song(1, "10:.9 11:.9", 12));
  const bad: [string, () => unknown, RegExp][] = [
    ["a NaN", () => leadTimes(windows, [0.1, Number.NaN]), /probability of row 1/],
    ["other rows", () => leadTimes(windows, [0.1]), /one entry per window .*2, 2, 2, 2, 1/],
    ["an entry on the same day", () => leadTimes({ ...windows, daysToTop: [2, 0] }, probabilities), /row 1 .*found 0/],
    [
      "two entries",
      () => leadTimes({ ...windows, daysToTop: [2, 4] }, probabilities),
      /song 1 disagree .*day 12, day 15/,
    ],
    ["a day twice", () => leadTimes({ ...windows, day: [10, 10] }, probabilities), /two windows on day 10/],
    ["no horizon", () => leadTimes(windows, probabilities, { horizon: 0 }), /horizon .*found 0/],
    ["a rate in percent", () => thresholdForFalseAlarms(windows, probabilities, { falseAlarmsPerSongDay: 2 }), /share/],
    ["no quiet day", () => thresholdForFalseAlarms(windows, probabilities, { falseAlarmsPerSongDay: 0.1 }), /ahead/],
  ];
  it.each(bad)("%s", (_, attempt, message) => {
    expect(attempt).toThrow(HitlabError);
    expect(attempt).toThrow(message);
  });
});
