import { featureDefinitions } from "../../../lib/src/data/audio-features";
import type { Settings } from "./settings";

const songColumns = featureDefinitions.map(({ name }) => name);

/** The columns of numbers that notebook 03 takes; the page must know them before the songs are loaded. */
const popularityColumns = [
  "artist_count",
  "released_year",
  "released_month",
  "released_day",
  "in_spotify_playlists",
  "in_spotify_charts",
  "in_apple_playlists",
  "in_apple_charts",
  "in_deezer_playlists",
  "in_deezer_charts",
  "in_shazam_charts",
  "bpm",
  "danceability",
  "valence",
  "energy",
  "acousticness",
  "instrumentalness",
  "liveness",
  "speechiness",
];

/** The columns that a network may see, in the order in which it gets them. */
export function columnsOf(data: Settings["data"]): readonly string[] {
  return data === "2023" ? popularityColumns : songColumns;
}
