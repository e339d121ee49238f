import { random } from "../random";
import { ln } from "../special";
import { dayOfIso } from "./calendar";
import type { ChartRow } from "./chart-rows";

/** First simple version: songs with a rise and a fall; the fitted simulator replaces it. */
export function* standInRows(seed: number): Generator<ChartRow> {
  const rng = random(seed, "data", "charts-stand-in");
  const first = dayOfIso("2017-01-01");
  const missing = new Set(["2017-02-23", "2017-05-30", "2017-05-31", "2017-06-02"].map(dayOfIso));
  const songs = Array.from({ length: 1800 }, () => ({
    start: rng.integer(-200, 450),
    peak: rng.normal(13, 0.8),
    life: 20 + rng.uniform() * 120,
  }));
  for (let d = 0; d < 450; d++) {
    if (missing.has(first + d)) continue;
    const day = songs.map((s, i) => {
      const age = d - s.start;
      return { i, level: age < 0 ? -1e9 : s.peak - age / s.life + 0.3 * ln(1 + Math.min(age, 7)) };
    });
    day.sort((a, b) => b.level - a.level || a.i - b.i);
    for (let rank = 1; rank <= 200; rank++) {
      const { i } = day[rank - 1];
      yield {
        day: first + d,
        rank,
        title: `Invented Song ${String(i).padStart(4, "0")}`,
        artist: `Invented Artist ${String(i % 500).padStart(3, "0")}`,
        url: `stand-in:song:${i}`,
        streams: Math.round(6163240 * rank ** -0.5),
      };
    }
  }
}
