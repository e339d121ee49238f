import { isoDay } from "./axes";
import { drawFigure, type Figure, type FigureText, showFigure } from "./figure";
import { percent } from "./format";
import type { PlotlyObject } from "./plotly/types";
import { escapeLabel } from "./text/escape";
import { shorten } from "./text/measure";
import { colours, seriesLook, sizes } from "./theme";

/** A song's way through the chart and what a model said day by day. */
export interface Story {
  readonly title: string;
  readonly artist?: string;
  /** A few words behind the name: what happened. */
  readonly remark?: string;
  /** Days since 1970-01-01 on which the song was in the chart, and its rank on each. */
  readonly rank: { readonly days: ArrayLike<number>; readonly values: ArrayLike<number> };
  /** Days on which the model was asked, and the probability it gave. */
  readonly probability: { readonly days: ArrayLike<number>; readonly values: ArrayLike<number> };
  /** The day it entered the top, if it did. */
  readonly entered?: number | null;
  /** It was in the top before the days shown: there was no entry to call. */
  readonly alreadyTop?: boolean;
  /** The first day the model said so, if it did. */
  readonly called?: number | null;
}

export interface StoriesOptions extends Omit<FigureText, "alt"> {
  /** Said before the numbers that the text alternative gives by itself. */
  readonly alt?: string;
  /** The rank that counts as a hit (50). */
  readonly top?: number;
  /** The probability from which the model says "hit": drawn as a level where given. */
  readonly threshold?: number;
}

/** Height of a panel and the room for its heading, in pixels. */
const PANEL = { height: 118, heading: 50 };

/**
 * Songs told as small charts, one below the other: rank (left, number one on top) and the model's probability (right).
 *
 * @example
 * ```ts
 * show.stories(songs, { title: "The model calls risers a week ahead, and never the overnight hit" });
 * ```
 */
export function stories(songs: readonly Story[], options: StoriesOptions): void {
  showFigure(storiesFigure(songs, options));
}

/** The figure of {@link stories}, not shown. */
export function storiesFigure(songs: readonly Story[], options: StoriesOptions): Figure {
  const plotHeight = songs.length * (PANEL.height + PANEL.heading) - PANEL.heading;
  const worst = Math.max(options.top ?? 50, ...songs.flatMap((song) => Array.from(song.rank.values)));
  const parts = songs.map((song, at) => panel(song, { at, plotHeight, worst, options }));
  const layout = {
    showlegend: true,
    ...Object.assign({}, ...parts.map((part) => part.axes)),
    shapes: parts.flatMap((part) => part.shapes),
    annotations: parts.flatMap((part) => part.notes),
  };
  const alt = [options.alt, ...songs.map((song) => told(song, options))].filter(Boolean).join(" ");
  return drawFigure(
    { data: parts.flatMap((part) => part.data), layout, plotHeight },
    { ...options, alt, caption: [legend(options), options.caption].filter(Boolean).join(" ") },
  );
}

interface Place {
  readonly at: number;
  readonly plotHeight: number;
  /** The worst rank of all songs: the panels share one scale. */
  readonly worst: number;
  readonly options: StoriesOptions;
}

function panel(song: Story, place: Place) {
  const number = (position: number) => (position === 1 ? "" : String(position));
  const [x, rank, share] = [number(place.at + 1), number(2 * place.at + 1), number(2 * place.at + 2)];
  const top = 1 - (place.at * (PANEL.height + PANEL.heading)) / place.plotHeight;
  const domain = [Math.max(0, top - PANEL.height / place.plotHeight), top];
  const { worst } = place;
  const first = place.at === 0;
  return {
    data: panelLines(song, { x: `x${x}`, rank: `y${rank}`, share: `y${share}`, first }),
    axes: {
      [`xaxis${x}`]: { type: "date", anchor: `y${rank}`, showgrid: false, nticks: 6, tickformat: "%-d %b %Y" },
      [`yaxis${rank}`]: {
        title: { text: "rank" },
        domain,
        anchor: `x${x}`,
        range: [worst * 1.06, -worst * 0.06],
        tickvals: [1, 50, 100, 150, 200].filter((value) => value <= worst),
      },
      [`yaxis${share}`]: {
        title: { text: "probability" },
        overlaying: `y${rank}`,
        anchor: `x${x}`,
        side: "right",
        range: [-0.06, 1.06],
        tickvals: [0, 0.5, 1],
        tickformat: ".0%",
        showgrid: false,
      },
    },
    shapes: panelLevels(song, { x: `x${x}`, rank: `y${rank}`, share: `y${share}` }, place.options),
    notes: [heading(song, top)],
  };
}

