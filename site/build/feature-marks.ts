import { load, type Samples } from "hitlab";
import { quantileSorted } from "hitlab/quantile";
import type { FeatureMarks } from "../pages/shared/fitted-models";

const wholes = new Set(load.featureDefinitions.filter(({ whole }) => whole).map(({ name }) => name));

/** What values each feature takes among the songs of an era, and among their hits and flops. */
export function featureMarks(songs: Samples): FeatureMarks[] {
  return songs.x.names.map((name, feature) => {
    const all = sortedValues(songs, feature, [0, 1]);
    return {
      low: all[0],
      high: all[all.length - 1],
      p01: quantile(all, 0.01),
      p99: quantile(all, 0.99),
      median: wholes.has(name) ? Math.round(quantileSorted(all, 0.5)) : quantile(all, 0.5),
      flop: quartiles(name, sortedValues(songs, feature, [0])),
      hit: quartiles(name, sortedValues(songs, feature, [1])),
    };
  });
}

function sortedValues({ x, y }: Samples, feature: number, labels: readonly number[]): Float64Array {
  const rows = Float64Array.from(y.keys()).filter((row) => labels.includes(y[row]));
  return rows.map((row) => x.data[row * x.columns + feature]).sort();
}

/** The median is a value that a song can have: medians make up the typical hit and the typical flop. */
function quartiles(name: string, sorted: Float64Array): [low: number, median: number, high: number] {
  const median = quantile(sorted, 0.5);
  return [quantile(sorted, 0.25), wholes.has(name) ? Math.round(median) : median, quantile(sorted, 0.75)];
}

/** To four digits: a mark on a slider shows no more. */
function quantile(sorted: Float64Array, share: number): number {
  return Number(quantileSorted(sorted, share).toPrecision(4));
}
