import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths";
import { type Random, random } from "../random";
import { exp, ln } from "../special";
import { dayOfIso, weekdayOf } from "./calendar";
import type { ChartRow } from "./chart-rows";
import type { ChartModel, ReleaseGroup } from "./stand-in-model";

const depth = 200;
const friday = 5;

interface Song {
  /** Number of the song, in order of creation. */
  readonly id: number;
  readonly artist: number;
  /** Log streams relative to the chart's entry level, without week and market. */
  level: number;
  /** What the release itself adds; gone after a few days. */
  fresh: number;
  /** What the level gains per day at present; dies away. */
  momentum: number;
  /** Share of the momentum left after a day. */
  readonly persistence: number;
  /** Share of its height that the song loses per day. */
  readonly fading: number;
  /** How much more than the average song it is heard at weekends. */
  readonly weekend: number;
  /** How strongly chance and the week move it: 1 is usual. */
  readonly restless: number;
  /** Level of a holiday song at its peak; such songs follow the calendar alone. */
  readonly holidayPeak?: number;
}

/** A day of the simulated chart: the songs in order and their log streams before the remapping to the real profile. */
interface Day {
  readonly day: number;
  readonly songs: readonly Song[];
  readonly level: Float64Array;
}

/**
 * The rows of an invented daily Top 200, for use where the real chart is absent.
 *
 * Songs are released as singles and as albums (mostly on Fridays), gain or lose momentum, fade, come back, and follow
 * the week; a few return every December. The 200 with the most streams of a day are its chart. Streams are then mapped,
 * rank by rank, to the mean level that the real chart has at that rank. Parameters: data/stand-ins/charts.json.
 *
 * @param seed the same seed gives the same chart on every machine
 */
export function* standInRows(seed: number, model: ChartModel = chartModel()): Generator<ChartRow> {
  const days = simulate(model, seed);
  const shift = shiftByRank(days, model);
  const names = new Map<number, string>();
  for (const { day, songs, level } of days) {
    // A shift may differ from rank to rank: sorting keeps streams from rising with the rank.
    const streams = level.map((value, i) => Math.round(exp(value + shift[i]))).sort((a, b) => b - a);
    for (let i = 0; i < depth; i++) {
      const song = songs[i];
      const number = names.get(song.id) ?? String(names.size + 1).padStart(4, "0");
      names.set(song.id, number);
      const artist = `Invented Artist ${String(song.artist + 1).padStart(3, "0")}`;
      const url = `invented:song:${number}`;
      yield { day, rank: i + 1, title: `Invented Song ${number}`, artist, url, streams: streams[i] };
    }
  }
}

/** The parameters of the invented chart. */
export function chartModel(): ChartModel {
  return JSON.parse(readFileSync(join(root, "data", "stand-ins", "charts.json"), "utf8"));
}

function simulate(model: ChartModel, seed: number): Day[] {
  const rng = random(seed, "data", "charts-stand-in");
  const first = dayOfIso(model.from);
  const last = dayOfIso(model.to);
  const missing = new Set(model.missing.map(dayOfIso));
  const label = new Label(model, rng.stream("releases"));
  const daily = rng.stream("days");
  const days: Day[] = [];
  let songs: Song[] = [...label.holidaySongs(), ...label.catalogue()];
  // Songs compete: a new one starts relative to what the chart demands now, and the market's size is given.
  let entry = 0;
  let size = 0;
  for (let day = first - model.warmUpDays; day <= last; day++) {
    songs = songs.filter((song) => song.level > entry + model.gone || song.holidayPeak !== undefined);
    songs.push(...label.releases(day, entry));
    const top = topOf(day, songs, listen(model, songs, day, entry, daily));
    entry += model.pace * (last200(top) - entry);
    size += model.pace * (meanLevel(top) - size);
    const market = marketLevel(model, day - first) + daily.normal(0, model.market.dailyNoise);
    if (day >= first && !missing.has(day))
      days.push({ ...top, level: top.level.map((value) => value - size + market) });
  }
  return days;
}

/** The level that the last song of a chart has; 0 while fewer songs exist. */
function last200(top: Day): number {
  return top.level.length < depth ? 0 : top.level[depth - 1];
}

function meanLevel(top: Day): number {
  return top.level.reduce((sum, value) => sum + value, 0) / Math.max(1, top.level.length);
}

/** The level of every song as heard on a day: with the week, its release and the day's chance; then moves it on. */
function listen(model: ChartModel, songs: readonly Song[], day: number, entry: number, rng: Random): Float64Array {
  const { week, noise, holiday } = model;
  const weekday = weekdayOf(day);
  const peak = dayOfIso(holiday.peak);
  return Float64Array.from(songs, (song) => {
    const chance = rng.normal(0, noise.day * song.restless);
    const common = week.level[weekday] + song.weekend * week.songLevel[weekday] + chance;
    if (song.holidayPeak !== undefined) {
      const slope = day <= peak ? holiday.rise : holiday.fall;
      return entry + song.holidayPeak - slope * Math.abs(day - peak) + common;
    }
    const heard = song.level + song.fresh + common;
    moveOn(model, song, entry, rng);
    return heard;
  });
}

function moveOn({ fading, kicks, noise, releases, ceiling }: ChartModel, song: Song, entry: number, rng: Random): void {
  if (rng.uniform() < kicks.chance) song.momentum += rng.normal(...kicks.size);
  const lost = song.fading * (song.level - entry - fading.floor);
  const room = song.momentum > 0 ? Math.max(0, 1 - (song.level - entry) / ceiling) : 1;
  song.level += song.momentum * room - lost + rng.normal(0, noise.level * song.restless);
  song.momentum *= song.persistence;
  song.fresh *= releases.freshness;
}

