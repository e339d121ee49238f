import type { Answer } from "../protocol";
import type { WindowsWork } from "../settings";
import { fileOf, reading, studyFiles } from "./files";
import { hitlab, studyData } from "./packages";

const { load, prepare } = hitlab;
const { pl } = studyData;

type Windows = ReturnType<typeof prepare.windows>;

/** Cuts the chart into windows, which is timed; reading it is not. Songs count in the order of their first row. */
export async function windowsWork(settings: WindowsWork, folder: string): Promise<() => Promise<Omit<Answer, "by">>> {
  const file = fileOf(await studyFiles(folder), "charts");
  const whole = (await reading(file, () => load.charts())).frame;
  const keys = [...new Set(whole.getColumn("url").toArray() as string[])];
  const { songs = keys.length, peerSongs = songs } = settings;
  const frame = songs < keys.length ? whole.filter(pl.col("url").isIn(keys.slice(0, songs))) : whole;
  const judged = new Set(keys.slice(0, peerSongs));
  return async () => {
    const start = performance.now();
    const windows = prepare.windows(frame, { lookBack: 14, horizon: 7, top: 50 });
    const seconds = (performance.now() - start) / 1000;
    return { seconds, quality: shareOfHits(windows, judged), size: windows.x.rows, note: file.note };
  };
}

/** Of the songs that the peer does as well. */
function shareOfHits({ y, info, songs }: Windows, judged: ReadonlySet<string>): number {
  const labels = y.filter((_, row) => judged.has(songs[info.song[row]]));
  return labels.reduce((sum, label) => sum + label, 0) / labels.length;
}