function panelLines(song: Story, on: { x: string; rank: string; share: string; first: boolean }): PlotlyObject[] {
  const [blue, orange] = [seriesLook(0), seriesLook(1)];
  const line = (name: string, list: Story["rank"], yaxis: string, look: PlotlyObject): PlotlyObject => {
    const { x, y } = withGaps(list);
    return {
      type: "scatter",
      mode: "lines",
      name,
      legendgroup: name,
      showlegend: on.first,
      xaxis: on.x,
      yaxis,
      x,
      y,
      connectgaps: false,
      line: look,
    };
  };
  return [
    line("rank (left)", song.rank, on.rank, { color: blue.colour, width: 2 }),
    line("model's probability of the Top 50 (right)", song.probability, on.share, {
      color: orange.colour,
      width: 2,
      dash: "dot",
    }),
  ];
}

/** Days as dates, with a gap wherever the song was away. */
function withGaps({ days, values }: Story["rank"]): { x: string[]; y: (number | null)[] } {
  const x: string[] = [];
  const y: (number | null)[] = [];
  for (let at = 0; at < days.length; at++) {
    if (at > 0 && days[at] > days[at - 1] + 1) {
      x.push(isoDay(days[at - 1] + 1));
      y.push(null);
    }
    x.push(isoDay(days[at]));
    y.push(values[at]);
  }
  return { x, y };
}

/** The Top 50 as a level, the day of entry and the day of the call as upright lines. */
function panelLevels(
  song: Story,
  on: { x: string; rank: string; share: string },
  options: StoriesOptions,
): PlotlyObject[] {
  const level = (yref: string, value: number, color: string): PlotlyObject => ({
    type: "line",
    xref: `${on.x} domain`,
    yref,
    x0: 0,
    x1: 1,
    y0: value,
    y1: value,
    line: { color, width: 1, dash: "dot" },
  });
  const upright = (day: number, color: string, dash: string): PlotlyObject => ({
    type: "line",
    xref: on.x,
    yref: `${on.rank} domain`,
    x0: isoDay(day),
    x1: isoDay(day),
    y0: 0,
    y1: 1,
    line: { color, width: 1.5, dash },
  });
  return [
    level(on.rank, options.top ?? 50, colours.quiet),
    ...(options.threshold === undefined ? [] : [level(on.share, options.threshold, seriesLook(1).colour)]),
    ...(song.entered == null ? [] : [upright(song.entered, seriesLook(0).colour, "dash")]),
    ...(song.called == null ? [] : [upright(song.called, seriesLook(1).colour, "dashdot")]),
  ];
}

function heading(song: Story, top: number): PlotlyObject {
  const name = song.artist ? `${song.title} (${song.artist})` : song.title;
  const words = song.remark
    ? `${shorten(name, 330, { size: 13, bold: true })}`
    : shorten(name, 620, { size: 13, bold: true });
  const remark = song.remark ? `  ${escapeLabel(shorten(song.remark, 290, { size: 13 }))}` : "";
  return {
    text: `<b>${escapeLabel(words)}</b>${remark}`,
    xref: "paper",
    yref: "paper",
    x: 0,
    xanchor: "left",
    y: top,
    yanchor: "bottom",
    yshift: 2,
    align: "left",
    showarrow: false,
    borderpad: 0,
    font: { size: sizes.axis, color: colours.ink },
  };
}

function legend(options: StoriesOptions): string {
  const threshold =
    options.threshold === undefined ? "" : ` and the model's threshold of ${percent(options.threshold)}`;
  return (
    `Level lines: rank ${options.top ?? 50}${threshold}. Upright lines: dashed, the song enters the Top ` +
    `${options.top ?? 50}; dash-dotted, the model says so first.`
  );
}

function told(song: Story, options: StoriesOptions): string {
  const top = `Top ${options.top ?? 50}`;
  const { days, values } = song.rank;
  const ranks = Array.from(values);
  const best = Math.min(...ranks);
  const likely = Math.max(0, ...Array.from(song.probability.values));
  const entered = song.entered != null ? `in the ${top} from ${isoDay(song.entered)}` : unentered(song, top);
  const missed = song.entered != null ? "not called by the model" : "no entry to call";
  const called = song.called == null ? missed : `called by the model on ${isoDay(song.called)}`;
  return (
    `${song.title}: rank ${ranks[0]} on ${isoDay(days[0])}, best rank ${best} on ${isoDay(days[ranks.indexOf(best)])}, ` +
    `${entered}, ${called}, highest probability ${percent(likely)}.`
  );
}

function unentered(song: Story, top: string): string {
  return song.alreadyTop ? `in the ${top} before the days shown` : `never in the ${top}`;
}
