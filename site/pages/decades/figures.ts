import { counted } from "../../../lib/src/show/format";
import { axisLook, baseLayout, pale, plotlyConfig, seriesLook } from "../../../lib/src/show/theme";
import type { Decade } from "../shared/payloads";
import type { Figure } from "../shared/plotly";
import { type State, shownClasses } from "./state";
import type { Bins, ClassStatistics, DecadesStatistics, FeatureStatistics } from "./statistics";
import { ticksFor } from "./ticks";
import { centreOf, definitionOf, formatValue, inPercent, middleHalf, trendUnit, valueNames } from "./values";

/** Numbers and file stand beside each figure, and nothing in it is to be enlarged: it needs no buttons. */
const config = { ...plotlyConfig, displayModeBar: false };

/** Hits are the first series and flops the second, also where they stand alone. */
export const lookOf = (kind: "hits" | "flops") => seriesLook(kind === "hits" ? 0 : 1);

/** Medians of a feature by decade, the middle half of the songs as a band; of mode the share of songs in major. */
export function trendFigure(statistics: DecadesStatistics, feature: FeatureStatistics, state: State): Figure {
  const at = (decade: Decade) => feature.decades[statistics.decades.indexOf(decade)];
  const shown = shownClasses(state).map((kind) => ({ kind, own: state.decades.map((decade) => at(decade)[kind]) }));
  const [low, high] = trendRange(
    feature.name,
    shown.flatMap(({ own }) => own),
  );
  return {
    data: shown.flatMap(({ kind, own }) => [
      ...band(feature.name, kind, own, state),
      line(feature.name, kind, own, state),
    ]),
    layout: {
      ...baseLayout(),
      margin: { l: 64, r: 16, t: 12, b: 36 },
      xaxis: axisLook({ type: "category", categoryarray: span(statistics, state), fixedrange: true }),
      yaxis: axisLook({
        fixedrange: true,
        range: [low, high],
        ...marks(feature.name, low, high, 6),
        title: { text: `${feature.name}, ${trendUnit(feature.name)}` },
      }),
    },
    config,
  };
}

/** All decades from the first to the last chosen: those between keep their place, so that time runs evenly. */
export function span({ decades: all }: DecadesStatistics, { decades: chosen }: State): readonly Decade[] {
  return all.slice(all.indexOf(chosen[0]), all.indexOf(chosen[chosen.length - 1]) + 1);
}

