import { HitlabError, load, prepare, takeRows } from "hitlab";
import { type DataKind, decadesOf, type Era } from "../pages/shared/payloads";

/** Seed of the invented songs, and of all that is fitted here: the studies' own. */
export const seed = 42;

/** All six decades, in study 4's order, with the code of each song's artist and decade. */
export type Songs = ReturnType<typeof samplesOf>;

/** The songs of the pages and where they come from. */
export async function readSongs() {
  const { frame, source } = await load.hitPredictor(undefined, { seed });
  const track = frame.getColumn("track").toArray() as string[];
  return { source, track, songs: samplesOf(frame) };
}

/** @throws HitlabError for invented songs */
export function demandReal({ kind, note }: { readonly kind: DataKind; readonly note: string }): void {
  if (kind === "real") return;
  throw new HitlabError({
    what: "what ships with the pages is made from the real songs",
    value: note,
    remedy: "set HITLAB_DATA to the folder of the real files",
  });
}

function samplesOf(frame: Awaited<ReturnType<typeof load.hitPredictor>>["frame"]) {
  return prepare.samples(frame, { features: load.audioFeatures, target: "target", info: ["artist", "decade"] });
}

/** Row numbers, in all songs, of those of an era: row r of the era is `rowsOfEra(...)[r]`. */
export function rowsOfEra({ info, values }: Songs, era: Era): Int32Array {
  const wanted = new Set(decadesOf(era).map((decade) => values.decade.indexOf(decade)));
  return Int32Array.from(info.decade.keys()).filter((row) => wanted.has(info.decade[row]));
}

/** Study 4's own split of an era, each part scaled by what its training songs are. */
export function studyParts(songs: Songs, era: Era) {
  const own = takeRows(songs, rowsOfEra(songs, era));
  const parts = prepare.split(own, { by: "random", like: "sklearn", randomState: 12, testSize: 0.25 });
  const scaler = prepare.standard(parts.train);
  return { own, scaler, index: parts.index, train: scaler.apply(parts.train), test: scaler.apply(parts.test) };
}
