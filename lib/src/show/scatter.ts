import { HitlabError } from "../errors";
import { type Cells, correlation, numbersOf } from "../evaluate/correlation";
import { random } from "../random";
import { type Axis, axisOptions, evenTicks, logTicks, plotlyAxis, rankTicks } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { counted, formatNumber, percent } from "./format";
import { along, levelsInWords, type Threshold, thresholdParts } from "./levels";
import type { PlotlyObject } from "./plotly/types";
import { commonEnds, dotLook, identityLine, MOST_POINTS, thinRemark } from "./points";
import { escapeLabel, escapeName } from "./text/escape";
import { seriesLook } from "./theme";
import { thinPoints } from "./thin";

/** A cloud of points. */
export interface ScatterSeries {
  readonly name: string;
  /** Numbers, or what a column's `toArray()` gives. A point with a missing one (null, NaN) in `x` or `y` is left out. */
  readonly x: Cells;
  /** Same length as `x`. */
  readonly y: Cells;
  /** What each point is, said when the pointer is on it. */
  readonly labels?: readonly string[];
  /** One in the background: grey, without a name in the legend. */
  readonly quiet?: boolean;
}

export interface ScatterOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  readonly x: Axis;
  readonly y: Axis;
  /** Both axes alike, with the line on which y equals x. */
  readonly identity?: boolean;
  readonly thresholds?: readonly (Threshold & { readonly axis?: "left" | "x" })[];
  /**
   * How far points may be moved at random to either side along x and y, so that equal ones (a class of 0 or 1) do not
   * hide each other ([0, 0]). The same points are always moved the same way.
   */
  readonly jitter?: readonly [number, number];
  /** Height inside the axes in pixels (360; 420 with `identity`). */
  readonly plotHeight?: number;
}

/**
 * Clouds of points. Up to 2,000 are drawn; of more, some of those that lie on each other are left out, and the caption
 * says so.
 *
 * @throws HitlabError for lists of different lengths, no points, an infinite value, or one of 0 or less on a
 *   logarithmic axis
 * @example
 * ```ts
 * show.scatter([{ name: "songs", x: trackScore, y: rank, labels: titles }], {
 *   title: "Track Score is All Time Rank in other words",
 *   x: { title: "Track Score", log: true },
 *   y: { title: "All Time Rank", reversed: true },
 *   thresholds: [{ value: 29.9, label: "median", axis: "x" }],
 * });
 * ```
 */
export function scatter(series: readonly ScatterSeries[], options: ScatterOptions): void {
  showFigure(scatterFigure(series, options));
}

/** The figure of {@link scatter}, not shown. */
export function scatterFigure(series: readonly ScatterSeries[], options: ScatterOptions): Figure {
  const clouds = series.map((each) => cloudOf(each, options));
  const points = clouds.reduce((sum, { x }) => sum + x.length, 0);
  if (points === 0) {
    throw new HitlabError({ what: "a scatter needs at least one point", remedy: "check the values for NaN and null" });
  }
  const thinned = clouds.map((cloud) => thinCloud(cloud, (MOST_POINTS * cloud.x.length) / points, options));
  const drawn = thinned.reduce((sum, { x }) => sum + x.length, 0);
  const plotHeight = options.plotHeight ?? (options.identity ? 420 : 360);
  // The quiet ones come first, so that they lie below.
  const ordered = [...thinned].sort((a, b) => Number(b.quiet) - Number(a.quiet));
  let loud = 0;
  const data = ordered.map((cloud) => dots(cloud, drawn, cloud.quiet ? undefined : seriesLook(loud++)));
  const ends = options.identity ? identityEnds(clouds, options) : undefined;
  const layout = {
    showlegend: loud > 1,
    legend: { itemsizing: "constant" },
    ...scatterAxes(clouds, options, plotHeight, ends),
    ...thresholdParts(options.thresholds ?? [], options),
  };
  const said = clouds.map((cloud) => cloud.said);
  const heading = `Scatter of ${axisOptions(options.y).title} over ${axisOptions(options.x).title}.`;
  const alt = [options.alt, heading, ...said, ...levelsInWords(options.thresholds ?? [], options)];
  const caption = [options.caption, outsideRemark(clouds, options), drawn < points && thinRemark(drawn, points)];
  return drawFigure(
    {
      data: ends ? [identityLine(ends), ...data] : data,
      layout,
      plotHeight,
      ...(options.identity ? { plotWidth: plotHeight } : {}),
    },
    { ...options, alt: alt.filter(Boolean).join(" "), caption: caption.filter(Boolean).join(" ") || undefined },
  );
}

/** The known points of a series, where they are drawn. */
interface Cloud {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Its numbers in words, as they were before they were moved. */
  readonly said: string;
  readonly labels?: readonly string[];
  readonly quiet: boolean;
}

function cloudOf(series: ScatterSeries, options: ScatterOptions): Cloud {
  const { name, labels, quiet = false } = series;
  const [x, y] = [numbersOf(series.x, "x"), numbersOf(series.y, "y")];
  if (y.length !== x.length || (labels && labels.length !== x.length)) {
    throw new HitlabError({
      what: `the series "${name}" has lists of different lengths`,
      value: `${x.length} x, ${y.length} y${labels ? `, ${labels.length} labels` : ""}`,
      remedy: "pass as many x, y and labels",
    });
  }
  const known = Array.from(x, (_, at) => at).filter((at) => !Number.isNaN(x[at] + y[at]));
  const numbers = random(0, "show", "scatter", name);
  const shift = (by: number) => (by ? (2 * numbers.uniform() - 1) * by : 0);
  const [jitterX, jitterY] = options.jitter ?? [0, 0];
  const left = x.length - known.length;
  const given = [x, y].map((values) => known.map((at) => values[at]));
  const cloud = {
    name,
    said: inWords(name, given, left, options),
    x: given[0].map((value) => value + shift(jitterX)),
    y: given[1].map((value) => value + shift(jitterY)),
    labels: labels && known.map((at) => labels[at]),
    quiet,
  };
  checkLog(cloud, options);
  return cloud;
}

