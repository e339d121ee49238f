import { load, prepare } from "hitlab";
import type { Manifest, PopularityPayload } from "../pages/shared/payloads";
import { seed } from "./era-songs";

/** Groups of the 2023 file whose numbers a network may learn from: all but the streams and the line of the file. */
const kinds = new Set(["artists", "release", "playlists", "charts", "audio"]);

/** Study 3's songs as notebook 03 cleans them: of songs that come twice the first, an empty number as 0. */
export async function popularityPayload() {
  const { frame, source } = await load.spotify2023({ seed });
  const unique = prepare.dropDuplicates(frame, ["track", "artists"]);
  const definitions = load.spotify2023Columns.filter(({ kind, type }) => type === "whole" && kinds.has(kind));
  const rows = prepare.samples(unique.frame, {
    features: definitions.map(({ name }) => name),
    target: "streams",
    missing: "keep",
  });
  const filled = prepare.imputer(rows, { strategy: "constant", value: 0 }).apply(rows).x;
  const payload: PopularityPayload = {
    kind: source.kind,
    track: unique.frame.getColumn("track").toArray() as string[],
    artist: (unique.frame.getColumn("artists").toArray() as (string | null)[]).map((artists) => artists ?? ""),
    columns: definitions.map(({ name, meaning }, column) => ({
      name,
      meaning,
      values: Array.from(rows.y, (_, row) => filled.data[row * filled.columns + column]),
    })),
    target: [...prepare.log1p(rows.y)],
  };
  const blanks = rows.x.data.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  return { payload, entry: entryOf(source, payload.target.length, unique.dropped, blanks) };
}

function entryOf(
  { kind, note, sha256 }: Pick<Manifest["popularity"], "kind" | "note" | "sha256">,
  rows: number,
  dropped: number,
  blanks: number,
): Manifest["popularity"] {
  const cleaned = `${dropped} rows that repeat a song are left out; ${blanks} empty numbers count as 0, as in notebook 03.`;
  return { kind, note: `${note} ${cleaned}`, sha256, rows };
}
