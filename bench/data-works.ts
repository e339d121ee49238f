/** The works that begin with the studies' files: reading, windows, two whole studies, and the first result. */
import type { CsvWork, Settings } from "./settings";
import type { Work } from "./works";

const data = { name: "files" } as const;

export function dataWorks(quick: boolean): Work[] {
  const rounds = quick ? 1 : 3;
  return [firstResult(rounds), ...wholeStudies(rounds), ...csvFiles(rounds), ...windows(quick)];
}

function firstResult(rounds: number): Work {
  return {
    id: "first-result",
    group: "start",
    what: "a first result: start, imports, the songs of the nineties, one epoch",
    settings: { kind: "first-result", data },
    rounds,
    target: 0.3,
    tolerance: 0.04,
    note: "a process of its own on each side, from its start to its end",
  };
}

function wholeStudies(rounds: number): Work[] {
  const whole = (study: 2 | 5, what: string, tolerance: number): Work => ({
    id: `study-${study}-whole`,
    group: "study",
    what,
    settings: { kind: "study", study, data },
    rounds,
    target: 0.2,
    tolerance,
    note: "models built, and Keras' traced, within the time",
  });
  return [
    whole(2, "study 2: from the file to the test figures of one network", 0.02),
    whole(5, "study 5: from the file to the test figures of its three networks", 0.02),
  ];
}

function csvFiles(rounds: number): Work[] {
  const read = (id: string, what: string, table: CsvWork["tables"][number], tolerance: number): Work => ({
    id,
    group: "data",
    what: `reading ${what}`,
    settings: { kind: "csv", data, tables: [table] },
    rounds,
    tolerance,
    note: "ours checks every cell, reports what is odd and hashes the file; most of its time goes into the texts, which JavaScript makes one by one and hands to Polars, and their garbage",
  });
  return [
    read("csv-decades", "the six hit predictor files, 41,106 songs", "hit-predictor", 1e-9),
    read("csv-chart", "the daily chart, 89,200 rows", "charts", 1e-3),
    read("csv-2023", "the 2023 list, 953 songs", "spotify-2023", 1),
    read("csv-2024", "the 2024 list, 4,600 songs", "spotify-2024", 1),
  ];
}

/** Windows are counted, not learnt: the labels of both sides must be the same. */
function windows(quick: boolean): Work[] {
  const cut = (id: string, what: string, peer: Pick<Settings & { kind: "windows" }, "peerBy" | "peerSongs">): Work => ({
    id,
    group: "data",
    what,
    settings: { kind: "windows", data, ...peer },
    rounds: peer.peerBy === "study-loop" || quick ? 1 : 3,
    tolerance: 1e-12,
  });
  return [
    cut("windows-numpy", "windows of the daily chart; the peer by numpy, song by song", { peerBy: "numpy" }),
    cut("windows-study-loop", "windows of the daily chart; the peer by the study's own loop in pandas", {
      peerBy: "study-loop",
      // The loop takes some five milliseconds a window; a song of the first day has hundreds.
      peerSongs: quick ? 2 : 6,
    }),
  ];
}
