import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { decadesInTime, decadesOf, type Era, eras, type Manifest } from "../pages/shared/payloads";
import { writeDataScript } from "./data-script";
import { readSongs } from "./era-songs";
import { forestPayload } from "./forest-payload";
import { popularityPayload } from "./popularity-payload";
import { Progress } from "./progress";
import { songsPayload } from "./songs-payload";

/** What the pieces cost beside each other, measured: a forest takes as long as its era has decades. */
const work = { read: 30, songs: 3, forest: (era: Era) => 10 * decadesOf(era).length };
const allWork = eras.reduce((sum, era) => sum + work.forest(era), work.read + 7 * work.songs);

/** Writes all data scripts and manifest.json into a folder. */
export async function writeData(folder: string, trees: number, told: (line: string) => void): Promise<void> {
  const progress = new Progress("Data of the pages", allWork, told);
  const { source, track, songs } = await readSongs();
  progress.done("songs read", work.read);
  for (const decade of decadesInTime) {
    writeDataScript(folder, `songs-${decade}`, songsPayload(songs, track, source.kind, decade));
    progress.done(`songs of the ${decade}`, work.songs);
  }
  const popularity = await popularityPayload();
  writeDataScript(folder, "popularity-2023", popularity.payload);
  progress.done("songs of 2023", work.songs);
  const forests: Manifest["forests"][number][] = [];
  for (const era of eras) {
    const payload = await forestPayload(songs, source.kind, era, trees);
    forests.push({ era, bytes: writeDataScript(folder, `forest-${era}`, payload), test: payload.test });
    progress.done(`forest of ${era === "all" ? "all decades" : `the ${era}`}`, work.forest(era));
  }
  const { kind, note, sha256, rows } = source;
  const manifest: Manifest = { songs: { kind, note, sha256, rows }, popularity: popularity.entry, trees, forests };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
}
