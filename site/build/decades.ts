import { writeFileSync } from "node:fs";
import { evaluate, HitlabError, load, prepare } from "hitlab";
import { quantileSorted } from "hitlab/quantile";
import { type Interval, leanOver } from "../pages/decades/lean";
import type {
  ClassStatistics,
  DecadeStatistics,
  DecadesStatistics,
  FeatureStatistics,
} from "../pages/decades/statistics";
import { decadesInTime } from "../pages/shared/payloads";
import { demandReal } from "./era-songs";
import { binsFor, countsIn } from "./histogram";

/** Songs as columns, row by row. */
export interface SongColumns {
  readonly sha256: string;
  readonly decade: readonly string[];
  readonly artist: readonly string[];
  /** 1 = hit, 0 = flop. */
  readonly target: ArrayLike<number>;
  /** Values of a feature by its name. */
  readonly features: Readonly<Record<string, Float64Array>>;
}

/** As in notebook 04: resamples of each interval, and the seed that draws them. */
const drawn = { samples: 300, seed: 42 } as const;

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * Writes the figures of the page Decades (site/data/decades.json). They come from the real songs only.
 *
 * @throws HitlabError where this machine has invented songs
 */
export async function writeDecades(file: string): Promise<void> {
  const { frame, source } = await load.hitPredictor();
  demandReal(source);
  const column = (name: string) => frame.getColumn(name).toArray();
  const statistics = decadesStatistics({
    sha256: source.sha256,
    decade: column("decade") as string[],
    artist: column("artist") as string[],
    target: column("target") as number[],
    features: Object.fromEntries(load.audioFeatures.map((name) => [name, prepare.numbers(frame, name)])),
  });
  writeFileSync(file, `${JSON.stringify(statistics)}\n`);
}

/**
 * Every figure of the page Decades, the same for the same songs.
 *
 * @param names the features to describe; all that the songs have by default
 * @throws HitlabError for a feature that the songs lack, and for a decade without hits or without flops
 */
export function decadesStatistics(songs: SongColumns, names = Object.keys(songs.features)): DecadesStatistics {
  return {
    sha256: songs.sha256,
    songs: songs.decade.length,
    artists: new Set(songs.artist).size,
    decades: decadesInTime,
    samples: drawn.samples,
    features: names.map((name) => featureStatistics(name, songs)),
  };
}

function featureStatistics(name: string, songs: SongColumns): FeatureStatistics {
  const definition = load.featureDefinitions.find((each) => each.name === name);
  const values = songs.features[name];
  if (!definition || !values) {
    throw new HitlabError({
      what: "there is no such audio feature",
      value: name,
      remedy: "pass one that the songs have",
    });
  }
  const bins = binsFor(values.slice().sort(), definition.whole);
  const judged = decadesInTime.map((decade) => {
    const rows = rowsWhere(songs, (row) => songs.decade[row] === decade);
    return { rows, auc: aucOf(values, rows, songs) };
  });
  const describe = (rows: number[]) => classStatistics(values, rows, songs.artist, (own) => countsIn(own, bins));
  return {
    name,
    bins,
    notFound: definition.notFound ? values.filter((value) => value === 0).length : 0,
    lean: leanOver(judged.map(({ auc }) => auc)),
    decades: judged.map(({ rows, auc }): DecadeStatistics => {
      const [hits, flops] = [1, 0].map((label) => describe(rows.filter((row) => songs.target[row] === label)));
      return { hits, flops, auc: rounded(auc) };
    }),
  };
}

function rowsWhere(songs: SongColumns, wanted: (row: number) => boolean): number[] {
  return Array.from(songs.decade.keys()).filter(wanted);
}

/** Chance that a hit has a larger value than a flop; ties count half. As in notebook 04. */
function aucOf(values: Float64Array, rows: readonly number[], { target, artist }: SongColumns): Interval {
  const { rocAuc } = evaluate.bootstrap(
    rows.map((row) => target[row]),
    betweenZeroAndOne(Float64Array.from(rows, (row) => values[row])),
    { metrics: ["rocAuc"], groups: codesOf(rows.map((row) => artist[row])), ...drawn },
  );
  const { estimate, low, high } = rocAuc;
  if (estimate === null || low === null || high === null) {
    throw new HitlabError({ what: "a decade has no hits or no flops", remedy: "pass songs of both kinds" });
  }
  return { estimate, low, high };
}

/** Scores are asked for as probabilities; an AUC depends on their order only. */
function betweenZeroAndOne(values: Float64Array): Float64Array {
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  return values.map((value) => (high > low ? (value - low) / (high - low) : 0.5));
}

function classStatistics(
  values: Float64Array,
  rows: readonly number[],
  artist: readonly string[],
  counts: (own: Float64Array) => number[],
): ClassStatistics {
  const ascending = [...rows].sort((a, b) => values[a] - values[b]);
  const sorted = Float64Array.from(ascending, (row) => values[row]);
  const quantiles = QUANTILES.map((q) => rough(quantileSorted(sorted, q)));
  const [low, high] = medianInterval(
    sorted,
    ascending.map((row) => artist[row]),
  );
  return {
    songs: rows.length,
    mean: rough(sorted.reduce((sum, value) => sum + value, 0) / sorted.length),
    quantiles: quantiles as unknown as ClassStatistics["quantiles"],
    medianInterval: [rough(low), rough(high)],
    counts: counts(sorted),
  };
}

/** Rows drawn from sorted values come sorted, so that their median lies in the middle. */
function medianInterval(sorted: Float64Array, artist: readonly string[]): [number, number] {
  const middle = (rows: Int32Array) => {
    const last = rows.length - 1;
    return (sorted[rows[Math.floor(last / 2)]] + sorted[rows[Math.ceil(last / 2)]]) / 2;
  };
  const { low, high } = evaluate.bootstrapStatistic(sorted.length, middle, { groups: codesOf(artist), ...drawn });
  return [low, high];
}

/** Texts as numbers 0, 1, ... in the order in which they first come. */
function codesOf(texts: readonly string[]): number[] {
  const seen = new Map<string, number>();
  return texts.map((text) => {
    const code = seen.get(text) ?? seen.size;
    seen.set(text, code);
    return code;
  });
}

function rounded({ estimate, low, high }: Interval): Interval {
  const four = (value: number) => Number(value.toFixed(4));
  return { estimate: four(estimate), low: four(low), high: four(high) };
}

/** Six digits: more than a reader or a figure can use. */
function rough(value: number): number {
  return Number(value.toPrecision(6));
}