function topOf(day: number, songs: readonly Song[], heard: Float64Array): Day {
  const order = Array.from(songs.keys()).sort((a, b) => heard[b] - heard[a] || songs[a].id - songs[b].id);
  const top = order.slice(0, depth);
  return { day, songs: top.map((i) => songs[i]), level: Float64Array.from(top, (i) => heard[i]) };
}

/** Releases songs: who makes them, how well they start and with what momentum. */
class Label {
  private nextId = 0;
  private readonly fame: Float64Array;

  constructor(
    private readonly model: ChartModel,
    private readonly rng: Random,
  ) {
    this.fame = Float64Array.from({ length: model.artists.count }, () => rng.normal(0, model.artists.spread));
  }

  /** The songs released on a day, their levels relative to `entry`. */
  releases(day: number, entry: number): Song[] {
    const { singles, climbers, albums } = this.model.releases;
    const isFriday = weekdayOf(day) === friday;
    const songs: Song[] = [];
    for (let i = this.count(isFriday ? singles.perFriday : singles.perOtherDay); i > 0; i--) {
      songs.push(this.song(singles, this.artist(), entry + this.start(singles)));
    }
    for (let i = this.count(climbers.perDay); i > 0; i--) {
      songs.push(this.song(climbers, this.artist(), entry + this.start(climbers)));
    }
    for (let i = isFriday ? this.count(albums.perFriday) : 0; i > 0; i--) songs.push(...this.album(entry));
    return songs;
  }

  /** Songs that are there before the first day. */
  catalogue(): Song[] {
    const { catalogue } = this.model.releases;
    return Array.from({ length: catalogue.songs }, () => this.song(catalogue, this.artist(), this.start(catalogue)));
  }

  holidaySongs(): Song[] {
    const { holiday, releases } = this.model;
    return Array.from({ length: holiday.songs }, () => {
      const holidayPeak = this.rng.normal(holiday.level, holiday.spread);
      return { ...this.song(releases.catalogue, this.artist(), 0), holidayPeak };
    });
  }

  private album(entry: number): Song[] {
    const { albums } = this.model.releases;
    const artist = this.artist();
    const level = entry + this.start(albums);
    return Array.from({ length: this.rng.integer(albums.tracks[0], albums.tracks[1] + 1) }, () =>
      this.song(albums, artist, level + this.rng.normal(0, albums.spread)),
    );
  }

  private song(group: ReleaseGroup, artist: number, level: number): Song {
    const { week, fading, noise } = this.model;
    const restless = exp(this.rng.normal(0, noise.spread));
    return {
      id: this.nextId++,
      artist,
      level,
      fresh: Math.max(0, this.rng.normal(...group.fresh)),
      momentum: this.rng.normal(...group.momentum),
      persistence: group.persistence,
      fading: fading.least + this.rng.uniform() * (fading.most - fading.least),
      weekend: this.rng.normal(group.weekend, week.songSpread * restless),
      restless,
    };
  }

  /** A level at release: many just above the floor, exponentially fewer further up. */
  private start(group: ReleaseGroup): number {
    const possible = 1 - exp((group.floor - this.model.ceiling) / group.tail);
    return group.floor - group.tail * ln(1 - this.rng.uniform() * possible);
  }

  /** An artist, the famous ones more often. */
  private artist(): number {
    const { count } = this.model.artists;
    const [a, b, c] = [this.rng.integer(0, count), this.rng.integer(0, count), this.rng.integer(0, count)];
    const best = this.fame[a] > this.fame[b] ? a : b;
    return this.fame[best] > this.fame[c] ? best : c;
  }

  /** A Poisson number, by multiplying uniforms (Knuth). */
  private count(mean: number): number {
    const limit = exp(-mean);
    let product = this.rng.uniform();
    let drawn = 0;
    while (product > limit) {
      product *= this.rng.uniform();
      drawn++;
    }
    return drawn;
  }
}

/** Log of the market's size on a day of the chart, between the middles of the months, relative to its mean. */
function marketLevel(model: ChartModel, sinceFirst: number): number {
  const totals = model.market.monthlyTotal;
  const mean = totals.reduce((sum, total) => sum + total, 0) / totals.length;
  const at = Math.min(totals.length - 1, Math.max(0, sinceFirst / 30.4 - 0.5));
  const left = Math.floor(at);
  const right = Math.min(totals.length - 1, left + 1);
  return ln((totals[left] + (at - left) * (totals[right] - totals[left])) / mean);
}

/** What to add at each rank so that the mean log streams there are the real chart's. */
function shiftByRank(days: readonly Day[], model: ChartModel): Float64Array {
  const target = profile(model);
  const mean = new Float64Array(depth);
  for (const { level } of days) for (let i = 0; i < depth; i++) mean[i] += level[i] / days.length;
  return mean.map((value, i) => target[i] - value);
}

/** Log streams by rank, between the ranks of the profile straight in log streams over log rank. */
function profile(model: ChartModel): Float64Array {
  const ranks = Object.keys(model.streamsByRank).map(Number);
  const values = Object.values(model.streamsByRank).map((streams) => ln(streams));
  return Float64Array.from({ length: depth }, (_, i) => {
    const rank = i + 1;
    const right = Math.max(
      1,
      ranks.findIndex((known) => known >= rank),
    );
    const share = (ln(rank) - ln(ranks[right - 1])) / (ln(ranks[right]) - ln(ranks[right - 1]));
    return values[right - 1] + share * (values[right] - values[right - 1]);
  });
}
