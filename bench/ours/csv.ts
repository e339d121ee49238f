import type { Answer } from "../protocol";
import type { CsvWork } from "../settings";
import { fileOf, reading, studyFiles } from "./files";
import { hitlab } from "./packages";

const { load } = hitlab;

/** How each table is read, from which folder, and the column whose mean shows that both sides read the same. */
const tables = {
  "hit-predictor": { file: "hits-00s", read: () => load.hitPredictor(), column: "danceability" },
  charts: { file: "charts", read: () => load.charts(), column: "streams" },
  "spotify-2023": { file: "spotify-2023", read: () => load.spotify2023(), column: "streams" },
  "spotify-2024": { file: "spotify-2024", read: () => load.spotify2024(), column: "spotify_streams" },
} as const;

/** Reads the tables as notebooks do: with all checks, the report on what is odd, and the hash of what was read. */
export async function csvWork(settings: CsvWork, folder: string): Promise<() => Promise<Omit<Answer, "by">>> {
  const files = await studyFiles(folder);
  const wanted = settings.tables.map((name) => ({ ...tables[name], file: fileOf(files, tables[name].file) }));
  return async () => {
    let [seconds, quality] = [0, 0];
    for (const { file, read, column } of wanted) {
      const start = performance.now();
      const { frame } = await reading(file, read);
      seconds += (performance.now() - start) / 1000;
      quality += Number(frame.getColumn(column).mean());
    }
    return { seconds, quality, note: wanted[0].file.note };
  };
}
