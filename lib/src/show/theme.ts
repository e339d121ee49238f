import type { PlotlyObject } from "./plotly/types";
import { FONT_FAMILY } from "./text/measure";

/**
 * The colours: Okabe and Ito's palette for colour-blind readers, without its yellow (too light on paper) and with the
 * dark ones first. Source: Okabe, Ito, "Color Universal Design", 2008.
 */
export const palette = ["#0072b2", "#d55e00", "#009e73", "#aa4c89", "#e69f00", "#56b4e9", "#555f6b"] as const;

/** Lines and dots differ in more than colour. */
export const dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid"] as const;
export const symbols = ["circle", "diamond", "square", "triangle-up", "x", "cross", "star"] as const;

/** A light card with dark text: it is read the same on a light and on a dark page. */
export const colours = {
  paper: "#ffffff",
  ink: "#1f2933",
  quiet: "#5b6672",
  grid: "#e6eaee",
  axis: "#9aa5b1",
  emphasis: "#d55e00",
} as const;

export const sizes = { width: 760, plotHeight: 300, title: 18, axis: 13, tick: 12, caption: 12, pad: 16 } as const;

/** Look of a line and its dots by its place among the series. */
export function seriesLook(at: number): { colour: string; dash: string; symbol: string } {
  return {
    colour: palette[at % palette.length],
    dash: dashes[at % dashes.length],
    symbol: symbols[at % symbols.length],
  };
}

/** A colour as the fill of a band, through which the grid and other bands show. */
export function pale(colour: string): string {
  const parts = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16));
  return `rgba(${parts.join(", ")}, 0.18)`;
}

/** The parts of the layout that every figure shares. */
export function baseLayout(): PlotlyObject {
  return {
    font: { family: FONT_FAMILY, size: sizes.tick, color: colours.ink },
    paper_bgcolor: colours.paper,
    plot_bgcolor: colours.paper,
    colorway: palette,
    separators: ".,",
    hovermode: "closest",
    hoverlabel: { font: { family: FONT_FAMILY, size: 12 }, namelength: -1 },
    showlegend: false,
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom", font: { size: sizes.axis } },
  };
}

/** The look of an axis; what the caller sets wins. */
export function axisLook(axis: PlotlyObject): PlotlyObject {
  const title = axis.title as PlotlyObject | undefined;
  return {
    gridcolor: colours.grid,
    linecolor: colours.axis,
    tickcolor: colours.axis,
    ticks: "outside",
    ticklen: 4,
    showline: true,
    zeroline: false,
    automargin: false,
    separatethousands: true,
    fixedrange: false,
    ...axis,
    tickfont: { size: sizes.tick, color: colours.quiet, ...(axis.tickfont as PlotlyObject | undefined) },
    title: title && { standoff: 10, ...title, font: { size: sizes.axis, color: colours.ink } },
  };
}

/** Settings of the interactive figure; `typesetMath` off, as a "$" in a song title is no formula. */
export const plotlyConfig = {
  displaylogo: false,
  responsive: false,
  typesetMath: false,
  // Plotly's menu would offer to send the figure to its cloud.
  showSendToCloud: false,
  plotlyServerURL: "",
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
} as const;
