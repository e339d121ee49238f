import { takeRows } from "hitlab";
import { columnOf } from "hitlab/prepare/rows";
import type { DataKind, Decade, SongsPayload } from "../pages/shared/payloads";
import { rowsOfEra, type Songs } from "./era-songs";

/** The songs of a decade, each number as it stands in the file. */
export function songsPayload(songs: Songs, track: readonly string[], kind: DataKind, decade: Decade): SongsPayload {
  const rows = rowsOfEra(songs, decade);
  const { x, y, info } = takeRows(songs, rows);
  return {
    decade,
    kind,
    track: Array.from(rows, (row) => track[row]),
    artist: Array.from(info.artist, (code) => songs.values.artist[code]),
    target: [...y],
    features: x.names.map((_, feature) => [...columnOf(x, feature)]),
  };
}
