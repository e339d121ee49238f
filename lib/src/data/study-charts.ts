import { type Random, random } from "../random";
import { dayOfIso } from "./calendar";
import type { ChartRow } from "./chart-rows";

const songs = 40;
const days = 100;
const firstDay = "2023-01-01";

/**
 * The rows of study 1's own synthetic set: 40 songs x 100 days from 2023-01-01.
 *
 * Even songs climb ("hits"): 50 values from 10,000 to 100,000 with noise in [-5000, 5000) on each, then 50 values from
 * 100,000 to 500,000 with one and the same noise in [-10000, 10000); rank = 201 - streams / max * 200, cut to a whole
 * number. Odd songs: 100 values from 5,000 to 20,000 with noise in [-2000, 2000), rank = 201 - streams / max * 100.
 * The study writes only date, rank, title and artist to its file, so its streams become 201 - rank on reading, here
 * too. Ranks are computed for each song alone: several songs may hold the same rank on a day.
 */
export function* studyRows(seed: number): Generator<ChartRow> {
  const first = dayOfIso(firstDay);
  const rng = random(seed, "data", "charts-study");
  for (let song = 1; song <= songs; song++) {
    const title = `Song ${song}`;
    const ranks = song % 2 === 0 ? ranksOf(hit(rng), 200) : ranksOf(other(rng), 100);
    for (let i = 0; i < days; i++) {
      const rank = ranks[i];
      yield { day: first + i, rank, title, artist: `Artist ${song}`, url: title, streams: 201 - rank };
    }
  }
}

function hit(rng: Random): number[] {
  const early = even(10_000, 100_000, 50).map((value) => value + rng.integer(-5000, 5000));
  const offset = rng.integer(-10_000, 10_000);
  return [...early, ...even(100_000, 500_000, 50).map((value) => value + offset)];
}

function other(rng: Random): number[] {
  return even(5000, 20_000, 100).map((value) => value + rng.integer(-2000, 2000));
}

/** `count` evenly spaced values from `from` to `to`, both included: numpy's linspace, digit by digit. */
function even(from: number, to: number, count: number): number[] {
  const step = (to - from) / (count - 1);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? to : i * step + from));
}

function ranksOf(streams: readonly number[], depth: number): number[] {
  const most = Math.max(...streams);
  return streams.map((value) => Math.trunc(201 - (value / most) * depth));
}
