import type { Samples } from "hitlab";
import type { Data } from "../settings";
import { hitlab } from "./packages";

const { load, matrix, prepare } = hitlab;

/** What the study divides by its maximum over all songs, the test songs too. */
const byMaximum = ["loudness", "duration_ms", "key", "tempo", "time_signature", "chorus_hit", "sections"];

/** Study 4's songs on its own split. */
export interface HitParts {
  readonly train: Samples;
  readonly test: Samples;
  /** Whether these are the real songs. */
  readonly note: string;
}

export async function hitParts({ columns, randomState }: Data & { name: "hits" }): Promise<HitParts> {
  const { frame, source } = await load.hitPredictor(["00s", "10s", "60s", "70s", "80s", "90s"]);
  const songs = prepare.samples(frame, { features: [...load.audioFeatures], target: "target" });
  const rows = columns === "independent" ? independent(songs) : songs;
  const parts = prepare.split(rows, { by: "random", like: "sklearn", randomState, testSize: 0.25 });
  const note = source.kind === "real" ? "the real songs" : "the stand-in's invented songs";
  if (columns === "independent") return { train: parts.train, test: parts.test, note };
  const scaler = columns === "standard" ? prepare.standard(parts.train) : prepare.minMax(parts.train);
  return { train: scaler.apply(parts.train), test: scaler.apply(parts.test), note };
}

/** The study's "independent normalisation". */
function independent<S extends Samples>(songs: S): S {
  const { rows, columns, names } = songs.x;
  const data = songs.x.data.slice();
  for (const name of byMaximum) {
    const column = names.indexOf(name);
    const values = Float64Array.from(
      { length: rows },
      (_, row) => data[row * columns + column] + (name === "loudness" ? 50 : 0),
    );
    const most = values.reduce((max, value) => Math.max(max, value));
    values.forEach((value, row) => {
      data[row * columns + column] = value / most;
    });
  }
  return { ...songs, x: matrix(rows, columns, data, names) };
}