/** From the least to the largest that a trend shows, with some room; a flat trend lies in the middle. */
export function trendRange(feature: string, shown: readonly ClassStatistics[]): [number, number] {
  const values = shown.flatMap((own) => [centreOf(feature, own), ...(middleHalf(feature, own) ?? [])]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high > low ? (high - low) * 0.06 : 1;
  return [low - room, high + room];
}

function band(feature: string, kind: "hits" | "flops", own: readonly ClassStatistics[], { decades }: State): object[] {
  const halves = own.map((each) => middleHalf(feature, each));
  if (halves.some((half) => half === undefined)) return [];
  const edge = (side: 0 | 1) => ({
    type: "scatter",
    mode: "lines",
    x: decades,
    y: halves.map((half) => half?.[side]),
    line: { width: 0 },
    hoverinfo: "skip",
  });
  return [edge(0), { ...edge(1), fill: "tonexty", fillcolor: pale(lookOf(kind).colour) }];
}

function line(feature: string, kind: "hits" | "flops", own: readonly ClassStatistics[], { decades }: State): object {
  const { colour, dash, symbol } = lookOf(kind);
  return {
    type: "scatter",
    mode: "lines+markers",
    name: kind,
    x: decades,
    y: own.map((each) => centreOf(feature, each)),
    line: { color: colour, dash, width: 2.5 },
    marker: { color: colour, symbol, size: 9 },
    text: own.map((each, i) => hover(feature, `${kind} of the ${decades[i]}`, each)),
    hoverinfo: "text",
  };
}

function hover(feature: string, who: string, own: ClassStatistics): string {
  const say = (value: number) => formatValue(feature, value);
  const songs = `<b>${who}</b> (${counted(own.songs, "song")})`;
  if (feature === "mode") return `${songs}<br>${say(own.mean)} in major`;
  const [p05, p25, median, p75, p95] = own.quantiles.map(say);
  const [low, high] = own.medianInterval.map(say);
  return [
    songs,
    `median ${median} (95 % interval ${low} to ${high})`,
    `middle half ${p25} to ${p75}`,
    `nine in ten ${p05} to ${p95}`,
  ].join("<br>");
}

/** Share of the hits and of the flops of a decade in each bin, as outlines; `most` is the top of the axis. */
export function histogramFigure(
  statistics: DecadesStatistics,
  feature: FeatureStatistics,
  decade: Decade,
  state: State,
  most: number,
): Figure {
  const both = feature.decades[statistics.decades.indexOf(decade)];
  const { from, width, count } = feature.bins;
  const end = from + width * count;
  return {
    data: shownClasses(state).map((kind) => outline(feature, kind, both[kind])),
    layout: {
      ...baseLayout(),
      margin: { l: 48, r: 14, t: 8, b: 32 },
      xaxis: axisLook({ range: [from - width, end + width], ...binMarks(feature), fixedrange: true }),
      yaxis: axisLook({ range: [0, 100 * most], ticksuffix: " %", nticks: 5, fixedrange: true }),
    },
    config,
  };
}

/** The largest share that a bin has among the histograms shown, with some room: they share their axis. */
export function largestShare(statistics: DecadesStatistics, feature: FeatureStatistics, state: State): number {
  const shares = state.decades.flatMap((decade) => {
    const both = feature.decades[statistics.decades.indexOf(decade)];
    return shownClasses(state).flatMap((kind) => both[kind].counts.map((songs) => songs / both[kind].songs));
  });
  return Math.max(...shares) * 1.06;
}

function outline(feature: FeatureStatistics, kind: "hits" | "flops", own: ClassStatistics): object {
  const { bins } = feature;
  const { colour, dash } = lookOf(kind);
  // Steps halfway between the bins' middles are the bins' edges; an empty bin on each side closes the outline.
  const middles = Array.from({ length: bins.count + 2 }, (_, i) => bins.from + (i - 0.5) * bins.width);
  const said = own.counts.map((songs, bin) => {
    const share = inPercent(songs / own.songs);
    return `${binName(feature.name, bins, bin)}<br>${share} of the ${kind} (${counted(songs, "song")})`;
  });
  return {
    type: "scatter",
    mode: "lines",
    name: kind,
    x: middles,
    y: [0, ...own.counts.map((songs) => (100 * songs) / own.songs), 0],
    line: { color: colour, dash, width: 2, shape: "hvh" },
    fill: "tozeroy",
    fillcolor: pale(colour),
    text: ["", ...said, ""],
    hoverinfo: ["skip", ...said.map(() => "text"), "skip"],
  };
}

/** A bin for readers: its value, or its edges, open where the songs beyond are counted in it. */
export function binName(feature: string, { from, width, count, below, above }: Bins, bin: number): string {
  const start = from + bin * width;
  const say = (value: number) => formatValue(feature, value);
  if (definitionOf(feature).whole && width === 1) {
    const value = start + 0.5;
    const name = valueNames(feature)?.[value] ?? say(value);
    if (bin === 0 && below > 0) return `${name} or less`;
    return bin === count - 1 && above > 0 ? `${name} or more` : name;
  }
  if (bin === 0 && below > 0) return `below ${say(start + width)}`;
  return bin === count - 1 && above > 0 ? `${say(start)} or more` : `${say(start)} to ${say(start + width)}`;
}

function binMarks(feature: FeatureStatistics): object {
  const { from, width, count } = feature.bins;
  const names = valueNames(feature.name);
  if (names) return { tickmode: "array", tickvals: names.map((_, value) => value), ticktext: names };
  return marks(feature.name, from, from + width * count, 6);
}

function marks(feature: string, low: number, high: number, most: number): object {
  const { values, labels } = ticksFor(feature, low, high, most);
  return { tickmode: "array", tickvals: values, ticktext: labels };
}
