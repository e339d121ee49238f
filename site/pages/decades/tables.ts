import { counted } from "../../../lib/src/show/format";
import type { Decade } from "../shared/payloads";
import { leanIn } from "./lean";
import { type State, shownClasses } from "./state";
import type { ClassStatistics, DecadesStatistics, FeatureStatistics } from "./statistics";
import { definitionOf, formatValue, valueNames } from "./values";
import { inHits } from "./wording";

export type Cell = string | number;

/** What a figure shows, as a table and as the file to download. */
export interface Table {
  /** Name of the file, without its ending. */
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const SPREAD = ["songs", "median", "median_low", "median_high", "mean", "p05", "p25", "p75", "p95"] as const;

/** Medians and quantiles of some features, one row per feature, decade and class shown. */
export function trendTable(statistics: DecadesStatistics, state: State, features: readonly FeatureStatistics[]): Table {
  const one = features.length === 1 ? features[0].name : undefined;
  return {
    name: one ? `decades-${one}` : "decades-all-features",
    caption: `${one ?? "All features"} by decade, in the units of the data set: median with its 95 % interval over artists, mean (of mode the share in major), and the values that 5, 25, 75 and 95 % of the songs lie below`,
    columns: ["feature", "unit", "decade", "class", ...SPREAD],
    rows: features.flatMap((feature) =>
      eachShown(statistics, feature, state).map(({ decade, kind, own }) => [
        feature.name,
        definitionOf(feature.name).unit,
        decade,
        kind,
        ...spread(own),
      ]),
    ),
  };
}

function spread({ songs, mean, quantiles: [p05, p25, median, p75, p95], medianInterval }: ClassStatistics): number[] {
  return [songs, median, ...medianInterval, mean, p05, p25, p75, p95];
}

/** The histograms of a feature, one row per decade, class and bin. */
export function histogramTable(statistics: DecadesStatistics, state: State, feature: FeatureStatistics): Table {
  const edges = binLabels(feature);
  return {
    name: `decades-${feature.name}-distribution`,
    caption: `${feature.name} (${definitionOf(feature.name).unit}): songs in each bin, and their share of the class in that decade. ${tails(feature)}`,
    columns: ["decade", "class", "from", "to", "songs", "share"],
    rows: eachShown(statistics, feature, state).flatMap(({ decade, kind, own }) =>
      own.counts.map((count, bin) => [decade, kind, ...edges[bin], count, digits(count / own.songs, 4)]),
    ),
  };
}

/** AUC of each feature in each decade shown, with its interval. Both classes go into it, whichever are shown. */
export function aucTable(
  statistics: DecadesStatistics,
  decades: readonly Decade[],
  order: readonly FeatureStatistics[],
): Table {
  return {
    name: "decades-auc",
    caption:
      "AUC of each feature alone: the chance that a hit has a larger value than a flop, with its 95 % interval over artists",
    columns: ["feature", "decade", "auc", "low", "high", "in_hits", "in_hits_in_all_six_decades"],
    rows: order.flatMap((feature) =>
      decades.map((decade) => {
        const { auc } = feature.decades[statistics.decades.indexOf(decade)];
        return [feature.name, decade, auc.estimate, auc.low, auc.high, inHits[leanIn(auc)], inHits[feature.lean]];
      }),
    ),
  };
}

/** What lies beyond the edges of the bins. */
export function tails({ name, bins: { below, above, from, width, count } }: FeatureStatistics): string {
  // Edges of whole numbers lie halfway between two of them.
  const whole = definitionOf(name).whole && width === 1 ? 0.5 : 0;
  const [low, high] = [from + whole, from + width * count - whole].map((edge) => formatValue(name, digits(edge, 8)));
  const beyond = [
    below > 0 && `the first bin also has ${counted(below, "song")} below ${low}`,
    above > 0 && `the last bin also has ${counted(above, "song")} ${whole > 0 ? `above ${high}` : `from ${high} up`}`,
  ].filter((part) => part !== false);
  return beyond.length > 0 ? `Over all decades ${beyond.join("; ")}.` : "";
}

/** Lower and upper edge of each bin; of a whole-number feature the value itself, by its name where it has one. */
function binLabels({ name, bins: { from, width, count } }: FeatureStatistics): [Cell, Cell][] {
  const names = valueNames(name);
  return Array.from({ length: count }, (_, bin) => {
    const edge = (at: number) => digits(from + at * width, 8);
    if (!definitionOf(name).whole || width !== 1) return [edge(bin), edge(bin + 1)];
    const value = edge(bin) + 0.5;
    return [names?.[value] ?? value, names?.[value] ?? value];
  });
}

function eachShown(statistics: DecadesStatistics, feature: FeatureStatistics, state: State) {
  return state.decades.flatMap((decade) => {
    const both = feature.decades[statistics.decades.indexOf(decade)];
    return shownClasses(state).map((kind) => ({ decade, kind, own: both[kind] }));
  });
}

function digits(value: number, significant: number): number {
  return Number(value.toPrecision(significant));
}
