import { createHash } from "node:crypto";
import { HitlabError } from "../errors";
import { type Bundle, display } from "./kernel";
import { openPage } from "./plotly/browser";
import { compactSvg } from "./plotly/compact";
import { fitAndDraw } from "./plotly/fit";
import { type JsonObject, type PlotlyObject, toJson, toJsonObject } from "./plotly/types";
import { FONT_FAMILY } from "./text/measure";
import { axisLook, baseLayout, plotlyConfig, sizes } from "./theme";

/** What to draw, by Plotly's attribute names. Look, margins, title and height come from the theme. */
export interface FigureSpec {
  readonly data: readonly PlotlyObject[];
  /** Axes, shapes, annotations and the like. */
  readonly layout?: PlotlyObject;
  /** Height inside the axes in pixels (300); title, legend and labels come on top. */
  readonly plotHeight?: number;
  /** Width of the whole figure in pixels (760). */
  readonly width?: number;
  /** Width inside the axes in pixels instead: the figure is as wide as its labels then make it. */
  readonly plotWidth?: number;
}

/** What is said about a figure. */
export interface FigureText {
  /** The conclusion, as a sentence: it stands above the figure, wrapped to its width. */
  readonly title: string;
  /** What the figure shows, with its main numbers, for those who do not see it. */
  readonly alt: string;
  /** A quiet line below: where the data come from, how to read it. */
  readonly caption?: string;
}

/** A drawn figure. */
export interface Figure extends FigureText {
  /** The interactive form, as plain JSON. */
  readonly plotly: { readonly data: JsonObject[]; readonly layout: JsonObject; readonly config: JsonObject };
  /** The same as a drawing that needs no script. */
  readonly svg: string;
  /** What a notebook gets: both forms and the text. */
  readonly bundle: Bundle;
}

/**
 * Draws a figure and shows it below the running cell, interactive where the viewer can, else as a drawing.
 *
 * @example
 * ```ts
 * show.figure(
 *   { data: [{ type: "bar", x: ["a", "b"], y: [3, 5] }], layout: { yaxis: { title: { text: "songs" } } } },
 *   { title: "b has more songs than a", alt: "Two bars: a 3 songs, b 5 songs." },
 * );
 * ```
 */
export function figure(spec: FigureSpec, text: FigureText): void {
  showFigure(drawFigure(spec, text));
}

/** Shows a figure that was drawn before. Outside a notebook nothing happens. */
export function showFigure(figure: Figure): void {
  display(figure.bundle);
}

/** Draws a figure without showing it. */
export function drawFigure(spec: FigureSpec, text: FigureText): Figure {
  if (!text.title.trim() || !text.alt.trim()) {
    throw new HitlabError({
      what: "a figure needs a title that says its conclusion and a text alternative",
      remedy: "pass { title, alt } with words in both",
    });
  }
  const data = spec.data.map(toJsonObject);
  const page = openPage();
  const config = toJsonObject(plotlyConfig);
  const layout = fitAndDraw(
    {
      data,
      layout: themed(spec.layout ?? {}),
      config,
      title: text.title,
      caption: text.caption,
      width: spec.width ?? sizes.width,
      plotWidth: spec.plotWidth,
      plotHeight: spec.plotHeight ?? sizes.plotHeight,
    },
    page,
  );
  const id = `f${createHash("sha256")
    .update(JSON.stringify([data, layout]))
    .digest("hex")
    .slice(0, 8)}`;
  const drawn = page.parseSvg(page.plotly.Snapshot.toSVG(page.place, "svg"));
  const svg = compactSvg(drawn, { id, title: text.title, alt: text.alt, fonts: FONT_FAMILY });
  return { ...text, plotly: { data, layout, config }, svg, bundle: bundleOf(text, { data, layout, config }, svg) };
}

function bundleOf(text: FigureText, plotly: Figure["plotly"], svg: string): Bundle {
  return {
    data: {
      "application/vnd.plotly.v1+json": { ...plotly },
      "image/svg+xml": svg,
      // Titles may come from data: in plain text nothing needs to be escaped.
      "text/plain": `${text.title}\n${text.alt}`,
    },
    metadata: { hitlab: { figure: true, title: text.title } },
  };
}

function themed(layout: PlotlyObject): JsonObject {
  const axes = Object.entries(layout).filter(([name]) => /^[xy]axis\d*$/.test(name));
  const all = axes.length ? axes : [["xaxis", {}] as const, ["yaxis", {}] as const];
  const base = baseLayout();
  return {
    ...toJsonObject(base),
    ...toJsonObject(layout),
    legend: toJson({ ...(base.legend as PlotlyObject), ...(layout.legend as PlotlyObject | undefined) }),
    ...Object.fromEntries(all.map(([name, axis]) => [name, toJson(axisLook(axis as PlotlyObject))])),
  };
}