function checkLog({ name, x, y }: Cloud, options: ScatterOptions): void {
  for (const [axis, values] of [[options.x, x] as const, [options.y, y] as const]) {
    const odd = axisOptions(axis).log ? values.find((value) => value <= 0) : undefined;
    if (odd === undefined) continue;
    throw new HitlabError({
      what: `the series "${name}" has values of 0 or less on the logarithmic axis "${axisOptions(axis).title}"`,
      value: odd,
      remedy: "leave those points out, or use an axis without log",
    });
  }
}

function thinCloud(cloud: Cloud, most: number, { x, y }: ScatterOptions): Cloud {
  const kept = thinPoints(cloud.x.map(along(x)), cloud.y.map(along(y)), Math.max(1, Math.floor(most)));
  if (kept.length === cloud.x.length) return cloud;
  return {
    ...cloud,
    x: kept.map((at) => cloud.x[at]),
    y: kept.map((at) => cloud.y[at]),
    labels: cloud.labels && kept.map((at) => (cloud.labels as readonly string[])[at]),
  };
}

function dots(cloud: Cloud, points: number, look?: ReturnType<typeof seriesLook>): PlotlyObject {
  return {
    type: "scatter",
    mode: "markers",
    name: escapeName(cloud.name),
    x: cloud.x,
    y: cloud.y,
    text: cloud.labels?.map(escapeLabel),
    ...(look ? {} : { showlegend: false, hoverinfo: "skip" }),
    marker: dotLook(points, look),
  };
}

function scatterAxes(
  clouds: readonly Cloud[],
  { x, y, identity }: ScatterOptions,
  height: number,
  ends: readonly [number, number] | undefined,
): PlotlyObject {
  const [xs, ys] = [clouds.flatMap((cloud) => cloud.x), clouds.flatMap((cloud) => cloud.y)];
  const look = (axis: Axis, values: readonly number[]) => ({
    ...logTicks(axis, values),
    ...rankTicks(axis, values),
    ...(ends ? { ...(axisOptions(axis).log ? {} : evenTicks(ends, 8)), range: ends.map(along(axis)) } : {}),
  });
  return {
    xaxis: plotlyAxis(x, look(x, xs), identity ? height : 560),
    yaxis: plotlyAxis(y, look(y, ys), height),
  };
}

/** Points beyond the ends of an axis that were asked for: a picture must not pass them over in silence. */
function outsideRemark(clouds: readonly Cloud[], options: ScatterOptions): string {
  const { range: across } = axisOptions(options.x);
  const { range: up } = axisOptions(options.y);
  const [xEnds, yEnds] = options.identity ? [across ?? up, across ?? up] : [across, up];
  const isOut = (value: number, ends?: readonly [number, number]) => ends && (value < ends[0] || value > ends[1]);
  const out = clouds.flatMap(({ x, y }) => x.filter((value, at) => isOut(value, xEnds) || isOut(y[at], yEnds)));
  return out.length
    ? `${counted(out.length, "point")} ${out.length === 1 ? "lies" : "lie"} outside of the picture.`
    : "";
}

/** Ends that hold for both axes, with a little room. */
function identityEnds(clouds: readonly Cloud[], { x, y }: ScatterOptions): [number, number] {
  if ((axisOptions(x).log ?? false) !== (axisOptions(y).log ?? false)) {
    throw new HitlabError({
      what: "the line on which y equals x needs axes of the same kind",
      remedy: "set log on both axes or on neither",
    });
  }
  const given = axisOptions(x).range ?? axisOptions(y).range;
  if (given) return [given[0], given[1]];
  return commonEnds(
    clouds.flatMap((cloud) => [...cloud.x, ...cloud.y]),
    axisOptions(x).log ?? false,
  );
}

/** The numbers of a cloud: how many points, from where to where, and how strongly one number goes with the other. */
function inWords(name: string, [x, y]: readonly number[][], missing: number, options: ScatterOptions): string {
  const left = missing ? ` (${counted(missing, "point")} with a missing number left out)` : "";
  if (!x.length) return `${name}: no points${left}.`;
  const [across, up] = [axisOptions(options.x), axisOptions(options.y)];
  const { estimate } = correlation(x, y, { method: "spearman" });
  const together = estimate === null ? "" : `; rank correlation ${formatNumber(estimate, 2)}`;
  return (
    `${name}: ${counted(x.length, "point")}${left}; ${across.title} ${spread(x, across.format)}; ` +
    `${up.title} ${spread(y, up.format)}${together}.`
  );
}

function spread(values: readonly number[], format?: string): string {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  const shown = (value: number) => (format === "percent" ? percent(value) : formatNumber(value));
  return at(0) === at(1) ? shown(at(0)) : `from ${shown(at(0))} to ${shown(at(1))}, median ${shown(at(0.5))}`;
}
