/** Invented songs as the page "Train it" loads them, small enough to be trained on often. */
import { random } from "../../../lib/src";
import { featureDefinitions } from "../../../lib/src/data/audio-features";
import type { Decade, PopularityPayload, SongsPayload } from "../../pages/shared/payloads";
import { columnsOf } from "../../pages/train/columns";
import type { TrainingData } from "../../pages/train/trainer";

export function songsPayload(decade: Decade, rows: number): SongsPayload {
  const rng = random(7, "songs", decade);
  const features = featureDefinitions.map(({ whole }) =>
    Array.from({ length: rows }, () => (whole ? rng.integer(0, 12) : rng.normal(3, 2))),
  );
  const score = (row: number) => features[0][row] - features[1][row] + features[6][row] * features[2][row] * 0.1;
  const target = Array.from({ length: rows }, (_, row) => Number(score(row) + rng.normal() > 1.5));
  const names = target.map((_, row) => `song ${row}`);
  return { decade, kind: "stand-in", track: names, artist: names, target, features };
}

export function nineties(rows = 400): TrainingData {
  return { songs: [songsPayload("90s", rows)] };
}

/** In study 4's order, a little of each decade. */
export function allDecades(): TrainingData {
  const order: Decade[] = ["00s", "10s", "60s", "70s", "80s", "90s"];
  return { songs: order.map((decade, at) => songsPayload(decade, 60 + at)) };
}

export function popularity(rows = 300): { readonly popularity: PopularityPayload } {
  const rng = random(7, "popularity");
  const columns = columnsOf("2023").map((name) => ({
    name,
    meaning: name,
    values: Array.from({ length: rows }, () => rng.integer(0, 200)),
  }));
  const target = columns[0].values.map((value) => 18 + value / 100 + rng.normal());
  const names = target.map((_, row) => `song ${row}`);
  return { popularity: { kind: "stand-in", track: names, artist: names, columns, target } };
}
