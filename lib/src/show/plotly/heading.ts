import { colours } from "../theme";
import type { PlotlyObject } from "./types";

/**
 * Words over the left end of a panel, its bottom line just above it.
 *
 * @param text in Plotly's markup, escaped
 * @param place of the panel's upper left corner, in shares of the drawing
 * @param size of the letters in pixels
 */
export function panelHeading(text: string, place: { left: number; top: number }, size: number): PlotlyObject {
  return {
    text,
    xref: "paper",
    yref: "paper",
    x: place.left,
    xanchor: "left",
    y: place.top,
    yanchor: "bottom",
    yshift: 4,
    align: "left",
    showarrow: false,
    borderpad: 0,
    font: { size, color: colours.ink },
  };
}
